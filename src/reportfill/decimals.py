"""Numbers as reports have them: whole, or decimals that are exact."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TypeGuard

Number = int | Decimal

LARGEST_EXPONENT = 308
"""That of the floating-point numbers with which other programs reckon."""

_NUMBERS = (int, Decimal, float)


def is_number(value: object) -> TypeGuard[int | Decimal | float]:
    """Whether a value is a figure: a whole number or a decimal, and not a boolean."""
    return isinstance(value, _NUMBERS) and value is not True and value is not False


def is_finite(value: int | Decimal | float) -> bool:
    """Whether a number is neither infinite nor NaN."""
    return value.is_finite() if isinstance(value, Decimal) else isinstance(value, int) or math.isfinite(value)


def is_whole(value: int | Decimal | float) -> bool:
    """Whether a number has no fraction: 5.0 and 5E+1 have none."""
    if isinstance(value, Decimal):
        return value.is_finite() and value == value.to_integral_value()
    return isinstance(value, int) or value.is_integer()


def reduced(number: Decimal) -> Number:
    """The same figure, as a whole number where it is one."""
    return int(number) if is_whole(number) else number


def exact(value: Number | float) -> Number:
    """The figure that a number stands for: a float as the shortest decimal that denotes it."""
    return Decimal(repr(value)) if isinstance(value, float) else value


def plain(value: Number) -> str:
    """A figure in digits, without an exponent and without zeros that say nothing: 7730.28, 12."""
    text = format(value or Decimal(0), "f") if isinstance(value, Decimal) else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text
