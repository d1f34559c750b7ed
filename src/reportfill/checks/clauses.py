"""A paragraph as clauses: what stands before each number, between the marks, and behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from reportfill.checks.chinese import counting as chinese
from reportfill.checks.words import DENYING, JOINING, MARK, PART, Passage, WordToken, kinds_of, passage
from reportfill.decimals import Number

LONGEST = 80
"""No clause of an account has so many words: what goes on and on is taken up anew."""


class StatedNumber(NamedTuple):
    """A number of things: the least and the greatest that it allows, its unit, where it stands."""

    least: Number
    greatest: Number
    unit: str
    token: WordToken


@dataclass(slots=True)
class Clause:
    """Words up to a number or a mark.

    The words `said` stand before the `figure`, `behind` after it up to the next mark or number, `aside` between the
    next marks if no number does. `is_part` says that what
    is counted is part of what was counted before (其中, or in brackets); `opens` that it begins a sentence, `follows`
    that no number stands between it and the clause before, `trails` that it goes on behind a number. What is
    `included` stands in brackets between its words: 予以公开（含部分公开）9件.
    """

    said: Passage
    start: int
    end: int
    figure: StatedNumber | None
    is_part: bool
    opens: bool
    follows: bool
    trails: bool
    included: list[WordToken] = field(default_factory=list)
    behind: list[WordToken] = field(default_factory=list)
    aside: list[WordToken] = field(default_factory=list)

    @property
    def words(self) -> list[WordToken]:
        """The words before the number."""
        return self.said.words

    @property
    def all_words(self) -> list[WordToken]:
        """The words before and behind the number."""
        return [*self.said.words, *self.behind] if self.behind else self.said.words

    @property
    def named(self) -> str | None:
        """The subject that its words name, before and behind the number."""
        return passage(self.all_words, self.start).named if self.behind else self.said.named


def clauses_of(text: str, tokens: list[WordToken], start: int, end: int) -> list[Clause]:
    """The clauses of the sentence at a stretch of text.

    Words in brackets are clauses of their own, within the one around them.
    """
    divider = _Divider(text, tokens, start, end)
    divider.read()
    return divider.clauses


class _Divider:
    def __init__(self, text: str, tokens: list[WordToken], start: int, end: int) -> None:
        self._text, self._tokens, self._end = text, tokens, end
        self._start = start
        self._first = 0
        self._before_brackets: list[WordToken] = []
        self._included: list[WordToken] = []
        self._outside: list[tuple[list[WordToken], int, bool]] = []
        self._last: Clause | None = None
        self._counted: Clause | None = None
        self._trailing = self._is_part = False
        self._opens = True
        self.clauses: list[Clause] = []

    def read(self) -> None:
        """Divide the tokens at numbers of things and at marks."""
        for index, token in enumerate(self._tokens):
            if token.match is not None:
                figure = self._figure(index)
                if figure is not None:
                    self._end_clause(self._words(index), token.start, figure)
                    self._begin_behind(index)
            elif token.word.kinds & MARK:
                self._at_mark(index, token)
        words = self._words(len(self._tokens))
        if words:
            self._end_clause(words, self._end, None)

    def _words(self, end: int) -> list[WordToken]:
        """The words of the clause up to a token; of an overlong one those of its last stretch."""
        words = self._tokens[self._first : end]
        if self._before_brackets:
            words = [*self._before_brackets, *words]
        if len(words) > LONGEST:
            words = words[(len(words) - 1) // LONGEST * LONGEST :]
            self._start, self._trailing = words[0].start, False
        return words

    def _begin(self, first: int, start: int) -> None:
        self._first, self._start, self._before_brackets, self._trailing = first, start, [], False
        self._included = []

    def _begin_behind(self, index: int) -> None:
        """Begin the clause behind a number; what is joined to it by 、 is no longer said of the number."""
        self._begin(index + 1, self._tokens[index].end)
        following = self._tokens[index + 1 : index + 2]
        if following and following[0].text == "、":
            self._begin(index + 2, following[0].end)
        else:
            self._trailing = True

    def _at_mark(self, index: int, token: WordToken) -> None:
        inside = self._words(index)
        if token.text in chinese.OPENING:
            if self._trailing and self._last is not None:
                self._last.behind = inside
            del self._outside[LONGEST:]
            self._outside.append((inside, self._start, self._is_part))
        elif inside:
            self._end_clause(inside, token.start, None)
        self._begin(index + 1, token.end)
        if token.text in chinese.CLOSING and self._outside:
            words, self._start, self._is_part = self._outside.pop()
            is_part = kinds_of(inside) & PART > 0
            self._before_brackets = [*words, *inside] if words and not is_part else words
            self._included = inside if words and is_part else []
        elif token.text in chinese.STOPS:
            self._outside.clear()
            self._is_part, self._opens = False, True
        elif token.text in chinese.SETTING_OFF:
            self._is_part = False

    def _end_clause(self, words: list[WordToken], end: int, figure: StatedNumber | None) -> None:
        said, before = passage(words, self._start), self._last
        self._is_part = self._is_part or said.kinds & PART > 0
        if self._trailing and before is not None:
            before.behind = words
        clause = Clause(
            said,
            self._start,
            end,
            figure,
            self._is_part or bool(self._outside),
            self._opens,
            before is not None and before.figure is None and not before.trails and not self._opens,
            self._trailing,
            self._included,
        )
        if figure is not None:
            self._counted = clause
        elif self._counted is not None and not self._trailing:
            self._counted.aside, self._counted = words, None
        self._opens, self._last = False, clause
        self.clauses.append(clause)

    def _figure(self, index: int) -> StatedNumber | None:
        """The figure that a number stands for; None for a percentage, a range, a date, an ordinal."""
        tokens, token = self._tokens, self._tokens[index]
        assert token.match is not None
        digits, scale, more, unit, after = token.match.group("number", "scale", "more", "unit", "after")
        number = chinese.number_of(digits) if len(digits) <= LONGEST else None
        if number is None or (after and after[0] in chinese.NOT_A_NUMBER_BEFORE):
            return None
        before = tokens[index - 1].text if index and tokens[index - 1].end == token.start else ""
        if before in chinese.FROM and self._text.startswith(chinese.BECOMING, token.end):
            return None
        if not unit and not (before in chinese.COUNTING and self._ends(index)):
            return None
        if digits == chinese.ONE and kinds_of(self._words(index)[-3:]) & DENYING:
            return None
        least, greatest = chinese.bounds(number, scale, bool(more), before, after or "")
        return StatedNumber(least, greatest, unit or "", token)

    def _ends(self, index: int) -> bool:
        end = self._tokens[index].end
        following = self._tokens[index + 1] if index + 1 < len(self._tokens) else None
        return end == self._end or (
            following is not None and following.start == end and following.word.kinds & (MARK | JOINING) > 0
        )
