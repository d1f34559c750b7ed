"""A positive number as a fraction: # ?/?, # ??/100."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import takewhile

from reportfill.office.number_formats.tokens import FormatToken, TokenKind

_NO_PLACES = str.maketrans("#?", "00")
_MOST_DIGITS = 7
"""Of a denominator; a double tells no finer fractions apart in a cell."""


@dataclass(frozen=True, slots=True)
class FractionShape:
    """Where a section has the whole number, the numerator and the denominator, by the indices of their tokens."""

    whole: Sequence[int]
    numerator: Sequence[int]
    denominator: Sequence[int]
    fixed: int | None
    """The denominator that the section states, no more than seven digits of it; None where the number decides."""


def fraction_shape_of(tokens: Sequence[FormatToken]) -> FractionShape | None:
    """The shape of a section with a fraction; None where a slash, if there is one, is no fraction's."""
    slash = next((index for index, token in enumerate(tokens) if token.kind is TokenKind.SLASH), None)
    if slash is None:
        return None
    numerator = _run(tokens, range(slash - 1, -1, -1), TokenKind.DIGIT)[::-1]
    denominator = _run(tokens, range(slash + 1, len(tokens)), TokenKind.DIGIT, TokenKind.STATED)
    if not numerator or not denominator:
        return None
    before = [index for index in range(numerator[0]) if tokens[index].kind is TokenKind.DIGIT]
    whole = range(before[0], before[-1] + 1) if before else range(0)
    is_fixed = any(tokens[index].kind is TokenKind.STATED for index in denominator)
    digits = "".join(tokens[index].text for index in denominator).translate(_NO_PLACES)
    return FractionShape(whole, numerator, denominator, int(digits[:_MOST_DIGITS]) if is_fixed else None)


def _run(tokens: Sequence[FormatToken], indices: Iterable[int], *kinds: TokenKind) -> list[int]:
    """The first of some indices as far as their tokens are of these kinds: places, or digits that are stated."""
    return list(takewhile(lambda index: tokens[index].kind in kinds, indices))


def filled_fraction(number: Decimal, shape: FractionShape) -> dict[int, str]:
    """What the places of a fraction show, by the index of their token."""
    value = Fraction(number)
    if shape.fixed:
        denominator = shape.fixed
        numerator = _rounded_half_up(value * denominator)
    else:
        most = 10 ** min(len(shape.denominator), _MOST_DIGITS) - 1
        nearest = value.limit_denominator(most)
        numerator, denominator = nearest.numerator, nearest.denominator
    whole = numerator // denominator if shape.whole else 0
    numerator -= whole * denominator
    places = {index: "" for run in (shape.whole, shape.numerator, shape.denominator) for index in run}
    slash = shape.numerator[-1] + 1
    if shape.whole:
        places[shape.whole[0]] = str(whole) if whole or not numerator else ""
    if numerator or not shape.whole:
        places |= {
            shape.numerator[0]: str(numerator),
            slash: "/",
            shape.denominator[0]: str(denominator),
        }
    else:
        places[slash] = ""
    return places


def _rounded_half_up(value: Fraction) -> int:
    """The nearest whole number of a positive fraction, halves upward."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)
