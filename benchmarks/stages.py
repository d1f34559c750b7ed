"""The stages of one report in one process, and whole runs of the program, beside their budgets."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass

from benchmarks.places import PACK, SAMPLE
from benchmarks.python_contenders import reportfill_whole
from benchmarks.timing import Timed, Timing, in_turn, timed
from reportfill import Submission, check, load_pack, new_workbook, read_workbook, render
from reportfill.office.libreoffice.office import Office
from reportfill.office.libreoffice.program import office_program
from reportfill.outputs.csv import csv_files
from reportfill.outputs.html import html_files
from reportfill.outputs.html_fragment import html_fragment_files
from reportfill.outputs.json import json_files
from reportfill.outputs.material import Material
from reportfill.outputs.ofd import ofd_files
from reportfill.outputs.pages import Pages
from reportfill.outputs.parquet import parquet_files
from reportfill.outputs.picture import picture_files
from reportfill.outputs.xlsx import xlsx_files

BUDGETS = {
    "read a workbook": 3.0,
    "check": 3.0,
    "merge and write the .docx": 2.5,
    "workbook to .docx, end to end": 8.0,
    "a report as a web page": 2.0,
    "a report as a fragment of a page": 10.0,
    "a report as JSON": 5.0,
    "a report as CSV": 5.0,
    "a report as a workbook of figures": 25.0,
    "a report as Parquet": 50.0,
    "the picture of a report, as PNG and SVG": 500.0,
    "a report's PDF as OFD": 60.0,
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
    slow = _blank_workbook() | _picture(submission) | _ofd(submission)
    return [*_measured(tasks | _data(submission), rounds), *_measured(slow, max(3, rounds // 20))]


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


def _data(submission: Submission) -> dict[str, Timed]:
    material = Material(submission, b"")
    return {
        "a report as a web page": timed(lambda: html_files(material)),
        "a report as a fragment of a page": timed(lambda: html_fragment_files(material)),
        "a report as JSON": timed(lambda: json_files(material)),
        "a report as CSV": timed(lambda: csv_files(material)),
        "a report as a workbook of figures": timed(lambda: xlsx_files(material)),
        "a report as Parquet": timed(lambda: parquet_files(material)),
    }


def _picture(submission: Submission) -> dict[str, Timed]:
    material = Material(submission, b"", last=submission)
    return {"the picture of a report, as PNG and SVG": timed(lambda: picture_files(material))}


def _ofd(submission: Submission) -> dict[str, Timed]:
    """The PDF of a report as OFD; nothing where there is no LibreOffice to make that PDF."""
    if office_program() is None:
        return {}
    report = render(submission)
    with Office(processes=1) as office:
        pages = Pages(report, office)
        pages.pdf()
    return {"a report's PDF as OFD": timed(lambda: ofd_files(pages))}


def _measured(tasks: dict[str, Timed], rounds: int) -> list[Stage]:
    return [Stage(name, timing, BUDGETS.get(name)) for name, timing in in_turn(tasks, rounds).items()]


def _run(*arguments: str) -> None:
    command = [sys.executable, "-m", "reportfill", *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
