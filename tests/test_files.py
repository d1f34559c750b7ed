"""Writing files so that nothing is lost, under names that every system accepts."""

from __future__ import annotations

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportfill import OutputError
from reportfill.files import not_written, safe_name, write_beside, write_file, written_whole


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("卫辉市信访局2023年报告", "卫辉市信访局2023年报告"),
        ("发展/改革*委?", "发展 改革 委"),
        ("结尾的点. ", "结尾的点"),
        ("CON", "_CON"),
        ("com1.报告", "_com1.报告"),
        ("", "_"),
        ("..", "_"),
        ("a\nb\tc", "a b c"),
    ],
)
def test_what_windows_refuses_in_a_name_is_left_out(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(max_size=300))
def test_any_name_becomes_one_that_can_be_written(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert len(safe.encode("utf-8")) <= 221
    assert not set(safe) & set('<>:"/\\|?*\0')
    assert safe_name(safe) == safe


def test_a_file_is_written_into_folders_that_are_made(tmp_path: Path) -> None:
    written = write_file(tmp_path / "a" / "b" / "c.txt", b"1")
    assert written.path.read_bytes() == b"1"
    assert written.kept_aside is None


def test_what_stood_there_is_kept_under_the_next_free_number(tmp_path: Path) -> None:
    path = tmp_path / "c.txt"
    for content in (b"1", b"2", b"2", b"3"):
        write_file(path, content)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {
        "c.txt": b"3",
        "c (1).txt": b"1",
        "c (2).txt": b"2",
    }


def test_a_file_that_cannot_be_written_leaves_everything_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"kept")
    with pytest.raises(OutputError, match="file"):
        write_file(tmp_path / "file" / "below", b"1")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError):
        write_file(tmp_path / "folder", b"1")
    assert (tmp_path / "file").read_bytes() == b"kept"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file", "folder"]


def test_a_ledger_is_replaced_without_keeping_the_old_one(tmp_path: Path) -> None:
    write_file(tmp_path / "ledger", b"1")
    write_file(tmp_path / "ledger", b"2", keep=False)
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("ledger", b"2")]


def test_whoever_may_read_new_files_may_read_one(tmp_path: Path) -> None:
    write_file(tmp_path / "a", b"1")
    (tmp_path / "b").write_bytes(b"1")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "b").stat().st_mode


@pytest.fixture(params=[True, False], ids=["hard-links", "no-hard-links"])
def on_any_disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are written on a disk with hard links, then as on one without."""
    if not request.param:
        monkeypatch.setattr(os, "link", refused)


def refused(*_: object, **__: object) -> None:
    """What a disk without hard links says to each."""
    raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))


@pytest.mark.usefixtures("on_any_disk")
def test_nothing_is_lost_when_many_write_one_file(tmp_path: Path) -> None:
    contents = [bytes([number]) * 5000 for number in range(48)]
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda content: write_file(tmp_path / "a.docx", content), contents))
    assert sorted(path.read_bytes() for path in tmp_path.iterdir()) == sorted(contents)
    assert (tmp_path / "a.docx").is_file()


@pytest.mark.usefixtures("on_any_disk")
def test_nothing_moves_when_many_write_beside_one_file(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"the clerk's")
    contents = [bytes([number]) * 5000 for number in range(48)]
    with ThreadPoolExecutor(12) as pool:
        paths = list(pool.map(lambda content: write_beside(tmp_path / "a.xlsx", content), contents))
    assert [path.read_bytes() for path in paths] == contents
    assert (tmp_path / "a.xlsx").read_bytes() == b"the clerk's"
    assert len(list(tmp_path.iterdir())) == len(contents) + 1
    assert write_beside(tmp_path / "a.xlsx", contents[3]) == paths[3]


@pytest.mark.usefixtures("on_any_disk")
def test_one_name_may_be_the_number_of_another(tmp_path: Path) -> None:
    names = ["a.docx", "a (1).docx", "a (1) (1).docx"]
    writes = [(names[number % 3], bytes([number]) * 5000) for number in range(48)]
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda write: write_file(tmp_path / write[0], write[1]), writes))
    assert sorted(path.read_bytes() for path in tmp_path.iterdir()) == sorted(
        content for _, content in writes
    )


@pytest.mark.usefixtures("on_any_disk")
def test_what_is_no_plain_file_is_moved_aside_unread(tmp_path: Path) -> None:
    os.symlink(tmp_path / "nowhere", tmp_path / "a")
    os.mkfifo(tmp_path / "b")
    for name in ("a", "b"):
        written = write_file(tmp_path / name, b"1")
        assert written.kept_aside is not None
        assert os.path.lexists(written.kept_aside)
        assert (tmp_path / name).read_bytes() == b"1"


def test_a_full_disk_leaves_what_stood_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_file(tmp_path / "a", b"1")
    monkeypatch.setattr(os, "fsync", full)
    for write in (write_file, write_beside):
        with pytest.raises(OutputError) as said:
            write(tmp_path / "a", b"2")
        assert "磁盘已满" in said.value.chinese
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a", b"1")]


def full(_: int) -> None:
    """What a disk says that is full."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("name", ["a" * 300, "局" * 100, "a\0b", "\ud800", "file/below", "."])
def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(b"1")
    for write in (write_file, write_beside):
        with pytest.raises(OutputError):
            write(tmp_path / name, b"2")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_every_reason_is_said_in_chinese() -> None:
    for number in errno.errorcode:
        said = not_written("a", OSError(number, os.strerror(number))).chinese
        assert said.startswith("无法写入a：")
        assert os.strerror(number) not in said


def test_a_name_that_is_too_long_is_not_cut_within_brackets() -> None:
    agency = "清河县" + "局" * 52
    assert safe_name(f"{agency}年度报告（填报表）{'注' * 40}") == f"{agency}年度报告（填报表）" + "注" * 9
    assert safe_name(f"{agency}年度报告汇总（填报表和全部附件以及清单）") == f"{agency}年度报告汇总"
    assert safe_name("（" + "局" * 130).startswith("（局")


def test_a_name_that_no_file_can_have_is_refused_where_a_file_is_written_bit_by_bit(tmp_path: Path) -> None:
    with pytest.raises(OutputError) as refused, written_whole(tmp_path / "a\0b") as stream:
        stream.write(b"1")
    assert "不能用作文件名" in refused.value.chinese
    assert list(tmp_path.iterdir()) == []
