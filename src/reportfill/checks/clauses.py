"""A paragraph as clauses: what stands before each number, between the marks, and behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from reportfill.checks.chinese.counting import (
    ABOUT,
    ABOVE,
    CLOSING,
    COUNTING,
    DENYING,
    JOINING,
    NEARLY,
    OPENING,
    PART,
    PAUSES,
    STOPS,
    bounds,
    number_of,
)
from reportfill.checks.lexicon import Token
from reportfill.pack.figures import Number

MARKS = f"{STOPS}{PAUSES}{OPENING}{CLOSING}"
LONGEST = 80
"""No clause of an account has so many words: what goes on and on is taken up anew."""
_SET_OFF = frozenset("；;")
_PART = frozenset(PART)


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

    `words` stand before the `figure`, `behind` after it up to the next mark or number, `aside` between the next marks
    if no number does. `is_part` says that what
    is counted is part of what was counted before (其中, or in brackets); `opens` that it begins a sentence, `follows`
    that no number stands between it and the clause before, `trails` that it goes on behind a number.
    """

    words: list[Token]
    start: int
    end: int
    figure: Figure | None = None
    behind: list[Token] = field(default_factory=list)
    aside: list[Token] = field(default_factory=list)
    is_part: bool = False
    opens: bool = False
    follows: bool = False
    trails: bool = False

    @property
    def all_words(self) -> list[Token]:
        """The words before and behind the number."""
        return [*self.words, *self.behind] if self.behind else self.words


def clauses_of(text: str, tokens: list[Token], start: int, end: int) -> Iterator[Clause]:
    """The clauses of the sentence at a stretch of text.

    Words in brackets are clauses of their own, within the one around them.
    """
    return _Divider(text, start, end).clauses(tokens)


class _Divider:
    def __init__(self, text: str, start: int, end: int) -> None:
        self._text, self._end = text, end
        self._words: list[Token] = []
        self._start = start
        self._outside: list[tuple[list[Token], int]] = []
        self._last: Clause | None = None
        self._counted: Clause | None = None
        self._trailing = False
        self._is_part = self._opens = False

    def clauses(self, tokens: list[Token]) -> Iterator[Clause]:
        self._opens = True
        for index, token in enumerate(tokens):
            if token.match is None:
                if token.text in MARKS:
                    yield from self._at_mark(token)
                elif token.text == "、" and not self._words and self._trailing:
                    self._begin(token.end)
                else:
                    self._add(token)
            else:
                figure = self._figure(tokens, index)
                if figure is None:
                    self._add(token)
                else:
                    yield self._clause(token.start, figure)
                    self._begin(token.end)
                    self._trailing = True
        if self._words:
            yield self._clause(self._end, None)

    def _add(self, token: Token) -> None:
        if token.text in _PART:
            self._is_part = True
        if len(self._words) == LONGEST:
            self._begin(token.start)
        self._words.append(token)
        if self._trailing and self._last is not None:
            self._last.behind.append(token)

    def _begin(self, at: int) -> None:
        self._words, self._start, self._trailing = [], at, False

    def _at_mark(self, token: Token) -> Iterator[Clause]:
        if token.text in OPENING:
            del self._outside[LONGEST:]
            self._outside.append((self._words, self._start))
        elif self._words:
            yield self._clause(token.start, None)
        inside = self._words
        self._begin(token.end)
        if token.text in CLOSING and self._outside:
            words, self._start = self._outside.pop()
            self._words = [*words, *inside] if words and not any(t.text in _PART for t in inside) else words
        elif token.text in STOPS:
            self._outside.clear()
            self._is_part, self._opens = False, True
        elif token.text in _SET_OFF:
            self._is_part = False

    def _clause(self, end: int, figure: Figure | None) -> Clause:
        before = self._last
        clause = Clause(
            self._words,
            self._start,
            end,
            figure,
            [],
            [],
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
        return clause

    def _figure(self, tokens: list[Token], index: int) -> Figure | None:
        """The figure that a number stands for; None for a percentage, a range, a date, an ordinal."""
        token = tokens[index]
        match = token.match
        assert match is not None
        unit, after, scale = match["unit"] or "", match["after"] or "", match["scale"]
        before = tokens[index - 1].text if index and tokens[index - 1].end == token.start else ""
        number = number_of(match["number"]) if len(match["number"]) <= LONGEST else None
        if number is None or after[:1] in ("%", "％", "‰", "-", "—", "~", "～", "至"):
            return None
        if not unit and not (before in COUNTING and self._ends(tokens, index)):
            return None
        if match["number"] == "一" and any(t.text in DENYING for t in self._words[-3:]):
            return None
        near = before if before in (*ABOUT, *NEARLY, *ABOVE) else ""
        least, greatest = bounds(number, scale, bool(match["more"]), near, after)
        return Figure(least, greatest, unit, token)

    def _ends(self, tokens: list[Token], index: int) -> bool:
        end = tokens[index].end
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        return end == self._end or (
            following is not None
            and following.start == end
            and (following.text in MARKS or following.text in JOINING)
        )
