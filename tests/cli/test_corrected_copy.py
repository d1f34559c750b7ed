"""The marked copy that the clerk has corrected is what is handed in: it stays where it is, and it is read."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from excel import typed
from places import SAMPLES

from reportfill.intake.returning.untouched import is_untouched

FAULTY = (SAMPLES / "hongze-2023.xlsx").read_bytes()
CORRECTED = (SAMPLES / "hongze-2023-corrected.xlsx").read_bytes()
REPORT = "*政府信息公开工作年度报告.docx"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clerk's folder with a workbook that has mistakes."""
    (tmp_path / "X.xlsx").write_bytes(FAULTY)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def marked(folder: Path, reportfill: Callable[..., Any]) -> Path:
    """Its marked copy."""
    assert reportfill("fill", "X.xlsx").status == 1
    return folder / "X-需修改.xlsx"


def worked_in(path: Path) -> bytes:
    """The file after the clerk typed something into it; mistakes are left."""
    path.write_bytes(typed(path.read_bytes(), {"表二!B12": 7}))
    return path.read_bytes()


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_marked_copy_knows_whether_anybody_has_worked_in_it(marked: Path) -> None:
    assert is_untouched(marked.read_bytes())
    assert not is_untouched(worked_in(marked))
    assert not is_untouched(FAULTY)
    assert not is_untouched(b"")


@pytest.mark.parametrize(
    "command",
    [["fill", "X.xlsx"], ["fill", "X.xlsx", "--returned", "."], ["check", "X.xlsx", "--returned", "."]],
)
def test_a_copy_that_was_worked_in_stays_where_it_is(
    reportfill: Callable[..., Any], folder: Path, marked: Path, command: list[str]
) -> None:
    corrected = worked_in(marked)
    for _ in range(2):
        run = reportfill(*command)
        assert run.status == 1
        assert "X-需修改.xlsx已有改动，照原样保留" in run.out
        assert marked.read_bytes() == corrected
        assert names(folder) == {"X.xlsx", "X-需修改.xlsx", "X-需修改 (1).xlsx"}
    assert is_untouched((folder / "X-需修改 (1).xlsx").read_bytes())


def test_json_says_where_the_marked_copy_is(reportfill: Callable[..., Any], marked: Path) -> None:
    worked_in(marked)
    told = json.loads(reportfill("check", "X.xlsx", "--returned", ".", "--format", "json").out)
    assert told["returned"] == "X-需修改 (1).xlsx"


def test_a_copy_that_nobody_has_worked_in_makes_room_and_that_is_said(
    reportfill: Callable[..., Any], folder: Path, marked: Path
) -> None:
    worked_in(folder / "X.xlsx")
    run = reportfill("fill", "X.xlsx")
    assert "原有的文件改名为：X-需修改 (1).xlsx" in run.out
    assert names(folder) == {"X.xlsx", "X-需修改.xlsx", "X-需修改 (1).xlsx"}


@pytest.mark.parametrize("files", [["."], ["*.xlsx"], ["X.xlsx", "X-需修改.xlsx"]])
def test_of_a_folder_the_corrected_copy_is_read_and_that_is_said(
    reportfill: Callable[..., Any], folder: Path, marked: Path, files: list[str]
) -> None:
    marked.write_bytes(CORRECTED)
    run = reportfill("fill", *files)
    assert run.status == 0
    assert "取改正后的X-需修改.xlsx，不再读取X.xlsx" in run.err
    assert len(list(folder.glob(REPORT))) == 1
    assert marked.read_bytes() == CORRECTED


def test_the_last_of_several_corrected_copies_is_read(
    reportfill: Callable[..., Any], folder: Path, marked: Path
) -> None:
    worked_in(marked)
    assert reportfill("fill", marked).status == 1
    (folder / "X-需修改2.xlsx").write_bytes(CORRECTED)
    run = reportfill("fill", ".")
    assert run.status == 0
    assert run.err.count("取改正后的X-需修改2.xlsx") == 2


def test_marked_copies_that_nobody_has_worked_in_are_no_inputs(
    reportfill: Callable[..., Any], folder: Path, marked: Path
) -> None:
    before = names(folder)
    run = reportfill("fill", ".")
    assert (run.status, names(folder)) == (1, before)
    assert "退回后没有改动的1个文件不再读取：X-需修改.xlsx" in run.err
    shutil.copy(marked, folder / "Y-需修改.xlsx")
    (folder / "X.xlsx").unlink()
    run = reportfill("fill", ".")
    assert run.status == 2
    assert "没有改动的2个文件" in run.err


def test_two_workbooks_of_one_name_are_both_read_beside_a_copy(
    reportfill: Callable[..., Any], folder: Path, marked: Path
) -> None:
    marked.write_bytes(CORRECTED)
    (folder / "X.xlsm").write_bytes(FAULTY)
    assert "共3个文件" in reportfill("fill", ".").out
