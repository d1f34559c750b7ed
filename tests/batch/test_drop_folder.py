"""A drop folder: what is new and whole in it is done once, whatever is moved, deleted or started again meanwhile."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from held import Held
from places import SAMPLES

from reportfill.arrivals import Arrivals
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
    return DropFolder(tmp_path / "inbox", tmp_path / "out" / LEDGER, Arrivals(clock))


def done(folder: DropFolder) -> list[str]:
    """Do what is ready; the names of the files."""
    names = []
    out = folder.ledger.parent
    for arrival in folder.ready():
        for prepared in all_prepared([arrival.input], Job()):
            outcome = delivered(prepared, out, out)
            if outcome.not_written:
                folder.put_off(arrival.input.path, outcome.not_written[0])
            else:
                folder.finish(arrival, outcome.written)
                names.append(arrival.input.path.name)
    return names


def test_a_file_is_done_once_it_has_settled_and_then_never_again(folder: DropFolder, clock: Clock) -> None:
    path = folder.inbox / "a.xlsx"
    path.write_bytes(WEIHUI.read_bytes()[:1000])
    assert done(folder) == []
    clock.now = 1
    path.write_bytes(WEIHUI.read_bytes())
    assert done(folder) == []
    assert folder.awaited == {path: None}
    clock.now = 2
    assert done(folder) == ["a.xlsx"]
    assert (folder.ledger.parent / REPORT).is_file()
    clock.now = 3
    assert done(folder) == []
    assert folder.awaited == {}


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
    again = DropFolder(folder.inbox, folder.ledger, Arrivals(clock))
    done(again)
    clock.now = 2
    assert done(again) == [WEIHUI.name]


def test_started_again_it_does_nothing_twice_and_forgets_nothing(folder: DropFolder, clock: Clock) -> None:
    shutil.copy(WEIHUI, folder.inbox)
    done(folder)
    clock.now = 1
    done(folder)
    shutil.copy(HONGZE, folder.inbox)
    again = DropFolder(folder.inbox, folder.ledger, Arrivals(clock))
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


def test_a_report_whose_former_one_is_open_in_word_is_made_when_that_is_closed(
    folder: DropFolder, clock: Clock, held: Held
) -> None:
    out = folder.ledger.parent
    out.mkdir()
    (out / REPORT).write_bytes(b"the former report")
    shutil.copy(WEIHUI, folder.inbox)
    done(folder)
    held.hold(REPORT)
    clock.now = 1
    assert done(folder) == []
    assert "文件正被别的程序打开" in str(folder.awaited[folder.inbox / WEIHUI.name])
    assert not folder.ledger.exists()
    held.let_go()
    clock.now = 1.5
    assert done(folder) == []
    assert folder.inbox / WEIHUI.name in folder.awaited
    clock.now = 4
    assert done(folder) == [WEIHUI.name]
    assert folder.awaited == {}
    assert (out / REPORT).read_bytes() != b"the former report"


def test_an_input_that_is_held_waits_and_holds_nothing_up(
    folder: DropFolder, clock: Clock, held: Held
) -> None:
    shutil.copy(WEIHUI, folder.inbox / "a.xlsx")
    shutil.copy(HONGZE, folder.inbox / "b.xlsx")
    done(folder)
    held.hold("a.xlsx")
    clock.now = 1
    assert done(folder) == ["b.xlsx"]
    assert set(folder.awaited) == {folder.inbox / "a.xlsx"}
    held.let_go()
    clock.now = 60
    assert done(folder) == ["a.xlsx"]


def test_what_was_done_is_written_down_as_soon_as_its_file_is_let_go(
    folder: DropFolder, clock: Clock, held: Held
) -> None:
    shutil.copy(WEIHUI, folder.inbox)
    done(folder)
    held.hold(LEDGER)
    clock.now = 1
    assert done(folder) == [WEIHUI.name]
    held.let_go()
    clock.now = 2
    assert done(folder) == []
    again = DropFolder(folder.inbox, folder.ledger, Arrivals(clock))
    done(again)
    clock.now = 3
    assert done(again) == []


def test_an_inbox_that_is_gone_for_a_while_is_waited_for(folder: DropFolder, clock: Clock) -> None:
    shutil.copy(WEIHUI, folder.inbox)
    folder.inbox.rename(folder.inbox.with_name("away"))
    assert done(folder) == []
    assert "没有这个文件或文件夹" in str(folder.awaited[folder.inbox])
    folder.inbox.with_name("away").rename(folder.inbox)
    done(folder)
    clock.now = 1
    assert done(folder) == [WEIHUI.name]
    assert folder.awaited == {}


def test_a_workbook_is_done_once_when_it_is_closed_in_excel(folder: DropFolder, clock: Clock) -> None:
    path, owner = folder.inbox / "a.xlsx", folder.inbox / "~$a.xlsx"
    owner.write_bytes(b"\x04name")
    for clock.now, content in ((1, HONGZE), (2, WEIHUI), (3, WEIHUI)):
        shutil.copy(content, path)
        assert done(folder) == []
    owner.unlink()
    clock.now = 4
    assert done(folder) == ["a.xlsx"]


def test_a_copy_that_pauses_is_waited_for_and_told_as_damaged_only_when_nothing_more_comes(
    folder: DropFolder, clock: Clock
) -> None:
    path, content = folder.inbox / "a.xlsx", WEIHUI.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    for clock.now in (0, 1, 5):
        assert done(folder) == []
    assert "还没有复制完" in str(folder.awaited[path])
    path.write_bytes(content)
    for clock.now in (6, 7):
        names = done(folder)
    assert names == ["a.xlsx"]
    path.write_bytes(content[:-100])
    for clock.now in (8, 9, 17):
        assert done(folder) == []
    clock.now = 20
    assert done(folder) == ["a.xlsx"]


def test_what_was_done_before_is_waited_for_and_never_written_over(
    folder: DropFolder, clock: Clock, held: Held
) -> None:
    shutil.copy(WEIHUI, folder.inbox)
    done(folder)
    clock.now = 1
    done(folder)
    known = folder.ledger.read_bytes()
    held.hold(LEDGER)
    again = DropFolder(folder.inbox, folder.ledger, Arrivals(clock))
    for clock.now in (2, 3):
        assert done(again) == []
    assert "文件正被别的程序打开" in str(again.awaited[folder.ledger])
    held.let_go()
    for clock.now in (4, 5):
        assert done(again) == []
    assert folder.ledger.read_bytes() == known


def test_a_report_that_goes_while_the_folder_is_watched_is_made_again(
    folder: DropFolder, clock: Clock
) -> None:
    shutil.copy(WEIHUI, folder.inbox)
    done(folder)
    for clock.now in (1, 2):
        done(folder)
    (folder.ledger.parent / REPORT).unlink()
    clock.now = 3
    assert done(folder) == [WEIHUI.name]


def test_a_name_that_is_no_utf_8_is_done_and_remembered(folder: DropFolder, clock: Clock) -> None:
    shutil.copy(HONGZE, os.fsencode(folder.inbox) + b"/\xff.xlsx")
    done(folder)
    clock.now = 1
    assert len(done(folder)) == 1
    again = DropFolder(folder.inbox, folder.ledger, Arrivals(clock))
    for clock.now in (2, 3):
        assert done(again) == []
