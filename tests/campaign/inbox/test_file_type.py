"""What is known of a file by its name or its first bytes."""

from __future__ import annotations

import pytest

from reportfill.campaign.inbox.file_type import (
    Handling,
    type_by_beginning,
    type_by_name,
    type_of_compound_file,
)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.XLSX", Handling.WORKBOOK),
        ("a.et", Handling.WORKBOOK),
        ("a.zip", Handling.TO_OPEN),
        ("a.EML", Handling.TO_OPEN),
    ],
)
def test_a_name_tells_what_may_be_taken_in(name: str, kind: Handling) -> None:
    sign = type_by_name(name)
    assert sign is not None
    assert sign.kind is kind


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("a.docx", Handling.OTHER, "不是填报表（Word文档）"),
        ("a.ofd", Handling.OTHER, "不是填报表（OFD文件）"),
        (
            "a.rar",
            Handling.UNREADABLE,
            "RAR压缩包无法直接读取",
        ),
        (
            "a.tar.gz",
            Handling.UNREADABLE,
            "这种压缩包无法直接读取",
        ),
        (
            "a.7z.001",
            Handling.UNREADABLE,
            "分卷压缩包无法直接读取",
        ),
        (
            "a.z01",
            Handling.UNREADABLE,
            "分卷压缩包无法直接读取",
        ),
        (
            "a.msg",
            Handling.UNREADABLE,
            "Outlook的.msg邮件无法直接读取",
        ),
        (
            "a.pst",
            Handling.UNREADABLE,
            "邮箱文件无法直接读取",
        ),
        (
            "a.p7m",
            Handling.UNREADABLE,
            "经过加密或者签名封装的邮件无法读取",
        ),
    ],
)
def test_a_name_tells_why_nothing_is_taken_in(name: str, kind: Handling, words: str) -> None:
    sign = type_by_name(name)
    assert sign is not None
    assert (sign.kind, sign.why_not.phrase()) == (kind, words)


@pytest.mark.parametrize("name", ["报表", "报表.xlsx.bak", "winmail", ".xlsx/报表"])
def test_where_a_name_does_not_tell_the_content_is_asked(name: str) -> None:
    assert type_by_name(name) is None


@pytest.mark.parametrize(
    ("name", "beginning", "kind"),
    [
        ("a", b"PK\3\4....", Handling.ARCHIVE),
        ("a.zip", b"Rar!\x1a\x07", Handling.UNREADABLE),
        ("a.zip", b"cut off", Handling.ARCHIVE),
        ("a.eml", b"PK\3\4", Handling.ARCHIVE),
        ("a.eml", b"", Handling.MAIL),
        ("a", b"Received: from example.org", Handling.MAIL),
        ("a", b"\xef\xbb\xbf\r\n\r\nReceived: from example.org", Handling.MAIL),
        ("a", b"From a@example.org Mon Jan 1 00:00:00 2024", Handling.MAIL),
        ("a", b"From: a\r\n b@example.org\r\nSubject: x", Handling.MAIL),
        ("a", b"Subject: x\r\nSee below.", Handling.OTHER),
        ("a", b"\x78\x9f\x3e\x22\0\0", Handling.UNREADABLE),
        ("a", b"%PDF-1.7", Handling.OTHER),
        ("a", b"", Handling.OTHER),
    ],
)
def test_the_first_bytes_tell_before_the_name(name: str, beginning: bytes, kind: Handling) -> None:
    assert type_by_beginning(name, beginning).kind is kind


@pytest.mark.parametrize(
    ("stream", "kind"),
    [
        ("Workbook", Handling.WORKBOOK),
        ("EncryptedPackage", Handling.WORKBOOK),
        ("WordDocument", Handling.OTHER),
        ("__substg1.0_0037001F", Handling.UNREADABLE),
        ("anything", Handling.OTHER),
    ],
)
def test_an_old_office_file_is_known_by_its_streams(stream: str, kind: Handling) -> None:
    assert type_of_compound_file(b"\xd0\xcf\x11\xe0" + stream.encode("utf-16-le")).kind is kind
