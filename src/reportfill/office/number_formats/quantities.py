"""A quantity within a text: digits with their separators, and the words by which they are multiplied."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from math import prod
from typing import NamedTuple

from reportfill.office.number_formats.folding import BLANK, is_digit

_POWERS = {"十拾": 1, "百佰": 2, "千仟": 3, "万萬": 4, "亿億": 8}
SCALES = {character: Decimal(10**power) for alike, power in _POWERS.items() for character in alike}
_MYRIAD = SCALES["万"]
_WORDS = {
    "k": Decimal(10**3),
    "w": Decimal(10**4),
    "mn": Decimal(10**6),
    "bn": Decimal(10**9),
    "thousand": Decimal(10**3),
    "million": Decimal(10**6),
    "billion": Decimal(10**9),
}
_CAPITALS = {"M": Decimal(10**6), "B": Decimal(10**9)}
"""m alone is metres or minutes."""

CHINESE_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {
    character: value for value, character in enumerate("零壹贰叁肆伍陆柒捌玖")
}
_SEPARATORS = frozenset(",' ")
_GROUPS = (3, 4)
"""Thousands, and the ten thousands by which Chinese counts."""

_LONGEST_EXPONENT = 3


class Quantity(NamedTuple):
    """A number with the value of its last place, the scale in which it is stated, and where it ends in its text.

    The scale is ten thousand in 12.3万 and 1 where the words are places of the number itself, as in 1千2百3十4.
    `number` and `unit` are multiplied already."""

    number: Decimal
    unit: Decimal
    scale: Decimal
    end: int


class _Digits(NamedTuple):
    """Digits as they stand: their number, the value of the last place, and where they end."""

    number: Decimal
    unit: Decimal
    end: int


def quantity_at(text: str, start: int) -> Quantity | None:
    """The quantity that begins at a place: 1,234.5, 1 1/2, 1.23E+03, 12.3万, 1千2百3十4; None where there is none."""
    reading = _Reading()
    place = start
    while True:
        digits = _digits_at(text, place)
        scales, end = _scales_at(text, digits.end if digits else place)
        if digits is None and (not scales or place != start):
            return (
                reading.quantity(place) if place != start and not is_digit(text[place : place + 1]) else None
            )
        reading.take(digits or _Digits(Decimal(1), Decimal(1), place), scales)
        place = end
        if not scales:
            return reading.quantity(place)


class _Reading:
    """A number in the making: sums of digits and their places, as 1千2百3十4 or 1百2十万."""

    def __init__(self) -> None:
        self._total = self._section = self._largest = Decimal(0)
        self._unit = self._scale = Decimal(1)
        self._is_first = True

    def take(self, digits: _Digits, scales: list[Decimal]) -> None:
        """Add digits with the scales behind them."""
        self._section += digits.number * _product(scale for scale in scales if scale < _MYRIAD)
        self._unit = digits.unit * _product(scales)
        self._scale = _product(scale for scale in scales if self._is_first or scale >= _MYRIAD)
        self._is_first = False
        for scale in scales:
            if scale >= _MYRIAD:
                self._close_section(scale)

    def _close_section(self, scale: Decimal) -> None:
        """What was added so far is so many ten thousands; of ten thousands before a greater scale, all are."""
        if self._total and self._largest < scale:
            self._total = (self._total + self._section) * scale
        else:
            self._total += self._section * scale
        self._section, self._largest = Decimal(0), scale

    def quantity(self, end: int) -> Quantity:
        """All of it."""
        return Quantity(self._total + self._section, self._unit, self._scale, end)


def _product(scales: Iterable[Decimal]) -> Decimal:
    return prod(scales, start=Decimal(1))


def _scales_at(text: str, place: int) -> tuple[list[Decimal], int]:
    """The scales that begin at a place, perhaps behind a blank or a bracket, and where they end."""
    start = place
    while text[start : start + 1] == BLANK:
        start += 1
    found = _chinese_scales(text, start) or _latin_scale(text, start)
    if not found and text[start : start + 1] == "(":
        found = _scales_in_brackets(text, start + 1)
    return found or ([], place)


def _chinese_scales(text: str, start: int) -> tuple[list[Decimal], int] | None:
    end = start
    while text[end : end + 1] in SCALES:
        end += 1
    return ([SCALES[character] for character in text[start:end]], end) if end > start else None


def _latin_scale(text: str, start: int) -> tuple[list[Decimal], int] | None:
    end = start
    while text[end : end + 1].isascii() and text[end : end + 1].isalpha():
        end += 1
    word = text[start:end]
    scale = _CAPITALS.get(word) or _WORDS.get(word.lower())
    return ([scale], end) if scale else None


def _scales_in_brackets(text: str, start: int) -> tuple[list[Decimal], int] | None:
    """A scale in brackets of its own, with a unit of one character or none: (万), (万元)."""
    found = _chinese_scales(text, start)
    return found if found and ")" in text[found[1] : found[1] + 2] else None


def _digits_at(text: str, start: int) -> _Digits | None:
    """The digits that begin at a place, as a number; None where there are none, or separated as no number is."""
    end = _end_of_run(text, start)
    run = text[start:end]
    if not any(map(is_digit, run)):
        return None
    if text[end : end + 1] == "/" and is_digit(text[end + 1 : end + 2]):
        return _fraction(run, text, end + 1)
    whole, _, decimals = run.partition(".")
    if not all(map(is_digit, decimals)):
        return None
    digits = _without_separators(whole)
    if digits is None:
        return None
    power, end = _exponent_at(text, end)
    unit = Decimal(1).scaleb(power - len(decimals))
    return _Digits(Decimal(f"{digits}{decimals}" or 0) * unit, unit, end)


def _end_of_run(text: str, start: int) -> int:
    """Where digits end, with the points and separators that have a digit behind them; a point at the end counts."""
    end = start
    while end < len(text):
        is_between = text[end] == "." or (end > start and text[end] in _SEPARATORS)
        if not is_digit(text[end]) and not (is_between and is_digit(text[end + 1 : end + 2])):
            break
        end += 1
    return end


def _without_separators(whole: str) -> str | None:
    """Digits without what separates thousands or ten thousands; None where something separates other groups."""
    marks = {character for character in whole if not is_digit(character)}
    if not marks:
        return whole
    if len(marks) > 1:
        return None
    first, *others = whole.split(marks.pop())
    fits = any(0 < len(first) <= size and all(len(other) == size for other in others) for size in _GROUPS)
    return first + "".join(others) if fits else None


def _exponent_at(text: str, place: int) -> tuple[int, int]:
    """The power of ten in E+03, and where it ends; 0 where there is none."""
    if text[place : place + 1] not in ("E", "e"):
        return 0, place
    start = place + 1
    end = start + (text[start : start + 1] in ("+", "-"))
    while is_digit(text[end : end + 1]):
        end += 1
    digits = text[start:end].lstrip("+-")
    return (int(text[start:end]), end) if 0 < len(digits) <= _LONGEST_EXPONENT else (0, place)


def _fraction(run: str, text: str, start: int) -> _Digits | None:
    """A whole number, if there is one, and a fraction, whose denominator begins at a place: 1 1/2."""
    end = start
    while is_digit(text[end : end + 1]):
        end += 1
    whole, _, numerator = run.rpartition(BLANK)
    denominator = Decimal(text[start:end])
    number = _without_separators(whole.strip() or "0")
    if number is None or not numerator.isdigit() or not denominator:
        return None
    return _Digits(Decimal(number) + Decimal(numerator) / denominator, 1 / denominator, end)
