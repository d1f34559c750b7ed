"""How headings are numbered in Chinese documents: 一、 （一） 1. （1） ㈠ 第一部分, in any width and bracket."""

from __future__ import annotations

import re
from typing import NamedTuple

from reportfill.checks.numerals import number_from

_SMALL_SIGNS = {
    **{0x3220 + step: ("（", step + 1) for step in range(10)},  # ㈠
    **{0x3280 + step: ("（", step + 1) for step in range(10)},  # ㊀
    **{0x2474 + step: ("(", step + 1) for step in range(20)},  # ⑴
    **{0x2460 + step: ("(", step + 1) for step in range(20)},  # ①
    **{0x2488 + step: ("1", step + 1) for step in range(20)},  # ⒈
}
"""Signs that are a number with its bracket or point: how it is written, and the number."""

_CHINESE, _ARABIC = "[一二三四五六七八九十]{1,3}", "[0-9０-９]{1,2}"
_BLANK = r"[\s\u3000\u00a0]*"
_BRACKETED = re.compile(
    rf"{_BLANK}[(（〔［\[【｛{{〈<《﹙]{_BLANK}(?P<number>(?P<chinese>{_CHINESE})|{_ARABIC}){_BLANK}"
    rf"[)）〕］\]】｝}}〉>》﹚]{_BLANK}[、.．,，:：]?"
)
_ORDINAL = re.compile(
    rf"{_BLANK}(?P<number>(?P<chinese>{_CHINESE})|{_ARABIC}){_BLANK}[、.．,，)）](?![0-9０-９])"
)
_SPACED = re.compile(rf"{_BLANK}(?P<number>(?P<chinese>{_CHINESE}))[ \u3000\u00a0]+(?=\S)")
_PART = re.compile(rf"{_BLANK}第(?P<number>(?P<chinese>{_CHINESE})|{_ARABIC})(?:部分|章|节|条)[、.．:：]?")
_SIGN = re.compile(rf"{_BLANK}([{''.join(map(chr, _SMALL_SIGNS))}]){_BLANK}[、.．:：]?")


class Numbering(NamedTuple):
    """A number before a heading: how it is written (empty: with nothing but a blank behind it, as a mere quantity may
    be), the number, and where what it numbers begins."""

    style: str
    number: int
    end: int


def numbering_of(text: str) -> Numbering | None:
    """The numbering with which a text begins; None where it has none."""
    kinds = ((_BRACKETED, "（", "("), (_ORDINAL, "一", "1"), (_PART, "一", "一"), (_SPACED, "", ""))
    for kind, chinese, arabic in kinds:
        match = kind.match(text)
        number = number_from(match["number"]) if match else None
        if match and isinstance(number, int):
            return Numbering(chinese if match["chinese"] else arabic, number, match.end())
    sign = _SIGN.match(text)
    if sign:
        style, number = _SMALL_SIGNS[ord(sign[1])]
        return Numbering(style, number, sign.end())
    return None
