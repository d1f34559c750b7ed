"""What tags say of two figures: a share in per cent, what grew or fell since last year."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from reportfill.decimals import exact, is_finite, is_number, plain
from reportfill.errors import PackError
from reportfill.model.kinds.blank_figure import BlankFigure
from reportfill.report.tag_values import rounded

NOT_TO_BE_SAID = "—"
"""What stands for a share of nothing."""

_SAME = "持平"


def share_of(part: Any, whole: Any, places: int = 1) -> str:
    """A figure as a share of another one in per cent, halves rounded up: 83.3%. Nothing where one is not known, — where
    the other is 0. Raises PackError for what is no figure."""
    if _is_unknown(part, whole):
        return ""
    if not whole:
        return NOT_TO_BE_SAID
    return f"{plain(_rounded(Decimal(exact(part)) * 100, whole, places))}%"


def difference(now: Any, before: Any, unit: str = "") -> str:
    """How a figure differs from an earlier one: 增加12件, 减少3件, 持平. Nothing where one is not known. Raises
    PackError for what is no figure."""
    if _is_unknown(now, before):
        return ""
    change = Decimal(exact(now)) - Decimal(exact(before))
    return f"{'增加' if change > 0 else '减少'}{plain(abs(change))}{unit}" if change else _SAME


def growth(now: Any, before: Any, places: int = 1) -> str:
    """The same in per cent of the earlier figure: 增长8.3%, 下降2%, 持平. Nothing where one is not known, — where the
    earlier one was 0. Raises PackError for what is no figure."""
    if _is_unknown(now, before):
        return ""
    change = Decimal(exact(now)) - Decimal(exact(before))
    if change and not before:
        return NOT_TO_BE_SAID
    verb = "增长" if change > 0 else "下降"
    return f"{verb}{plain(_rounded(abs(change) * 100, before, places))}%" if change else _SAME


def _rounded(part: Decimal, whole: Any, places: int) -> Decimal | int:
    """The quotient of two figures with so many decimals."""
    return exact(rounded(part / Decimal(exact(whole)), places))


def _is_unknown(*figures: Any) -> bool:
    for figure in figures:
        if not is_number(figure) or not is_finite(figure):
            raise PackError(
                "it cannot be worked out: it compares something that is no number",
                "标签算不出来：参与比较的不是数字",
            )
    return any(isinstance(figure, BlankFigure) for figure in figures)
