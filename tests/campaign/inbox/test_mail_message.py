"""Mails as Chinese mail programs write them, broken ones, and ones made to do harm."""

from __future__ import annotations

import base64
from email.message import EmailMessage
from io import BytesIO
from urllib.parse import quote

import pytest
from campaign.parcels import BYTES, OTHER_WORKBOOK, WORKBOOK, XLSX, attached, forwarded, mail, part

from reportfill.campaign.inbox.container import LARGEST_MEMBER, ContainerError
from reportfill.campaign.inbox.mail_message import Mail

NAME = "清河县档案馆.xlsx"
REFUSED = "邮件的层次或者附件过多，请把附件另存后放入"


def opened(message: bytes) -> Mail:
    """A mail opened."""
    return Mail(BytesIO(message))


def refusal(message: bytes) -> str:
    """Why a mail is refused."""
    with pytest.raises(ContainerError) as caught:
        opened(message)
    return caught.value.reason


def refusal_of(message: bytes, name: str) -> str:
    """Why an attachment is refused."""
    with pytest.raises(ContainerError) as caught:
        opened(message).content(name, LARGEST_MEMBER)
    return caught.value.reason


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
    assert refusal_of(mail(broken), "a.xlsx") == "附件的编码已损坏，请对方重新发送"


def test_an_attachment_larger_than_a_workbook_is_refused() -> None:
    large = mail(attached("a.xlsx", b"\0" * (LARGEST_MEMBER + 1)), attached("b.xlsx", WORKBOOK))
    assert refusal_of(large, "a.xlsx") == "附件超过20MB，填报表不会有这么大"
    assert opened(large).content("b.xlsx", LARGEST_MEMBER) == WORKBOOK


def test_a_mail_of_fifty_megabytes_is_read() -> None:
    parts = [attached(f"{number}.xlsx", bytes([number]) * (18 << 20)) for number in range(2)]
    message = opened(mail(*parts))
    assert len(message.content("1.xlsx", LARGEST_MEMBER)) == 18 << 20


def test_a_mail_that_is_larger_still_is_refused() -> None:
    assert refusal(mail(attached("a.bin", b"\0" * (50 << 20)))) == "邮件超过64MB，请把附件另存后放入"


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
    assert refusal_of(message, name) == "压缩包或者邮件套了超过3层，请逐层解压后放入"


def test_an_attached_mail_in_base64_is_a_file_of_its_own() -> None:
    inner = mail(attached("a.xlsx", WORKBOOK), boundary=b"i")
    message = opened(mail(part(inner, kind="message/rfc822")))
    assert message.content("转发邮件.eml", LARGEST_MEMBER) == inner


@pytest.mark.parametrize(
    "message",
    [
        b"a: b\n" * 1_300_000,
        b"\n" * 1_300_000,
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
def test_a_mail_that_is_made_to_take_long_is_refused_at_once(message: bytes) -> None:
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
