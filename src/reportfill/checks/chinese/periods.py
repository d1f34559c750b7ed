"""How Chinese writes a reporting period that is no calendar year: 2022—2023学年, 2022年9月1日至2023年8月31日."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

_TO = "[-—–~～至到]+"
_ANY_YEAR = 2001


@lru_cache(maxsize=8)
def period_pattern(begins: str) -> re.Pattern[str]:
    """The pattern of a period that begins with this day of a `year`: by both its years, or from day to day."""
    first = date.fromisoformat(f"{_ANY_YEAR}-{begins}")
    day, last = (f"0?{one.month}月0?{one.day}日" for one in (first, first - timedelta(days=1)))
    return re.compile(
        rf"(?P<year>20\d\d)(?:年?{_TO}(?:20)?\d\d(?P<named>学年(?:度)?)|年{day}起?{_TO}20\d\d年{last}止?)"
    )
