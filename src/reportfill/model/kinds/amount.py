"""Amounts: exact decimals, such as 万元."""

from __future__ import annotations

from reportfill.model.kinds.numbers import Figure


class Amount(Figure):
    """A number that may have decimals."""

    type = name = "number"
    is_labelled_with_unit = True
    is_whole = False
    noun = "数字"
