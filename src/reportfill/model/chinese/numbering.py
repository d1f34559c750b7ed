"""How headings are numbered in Chinese documents: 一、 （一） 1. （1） ㈠ Ⅰ、 第一部分, in any width and bracket."""

from __future__ import annotations

import re
from typing import NamedTuple

from reportfill.model.chinese.numerals import number_from

_SMALL_SIGNS = {
    **{0x3220 + step: ("（", step + 1) for step in range(10)},  # ㈠
    **{0x3280 + step: ("（", step + 1) for step in range(10)},  # ㊀
    **{0x2474 + step: ("(", step + 1) for step in range(20)},  # ⑴
    **{0x2460 + step: ("(", step + 1) for step in range(20)},  # ①
    **{0x2488 + step: ("1", step + 1) for step in range(20)},  # ⒈
}
"""Signs that are a number with its bracket or point: how it is written, and the number."""

_ROMAN = {chr(start + step): step + 1 for start in (0x2160, 0x2170) for step in range(12)}
"""Roman numerals that are one character: Ⅰ to Ⅻ and ⅰ to ⅻ."""
_SPELLED_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_ROMAN |= {roman: place for place, roman in enumerate(_SPELLED_ROMAN, 1)}
_ROMAN |= {
    roman.translate({73: "Ｉ", 86: "Ｖ", 88: "Ｘ"}): place for place, roman in enumerate(_SPELLED_ROMAN, 1)
}

BEGINNINGS = frozenset(
    "一二三四五六七八九十第(（〔［[【｛{〈<《﹙0123456789０１２３４５６７８９"
    + "".join(roman[0] for roman in _ROMAN)
    + "".join(map(chr, _SMALL_SIGNS))
)
"""The characters with which a numbering begins."""

_CHINESE = "[一二三四五六七八九十]{1,3}"
_OTHER = "[0-9０-９]{1,2}|" + "|".join(sorted(_ROMAN, key=len, reverse=True))
_BLANK = r"[\s\u3000\u00a0]*"
_BRACKETED = re.compile(
    rf"{_BLANK}[(（〔［\[【｛{{〈<《﹙]{_BLANK}(?P<number>(?P<chinese>{_CHINESE})|{_OTHER}){_BLANK}"
    rf"[)）〕］\]】｝}}〉>》﹚]{_BLANK}[、.．,，:：]?"
)
_ORDINAL = re.compile(
    rf"{_BLANK}(?P<number>(?P<chinese>{_CHINESE})|{_OTHER}){_BLANK}[、.．,，)）](?![0-9０-９])"
)
_SPACED = re.compile(rf"{_BLANK}(?P<number>(?P<chinese>{_CHINESE}))[ \u3000\u00a0]+(?=\S)")
_PART = re.compile(
    rf"{_BLANK}第(?P<number>(?P<chinese>{_CHINESE})|{_OTHER})"
    r"(?:(?:部分|章|节|条|篇|编)[、.．:：]?|[、.．,，:：]|(?=[ \u3000\u00a0]))"
)
_SIGN = re.compile(rf"{_BLANK}([{''.join(map(chr, _SMALL_SIGNS))}]){_BLANK}[、.．:：]?")


def of_paragraph(number: int) -> str:
    """What a paragraph of several is called, behind the name of its part: 前言第2段."""
    return f"第{number}段"


class Numbering(NamedTuple):
    """A number before a heading: how it is written (empty: with nothing but a blank behind it, as a mere quantity may
    be), the number, and where what it numbers begins."""

    style: str
    number: int
    end: int


def numbering_of(text: str) -> Numbering | None:
    """The numbering with which a text begins; None where it has none."""
    kinds = ((_BRACKETED, "（", "("), (_ORDINAL, "一", "1"), (_PART, "一", "一"), (_SPACED, "", ""))
    for kind, chinese, other in kinds:
        match = kind.match(text)
        number = _ROMAN.get(match["number"]) or number_from(match["number"]) if match else None
        if match and isinstance(number, int):
            return Numbering(chinese if match["chinese"] else other, number, match.end())
    sign = _SIGN.match(text)
    if sign:
        style, number = _SMALL_SIGNS[ord(sign[1])]
        return Numbering(style, number, sign.end())
    return None
