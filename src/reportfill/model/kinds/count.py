"""Counts: whole numbers, such as 件 and 项."""

from __future__ import annotations

from reportfill.model.kinds.numbers import Figure


class Count(Figure):
    """A whole number."""

    type = name = "integer"
    is_whole = True
    noun = "整数"
