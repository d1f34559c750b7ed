"""A paragraph as clauses: what stands before each number, between the marks, and behind it."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportfill.checks.chinese.counting import (
    CLOSING,
    COUNTING,
    NOT_A_NUMBER_BEFORE,
    OPENING,
    SETTING_OFF,
    STOPS,
    bounds,
    number_of,
)
from reportfill.checks.words import DENYING, JOINING, MARK, PART, Passage, Token, kinds_of, passage
from reportfill.pack.figures import Number

LONGEST = 80
"""No clause of an account has so many words: what goes on and on is taken up anew."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of things: the least and the greatest that it allows, its unit, where it stands."""

    least: Number
    greatest: Number
    unit: str
    token: Token


@dataclass(slots=True)
class Clause:
    """Words up to a number or a mark.

    The words `said` stand before the `figure`, `behind` after it up to the next mark or number, `aside` between the
    next marks if no number does. `is_part` says that what
    is counted is part of what was counted before (其中, or in brackets); `opens` that it begins a sentence, `follows`
    that no number stands between it and the clause before, `trails` that it goes on behind a number.
    """

    said: Passage
    start: int
    end: int
    figure: Figure | None
    is_part: bool
    opens: bool
    follows: bool
    trails: bool
    behind: list[Token] = field(default_factory=list)
    aside: list[Token] = field(default_factory=list)

    @property
    def words(self) -> list[Token]:
        """The words before the number."""
        return self.said.words

    @property
    def all_words(self) -> list[Token]:
        """The words before and behind the number."""
        return [*self.said.words, *self.behind] if self.behind else self.said.words

    @property
    def named(self) -> str | None:
        """The subject that its words name, before and behind the number."""
        return passage(self.all_words, self.start).named if self.behind else self.said.named


def clauses_of(text: str, tokens: list[Token], start: int, end: int) -> list[Clause]:
    """The clauses of the sentence at a stretch of text.

    Words in brackets are clauses of their own, within the one around them.
    """
    divider = _Divider(text, start, end)
    divider.read(tokens)
    return divider.clauses


class _Divider:
    def __init__(self, text: str, start: int, end: int) -> None:
        self._text, self._end = text, end
        self._words: list[Token] = []
        self._start = start
        self._outside: list[tuple[list[Token], int]] = []
        self._last: Clause | None = None
        self._counted: Clause | None = None
        self._trailing = self._is_part = False
        self._opens = True
        self.clauses: list[Clause] = []

    def read(self, tokens: list[Token]) -> None:
        for index, token in enumerate(tokens):
            if token.match is not None and (figure := self._figure(tokens, index)):
                self._end_clause(token.start, figure)
                self._begin(token.end)
                self._trailing = True
            elif token.word.kinds & MARK:
                self._at_mark(token)
            elif self._trailing and not self._words and token.text == "、":
                self._begin(token.end)
            else:
                self._add(token)
        if self._words:
            self._end_clause(self._end, None)

    def _add(self, token: Token) -> None:
        if token.word.kinds & PART:
            self._is_part = True
        if len(self._words) == LONGEST:
            self._begin(token.start)
        self._words.append(token)
        if self._trailing and self._last is not None:
            self._last.behind.append(token)

    def _begin(self, at: int) -> None:
        self._words, self._start, self._trailing = [], at, False

    def _at_mark(self, token: Token) -> None:
        if token.text in OPENING:
            del self._outside[LONGEST:]
            self._outside.append((self._words, self._start))
        elif self._words:
            self._end_clause(token.start, None)
        inside = self._words
        self._begin(token.end)
        if token.text in CLOSING and self._outside:
            words, self._start = self._outside.pop()
            self._words = [*words, *inside] if words and not kinds_of(inside) & PART else words
        elif token.text in STOPS:
            self._outside.clear()
            self._is_part, self._opens = False, True
        elif token.text in SETTING_OFF:
            self._is_part = False

    def _end_clause(self, end: int, figure: Figure | None) -> None:
        before = self._last
        clause = Clause(
            passage(self._words, self._start),
            self._start,
            end,
            figure,
            self._is_part or bool(self._outside),
            self._opens,
            before is not None and before.figure is None and not before.trails and not self._opens,
            self._trailing,
        )
        if figure is not None:
            self._counted = clause
        elif self._counted is not None and not self._trailing:
            self._counted.aside, self._counted = self._words, None
        self._opens, self._last = False, clause
        self.clauses.append(clause)

    def _figure(self, tokens: list[Token], index: int) -> Figure | None:
        """The figure that a number stands for; None for a percentage, a range, a date, an ordinal."""
        token = tokens[index]
        assert token.match is not None
        digits, scale, more, unit, after = token.match.group("number", "scale", "more", "unit", "after")
        number = number_of(digits) if len(digits) <= LONGEST else None
        if number is None or (after and after[0] in NOT_A_NUMBER_BEFORE):
            return None
        before = tokens[index - 1].text if index and tokens[index - 1].end == token.start else ""
        if not unit and not (before in COUNTING and self._ends(tokens, index)):
            return None
        if digits == "一" and kinds_of(self._words[-3:]) & DENYING:
            return None
        least, greatest = bounds(number, scale, bool(more), before, after or "")
        return Figure(least, greatest, unit or "", token)

    def _ends(self, tokens: list[Token], index: int) -> bool:
        end = tokens[index].end
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        return end == self._end or (
            following is not None and following.start == end and following.word.kinds & (MARK | JOINING) > 0
        )
