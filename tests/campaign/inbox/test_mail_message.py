"""Mails as Chinese mail programs write them, broken ones, and ones made to do harm."""

from __future__ import annotations

import base64
import binascii
import codecs
import quopri
from email.message import EmailMessage
from io import BytesIO
from urllib.parse import quote

import pytest
from campaign.parcels import BYTES, OTHER_WORKBOOK, WORKBOOK, XLSX, attached, forwarded, mail, part
from often import IN_FULL

from reportfill.campaign.inbox import mail_message
from reportfill.campaign.inbox.container import LARGEST_INNER, LARGEST_MEMBER, ContainerError
from reportfill.campaign.inbox.mail_message import Mail

NAME = "清河县档案馆.xlsx"
MOST_LINES = mail_message._MOST_LINES if IN_FULL else 400_000
"""So many lines of a mail are read; on a push less, since each takes memory."""

REFUSED = "邮件的层次或者附件过多"


def opened(message: bytes) -> Mail:
    """A mail opened."""
    return Mail(BytesIO(message))


def refusal(message: bytes) -> str:
    """Why a mail is refused."""
    with pytest.raises(ContainerError) as caught:
        opened(message)
    return caught.value.reason.phrase()


def refusal_of(message: bytes, name: str, limit: int = LARGEST_MEMBER) -> str:
    """Why an attachment is refused."""
    with pytest.raises(ContainerError) as caught:
        opened(message).content(name, limit)
    return caught.value.reason.phrase()


def word(raw: bytes, charset: str) -> bytes:
    """An encoded word."""
    return b"=?" + charset.encode() + b"?B?" + base64.b64encode(raw) + b"?="


