"""A last day as a person says it."""

from __future__ import annotations

import re
from datetime import date

from reportfill.errors import UsageError

_DAY = re.compile(r"(\d{4})(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})日?")


def last_day(option: str, said: str | date, year: int) -> date:
    """The day that somebody says with an option, not before the reporting year. Raises UsageError where it is none."""
    found = _DAY.fullmatch(str(said).strip())
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        day = None
    if day is None:
        raise UsageError(
            f"{option} {said}: no day; write one as {year + 1}-01-20",
            f"{option} {said}：不是日期，请写成{year + 1}-01-20这样",
        )
    if day.year < year:
        raise UsageError(
            f"{option} {said} is before the reporting year {year}",
            f"{option} {said}：早于报告年度{year}年",
        )
    return day
