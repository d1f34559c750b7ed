"""A drop folder: what is new and whole in it is done once, whatever is moved, deleted or started again meanwhile."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from places import SAMPLES

from reportfill.batch.delivery import delivered
from reportfill.batch.drop_folder import LEDGER, DropFolder
from reportfill.batch.preparing import all_prepared
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
    out = folder.ledger.parent
    for arrival in folder.ready():
        for prepared in all_prepared([arrival.input], Job()):
            folder.finish(arrival, delivered(prepared, out, out).written)
        names.append(arrival.input.path.name)
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
