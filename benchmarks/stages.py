"""The stages of one report in one process, and whole runs of the program."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reportfill import check, load_pack, new_workbook, read_workbook, render

SAMPLE = Path(__file__).resolve().parents[1] / "sample_inputs" / "hongze-2023-corrected.xlsx"
ROUNDS, PROCESS_ROUNDS = 200, 9


@dataclass(frozen=True, slots=True)
class Measurement:
    """Median and spread of one thing that was measured, in milliseconds, with its budget where it has one."""

    name: str
    median: float
    fastest: float
    slowest: float
    budget: float | None

    @property
    def within(self) -> bool:
        """Whether the median keeps to the budget."""
        return self.budget is None or self.median <= self.budget


def measurements() -> Iterator[Measurement]:
    """Every stage, warm, then every whole run."""
    pack = load_pack("annual-report-2021")
    content = SAMPLE.read_bytes()
    submission = read_workbook(content, pack)

    def whole() -> bytes:
        read = read_workbook(content, pack)
        assert all(found.severity.value == "note" for found in check(read))
        return render(read)

    yield _measured("read a workbook", lambda: read_workbook(content, pack), 3)
    yield _measured("check", lambda: check(submission), 3)
    yield _measured("check, with last year's report", lambda: check(submission, submission), None)
    yield _measured("merge and write the .docx", lambda: render(submission), 2.5)
    yield _measured("workbook to .docx, end to end", whole, 8)
    yield _measured("make a blank workbook", lambda: new_workbook(pack, agency="清河县", year=2023), None, 9)
    yield _measured("reportfill --help, the process", lambda: _run("--help"), 250, PROCESS_ROUNDS)
    with tempfile.TemporaryDirectory() as folder:
        fill = ("fill", str(SAMPLE), "-o", folder)
        yield _measured("reportfill fill of one file, the process", lambda: _run(*fill), 800, PROCESS_ROUNDS)


def _measured(
    name: str, work: Callable[[], object], budget: float | None, rounds: int = ROUNDS
) -> Measurement:
    work()
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        times.append((time.perf_counter() - begin) * 1000)
    return Measurement(name, statistics.median(times), min(times), max(times), budget)


def _run(*arguments: str) -> None:
    command = [sys.executable, "-m", "reportfill", *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
