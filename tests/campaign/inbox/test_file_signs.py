"""What is known of a file by its name or its first bytes."""

from __future__ import annotations

import pytest

from reportfill.campaign.inbox.file_signs import (
    Kind,
    is_junk,
    sign_of_beginning,
    sign_of_compound,
    sign_of_name,
)


@pytest.mark.parametrize(
    "name",
    [
        "Thumbs.db",
        "a/desktop.ini",
        ".DS_Store",
        "~$报表.xlsx",
        "县局/~$报表.xlsx",
        ".~报表.xlsx",
        "__MACOSX/._报表.xlsx",
        "__MACOSX/报表.xlsx",
        "报表.xlsx.crdownload",
        "报表.xlsx.PART",
        "~WRL0001.tmp",
    ],
)
def test_what_systems_and_programs_leave_behind_is_junk(name: str) -> None:
    assert is_junk(name)


@pytest.mark.parametrize(
    "name", ["报表.xlsx", "../报表.xlsx", "县局.2023/报表.zip", "a~$.xlsx", "", "thumbs.db.zip"]
)
def test_other_files_are_not(name: str) -> None:
    assert not is_junk(name)


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("a.XLSX", Kind.WORKBOOK, ""),
        ("a.et", Kind.WORKBOOK, ""),
        ("a.zip", Kind.TO_OPEN, ""),
        ("a.EML", Kind.TO_OPEN, ""),
        ("a.docx", Kind.OTHER, "Word文档"),
        ("a.ofd", Kind.OTHER, "OFD文件"),
        ("a.rar", Kind.UNREADABLE, "RAR压缩包不能直接读取，请解压后放入，或者改用zip格式"),
        ("a.tar.gz", Kind.UNREADABLE, "这种压缩包不能直接读取，请解压后放入，或者改用zip格式"),
        ("a.7z.001", Kind.UNREADABLE, "分卷压缩包不能直接读取，请把各卷放在一起解压后放入"),
        ("a.z01", Kind.UNREADABLE, "分卷压缩包不能直接读取，请把各卷放在一起解压后放入"),
        ("a.msg", Kind.UNREADABLE, "Outlook的.msg邮件不能直接读取，请另存为.eml，或者把附件拖出来放入"),
    ],
)
def test_a_name_tells(name: str, kind: Kind, words: str) -> None:
    sign = sign_of_name(name)
    assert sign is not None
    assert (sign.kind, sign.what) == (kind, words)


@pytest.mark.parametrize("name", ["报表", "报表.xlsx.bak", "winmail", ".xlsx/报表"])
def test_where_a_name_does_not_tell_the_content_is_asked(name: str) -> None:
    assert sign_of_name(name) is None


@pytest.mark.parametrize(
    ("name", "beginning", "kind"),
    [
        ("a", b"PK\3\4....", Kind.ARCHIVE),
        ("a.zip", b"Rar!\x1a\x07", Kind.UNREADABLE),
        ("a.zip", b"cut off", Kind.ARCHIVE),
        ("a.eml", b"PK\3\4", Kind.ARCHIVE),
        ("a.eml", b"", Kind.MAIL),
        ("a", b"Received: from example.org", Kind.MAIL),
        ("a", b"\xef\xbb\xbf\r\n\r\nReceived: from example.org", Kind.MAIL),
        ("a", b"From a@example.org Mon Jan 1 00:00:00 2024", Kind.MAIL),
        ("a", b"From: a\r\n b@example.org\r\nSubject: x", Kind.MAIL),
        ("a", b"Subject: x\r\nSee below.", Kind.OTHER),
        ("a", b"\x78\x9f\x3e\x22\0\0", Kind.UNREADABLE),
        ("a", b"%PDF-1.7", Kind.OTHER),
        ("a", b"", Kind.OTHER),
    ],
)
def test_the_first_bytes_tell_before_the_name(name: str, beginning: bytes, kind: Kind) -> None:
    assert sign_of_beginning(name, beginning).kind is kind


@pytest.mark.parametrize(
    ("stream", "kind"),
    [
        ("Workbook", Kind.WORKBOOK),
        ("EncryptedPackage", Kind.WORKBOOK),
        ("WordDocument", Kind.OTHER),
        ("__substg1.0_0037001F", Kind.UNREADABLE),
        ("anything", Kind.OTHER),
    ],
)
def test_an_old_office_file_is_known_by_its_streams(stream: str, kind: Kind) -> None:
    assert sign_of_compound(b"\xd0\xcf\x11\xe0" + stream.encode("utf-16-le")).kind is kind
