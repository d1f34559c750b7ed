"""Commands while other programs hold files: what is held is named in words that say what to do, all else is done, and
nothing is lost."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from held import Held, contents
from places import SAMPLES

WEIHUI = SAMPLES / "weihui-xinfang-2023.xlsx"
HONGZE = SAMPLES / "hongze-2023.xlsx"
REPORT = "卫辉市信访局2023年政府信息公开工作年度报告.docx"
CLOSE_IT = "文件正被别的程序打开：请在Word、Excel或WPS中关闭后再运行"


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is waited for takes no time."""
    monkeypatch.setattr(time, "sleep", lambda seconds: None)


def test_a_report_that_is_open_in_word_is_named_and_the_others_are_written(
    reportfill: Callable[..., Any], tmp_path: Path, held: Held
) -> None:
    inbox, out = tmp_path / "inbox", tmp_path / "out"
    inbox.mkdir()
    out.mkdir()
    shutil.copy(WEIHUI, inbox / "a.xlsx")
    shutil.copy(HONGZE, inbox / "b.xlsx")
    (out / REPORT).write_bytes(b"the former report")
    held.hold(REPORT)
    done = reportfill("fill", inbox, "-o", out)
    held.let_go()
    assert done.status == 2
    assert CLOSE_IT in done.err
    assert "Traceback" not in done.err
    assert contents(out) == {REPORT: b"the former report"}
    assert (inbox / "b-需修改.xlsx").is_file()
    assert reportfill("fill", inbox / "a.xlsx", "-o", out).status == 0
    assert (out / REPORT).read_bytes() != b"the former report"


def test_findings_are_shown_whatever_is_held(
    reportfill: Callable[..., Any], tmp_path: Path, held: Held
) -> None:
    shutil.copy(HONGZE, tmp_path / "b.xlsx")
    reportfill("fill", tmp_path / "b.xlsx")
    held.hold("b-需修改.xlsx")
    done = reportfill("fill", tmp_path / "b.xlsx", "--blank-as-zero")
    assert done.status == 1
    assert "单元格" in done.out
    assert "b-需修改 (1).xlsx" in done.out


@pytest.mark.parametrize("ending", [".docx", ".tmp", ".xlsx"])
def test_what_is_held_for_a_moment_is_not_even_told(
    reportfill: Callable[..., Any], tmp_path: Path, held: Held, ending: str
) -> None:
    shutil.copy(WEIHUI, tmp_path / "a.xlsx")
    (tmp_path / REPORT).write_bytes(b"the former report")
    held.hold(ending, times=2)
    done = reportfill("fill", tmp_path / "a.xlsx", "-o", tmp_path)
    assert (done.status, done.err) == (0, "")
    assert (tmp_path / REPORT).read_bytes() != b"the former report"


def test_a_workbook_that_somebody_works_in_is_read_as_it_was_saved_and_that_is_told(
    reportfill: Callable[..., Any], tmp_path: Path
) -> None:
    shutil.copy(WEIHUI, tmp_path / "a.xlsx")
    for owner in ("~$a.xlsx", ".~a.xlsx"):
        (tmp_path / owner).write_bytes(b"\x04name")
    done = reportfill("fill", tmp_path)
    assert done.status == 0
    assert "a.xlsx正在Excel或WPS中打开，读取的是已保存的内容" in done.err


@pytest.mark.parametrize("command", ["fill", "check"])
def test_an_input_that_is_held_is_named_and_the_others_are_done(
    reportfill: Callable[..., Any], tmp_path: Path, held: Held, command: str
) -> None:
    shutil.copy(WEIHUI, tmp_path / "a.xlsx")
    shutil.copy(HONGZE, tmp_path / "b.xlsx")
    held.hold("a.xlsx")
    done = reportfill(command, tmp_path, "--jobs", "1")
    assert done.status == 2
    assert "文件正被别的程序打开" in done.err
    assert "b.xlsx" in done.out


def test_a_blank_workbook_whose_former_one_is_open_stays_as_it_is(
    reportfill: Callable[..., Any], tmp_path: Path, held: Held
) -> None:
    blank = tmp_path / "a.xlsx"
    blank.write_bytes(b"the former workbook")
    held.hold("a.xlsx")
    done = reportfill("new", "--agency", "清河县", "--year", "2023", "-o", blank)
    held.let_go()
    assert done.status == 2
    assert CLOSE_IT in done.err
    assert contents(tmp_path) == {"a.xlsx": b"the former workbook"}
