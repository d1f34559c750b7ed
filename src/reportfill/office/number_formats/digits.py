"""A positive number put into the places that a section has for its digits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportfill.office.number_formats.general import digits_of, rounded_as_excel
from reportfill.office.number_formats.tokens import FormatToken, TokenKind

_EMPTY = {"0": "0", "#": "", "?": " "}
"""What a place shows that the number has no digit for."""

_THOUSAND = 3
_BEFORE_COMMA = (TokenKind.DIGIT, TokenKind.COMMA, TokenKind.POINT, TokenKind.PERCENT)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a section does to a number: its places by the index of their tokens, and what it is multiplied with."""

    whole: tuple[int, ...]
    decimals: tuple[int, ...]
    exponent: tuple[int, ...]
    is_grouped: bool
    scale: Decimal
    """A hundred for each percent sign, a thousandth for each comma behind the last digit."""

    @property
    def has_places(self) -> bool:
        """Whether the number is shown at all."""
        return bool(self.whole or self.decimals)

    @property
    def unit(self) -> Decimal:
        """The value of the last place, as part of the number that the cell holds."""
        return Decimal(1).scaleb(-len(self.decimals)) / self.scale


def shape_of(tokens: Sequence[FormatToken]) -> Shape:
    """The shape of a section without dates and fractions."""
    exponent = _first(tokens, TokenKind.EXPONENT, len(tokens))
    point = _first(tokens, TokenKind.POINT, exponent)
    places = _indexes(tokens, TokenKind.DIGIT)
    whole = tuple(index for index in places if index < point)
    commas = [index for index in _indexes(tokens, TokenKind.COMMA) if is_behind_place(tokens, index)]
    dividing = sum(1 for index in commas if _divides(index, places, point, exponent))
    percents = len(_indexes(tokens, TokenKind.PERCENT))
    return Shape(
        whole=whole,
        decimals=tuple(index for index in places if point < index < exponent),
        exponent=tuple(index for index in places if index > exponent),
        is_grouped=bool(whole) and any(whole[0] < index < whole[-1] for index in commas),
        scale=Decimal(1).scaleb(2 * percents - _THOUSAND * dividing),
    )


def is_behind_place(tokens: Sequence[FormatToken], comma: int) -> bool:
    """Whether a comma is more than a comma: it stands directly behind places, points or other such signs."""
    return comma > 0 and tokens[comma - 1].kind in _BEFORE_COMMA


def _divides(comma: int, places: Sequence[int], point: int, exponent: int) -> bool:
    """Whether a comma divides by a thousand: behind the last place before the point, or before the exponent."""
    end = point if comma < point else exponent
    mantissa = [place for place in places if place < exponent]
    return any(place < comma for place in mantissa) and not any(comma < place < end for place in mantissa)


def _first(tokens: Sequence[FormatToken], kind: TokenKind, otherwise: int) -> int:
    return next((index for index in _indexes(tokens[:otherwise], kind)), otherwise)


def _indexes(tokens: Sequence[FormatToken], kind: TokenKind) -> tuple[int, ...]:
    return tuple(index for index, token in enumerate(tokens) if token.kind is kind)


def filled(number: Decimal, tokens: Sequence[FormatToken], shape: Shape) -> dict[int, str]:
    """What each place shows of a positive number, by the index of its token; the exponent's sign too."""
    scaled = number * shape.scale
    places: dict[int, str] = {}
    if shape.exponent:
        scaled, power = _mantissa(scaled, shape)
        sign = _first(tokens, TokenKind.EXPONENT, len(tokens))
        places[sign] = "E-" if power < 0 else "E+" if tokens[sign].text == "+" else "E"
        places |= _whole(str(abs(power)), tokens, shape.exponent, is_grouped=False)
    whole, decimals = digits_of(rounded_as_excel(scaled, len(shape.decimals)))
    places |= _whole(whole, tokens, shape.whole, is_grouped=shape.is_grouped)
    places |= _decimals(decimals, tokens, shape.decimals)
    if not shape.whole and whole:
        places[_first(tokens, TokenKind.POINT, len(tokens))] = f"{whole}."
    return places


def _mantissa(number: Decimal, shape: Shape) -> tuple[Decimal, int]:
    """A number as a mantissa and a power of ten, which is a multiple of the places before the point."""
    if not number:
        return number, 0
    step = max(1, len(shape.whole))
    places = len(shape.decimals)
    power = number.adjusted() // step * step
    if rounded_as_excel(number.scaleb(-power), places) >= Decimal(10) ** step:
        power += step
    return number.scaleb(-power), power


def _whole(
    digits: str, tokens: Sequence[FormatToken], places: Sequence[int], *, is_grouped: bool
) -> dict[int, str]:
    """The digits before the point from right to left; the first place takes all that are left."""
    shown: dict[int, str] = {}
    for number, index in enumerate(reversed(places)):
        is_first = number == len(places) - 1
        rest = digits[: max(0, len(digits) - number)]
        text = (rest if is_first else rest[-1:]) or _EMPTY[tokens[index].text]
        shown[index] = _grouped(text, number, is_grouped)
    return shown


def _grouped(text: str, behind: int, is_grouped: bool) -> str:
    """Digits with their separators, where so many digits follow behind them."""
    if not is_grouped or not text.strip():
        return text
    with_separators = (
        f"{digit}," if rest and rest % _THOUSAND == 0 else digit
        for digit, rest in zip(text, range(behind + len(text) - 1, behind - 1, -1), strict=True)
    )
    return "".join(with_separators)


def _decimals(digits: str, tokens: Sequence[FormatToken], places: Sequence[int]) -> dict[int, str]:
    """The digits behind the point; # and ? show no zeros at the end."""
    significant = digits.rstrip("0")
    return {
        index: digits[number : number + 1] if number < len(significant) else _EMPTY[tokens[index].text]
        for number, index in enumerate(places)
    }
