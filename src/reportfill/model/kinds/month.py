"""Months of a year, as `format: year-month` has them: 2025-03."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from reportfill.model.chinese.days import NoDay, month_in_chinese, typed_month
from reportfill.model.kinds.dated import Dated
from reportfill.text import Text


class Month(Dated):
    """A month of a year, which a workbook keeps as one of its days."""

    type, name = "string", "year-month"
    noun, example = Text("年月", "a month of a year"), "2025年3月"
    number_format = 'yyyy"年"m"月"'

    def serves(self, node: Mapping[str, Any]) -> bool:
        """Whether a schema asks for the form of a year with its month."""
        return node.get("type") == self.type and node.get("format") == self.name

    def typed(self, text: str) -> datetime.date | NoDay:
        """The month that a text names."""
        return typed_month(text)

    def value_of(self, day: datetime.date) -> str:
        """2025-03."""
        return f"{day.year:04d}-{day.month:02d}"

    def in_words(self, day: datetime.date) -> str:
        """2025年3月."""
        return month_in_chinese(day)
