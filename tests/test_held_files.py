"""What is tried again because something holds a file, and what is not."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path

import pytest
from held import Held, contents

from reportfill.errors import OutputError
from reportfill.files import write_beside, write_file, written_whole
from reportfill.held_files import is_held, patiently, removed
from reportfill.plain_files import read_file
from reportfill.system_words import reason_of


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long was waited, without waiting."""
    pauses: list[float] = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    return pauses


@pytest.mark.parametrize("ending", ["a.docx", ".tmp"])
@pytest.mark.parametrize("keep", [True, False])
def test_what_is_held_for_a_moment_is_written_all_the_same(
    tmp_path: Path, held: Held, slept: list[float], ending: str, keep: bool
) -> None:
    (tmp_path / "a.docx").write_bytes(b"former")
    held.hold(ending, times=2)
    write_file(tmp_path / "a.docx", b"new", keep=keep)
    assert contents(tmp_path) == {"a.docx": b"new"} | ({"a (1).docx": b"former"} if keep else {})
    assert slept


def test_what_is_held_all_the_while_is_told_after_two_seconds_and_stays(
    tmp_path: Path, held: Held, slept: list[float]
) -> None:
    (tmp_path / "a.docx").write_bytes(b"former")
    held.hold("a.docx")
    for keep in (True, False):
        with pytest.raises(OutputError) as refused:
            write_file(tmp_path / "a.docx", b"new", keep=keep)
        assert "文件正被别的程序打开：请在Word、Excel或WPS中关闭后再运行" in refused.value.chinese
        assert "another program has the file open" in refused.value.english
    assert 2 < sum(slept) / 2 < 3
    held.let_go()
    assert contents(tmp_path) == {"a.docx": b"former"}


def test_what_is_let_go_at_the_last_moment_was_not_waited_for_in_vain(
    tmp_path: Path, held: Held, slept: list[float]
) -> None:
    path = tmp_path / "a"
    held.hold("/a")
    with pytest.raises(PermissionError):
        patiently(lambda: path.write_bytes(b"1"), path)
    held.let_go()
    tries = len(slept)
    for _ in range(4):
        held.hold("/a", times=tries)
        assert patiently(lambda: path.write_bytes(b"1"), path) == 1


def test_reading_and_writing_bit_by_bit_wait_as_well(tmp_path: Path, held: Held, slept: list[float]) -> None:
    (tmp_path / "a").write_bytes(b"1")
    held.hold("/a", times=3)
    assert read_file(tmp_path / "a") == b"1"
    held.hold("/a", times=3)
    with written_whole(tmp_path / "a") as stream:
        stream.write(b"2")
    assert contents(tmp_path) == {"a": b"2"}
    assert len(slept) == 6


def test_what_cannot_be_cleaned_up_ends_nothing(tmp_path: Path, held: Held, slept: list[float]) -> None:
    held.hold(".tmp")
    path = tmp_path / "~reportfill-1.tmp"
    with open(tmp_path / "other", "wb"):
        os.link(tmp_path / "other", path)
    assert not removed(path)
    held.let_go()
    assert removed(path)
    assert removed(path)


def test_a_folder_that_refuses_everything_is_not_waited_for_again_and_again(
    tmp_path: Path, held: Held, slept: list[float]
) -> None:
    held.hold(".tmp")
    for number in range(20):
        with pytest.raises(OutputError):
            write_beside(tmp_path / f"{number}.xlsx", b"1")
    assert sum(slept) < 10
    held.let_go()
    write_file(tmp_path / "a", b"1")
    held.hold("/a", times=1)
    write_file(tmp_path / "a", b"2", keep=False)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.ENOENT, errno.EROFS, errno.EIO])
def test_what_has_another_cause_is_not_tried_again(tmp_path: Path, slept: list[float], number: int) -> None:
    def refuse() -> None:
        raise OSError(number, os.strerror(number))

    with pytest.raises(OSError, match=os.strerror(number)):
        patiently(refuse, tmp_path / "a")
    assert slept == []


def test_what_this_user_may_not_do_is_not_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    assert is_held(refused, tmp_path / "a")
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert not is_held(refused, tmp_path / "a")


def test_a_path_that_is_too_long_is_told_with_its_length(tmp_path: Path, held: Held) -> None:
    held.longest = 200
    path = tmp_path / ("局" * 60) / ("年" * 60) / ("报" * 60)
    with pytest.raises(OutputError) as refused:
        write_file(path, b"1")
    assert f"文件名或者路径过长（{len(str(path))}个字符）" in refused.value.chinese


def test_what_nobody_may_even_look_at_is_not_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: object, **options: object) -> os.stat_result:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr(os, "access", lambda path, mode: False)
    monkeypatch.setattr(os, "stat", refuse)
    refused = PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(tmp_path / "a"))
    assert not is_held(refused, tmp_path / "a", reads=True)
    assert reason_of(refused).zh.startswith("没有权限")


def test_on_a_disk_without_links_a_new_name_that_is_held_for_a_moment_is_taken_all_the_same(
    tmp_path: Path, held: Held, slept: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)
    held.hold("a.docx", times=2, calls=["open"])
    write_file(tmp_path / "a.docx", b"new")
    held.let_go()
    assert contents(tmp_path) == {"a.docx": b"new"}
    assert slept
