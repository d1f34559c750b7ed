"""Days and months as data have them (2025-03-01, 2025-03), and the bounds that a schema gives them."""

from __future__ import annotations

import datetime
import re
from typing import Any

from reportfill.model.chinese.days import day_in_chinese, month_in_chinese

_BOUND = re.compile(
    r"(?:(?P<fixed>[0-9]{4})|year(?P<years>[+-][1-9])?)-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?"
)
"""A bound of a schema: 2025-03-01, or by the reporting year: year+1-01-31."""

_DATED = re.compile(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?")


def day_of(value: Any) -> datetime.date | None:
    """The day of a value of data, the first one of a month; None where it is none."""
    if not isinstance(value, str) or not _DATED.fullmatch(value):
        return None
    try:
        return datetime.date.fromisoformat(value if len(value) > len("2025-03") else f"{value}-01")
    except ValueError:
        return None


def dated_in_words(value: str) -> str:
    """A day or month of data as official documents have it; what is none as it is."""
    day = day_of(value)
    if day is None:
        return value
    return month_in_chinese(day) if len(value) == len("2025-03") else day_in_chinese(day)


def is_dated(value: str, form: str) -> bool:
    """Whether a text is a day (`date`) or a month (`year-month`) as JSON Schema has them, and calendars."""
    return day_of(value) is not None and len(value) == (10 if form == "date" else 7)


def bound_in_year(bound: str, year: int) -> str:
    """A bound of a schema in a reporting year, as data have it: year+1-01-31 is 2026-01-31 for 2025."""
    found = _BOUND.fullmatch(bound)
    if found is None or found["fixed"]:
        return bound
    return f"{year + int(found['years'] or 0):04d}{bound[found.start('month') - 1 :]}"


def bound_as_formula(bound: str, *, is_last: bool) -> str:
    """A bound as a formula of Excel; of a month its last day where it is the last one allowed."""
    found = _BOUND.fullmatch(bound)
    assert found is not None, "a schema is looked at before its fields are made"
    year = found["fixed"] or f"{{year}}{found['years'] or ''}"
    month, day = int(found["month"]), int(found["day"] or 1)
    return f"DATE({year},{month + 1},0)" if is_last and not found["day"] else f"DATE({year},{month},{day})"
