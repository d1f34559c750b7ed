"""The number that a text denotes to a person: 12.3万 is 123000, (12) is -12, 壹佰零伍 is 105, 3件5 is none."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from reportfill.office.number_formats.folding import BLANK, MINUS, folded_to_ascii, is_digit
from reportfill.office.number_formats.quantities import CHINESE_DIGITS, SCALES, Quantity, quantity_at

_PERCENT = ("%", "‰", "‱", "٪", "百分", "千分", "万分", "percent")
_TENTHS = ("成", "折")
_GOES_ON = CHINESE_DIGITS.keys() | {"点", "點", "半"}
"""What directly behind digits makes more of them: 5点五, 5半."""

_UNCLEAR = frozenset("<>≤≥≦≧≮≯≠±×÷^√∛∞")
"""Signs with which a number is not the one that is meant."""

_NEGATIVE = (MINUS, "负", "負", "减", "△", "▲")
_CURRENCY = frozenset("¥￥$€£ ") | frozenset("人民币RMBCNY")
_COUNTED = frozenset("元圆件个人次份条宗家项年整正")
"""What stands behind a number in Chinese numerals without making a word of them."""

_TO_DIGITS = {ord(char): str(digit) for char, digit in CHINESE_DIGITS.items()}


class Denoted(NamedTuple):
    """A number that a text denotes, in the unit of its field, and the value of its last place."""

    number: Decimal
    unit: Decimal


def denoted(text: str, unit: str) -> tuple[Denoted, ...]:
    """The number that a text denotes in a field of a unit such as 件 or 万元; two where the unit is not known and 万元
    may be it. None where it is no number, or more than one."""
    plain = folded_to_ascii(text)
    start = _start_of_digits(plain)
    if start is None:
        quantity = quantity_at(_with_digits_for_numerals(plain, _base_of(unit)[1]), 0)
        return (Denoted(quantity.number, quantity.unit),) if quantity else ()
    quantity = quantity_at(plain, start)
    if quantity is None:
        return ()
    before, behind = plain[:start], plain[quantity.end :]
    if not _is_all_there_is(before, behind, quantity, unit):
        return ()
    sign = -1 if _is_negative(before, behind) else 1
    return tuple(
        Denoted(sign * scale * quantity.number, scale * quantity.unit)
        for scale in _scales(quantity, before, behind, unit)
    )


def _start_of_digits(text: str) -> int | None:
    """Where the first digit stands, or the point before it; None where there is no digit."""
    place = next((place for place, character in enumerate(text) if is_digit(character)), None)
    if place and text[place - 1] == "." and not text[: place - 1][-1:].isalpha():
        return place - 1
    return place


def _with_digits_for_numerals(text: str, base: str) -> str:
    """A number in Chinese numerals with digits for them, 1百05件 for 一百零五件; nothing where there is more to it."""
    numerals = CHINESE_DIGITS.keys() | SCALES.keys() | {"."}
    plain = text.strip().strip("".join(_CURRENCY))
    end = next((place for place, char in enumerate(plain) if char not in numerals), len(plain))
    behind = plain[end:]
    is_number = end > 0 and (not behind or behind == base or all(char in _COUNTED for char in behind))
    return plain[:end].translate(_TO_DIGITS) + behind if is_number else ""


def _is_all_there_is(before: str, behind: str, quantity: Quantity, unit: str) -> bool:
    """Whether nothing else around a quantity makes another number of it."""
    around = before + BLANK + behind
    if any(_is_numeric(around, place) for place in range(len(around))) or not _UNCLEAR.isdisjoint(around):
        return False
    if before[-1:] in SCALES or before[-1:] in CHINESE_DIGITS or behind[:1] in _GOES_ON:
        return False
    is_part = any(sign in around for sign in _PERCENT) or behind.strip() in _TENTHS
    return not is_part or unit in _PERCENT or quantity.number == 0


def _is_numeric(text: str, place: int) -> bool:
    """Whether there is a digit of any kind: ², ①, ½; not in m² and m2."""
    category = unicodedata.category(text[place])
    if category not in ("Nd", "No", "Nl"):
        return False
    is_of_unit = place > 0 and text[place - 1].lower() == "m" and text[place] in "23²³"
    return not is_of_unit


def _is_negative(before: str, behind: str) -> bool:
    """Whether signs or brackets around a number make it negative."""
    is_bracketed = before.count("(") > before.count(")") and behind.count(")") > behind.count("(")
    return is_bracketed or any(sign in before for sign in _NEGATIVE) or behind.strip() == MINUS


def _scales(quantity: Quantity, before: str, behind: str, unit: str) -> Iterator[Decimal]:
    """With what a quantity is to be multiplied to be in the unit of its field. Words such as 万 that are not of the
    number scale what the field's unit is of."""
    own, base = _base_of(unit)
    is_scaled = quantity.scale != 1
    if not unit and is_scaled and behind[:1].isalpha():
        yield 1 / quantity.scale
    scale, has_base = _scale_before(base, f"{behind} {before}")
    yield (1 if is_scaled else scale) / own if is_scaled or has_base else Decimal(1)


def _scale_before(base: str, words: str) -> tuple[Decimal, bool]:
    """The scale of a unit among words, ten thousand in 万元：, and whether the unit is there at all."""
    end = words.find(base) if base else -1
    start = end
    while start > 0 and words[start - 1] in SCALES:
        start -= 1
    return _base_of(words[start:end] + base)[0] if end >= 0 else Decimal(1), end >= 0


def _base_of(unit: str) -> tuple[Decimal, str]:
    """The scale of a unit and what it is of: ten thousand and 元 of 万元."""
    scale, place = Decimal(1), 0
    while place < len(unit) - 1 and unit[place] in SCALES:
        scale, place = scale * SCALES[unit[place]], place + 1
    return scale, unit[place:]
