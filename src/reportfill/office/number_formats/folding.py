"""What a cell shows, with its signs written one way, so that only their meaning is left."""

from __future__ import annotations

import unicodedata

MINUS, BLANK = "-", " "
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_MINUSES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
_SIGNS = str.maketrans("【〔[】〕]﹪，’٫", "((()))%,'.")
_FOLDED = {**_WIDE, **dict.fromkeys(map(ord, _MINUSES), ord(MINUS)), **_SIGNS}
_POINTS = "。·•・˙．"
"""Signs that read as a decimal point where they stand between two digits."""


def folded_to_ascii(text: str) -> str:
    """The text with digits, signs, brackets and blanks in ASCII, each of them still one character, and without what
    has no width."""
    visible = (char for char in text.translate(_FOLDED) if not _has_no_width(char))
    plain = [_plain(char) for char in visible]
    for place in range(1, len(plain) - 1):
        if plain[place] in _POINTS and is_digit(plain[place - 1]) and is_digit(plain[place + 1]):
            plain[place] = "."
    return "".join(plain)


def is_digit(character: str) -> bool:
    """Whether a character is one of 0 to 9."""
    return "0" <= character <= "9"


def _plain(character: str) -> str:
    if character.isspace():
        return BLANK
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)


def _has_no_width(character: str) -> bool:
    """Whether a character shows nothing at all: controls but line breaks, and marks of format."""
    return unicodedata.category(character) in ("Cf", "Cc") and not character.isspace()
