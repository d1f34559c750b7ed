"""Files from outside: their kind and size are looked at before a byte is read."""

from __future__ import annotations

import os
import tracemalloc
from pathlib import Path

import pytest

from reportfill.plain_files import NoPlainFileError, TooLargeError, megabytes, read_file


def test_a_file_within_the_limit_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert read_file(tmp_path / "a", 5) == b"12345"


def test_a_larger_one_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a").open("wb") as stream:
        stream.truncate(1 << 30)
    tracemalloc.start()
    with pytest.raises(TooLargeError) as said:
        read_file(tmp_path / "a", 5)
    assert tracemalloc.get_traced_memory()[1] < 1 << 20
    tracemalloc.stop()
    assert (said.value.size, said.value.most) == (1 << 30, 5)


@pytest.mark.parametrize("place", ["pipe", "link-to-pipe", "link-to-device"])
def test_what_is_no_plain_file_is_refused_at_once(tmp_path: Path, place: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    os.symlink(tmp_path / "pipe", tmp_path / "link-to-pipe")
    os.symlink("/dev/zero", tmp_path / "link-to-device")
    with pytest.raises(NoPlainFileError):
        read_file(tmp_path / place)


@pytest.mark.parametrize("place", ["folder", "missing", "a\0b", "a" * 300, "\ud800", "loop"])
def test_what_cannot_be_read_is_the_systems_error(tmp_path: Path, place: str) -> None:
    (tmp_path / "folder").mkdir()
    os.symlink(tmp_path / "loop", tmp_path / "loop")
    with pytest.raises(OSError, match=r"."):
        read_file(tmp_path / place)


def test_what_is_begun_of_a_megabyte_counts() -> None:
    assert [megabytes(size) for size in (0, 1, 1 << 20, (1 << 20) + 1)] == [0, 1, 1, 2]
