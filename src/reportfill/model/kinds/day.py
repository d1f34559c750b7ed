"""Days, as `format: date` has them: 2025-03-01."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from reportfill.model.chinese.days import NoDay, day_in_chinese, typed_day
from reportfill.model.kinds.dated import Dated
from reportfill.text import Text


class Day(Dated):
    """A day of the calendar."""

    type, name = "string", "date"
    noun, example = Text("日期", "a date"), "2025年3月1日"
    number_format = 'yyyy"年"m"月"d"日"'

    def serves(self, node: Mapping[str, Any]) -> bool:
        """Whether a schema asks for the form of a date."""
        return node.get("type") == self.type and node.get("format") == self.name

    def typed(self, text: str) -> datetime.date | NoDay:
        """The day that a text names."""
        return typed_day(text)

    def value_of(self, day: datetime.date) -> str:
        """2025-03-01."""
        return day.isoformat()

    def in_words(self, day: datetime.date) -> str:
        """2025年3月1日."""
        return day_in_chinese(day)
