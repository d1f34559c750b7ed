"""How Excel shows a number without a format of its own."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

WIDTH = 11
"""Characters that General gives a number, its sign not counted."""

FULL_BELOW = Decimal(10) ** WIDTH
"""Whole numbers below it stand in full; greater ones are shown as 1.23457E+11."""

_SMALLEST_PLAIN = Decimal("0.0001")
_MANTISSA = Context(prec=6, rounding=ROUND_HALF_UP)
_WIDE = Context(prec=400, rounding=ROUND_HALF_UP)
"""Wide enough for every digit of a double, which has up to 309 before its point."""


def number_held(value: float | Decimal) -> Decimal:
    """The number that a cell holds: a double has 15 significant digits, and what is more is the residue of sums."""
    return Decimal(f"{value:.15g}")


def rounded_as_excel(number: Decimal, decimals: int) -> Decimal:
    """A number rounded to decimals as Excel rounds it, halves away from zero."""
    if -number.as_tuple().exponent <= decimals:  # type: ignore[operator]  # a number of a cell is finite
        return number
    return number.quantize(Decimal(1).scaleb(-decimals), context=_WIDE)


def digits_of(number: Decimal) -> tuple[str, str]:
    """The digits of a positive number before and behind its point: ("7730", "28"); none before it below 1."""
    whole, _, decimals = format(number, "f").partition(".")
    return whole.lstrip("0"), decimals


def shown_as_general(number: Decimal) -> str:
    """A positive number as General shows it: 12, 7730.28, 0.333333333, 1.23457E+11."""
    if number < FULL_BELOW and (number >= _SMALLEST_PLAIN or number == 0):
        whole = digits_of(number)[0] or "0"
        return _without_zeros(format(rounded_as_excel(number, max(0, WIDTH - 1 - len(whole))), "f"))
    if number < 1 and -number.as_tuple().exponent <= WIDTH - 2:  # type: ignore[operator]  # it is finite
        return format(number, "f")
    mantissa, _, exponent = f"{_MANTISSA.plus(number):.5E}".partition("E")
    return f"{_without_zeros(mantissa)}E{exponent[0]}{exponent[1:].zfill(2)}"


def _without_zeros(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text
