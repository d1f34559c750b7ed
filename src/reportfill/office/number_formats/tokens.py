"""A number format's code taken apart (ECMA-376-1, 18.8.31, and what Excel and WPS in Chinese make of it)."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple


class TokenKind(Enum):
    """What a piece of a format's code stands for."""

    DIGIT = auto()
    """0, # or ?: the place of a digit."""
    STATED = auto()
    """1 to 9, without quotes: shown as it stands, or part of a denominator."""
    POINT = auto()
    COMMA = auto()
    PERCENT = auto()
    EXPONENT = auto()
    SLASH = auto()
    GENERAL = auto()
    """The number as it comes: General, G/通用格式."""
    CONTENT = auto()
    """@: the text of the cell."""
    LITERAL = auto()
    """Text shown as it stands: quoted, behind an escape, or of no other meaning."""
    BLANK = auto()
    """_x: a blank as wide as x."""
    FILL = auto()
    """*x: x repeated until the cell is full."""
    DATE = auto()
    """A run of one letter of dates: yyyy, m, aaaa."""
    ELAPSED = auto()
    """[h], [mm], [s]: a time of any length."""
    HALF_DAY = auto()
    """AM/PM, A/P, 上午/下午."""
    CONDITION = auto()
    """[>=10]: when the section is for a number."""
    NUMERALS = auto()
    """[DBNum1] to [DBNum4]: the digits of another script, by the number."""
    SEPARATOR = auto()


class FormatToken(NamedTuple):
    """A piece of a format's code; `text` is what it shows, or what says more of it."""

    kind: TokenKind
    text: str


_GENERAL = ("general", "g/通用格式", "g/標準", "g/标准", "g/표준")
_HALF_DAYS = ("am/pm", "a/p", "上午/下午")
_DATE_LETTERS = frozenset("ymdhsegba")
_SHORTEST_WEEKDAY = 3
"""aaa is a weekday, a is none."""

_SINGLE = {
    **dict.fromkeys("0#?", TokenKind.DIGIT),
    **dict.fromkeys("123456789", TokenKind.STATED),
    ".": TokenKind.POINT,
    ",": TokenKind.COMMA,
    "%": TokenKind.PERCENT,
    "/": TokenKind.SLASH,
    "@": TokenKind.CONTENT,
    ";": TokenKind.SEPARATOR,
}
_ELAPSED = frozenset("hms")


def tokens_of(code: str) -> list[FormatToken]:
    """The pieces of a format's code from left to right. Every text is some format's code."""
    return _Tokeniser(code).tokens


class _Tokeniser:
    """One pass over a code; each step takes what begins at the position and moves behind it."""

    def __init__(self, code: str) -> None:
        self.tokens: list[FormatToken] = []
        self._code = code
        self._folded = code.lower() if len(code.lower()) == len(code) else code
        self._position = 0
        self._has_digits = False
        while self._position < len(code):
            self._step()

    def _step(self) -> None:
        character = self._code[self._position]
        if character == '"':
            self._quoted()
        elif character in "\\!":
            self._take(TokenKind.LITERAL, 2, self._behind() or character.strip("\\"))
        elif character in "_*":
            self._take(TokenKind.BLANK if character == "_" else TokenKind.FILL, 2, self._behind())
        elif character == "[":
            self._bracket()
        elif character in _SINGLE:
            self._take(_SINGLE[character], 1, character)
        else:
            self._word(self._folded[self._position])

    def _behind(self) -> str:
        """The character that an escape, a blank or a fill is about; none at the end of the code."""
        return self._code[self._position + 1 : self._position + 2]

    def _take(self, kind: TokenKind, length: int, text: str) -> None:
        self._position += length
        if kind in (TokenKind.DIGIT, TokenKind.SEPARATOR):
            self._has_digits = kind is TokenKind.DIGIT
        self.tokens.append(FormatToken(kind, text))

    def _quoted(self) -> None:
        end = self._code.find('"', self._position + 1)
        end = len(self._code) if end < 0 else end
        text = self._code[self._position + 1 : end]
        self._take(TokenKind.LITERAL, end + 1 - self._position, text)

    def _bracket(self) -> None:
        end = self._code.find("]", self._position)
        if end < 0:
            self._take(TokenKind.LITERAL, 1, "[")
            return
        token = _token_in_brackets(self._code[self._position + 1 : end].strip())
        self._take(token.kind, end + 1 - self._position, token.text)

    def _word(self, letter: str) -> None:
        for kind, words in ((TokenKind.GENERAL, _GENERAL), (TokenKind.HALF_DAY, _HALF_DAYS)):
            for word in words:
                if self._folded.startswith(word, self._position):
                    self._take(kind, len(word), word)
                    return
        if letter == "e" and self._has_digits and self._behind() in ("+", "-"):
            self._take(TokenKind.EXPONENT, 2, self._behind())
            return
        run = self._run_of(letter) if letter in _DATE_LETTERS else 0
        if run and (letter != "a" or run >= _SHORTEST_WEEKDAY):
            self._take(TokenKind.DATE, run, letter * run)
        else:
            self._take(TokenKind.LITERAL, 1, self._code[self._position])

    def _run_of(self, letter: str) -> int:
        """How often a letter follows itself."""
        end = self._position
        while end < len(self._folded) and self._folded[end] == letter:
            end += 1
        return end - self._position


def _token_in_brackets(inside: str) -> FormatToken:
    """What [<10], [DBNum1], [h], [$¥-804], [Red] or [红色] means; a colour or a language shows nothing."""
    folded = inside.lower()
    if inside[:1] in ("<", ">", "="):
        return FormatToken(TokenKind.CONDITION, inside)
    if folded.startswith("dbnum"):
        return FormatToken(TokenKind.NUMERALS, folded[5:])
    if folded[:1] in _ELAPSED and not folded.strip(folded[0]):
        return FormatToken(TokenKind.ELAPSED, folded)
    if inside.startswith("$"):
        return FormatToken(TokenKind.LITERAL, inside[1:].partition("-")[0])
    return FormatToken(TokenKind.LITERAL, "")
