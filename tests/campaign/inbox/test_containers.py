"""What is taken in of whatever lies in the inbox: workbooks, archives, mails, one within the other, and anything."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from campaign.parcels import (
    OTHER_WORKBOOK,
    WORKBOOK,
    attached,
    directory_of,
    flagged,
    forwarded,
    mail,
    with_size,
    zipped,
    zipped_as,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from often import often
from places import PACK_FOLDER, SAMPLES

from reportfill.campaign.inbox.container import LARGEST_MEMBER, ContainerError
from reportfill.campaign.inbox.containers import Member, OpenContainer
from reportfill.finding import finding
from reportfill.intake.read import read_workbook

DOCUMENT = (PACK_FOLDER / "report.docx").read_bytes()


def found(name: str, content: bytes) -> list[Member]:
    """What is to be taken in of a file."""
    return OpenContainer(name, BytesIO(content)).members()


def trouble(name: str, content: bytes) -> str:
    """Why nothing of a file can be taken in."""
    (member,) = found(name, content)
    assert member.inner == ()
    assert member.trouble is not None
    return member.trouble.phrase()


def in_words(listed: list[Member]) -> list[tuple[tuple[str, ...], str]]:
    """The names that lead to each file, and why it cannot be had."""
    return [(member.inner, member.trouble.phrase() if member.trouble else "") for member in listed]


def taken(name: str, content: bytes) -> dict[str, bytes]:
    """The content of what is taken in, by the names that lead to it."""
    return {
        " > ".join(member.inner): OpenContainer(name, BytesIO(content)).content_of(member.inner)
        for member in found(name, content)
        if not member.trouble
    }


def ods_package(mimetype: bytes) -> bytes:
    """The parts by which an OpenDocument file is known."""
    return zipped(("mimetype", mimetype), ("content.xml", b"<a/>"), ("META-INF/manifest.xml", b"<a/>"))


@pytest.mark.parametrize("name", ["a.xlsx", "县局/a.XLS", "a.ods", "a.et"])
def test_a_plain_workbook_is_taken_in_itself_without_a_look(name: str) -> None:
    assert found(name, b"whatever is in it: reading says so") == [Member(())]


@pytest.mark.parametrize("name", ["a.zip", "a", "a.eml", "a.xlsx.bak"])
def test_a_workbook_under_another_name_is_taken_in_itself(name: str) -> None:
    assert found(name, WORKBOOK) == [Member(())]
    assert taken(name, WORKBOOK) == {"": WORKBOOK}
    assert found(name, ods_package(b"application/vnd.oasis.opendocument.spreadsheet")) == [Member(())]


def test_an_archive_gives_its_workbooks_in_their_order() -> None:
    archive = zipped(
        ("县局/乙.xlsx", WORKBOOK),
        ("说明.docx", DOCUMENT),
        ("县局/甲.xls", OTHER_WORKBOOK),
        ("盖章.jpg", b"\xff\xd8"),
    )
    assert taken("报表.zip", archive) == {"县局/乙.xlsx": WORKBOOK, "县局/甲.xls": OTHER_WORKBOOK}
    assert not read_workbook(taken("报表.zip", archive)["县局/乙.xlsx"]).findings


def test_what_comes_out_of_an_archive_with_names_in_gbk_can_be_read() -> None:
    archive = zipped_as(("清河县/档案馆.xlsx".encode("gbk"), WORKBOOK))
    assert taken("报表.zip", archive) == {"清河县/档案馆.xlsx": WORKBOOK}


def test_a_workbook_in_an_archive_is_known_without_its_suffix() -> None:
    archive = zipped(
        ("档案馆", WORKBOOK), ("说明", DOCUMENT), ("读我", b"text"), ("信访局.xlsx.bak", OTHER_WORKBOOK)
    )
    assert taken("报表.zip", archive) == {"档案馆": WORKBOOK, "信访局.xlsx.bak": OTHER_WORKBOOK}


def test_archives_and_mails_within_each_other_are_opened() -> None:
    inner = zipped(("a.xlsx", WORKBOOK))
    message = mail(attached("报表.zip", inner), attached("b.xlsx", OTHER_WORKBOOK))
    archive = zipped(("1.eml", message), ("2.zip", inner))
    assert taken("全部.zip", archive) == {
        "1.eml > 报表.zip > a.xlsx": WORKBOOK,
        "1.eml > b.xlsx": OTHER_WORKBOOK,
        "2.zip > a.xlsx": WORKBOOK,
    }


def test_mails_attached_to_a_mail_are_looked_through() -> None:
    message = mail(forwarded(mail(attached("a.zip", zipped(("b.xlsx", WORKBOOK))), boundary=b"i")))
    assert taken("转.eml", message) == {"转发邮件.eml/a.zip > b.xlsx": WORKBOOK}


def test_what_is_nested_too_deep_is_named_and_a_workbook_there_is_not_an_archive() -> None:
    two = zipped(("2.zip", zipped(("3.zip", zipped(("a.xlsx", WORKBOOK))), ("b.zip", WORKBOOK))))
    assert found("1.zip", two) == [Member(("2.zip", "3.zip", "a.xlsx")), Member(("2.zip", "b.zip"))]
    assert in_words(found("0.zip", zipped(("1.zip", two)))) == [
        (("1.zip", "2.zip", "3.zip"), "压缩包或者邮件嵌套超过3层"),
        (("1.zip", "2.zip", "b.zip"), ""),
    ]


def test_what_systems_leave_behind_is_passed_over() -> None:
    archive = zipped(
        ("__MACOSX/._a.xlsx", b"\0\5\x16\7"),
        ("a.xlsx", WORKBOOK),
        ("Thumbs.db", b""),
        ("~$a.xlsx", b"lock"),
        (".DS_Store", b""),
        ("b.xlsx.tmp", b""),
    )
    assert found("报表.zip", archive) == [Member(("a.xlsx",))]


def test_what_cannot_be_opened_in_an_archive_is_named_beside_what_can() -> None:
    archive = zipped(("a.rar", b"Rar!"), ("b.xlsx", WORKBOOK), ("c.zip", b"PK\3\4 cut"), ("d.zip", b"Rar!"))
    assert in_words(found("报表.zip", archive)) == [
        (("a.rar",), "RAR压缩包无法直接读取"),
        (("b.xlsx",), ""),
        (("c.zip",), "压缩包已损坏"),
        (("d.zip",), "RAR压缩包无法直接读取"),
    ]
    half = flagged(zipped(("a.xlsx", WORKBOOK), ("b.xlsx", WORKBOOK)), 1, 0)
    assert found("报表.zip", half) == [
        Member(("a.xlsx",), finding("container.password")),
        Member(("b.xlsx",)),
    ]


def test_attachments_in_the_format_of_outlook_are_named() -> None:
    (member,) = found("a.eml", mail(attached("winmail.dat", b"\x78\x9f\x3e\x22")))
    assert member.inner == ("winmail.dat",)
    assert member.trouble is not None
    assert member.trouble.code == "container.tnef"
    assert "重新发送" in member.trouble.hint.zh


def test_pictures_and_signatures_in_a_mail_are_passed_over() -> None:
    parts = (
        attached("logo.png", b"\x89PNG", "image/png"),
        attached("smime.p7s", b"0", "application/pkcs7-signature"),
        attached("a.xlsx", WORKBOOK),
    )
    assert found("a.eml", mail(*parts)) == [Member(("a.xlsx",))]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.zip", zipped(("a.docx", DOCUMENT)), "压缩包中没有填报表"),
        ("a.zip", zipped(), "压缩包中没有填报表"),
        ("a.zip", zipped(("b.zip", zipped(("c.txt", b"")))), "压缩包中没有填报表"),
        ("a.eml", mail(), "邮件中没有填报表附件"),
        ("a.eml", b"\xff\0", "邮件中没有填报表附件"),
        ("a.zip", b"", "压缩包已损坏"),
        (
            "a.zip",
            flagged(zipped(("a.xlsx", WORKBOOK)), 1),
            "压缩包设有密码",
        ),
        ("a.zip", DOCUMENT, "不是填报表（Word文档）"),
        ("a", DOCUMENT, "不是填报表（Word文档）"),
        ("a.doc", b"", "不是填报表（Word文档）"),
        ("a.pdf", b"", "不是填报表（PDF文件）"),
        ("a.jpg", b"", "不是填报表（图片）"),
        ("a.txt", b"", "不是填报表（文本文件）"),
        ("a", b"%PDF-1.7", "不是填报表（PDF文件）"),
        ("a", b"", "不是填报表（空文件）"),
        ("a.bin", b"\0\1", "不是填报表（无法识别的文件）"),
        ("a", ods_package(b"application/vnd.oasis.opendocument.text"), "不是填报表（OpenDocument文件）"),
        ("a.rar", b"", "RAR压缩包无法直接读取"),
        (
            "a.zip",
            b"7z\xbc\xaf\x27\x1c",
            "7z压缩包无法直接读取",
        ),
        (
            "a.msg",
            b"",
            "Outlook的.msg邮件无法直接读取",
        ),
        (
            "a.zip",
            directory_of(30_000),
            "压缩包中的文件超过20000个",
        ),
    ],
)
def test_where_nothing_can_be_taken_in_the_reason_is_given(name: str, content: bytes, reason: str) -> None:
    assert trouble(name, content) == reason


def test_an_old_workbook_without_a_suffix_is_taken_in() -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "Workbook".encode("utf-16-le")
    assert found("a", old) == [Member(())]


def test_an_archive_of_archives_that_would_fill_the_disk_costs_little() -> None:
    level = with_size(zipped(*((f"{number}.xlsx", b"") for number in range(16))), LARGEST_MEMBER)
    for _ in range(2):
        level = zipped(*((f"{number}.zip", level) for number in range(16)))
    result = found("42.zip", level)
    assert in_words(result)[-1] == (
        (),
        "解压后合计超过2GB，其余的没有读取",
    )
    assert len(result) < 110


def test_archives_of_too_many_files_together_are_gone_through_up_to_a_limit() -> None:
    thousand = zipped(*((f"{number}.xlsx", b"") for number in range(1000)))
    result = found("a.zip", zipped(*((f"{number}.zip", thousand) for number in range(30))))
    assert in_words(result)[-1] == (
        (),
        "其中的文件合计超过20000个，其余的没有读取",
    )
    assert len(result) <= 20_001


def test_archives_that_are_refused_one_after_the_other_are_not_all_looked_at() -> None:
    overlapping = directory_of(2_000)
    result = found("a.zip", zipped(*((f"{number}.zip", overlapping) for number in range(60))))
    assert len(result) <= 41


def test_a_workbook_that_is_too_large_is_not_given() -> None:
    large = b"\0" * (LARGEST_MEMBER + 1)
    with pytest.raises(ContainerError, match="more than 20 MB"):
        OpenContainer("a.xlsx", BytesIO(large)).content_of(())
    assert in_words(found("a.zip", zipped(("a.xlsx", large)))) == [
        (("a.xlsx",), "解压后过大，不是填报表的大小")
    ]
    with pytest.raises(ContainerError, match="too large when unpacked"):
        OpenContainer("a.zip", BytesIO(zipped(("a.xlsx", large)))).content_of(("a.xlsx",))


@pytest.mark.parametrize("inner", [("b.xlsx",), ("a.xlsx", "b.xlsx"), ("a.zip",) * 9])
def test_a_member_that_is_not_there_is_not_given(inner: tuple[str, ...]) -> None:
    with pytest.raises(ContainerError):
        OpenContainer("a.zip", BytesIO(zipped(("a.xlsx", WORKBOOK)))).content_of(inner)
    with pytest.raises(ContainerError, match="not in it"):
        OpenContainer("a.xlsx", BytesIO(WORKBOOK)).content_of(("xl/workbook.xml",))


def test_an_open_archive_of_five_thousand_gives_each_at_once() -> None:
    archive = BytesIO(zipped(*((f"{number}.xlsx", b"%d" % number) for number in range(5000))))
    container = OpenContainer("a.zip", archive)
    assert [container.content_of(member.inner) for member in container.members()] == [
        b"%d" % number for number in range(5000)
    ]


def test_the_position_of_the_file_does_not_matter() -> None:
    for name, content in (
        ("a.zip", zipped(("a.xlsx", WORKBOOK))),
        ("a.eml", mail(attached("a.xlsx", WORKBOOK))),
    ):
        file = BytesIO(content)
        file.seek(17)
        assert OpenContainer(name, file).members() == [Member(("a.xlsx",))]
        assert OpenContainer(name, file).content_of(("a.xlsx",)) == WORKBOOK


class Unplugged(BytesIO):
    """A file on a disk that is gone."""

    def read(self, size: int | None = -1, /) -> bytes:
        raise OSError(5, "Input/output error")


@pytest.mark.parametrize("name", ["a.zip", "a.eml", "a"])
def test_a_file_that_cannot_be_read_has_a_reason_too(name: str) -> None:
    assert in_words(OpenContainer(name, Unplugged()).members()) == [((), "文件无法读取：读写磁盘出错")]


SMALL = (SAMPLES / "weihui-xinfang-2023.xlsx").read_bytes()[:3000]
SOUND = [
    zipped(("a.xlsx", SMALL), ("b.zip", zipped(("c.xlsx", SMALL))), ("d", SMALL)),
    zipped(("a.xlsx", SMALL), ("b.eml", mail(attached("c.xlsx", SMALL))), method=zipfile.ZIP_STORED),
    zipped_as(("县局/档案馆.xlsx".encode("gbk"), SMALL), ("县局/信访局.xlsx".encode("gbk"), SMALL)),
    mail(attached("a.xlsx", SMALL), attached("b.zip", zipped(("c.xlsx", SMALL)))),
    mail(forwarded(mail(attached("a.xlsx", SMALL), boundary=b"i")), attached("b", SMALL)),
    WORKBOOK,
]
NAMES = st.sampled_from(["a.zip", "a.eml", "a", "a.xlsx", "a.msg"])
PLACES = st.floats(0, 1, exclude_max=True)


def comes_to_no_harm(name: str, content: bytes) -> None:
    """Whatever is in it, each member is given within the limit or refused with a reason."""
    file = BytesIO(content)
    container = OpenContainer(name, file)
    listed = container.members()
    assert listed
    to_be_taken = [member.inner for member in listed if not member.trouble]
    assert len(set(to_be_taken)) == len(to_be_taken)
    for member in listed:
        assert all(name.isprintable() for name in member.inner)
        with suppress(ContainerError):
            assert len(container.content_of(member.inner)) <= LARGEST_MEMBER


@given(NAMES, st.binary(max_size=400))
def test_arbitrary_bytes_do_no_harm(name: str, content: bytes) -> None:
    comes_to_no_harm(name, content)


HEADER_TEXT = st.sampled_from(
    [
        b"Content-Type: multipart/mixed; boundary=a\r\n",
        b"Content-Type: message/rfc822\n",
        b"Content-Type: ",
        b"Content-Disposition: attachment; filename",
        b"Content-Transfer-Encoding: base64\n",
        b"Content-Transfer-Encoding: x-uuencode\n",
        b"*0*=gbk''%B5%",
        b"*1=",
        b'="=?gb2312?B?tbU=?="',
        b"=?utf-8?Q?=FF",
        b"\n\n",
        b"\r\n--a\r\n",
        b"\n--a--\n",
        b"PK\3\4",
        "档案馆.xlsx".encode("gbk"),
        b"AAA",
    ]
)


@settings(max_examples=often(300))
@given(st.lists(HEADER_TEXT | st.binary(max_size=8), max_size=40))
def test_mails_put_together_of_pieces_do_no_harm(pieces: list[bytes]) -> None:
    comes_to_no_harm("a.eml", b"".join(pieces))


@settings(max_examples=often(400), deadline=None)
@given(
    NAMES,
    st.sampled_from(SOUND),
    st.lists(st.tuples(PLACES, st.integers(0, 4), st.binary(min_size=1, max_size=6)), min_size=1, max_size=8),
)
def test_mangled_archives_and_mails_do_no_harm(
    name: str, sound: bytes, changes: list[tuple[float, int, bytes]]
) -> None:
    content = sound
    for where, removed, put in changes:
        place = int(where * len(content))
        content = content[:place] + put + content[place + removed :]
    comes_to_no_harm(name, content)


@settings(max_examples=often(200), deadline=None)
@given(st.sampled_from(SOUND[:3]), st.lists(st.tuples(PLACES, st.integers(0, 255)), min_size=1, max_size=4))
def test_mangled_directories_do_no_harm(sound: bytes, changes: list[tuple[float, int]]) -> None:
    content = bytearray(sound)
    start = content.index(b"PK\1\2")
    for where, value in changes:
        content[start + int(where * (len(content) - start))] = value
    comes_to_no_harm("a.zip", bytes(content))
