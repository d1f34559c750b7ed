"""Numbers as people write them in a Chinese sentence."""

from __future__ import annotations

import re
from decimal import Decimal

from reportfill.decimals import Number

_FULL_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")
_HAS_FULL_WIDTH = re.compile("[０-９．]").search
"""Translating takes long, and hardly any text needs it."""
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}

NOTHING = re.compile(r"无|没有|零|〇|[-—–―一/\\.。]+|n/?a|null", re.IGNORECASE)
"""What people type where there was nothing."""

OF_YEARS = "年"
"""The unit of a year: 2023年."""


def with_plain_digits(text: str) -> str:
    """The text with its full-width digits and points in ASCII; everything else, and its length, stays."""
    return text.translate(_FULL_WIDTH) if _HAS_FULL_WIDTH(text) else text


def without_space(text: str) -> str:
    """The text without any white space, and with its digits in ASCII: how wordings are looked for."""
    return "".join(with_plain_digits(text).split())


def number_from(text: str) -> Number | None:
    """The number that a text denotes: 1,234, 12.5, 二十三, 一百零五 or 二〇二三; None where there is none."""
    plain = with_plain_digits(text).replace(",", "").replace("，", "")
    if plain.isascii() and plain.replace(".", "", 1).isdigit():
        return Decimal(plain) if "." in plain else int(plain)
    if plain and all(character in _DIGITS for character in plain):
        return int("".join(str(_DIGITS[character]) for character in plain))
    return _chinese_number(plain)


def _chinese_number(text: str) -> int | None:
    """A number below ten thousand with its places written out: 十二, 二十, 三百零五, 一千二百."""
    total, digit = 0, None
    for character in text:
        if character in _PLACES:
            total += (1 if digit is None else digit) * _PLACES[character]
            digit = None
        elif character in _DIGITS:
            digit = _DIGITS[character]
        else:
            return None
    return total + (digit or 0) if text else None
