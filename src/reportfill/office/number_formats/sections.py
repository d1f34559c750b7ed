"""The sections of a number format, and which of them is for a number (ECMA-376-1, 18.8.31)."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from reportfill.office.number_formats.tokens import FormatToken, TokenKind, tokens_of

Tokens = tuple[FormatToken, ...]

LONGEST = 1024
"""Characters. Excel takes 255; of a longer code no more than this is looked at."""

_OPERATORS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d{1,99}(?:\.\d{0,99})?(?:e[+-]?\d{1,2})?)", re.IGNORECASE)
_ZERO = Decimal(0)
_MOST_NUMERIC = 3


@dataclass(frozen=True, slots=True)
class Condition:
    """For which numbers a section is: those that compare so with a limit."""

    sign: str
    limit: Decimal

    def holds(self, number: Decimal) -> bool:
        """Whether a number is one of them."""
        return _OPERATORS[self.sign](number, self.limit)

    @property
    def is_of_negatives(self) -> bool:
        """Whether only negative numbers are, so that their section shows no sign by itself."""
        if self.sign == "<":
            return self.limit <= 0
        return self.sign in ("<=", "=") and self.limit < 0


@dataclass(frozen=True, slots=True)
class Section:
    """One section: what it is made of, and its condition where it states or implies one."""

    tokens: Tokens
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A format: up to three sections for numbers, and what it makes of a text, if it says so."""

    sections: tuple[Section, ...]
    text: Tokens | None

    def section_for(self, number: Decimal) -> Section:
        """The section that shows a number; General where none is for it."""
        for section in self.sections:
            if section.condition is None or section.condition.holds(number):
                return section
        return GENERAL


GENERAL = Section((FormatToken(TokenKind.GENERAL, ""),))


@lru_cache(maxsize=1024)
def format_of(code: str) -> NumberFormat:
    """The format that the first LONGEST characters of a code make."""
    parts = list(_parted(tokens_of(code[:LONGEST])))
    text = parts[_MOST_NUMERIC] if len(parts) > _MOST_NUMERIC else None
    numeric = parts[:_MOST_NUMERIC]
    if text is None and any(token.kind is TokenKind.CONTENT for token in numeric[-1]):
        text = numeric.pop()
    if not code.strip():
        numeric = []
    return NumberFormat(tuple(_with_conditions(numeric)), text)


def _parted(tokens: list[FormatToken]) -> Iterator[Tokens]:
    section: list[FormatToken] = []
    for token in tokens:
        if token.kind is TokenKind.SEPARATOR:
            yield tuple(section)
            section = []
        else:
            section.append(token)
    yield tuple(section)


def _with_conditions(parts: list[Tokens]) -> Iterator[Section]:
    """The sections with the conditions that they state, else those that follow from their number and place."""
    stated = [_stated(part) for part in parts]
    for place, (part, condition) in enumerate(zip(parts, stated, strict=True)):
        yield Section(part, condition or _implied(place, len(parts), stated[0] is not None))


def _implied(place: int, number: int, first_is_stated: bool) -> Condition | None:
    """One section is for all; of two the first is for those from 0 on, of three for those above 0 and the second for
    those below."""
    if place == 0 and number > 1:
        return Condition(">=" if number == 2 else ">", _ZERO)
    if place == 1 and (number == _MOST_NUMERIC or not first_is_stated):
        return Condition("<", _ZERO)
    return None


def _stated(tokens: Tokens) -> Condition | None:
    stated = (condition_of(token.text) for token in tokens if token.kind is TokenKind.CONDITION)
    return next(filter(None, stated), None)


def condition_of(text: str) -> Condition | None:
    """The condition that a text such as <10 or >=0.5 states; None where it is none."""
    match = _CONDITION.fullmatch(text.strip())
    return Condition(match[1], Decimal(match[2])) if match else None
