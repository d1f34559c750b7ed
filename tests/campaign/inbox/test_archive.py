"""Archives as Windows, WPS and macOS write them, broken ones, and ones made to do harm."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from campaign.parcels import (
    OTHER_WORKBOOK,
    WORKBOOK,
    directory_of,
    flagged,
    places_of,
    with_size,
    zipped,
    zipped_as,
)

from reportfill.campaign.inbox.archive import Archive
from reportfill.campaign.inbox.container import LARGEST_MEMBER, ContainerError


def opened(archive: bytes) -> Archive:
    """An archive opened."""
    return Archive(BytesIO(archive))


def refusal(archive: bytes) -> str:
    """Why an archive is refused."""
    with pytest.raises(ContainerError) as caught:
        opened(archive)
    return caught.value.reason.phrase()


def refusal_of(archive: bytes, name: str) -> str:
    """Why a file of an archive is refused."""
    with pytest.raises(ContainerError) as caught:
        opened(archive).content(name, LARGEST_MEMBER)
    return caught.value.reason.phrase()


def test_files_are_unpacked_by_name_and_folders_passed_over() -> None:
    archive = opened(zipped(("县局/", b""), ("县局/a.xlsx", WORKBOOK), ("b.xlsx", OTHER_WORKBOOK)))
    assert list(archive.names) == ["县局/a.xlsx", "b.xlsx"]
    assert archive.content("县局/a.xlsx", LARGEST_MEMBER) == WORKBOOK
    assert archive.beginning("b.xlsx") == OTHER_WORKBOOK[:512]
    assert archive.size("b.xlsx") == len(OTHER_WORKBOOK)


@pytest.mark.parametrize(
    ("raw", "is_utf_8"),
    [
        ("清河县档案馆.xlsx".encode("gbk"), False),
        ("清河县档案馆.xlsx".encode(), True),
        ("清河县档案馆.xlsx".encode(), False),
    ],
    ids=["GBK of Windows and WPS", "UTF-8", "UTF-8 that is not marked"],
)
def test_chinese_names_are_read_however_they_are_written(raw: bytes, is_utf_8: bool) -> None:
    archive = opened(zipped_as((raw, WORKBOOK), is_utf_8=is_utf_8))
    assert list(archive.names) == ["清河县档案馆.xlsx"]
    assert archive.content("清河县档案馆.xlsx", LARGEST_MEMBER) == WORKBOOK


def test_a_broken_name_hinders_nobody() -> None:
    archive = opened(zipped_as((b"\xff\xff\x80\x01.xlsx", WORKBOOK)))
    (name,) = archive.names
    assert name.isprintable()
    assert archive.content(name, LARGEST_MEMBER) == WORKBOOK


def test_a_name_that_is_marked_as_utf_8_and_is_none_makes_the_archive_damaged() -> None:
    assert refusal(zipped_as((b"\xb5\xb5\xb0\xb8.xlsx", WORKBOOK), is_utf_8=True)) == "压缩包已损坏"


def test_names_that_lead_out_of_the_archive_are_shown_without_their_way() -> None:
    hostile = ["../../a.xlsx", "/etc/b.xlsx", "C:\\c.xlsx", "..\\d.xlsx", "e\u202e.xlsx"]
    archive = opened(zipped(*((name, WORKBOOK) for name in hostile)))
    assert list(archive.names) == ["a.xlsx", "etc/b.xlsx", "c.xlsx", "d.xlsx", "e.xlsx"]


def test_two_files_of_one_name_are_both_there() -> None:
    archive = opened(zipped(("a.xlsx", WORKBOOK), ("a.xlsx", OTHER_WORKBOOK)))
    assert [archive.content(name, LARGEST_MEMBER) for name in archive.names] == [WORKBOOK, OTHER_WORKBOOK]


def test_an_archive_with_a_password_says_so() -> None:
    archive = zipped(("县局/", b""), ("a.xlsx", WORKBOOK), ("b.xlsx", WORKBOOK))
    assert refusal(flagged(archive, 1)) == "压缩包设有密码"


def test_a_single_file_with_a_password_does_not_hold_up_the_others() -> None:
    archive = flagged(zipped(("a.xlsx", WORKBOOK), ("b.xlsx", WORKBOOK)), 1, 0)
    assert refusal_of(archive, "a.xlsx") == "压缩包设有密码"
    assert opened(archive).content("b.xlsx", LARGEST_MEMBER) == WORKBOOK


def test_a_file_that_unpacks_to_more_than_a_workbook_has_is_refused_unopened() -> None:
    bomb = zipped(("a.xlsx", b"\0" * (LARGEST_MEMBER + 1)))
    assert refusal_of(bomb, "a.xlsx") == "解压后过大，不是填报表的大小"


@pytest.mark.parametrize("size", [1, 100, LARGEST_MEMBER])
def test_no_more_is_unpacked_than_the_directory_says(size: int) -> None:
    archive = with_size(zipped(("a.xlsx", b"\0" * (LARGEST_MEMBER + 1))), size)
    assert refusal_of(archive, "a.xlsx") == "压缩包中的这个文件已损坏"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_method_that_cannot_be_held_to_a_limit_is_not_used(method: int) -> None:
    archive = zipped(("a.xlsx", WORKBOOK), method=method)
    assert refusal_of(archive, "a.xlsx") == "压缩方法不常见，无法解压"


def test_a_directory_of_too_many_files_is_not_gone_through() -> None:
    assert refusal(directory_of(200_000)) == "压缩包中的文件超过20000个"
    assert refusal(directory_of(20_001)) == "压缩包中的文件超过20000个"


def test_files_that_overlap_are_refused() -> None:
    assert refusal(directory_of(2)) == "压缩包的结构不正常（其中的文件互相重叠），没有读取"


@pytest.mark.parametrize("content", [b"", b"PK\3\4", b"PK\3\4" + b"\0" * 100, WORKBOOK[:-100]])
def test_an_archive_that_is_cut_off_is_damaged(content: bytes) -> None:
    assert refusal(content) == "压缩包已损坏"


def test_a_damaged_file_does_not_hold_up_the_others() -> None:
    archive = bytearray(zipped(("a.xlsx", WORKBOOK), ("b.xlsx", OTHER_WORKBOOK)))
    archive[2000:2010] = b"\0" * 10
    assert refusal_of(bytes(archive), "a.xlsx") == "压缩包中的这个文件已损坏"
    assert opened(bytes(archive)).content("b.xlsx", LARGEST_MEMBER) == OTHER_WORKBOOK


def test_a_name_that_differs_in_the_archive_and_in_its_directory_is_damage() -> None:
    archive = bytearray(zipped(("a.xlsx", WORKBOOK)))
    archive[next(iter(places_of(bytes(archive), b"PK\3\4"))) + 30] = ord("b")
    assert refusal_of(bytes(archive), "a.xlsx") == "压缩包中的这个文件已损坏"


def test_a_file_that_cannot_be_read_says_what_the_system_says() -> None:
    class Unplugged(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(ContainerError, match="cannot be read: Input/output error"):
        Archive(Unplugged(zipped(("a.xlsx", WORKBOOK))))
