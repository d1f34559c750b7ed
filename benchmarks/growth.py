"""What one report costs as it grows: over the number of its tags, and over the number of its paragraphs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.python_contenders import baseline_of, reportfill_whole
from benchmarks.report_text import difference
from benchmarks.synthetic import Case, case_of_paragraphs, case_of_tags
from benchmarks.timing import in_turn, timed
from reportfill import check, read_workbook, render

TAGS = (50, 100, 200, 400, 800, 1600)
PARAGRAPHS = (1, 5, 10, 20, 40, 80)
"""In each of six parts."""


@dataclass(frozen=True, slots=True)
class Point:
    """What a report of some size takes, each a median in milliseconds; `whole` is workbook to .docx, `baseline`
    the same by openpyxl, jsonschema and docxtpl."""

    size: int
    read: float
    check: float
    merge: float
    whole: float
    baseline: float


def over_tags(rounds: int, sizes: Iterable[int] = TAGS) -> list[Point]:
    """Made-up reports of so many figures."""
    with TemporaryDirectory() as folder:
        return [_measured(case_of_tags(Path(folder, str(size)), size), rounds) for size in sizes]


def over_paragraphs(rounds: int, sizes: Iterable[int] = PARAGRAPHS) -> list[Point]:
    """The sample's report with ever longer text."""
    return [_measured(case_of_paragraphs(size), rounds) for size in sizes]


def _measured(case: Case, rounds: int) -> Point:
    submission = read_workbook(case.workbook, case.pack)
    baseline = baseline_of(case.pack, case.template, case.schema)
    differs = difference(render(submission), baseline.whole(case.workbook))
    assert not differs, differs
    timings = in_turn(
        {
            "read": timed(lambda: read_workbook(case.workbook, case.pack)),
            "check": timed(lambda: check(submission)),
            "merge": timed(lambda: render(submission)),
            "whole": timed(lambda: reportfill_whole(case.pack, case.workbook)),
            "baseline": timed(lambda: baseline.whole(case.workbook)),
        },
        rounds,
    )
    return Point(case.size, **{name: timing.median for name, timing in timings.items()})
