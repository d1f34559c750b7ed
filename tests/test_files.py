"""Writing files so that nothing is lost, under names that every system accepts."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportfill import OutputError
from reportfill.files import safe_name, write_file


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
