"""A last day as a person says it."""

from __future__ import annotations

import re
from datetime import date

from reportfill.errors import UsageError

_DAY = re.compile(r"(\d{4})(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})日?")


_YEARS = 10
"""So many years after the reporting year a day is meant; a later one is a slip, such as 2062 for 2026."""


def last_day(said: str | date, year: int) -> date:
    """The day that somebody says, not before the reporting year nor many years behind it. Raises
    UsageError where it is none."""
    found = _DAY.fullmatch(str(said).strip())
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        day = None
    if day is None:
        raise UsageError(
            f"{said}: no day; write one as {year + 1}-01-20",
            f"“{said}”不是日期，请写成{year + 1}-01-20这样",
        )
    if day.year < year:
        raise UsageError(
            f"{said} is before the reporting year {year}",
            f"{said}早于报告年度{year}年",
        )
    if day.year > year + _YEARS:
        raise UsageError(
            f"{said} is more than {_YEARS} years after the reporting year {year}",
            f"{said}晚于报告年度{year}年{_YEARS}年以上，请核对年份",
        )
    return day
