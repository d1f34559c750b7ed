"""Formats that show any number as it is, so that no cell has to be looked up for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from reportfill.office.number_formats.digits import shape_of
from reportfill.office.number_formats.display import Showing, showing_of
from reportfill.office.number_formats.general import FULL_BELOW, WIDTH
from reportfill.office.number_formats.rendering import rendered
from reportfill.office.number_formats.sections import LONGEST, format_of
from reportfill.office.number_formats.tokens import FormatToken, TokenKind

MAY_MISLEAD = -1
"""The decimals of a format that may show another number."""

ANY = 99
"""The decimals of one that shows as many as there are."""

_CURRENCY = frozenset(" 　¥￥$€£")
_SIGNS_OF_NEGATIVES = frozenset("-()（）")
_ORDER = "#?0"
_PLACES = (TokenKind.DIGIT, TokenKind.POINT, TokenKind.COMMA)
_SAMPLES = (Decimal(7), Decimal(-1234567), Decimal(0))


@lru_cache(maxsize=1024)
def decimals_shown(code: str) -> int:
    """How many decimals a format's code shows of every number, which it shows as it is; MAY_MISLEAD where that is
    not plain to see, for whatever unit, ANY where it shows what a cell without a format does."""
    if len(code) > LONGEST:
        return MAY_MISLEAD
    sections = format_of(code).sections
    text = format_of(code).text
    if text is not None and not _is_plain_text(text):
        return MAY_MISLEAD
    is_plain = all(showing_of(rendered(code, number), number, "") is Showing.SAME for number in _SAMPLES)
    signs = (frozenset[str](), _SIGNS_OF_NEGATIVES)
    decimals = [_decimals(section.tokens, others) for section, others in zip(sections, signs, strict=False)]
    return min(decimals, default=ANY) if is_plain else MAY_MISLEAD


def least_decimals_shown(codes: Iterable[str]) -> int:
    """The least decimals that any of these formats shows; the first one that may mislead tells enough."""
    least = ANY
    for code in codes:
        least = min(least, decimals_shown(code))
        if least == MAY_MISLEAD:
            break
    return least


def is_shown_in_full(number: float, decimals: int) -> bool:
    """Whether formats that show so many decimals show this number as it is."""
    if decimals == MAY_MISLEAD:
        return False
    if number.is_integer():
        return abs(number) < FULL_BELOW
    digits = repr(number)
    return len(digits) <= WIDTH and "e" not in digits and len(digits.partition(".")[2]) <= decimals


def _is_plain_text(tokens: Sequence[FormatToken]) -> bool:
    contents = sum(token.kind is TokenKind.CONTENT for token in tokens)
    return contents == 1 and all(
        token.kind is TokenKind.CONTENT or _is_harmless(token, frozenset()) for token in tokens
    )


def _decimals(tokens: Sequence[FormatToken], signs: frozenset[str]) -> int:
    """The decimals that a section shows, if it has nothing but places, or General, and signs that tell nothing."""
    places = [index for index, token in enumerate(tokens) if token.kind in _PLACES]
    generals = [index for index, token in enumerate(tokens) if token.kind is TokenKind.GENERAL]
    own = {*places, *generals}
    if not all(index in own or _is_harmless(token, signs) for index, token in enumerate(tokens)):
        return MAY_MISLEAD
    if len(generals) == 1 and not places:
        return ANY
    return _decimals_of_places(tokens[places[0] : places[-1] + 1]) if places and not generals else MAY_MISLEAD


def _decimals_of_places(tokens: Sequence[FormatToken]) -> int:
    """The decimals of places that stand together in their usual order and do nothing but show a number."""
    shape = shape_of(tokens)
    whole = [_ORDER.index(tokens[index].text) for index in shape.whole]
    decimals = [-_ORDER.index(tokens[index].text) for index in shape.decimals]
    points = sum(token.kind is TokenKind.POINT for token in tokens)
    is_usual = whole == sorted(whole) and decimals == sorted(decimals) and points <= 1
    stands_together = all(token.kind in _PLACES for token in tokens)
    is_plain = shape.has_places and shape.scale == 1 and is_usual and stands_together
    return len(shape.decimals) if is_plain else MAY_MISLEAD


def _is_harmless(token: FormatToken, signs: frozenset[str]) -> bool:
    """Whether a token shows nothing that changes a number. A word may be a unit: it depends on the cell's own."""
    if token.kind is TokenKind.FILL:
        return not token.text.isnumeric()
    is_sign = token.kind is TokenKind.LITERAL and signs.union(_CURRENCY).issuperset(token.text)
    return token.kind is TokenKind.BLANK or is_sign
