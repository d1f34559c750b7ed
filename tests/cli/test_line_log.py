"""The log of a command that nobody looks at."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from reportfill.cli import line_log
from reportfill.cli.line_log import lines_logged
from reportfill.errors import UsageError


def test_every_line_has_its_time_and_what_was_left_of_one_too(tmp_path: Path) -> None:
    log = tmp_path / "new" / "watch.log"
    with lines_logged(log):
        print("报告：", end="")
        print("甲.docx\n\n\udce4")
        print("half", end="", file=sys.stderr)
    lines = log.read_text("utf-8-sig").splitlines()
    assert [re.sub(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d ", "", line) for line in lines] == [
        "报告：甲.docx",
        "?",
        "half",
    ]


def test_a_refusal_and_a_fault_of_ours_are_in_it_and_go_on(tmp_path: Path) -> None:
    log = tmp_path / "watch.log"
    with pytest.raises(UsageError), lines_logged(log):
        raise UsageError("no such pack", "没有这个模板包")
    with pytest.raises(ZeroDivisionError), lines_logged(log):
        print(1 // 0)
    told = log.read_text("utf-8-sig")
    assert "reportfill: " in told
    assert "ZeroDivisionError" in told


def test_it_grows_to_a_certain_length_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_log, "LONGEST", 1000)
    log = tmp_path / "watch.log"
    with lines_logged(log):
        for number in range(200):
            print(f"line {number}")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["watch.log", "watch.old.log"]
    assert all(path.stat().st_size < 1100 for path in tmp_path.iterdir())
    assert "line 199" in log.read_text("utf-8-sig")


def test_a_log_that_cannot_be_written_ends_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with lines_logged(tmp_path / "file" / "watch.log"):
        print("said to nobody")
        is_over = True
    assert is_over
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_bytes() == b""
