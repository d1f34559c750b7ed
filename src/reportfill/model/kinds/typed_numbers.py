"""A number as people type it: its digits, perhaps in groups, and perhaps its unit."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum

from reportfill.decimals import Number, reduced
from reportfill.model.chinese.numerals import NOTHING
from reportfill.model.visible import SPACES, trimmed, without_marks


class NoNumber(Enum):
    """Why a text is no number."""

    NOTHING = "it says that there is nothing"
    SEVERAL = "it holds several numbers, or one whose groups of digits are none"
    OTHER = "it is something else"


LONGEST = 40
"""Characters; what is longer is no count and no amount, and too long for Python to write."""

_GROUP_SPACES = SPACES.removeprefix("\t")
_NUMBER = re.compile(
    rf"""
    (?P<digits> [+-]? [{SPACES}]*
        (?: [0-9]+                                                          # 1234567
          | [1-9][0-9]{{0,2}} (?P<separator>[,{_GROUP_SPACES}])             # 1,234,567 or 1 234 567
            [0-9]{{3}} (?:(?P=separator)[0-9]{{3}})*
          | [1-9][0-9]{{0,3}} (?:,[0-9]{{4}})+                              # 123,4567, by ten thousands
        )
        (?:\.[0-9]+)?
    )
    (?P<unit> [^0-9\n]* )
    """,
    re.VERBOSE,
)
_SEVERAL = re.compile(r"[0-9][0-9.]*(?:[\s,、;/\u200b-\u200f\u2060\ufeff]+[0-9][0-9.]*)+[^0-9]{0,4}")
_SPACE = re.compile(f"[{SPACES}]")
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""Full-width digits and signs. Unicode's own folding would make 102 of 10² and 121 of 12①."""


def typed_number(text: str, unit: str = "") -> Number | NoNumber:
    """The number that a text which shows something says, with or without that unit behind it.

    A separator stands between groups of three digits, all of them, or of four as 万 counts; blanks of one kind do
    the same for groups of three. Anything else between digits makes two numbers of them.
    """
    plain = _ends_trimmed(text).translate(_HALF_WIDTH)
    if NOTHING.fullmatch(_SPACE.sub("", without_marks(plain))):
        return NoNumber.NOTHING
    match = _NUMBER.fullmatch(plain)
    if (
        match is None
        or len(plain) > LONGEST
        or _SPACE.sub("", without_marks(match["unit"])) not in ("", unit)
    ):
        return NoNumber.SEVERAL if _SEVERAL.fullmatch(plain) else NoNumber.OTHER
    return reduced(Decimal(_SPACE.sub("", match["digits"]).replace(",", "")))


def _ends_trimmed(text: str) -> str:
    """The text without what shows nothing before and behind it; what stands between its characters stays."""
    plain = trimmed(text)
    first, last = text.find(plain[:1]), text.rfind(plain[-1:])
    return text[first : last + 1]
