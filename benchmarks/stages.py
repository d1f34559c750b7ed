"""The stages of one report in one process, and whole runs of the program, beside their budgets."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass

from benchmarks.places import PACK, SAMPLE
from benchmarks.python_contenders import reportfill_whole
from benchmarks.timing import Timed, Timing, in_turn, timed
from reportfill import check, load_pack, new_workbook, read_workbook, render

BUDGETS = {
    "read a workbook": 3.0,
    "check": 3.0,
    "merge and write the .docx": 2.5,
    "workbook to .docx, end to end": 8.0,
    "reportfill --help, the process": 250.0,
    "reportfill fill of one file, the process": 800.0,
    "reportfill pack check, the process": 2000.0,
}
"""Milliseconds that a median may take."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One thing that was measured, with its budget where it has one."""

    name: str
    timing: Timing
    budget: float | None

    @property
    def within(self) -> bool:
        """Whether the median keeps to the budget."""
        return self.budget is None or self.timing.median <= self.budget


def stages(rounds: int) -> list[Stage]:
    """Every stage of one report, warm."""
    pack = load_pack(PACK)
    content = SAMPLE.read_bytes()
    submission = read_workbook(content, pack)
    tasks = {
        "read a workbook": timed(lambda: read_workbook(content, pack)),
        "check": timed(lambda: check(submission)),
        "check, with last year's report": timed(lambda: check(submission, submission)),
        "merge and write the .docx": timed(lambda: render(submission)),
        "workbook to .docx, end to end": timed(lambda: reportfill_whole(pack, content)),
    }
    return [*_measured(tasks, rounds), *_measured(_blank_workbook(), max(3, rounds // 20))]


def processes(rounds: int) -> list[Stage]:
    """Whole runs of the program, its start included."""
    with tempfile.TemporaryDirectory() as folder:
        fill = ("fill", str(SAMPLE), "-o", folder)
        tasks = {
            "reportfill --help, the process": timed(lambda: _run("--help")),
            "reportfill fill of one file, the process": timed(lambda: _run(*fill)),
            "reportfill pack check, the process": timed(lambda: _run("pack", "check", str(PACK))),
        }
        return _measured(tasks, rounds)


def _blank_workbook() -> dict[str, Timed]:
    pack = load_pack(PACK)
    return {"make a blank workbook": timed(lambda: new_workbook(pack, agency="清河县", year=2023))}


def _measured(tasks: dict[str, Timed], rounds: int) -> list[Stage]:
    return [Stage(name, timing, BUDGETS.get(name)) for name, timing in in_turn(tasks, rounds).items()]


def _run(*arguments: str) -> None:
    command = [sys.executable, "-m", "reportfill", *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
