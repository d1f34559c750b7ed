"""reportfill watch: a drop folder."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from places import SAMPLES

from reportfill.cli.drop_folder import LEDGER, DropFolder
from reportfill.cli.outcome import delivered
from reportfill.cli.preparing import prepared
from reportfill.processing import Job

WEIHUI = SAMPLES / "weihui-xinfang-2023.xlsx"
HONGZE = SAMPLES / "hongze-2023.xlsx"
REPORT = "卫辉市信访局2023年政府信息公开工作年度报告.docx"


class Clock:
    """A clock that stands until it is moved."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path, clock: Clock) -> DropFolder:
    """An empty drop folder and its output folder."""
    (tmp_path / "inbox").mkdir()
    return DropFolder(tmp_path / "inbox", tmp_path / "out" / LEDGER, clock)


def done(folder: DropFolder) -> list[str]:
    """Do what is ready; the names of the files."""
    names = []
    for path, digest in folder.ready():
        out = folder.ledger.parent
        folder.finish(path, digest, delivered(prepared(path, Job()), out, out))
        names.append(path.name)
    return names


def test_a_file_is_done_once_it_has_settled_and_then_never_again(folder: DropFolder, clock: Clock) -> None:
    path = folder.inbox / "a.xlsx"
    path.write_bytes(WEIHUI.read_bytes()[:1000])
    assert done(folder) == []
    clock.now = 1
    path.write_bytes(WEIHUI.read_bytes())
    assert done(folder) == []
    assert folder.waiting == 1
    clock.now = 2
    assert done(folder) == ["a.xlsx"]
    assert (folder.ledger.parent / REPORT).is_file()
    clock.now = 3
    assert done(folder) == []
    assert folder.waiting == 0


def test_the_same_contents_under_another_name_are_passed_over(folder: DropFolder, clock: Clock) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        shutil.copy(WEIHUI, folder.inbox / name)
    done(folder)
    clock.now = 1
    assert done(folder) == ["a.xlsx"]
    (folder.inbox / "a.xlsx").rename(folder.inbox / "c.xlsx")
    done(folder)
    clock.now = 2
    assert done(folder) == []


def test_a_report_that_was_deleted_is_made_again(folder: DropFolder, clock: Clock) -> None:
    shutil.copy(WEIHUI, folder.inbox)
    done(folder)
    clock.now = 1
    done(folder)
    (folder.ledger.parent / REPORT).unlink()
    again = DropFolder(folder.inbox, folder.ledger, clock)
    done(again)
    clock.now = 2
    assert done(again) == [WEIHUI.name]


def test_started_again_it_does_nothing_twice_and_forgets_nothing(folder: DropFolder, clock: Clock) -> None:
    shutil.copy(WEIHUI, folder.inbox)
    done(folder)
    clock.now = 1
    done(folder)
    shutil.copy(HONGZE, folder.inbox)
    again = DropFolder(folder.inbox, folder.ledger, clock)
    done(again)
    clock.now = 2
    assert done(again) == [HONGZE.name]


@pytest.mark.parametrize("ledger", [b"", b"[1]", b"{\x00", b'{"a": 1'])
def test_a_ledger_that_cannot_be_read_is_begun_anew(folder: DropFolder, ledger: bytes) -> None:
    folder.ledger.parent.mkdir()
    folder.ledger.write_bytes(ledger)
    assert DropFolder(folder.inbox, folder.ledger).done == {}


@pytest.mark.parametrize("name", ["~$a.xlsx", ".a.xlsx", "a.tmp", "a.docx", "a.xlsx.part"])
def test_lock_files_and_others_are_left_alone(folder: DropFolder, clock: Clock, name: str) -> None:
    shutil.copy(WEIHUI, folder.inbox / name)
    done(folder)
    clock.now = 1
    assert done(folder) == []


@contextmanager
def watching(inbox: Path, out: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """The program watching a folder, and ended by SIGTERM."""
    command = [sys.executable, "-m", "reportfill", "watch", str(inbox), "-o", str(out), *options]
    environment = {**os.environ, "REPORTFILL_LANG": "en", "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=-1, stderr=-1, text=True, encoding="utf-8", env=environment
    ) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(10)


def appears(path: Path, seconds: float) -> bool:
    """Whether a file is there before that many seconds have gone."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if path.exists():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("options", [(), ("--poll",)])
def test_what_is_dropped_in_gives_its_report_or_its_marked_copy(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    inbox.mkdir()
    shutil.copy(HONGZE, inbox / "first.xlsx")
    with watching(inbox, out, *options) as process:
        assert appears(out / "first-需修改.xlsx", 20)
        shutil.copy(WEIHUI, inbox / "second.xlsx")
        assert appears(out / REPORT, 20)
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        printed, told = process.communicate(timeout=10)
    assert process.returncode == 0
    assert REPORT in printed
    assert "stopped; 2 files were done." in told
    assert sorted(path.name for path in inbox.iterdir()) == ["first.xlsx", "second.xlsx"]


def test_a_folder_that_is_not_there_or_is_its_own_output_is_refused(
    reportfill: Callable[..., Any], tmp_path: Path
) -> None:
    assert reportfill("watch", tmp_path / "none", "-o", tmp_path).status == 2
    assert reportfill("watch", tmp_path, "-o", tmp_path).status == 2