GBK = NAME.encode("gbk")
HEADERS = {
    "RFC 2231": b"Content-Disposition: attachment; filename*=utf-8''" + quote(NAME).encode(),
    "RFC 2231 in GBK": b"Content-Disposition: attachment; filename*=GB2312'zh-cn'" + quote(GBK).encode(),
    "RFC 2231 in pieces": b"Content-Disposition: attachment;\r\n filename*0*=utf-8''"
    + quote(NAME[:3]).encode()
    + b";\r\n filename*1*="
    + quote(NAME[3:]).encode(),
    "RFC 2047": b'Content-Disposition: attachment; filename="' + word(NAME.encode(), "utf-8") + b'"',
    "RFC 2047 in GBK": b'Content-Disposition: attachment; filename="' + word(GBK, "gb2312") + b'"',
    "RFC 2047 without quotes": b"Content-Disposition: attachment; filename=" + word(NAME.encode(), "UTF-8"),
    "a character split between two words": b'Content-Disposition: attachment;\r\n filename="'
    + word(GBK[:5], "gbk")
    + b"\r\n "
    + word(GBK[5:], "gbk")
    + b'"',
    "raw GBK": b'Content-Disposition: attachment; filename="' + GBK + b'"',
    "raw UTF-8": b'Content-Disposition: attachment; filename="' + NAME.encode() + b'"',
    "the way on the sender's disk": b'Content-Disposition: attachment; filename="C:\\\\forms\\\\'
    + GBK
    + b'"',
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_a_name_is_read_however_it_is_written(header: bytes) -> None:
    message = opened(mail(part(WORKBOOK, header)))
    assert list(message.names) == [NAME]
    assert message.content(NAME, LARGEST_MEMBER) == WORKBOOK


def test_a_name_may_stand_with_the_type_alone() -> None:
    kind = b'application/octet-stream;\r\n name="' + word(GBK, "gbk") + b'"'
    assert list(opened(mail(part(WORKBOOK, kind=kind.decode()))).names) == [NAME]


def test_a_mail_of_the_standard_library_is_read() -> None:
    message = EmailMessage()
    message["Subject"] = "报表"
    message.set_content("请查收")
    message.add_attachment(WORKBOOK, maintype="application", subtype="octet-stream", filename=NAME)
    inner = opened(message.as_bytes())
    assert [inner.content(name, LARGEST_MEMBER) for name in inner.names] == [WORKBOOK]


def test_a_workbook_without_a_name_is_known_by_its_type() -> None:
    parts = (part(WORKBOOK, kind=XLSX), part(WORKBOOK, b"Content-Disposition: attachment"))
    assert list(opened(mail(*parts)).names) == ["附件.xlsx", "附件"]
    broken = part(WORKBOOK, b'Content-Disposition: attachment; filename="=?gbk?B?x?="', kind=XLSX)
    (name,) = opened(mail(broken)).names
    assert name.endswith(".xlsx")


def test_what_is_only_to_be_read_is_no_attachment() -> None:
    signature = b"Content-Type: text/html\r\n\r\n<p>sent from my phone</p>"
    picture = part(b"\x89PNG", b"Content-Disposition: inline", kind="image/png")
    assert list(opened(mail(signature, picture)).names) == []


def test_attachments_in_whatever_encoding_are_decoded() -> None:
    header = (
        b'Content-Type: application/octet-stream; name="%s.xlsx"\r\nContent-Transfer-Encoding: %s\r\n\r\n'
    )
    text = b"=\x00\xff\xfe line\r\nline\nline\rend"
    quoted = header % (b"a", b"Quoted-Printable") + b"=\r\n".join(b"=%02X" % byte for byte in text)
    binary = header % (b"b", b"binary") + text
    message = opened(mail(quoted, binary))
    assert [message.content(name, LARGEST_MEMBER) for name in message.names] == [text, text]


def test_base64_with_rubbish_between_its_lines_is_decoded() -> None:
    encoded = base64.encodebytes(WORKBOOK).replace(b"\n", b" \r\n\t")
    header = (
        b'Content-Type: application/octet-stream; name="a.xlsx"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    )
    assert opened(mail(header + encoded)).content("a.xlsx", LARGEST_MEMBER) == WORKBOOK


def test_what_is_no_base64_is_refused() -> None:
    broken = b'Content-Type: a/b; name="a.xlsx"\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAAA'
    assert refusal_of(mail(broken), "a.xlsx") == "附件的编码已损坏"


@pytest.mark.parametrize("most", [1, pytest.param(LARGEST_MEMBER >> 20, marks=pytest.mark.long)])
def test_an_attachment_larger_than_a_workbook_is_refused(most: int) -> None:
    large = mail(attached("a.xlsx", bytes((most << 20) + 1)), attached("b.xlsx", WORKBOOK))
    assert refusal_of(large, "a.xlsx", most << 20) == f"附件超过{most}MB，不是填报表的大小"
    assert opened(large).content("b.xlsx", most << 20) == WORKBOOK


def test_a_mail_of_many_megabytes_is_read() -> None:
    size = (18 if IN_FULL else 6) << 20
    message = opened(mail(*(attached(f"{number}.xlsx", bytes([number]) * size) for number in range(2))))
    assert len(message.content("1.xlsx", LARGEST_MEMBER)) == size


@pytest.mark.parametrize("most", [1, pytest.param(LARGEST_INNER >> 20, marks=pytest.mark.long)])
def test_a_mail_that_is_larger_still_is_refused(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(mail_message, "LARGEST_INNER", most << 20)
    large = b"From: a@example.org\n\n" + bytes(most << 20)
    assert refusal(large[: (most << 20) + 1]) == f"邮件超过{most}MB"


def test_mails_attached_to_a_mail_are_looked_through() -> None:
    innermost = mail(attached("a.xlsx", WORKBOOK), boundary=b"c")
    inner = mail(forwarded(innermost, b'Content-Disposition: attachment; filename="1"'), boundary=b"b")
    message = opened(mail(forwarded(inner), attached("b.xlsx", OTHER_WORKBOOK)))
    assert list(message.names) == ["转发邮件.eml/1.eml/a.xlsx", "b.xlsx"]
    assert message.content("转发邮件.eml/1.eml/a.xlsx", LARGEST_MEMBER) == WORKBOOK


def test_mails_attached_too_deep_are_named() -> None:
    message = mail(attached("a.xlsx", WORKBOOK), boundary=b"0")
    for boundary in (b"1", b"2", b"3"):
        message = mail(forwarded(message), boundary=boundary)
    (name,) = opened(message).names
    assert refusal_of(message, name) == "压缩包或者邮件嵌套超过3层"


def test_an_attached_mail_in_base64_is_a_file_of_its_own() -> None:
    inner = mail(attached("a.xlsx", WORKBOOK), boundary=b"i")
    message = opened(mail(part(inner, kind="message/rfc822")))
    assert message.content("转发邮件.eml", LARGEST_MEMBER) == inner


@pytest.mark.parametrize(
    "message",
    [
        b"a: b\n" * (MOST_LINES + 1),
        b"a: b\n" + b"\n" * MOST_LINES,
        b"Content-Type: message/rfc822\n\n" * 5000,
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(5000)),
        b"Content-Type: multipart/digest; boundary=a\n\n" + b"--a\n\n" * 20_000,
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(99))
        + b"x\n" * 300_000,
    ],
    ids=[
        "headers",
        "lines",
        "mails within mails",
        "parts within parts",
        "parts",
        "lines in parts within parts",
    ],
)
def test_a_mail_that_is_made_to_take_long_is_refused_at_once(
    monkeypatch: pytest.MonkeyPatch, message: bytes
) -> None:
    monkeypatch.setattr(mail_message, "_MOST_LINES", MOST_LINES)
    assert refusal(message) == REFUSED


def test_a_header_of_megabytes_is_not_read_to_its_end() -> None:
    endless = b'Content-Disposition: attachment; filename="a.xlsx"' + b'; a="\\"' * 1_000_000
    message = opened(mail(part(WORKBOOK, endless)))
    assert list(message.names) == ["a.xlsx"]


def test_the_bytes_of_a_type_do_not_matter() -> None:
    odd = part(
        WORKBOOK, b'Content-Disposition: attachment; filename="a.xlsx"', kind=f"{BYTES}; charset=\x80x"
    )
    assert list(opened(mail(odd)).names) == ["a.xlsx"]


SOUND = mail(attached("a.xlsx", WORKBOOK))
BOM = codecs.BOM_UTF8
HEAD = b"From: a@example.org\r\nSubject: report\r\nMIME-Version: 1.0\r\n"
SAVED = {
    "a byte order mark": BOM + SOUND,
    "a mark and an empty line": BOM + b"\r\n" + SOUND,
    "an empty line and a mark": b"\r\n" + BOM + SOUND,
    "empty lines": b"\r\n\n \t\r\n" + SOUND,
    "UTF-16": codecs.BOM_UTF16_LE + SOUND.decode("latin-1").encode("utf-16-le"),
    "UTF-16, high byte first": codecs.BOM_UTF16_BE + SOUND.decode("latin-1").encode("utf-16-be"),
    "lines that end in CR": SOUND.replace(b"\r\n", b"\r"),
    "lines that end in LF": SOUND.replace(b"\r\n", b"\n"),
    "lines that end in CR CR LF": SOUND.replace(b"\r\n", b"\r\r\n"),
    "lines that end in LF CR": SOUND.replace(b"\r\n", b"\n\r"),
    "both ends by turns": SOUND.replace(b"\r\n", b"\n", 7),
    "the line of a mailbox": b"From a@example.org Mon Jan 1 00:00:00 2024\r\n" + SOUND,
    "a quoted line of a mailbox": b">From a@example.org Mon Jan 1 00:00:00 2024\r\n" + SOUND,
    "a subject broken over two lines": b"Subject: "
    + "关于".encode("gbk")
    + b"\r\n"
    + "报送年报".encode("gbk")
    + b"\r\n"
    + SOUND,
    "a head that does not say what divides the parts": SOUND.replace(b';\r\n boundary="=_b"', b""),
    "a blank before the colon": SOUND.replace(b"Content-Type: multipart", b"Content-Type : multipart"),
}


@pytest.mark.parametrize("message", SAVED.values(), ids=SAVED)
def test_a_mail_is_read_however_a_program_saved_it(message: bytes) -> None:
    assert opened(message).content("a.xlsx", LARGEST_MEMBER) == WORKBOOK


@pytest.mark.parametrize("said", [b"BASE64 ", b"base64; charset=gbk", b'"base64"'])
def test_an_encoding_is_known_by_its_first_word(said: bytes) -> None:
    message = SOUND.replace(b"Encoding: base64", b"Encoding: " + said)
    assert opened(message).content("a.xlsx", LARGEST_MEMBER) == WORKBOOK


@pytest.mark.parametrize("before", [BOM, b"\r\n\r\n"])
def test_an_attached_mail_with_something_before_its_head_is_a_file_of_its_own(before: bytes) -> None:
    message = mail(forwarded(before + SOUND.replace(b"=_b", b"=_i")))
    (name,) = opened(message).names
    inner = opened(opened(message).content(name, LARGEST_MEMBER))
    assert inner.content("a.xlsx", LARGEST_MEMBER) == WORKBOOK


def uuencoded(content: bytes, name: bytes = b"a.xlsx", *, backtick: bool = True) -> bytes:
    """A file as uuencode writes it, blanks at the ends of lines lost on the way."""
    pieces = (content[at : at + 45] for at in range(0, len(content), 45))
    lines = [binascii.b2a_uu(piece, backtick=backtick).rstrip() for piece in pieces]
    return b"\r\n".join([b"begin 644 " + name, *lines, b"`", b"end"])


TEXTS = {
    "as it stands": b"\r\nsee below\r\n\r\n" + uuencoded(WORKBOOK) + b"\r\nregards\r\n",
    "with blanks": b"\r\n" + uuencoded(WORKBOOK, backtick=False),
    "without an end": b"\r\n" + uuencoded(WORKBOOK).removesuffix(b"end"),
    "in base64": b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(uuencoded(WORKBOOK)),
    "in quoted-printable": b"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    + quopri.encodestring(uuencoded(WORKBOOK)),
    "as a part of its own": mail(
        b"Content-Type: a/b; name=a.xlsx\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\n"
        + uuencoded(WORKBOOK)
    ),
    "in base64, as uuencode can too": b"\r\nbegin-base64 644 a.xlsx\r\n"
    + base64.encodebytes(WORKBOOK)
    + b"====",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_file_within_the_text_is_an_attachment(text: bytes) -> None:
    message = opened(HEAD + text)
    assert {name: message.content(name, LARGEST_MEMBER) for name in message.names} == {"a.xlsx": WORKBOOK}


@pytest.mark.parametrize("name", [GBK, NAME.encode(), word(GBK, "gb2312")], ids=["GBK", "UTF-8", "RFC 2047"])
def test_files_within_the_text_keep_their_names(name: bytes) -> None:
    text = uuencoded(WORKBOOK, name) + b"\r\n" + uuencoded(OTHER_WORKBOOK, name)
    assert list(opened(HEAD + b"\r\n" + text).names) == [NAME, NAME.replace(".", "（2）.")]


def test_a_damaged_file_within_the_text_is_named_and_prose_is_none() -> None:
    damaged = uuencoded(WORKBOOK).replace(uuencoded(WORKBOOK)[2000:2020], b"~" * 20)
    assert refusal_of(HEAD + b"\r\n" + damaged, "a.xlsx") == "附件的编码已损坏"
    prose = b"begin 644 times\r\nthis is nothing but prose\r\nend\r\n"
    assert list(opened(HEAD + b"\r\n" + prose).names) == []
