"""What the words of a clause name, what they leave unsaid, and what stands beside them that no word is known for."""

from __future__ import annotations

import re

from reportfill.checks import words as kinds
from reportfill.checks.chinese import counting as chinese
from reportfill.checks.clauses import Clause
from reportfill.checks.grammar import Grammar
from reportfill.checks.words import Passage, WordToken

_BRACKETS = re.compile(r"[（(][^（()）]*[）)]")
_BESIDE = kinds.FILLING | kinds.JOINING | kinds.LEVEL | kinds.MEASURE
_AT_AN_END = kinds.ENDING | kinds.MEASURE


class ClauseView:
    """A look at single clauses of a text, without regard to what was stated before."""

    def __init__(self, grammar: Grammar, text: str) -> None:
        self._grammar, self._text = grammar, text

    def unknown(self, clause: Clause) -> str:
        """What stands in a clause that no word is known for, and who gives the account."""
        return self.gaps(clause.words, clause.start, clause.end)

    def gaps(self, words: list[WordToken], start: int, end: int) -> str:
        """What stands between these words, from one place to another, without what is in brackets."""
        unknown = ""
        for token in words:
            if token.start > start:
                unknown += self._outside(start, token.start)
            start = max(start, token.end)
        return unknown + self._outside(start, end) if start < end else unknown

    def _outside(self, start: int, end: int) -> str:
        gap = self._text[start:end]
        return _BRACKETS.sub("", gap) if ")" in gap or "）" in gap else gap

    def has_fault(self, words: list[WordToken], start: int, end: int) -> bool:
        """Whether something that is done badly stands between two places, outside the words that mentions are made of:
        逾期不补正."""
        if not chinese.FAULT.search(self._text, start, end):
            return False
        text = list(self._text[:end])
        for token in words:
            if token.word.speaks:
                text[token.start : token.end] = " " * (token.end - token.start)
        return chinese.FAULT.search("".join(text), start) is not None

    def has_channel(self, said: Passage) -> bool:
        """Whether one of several ways is named by which things come, and not all of them."""
        if not said.kinds & kinds.CHANNEL or said.kinds & kinds.LISTING:
            return False
        return sum(token.word.kinds & kinds.CHANNEL > 0 for token in said.words) == 1

    def counts(self, clause: Clause, named: str | None) -> bool:
        """Whether what is counted is not something else that stands behind the number: 15个工作日."""
        assert clause.figure is not None
        end = clause.figure.token.end
        if not chinese.is_han(self._text[end : end + 1]):
            return True
        follows = any(token.start == end and not token.word.kinds & kinds.OTHER for token in clause.behind)
        return follows or (bool(named) and clause.figure.unit not in chinese.LOOSE_MEASURES)

    def is_alone(self, index: int, said: Passage, clause: Clause) -> bool:
        """Whether a clause says nothing but this: other words fill it up, or name who gives the account."""
        words = said.words
        grammar, about = self._grammar, self._grammar.mentions[index].about
        for token in words:
            if not (
                token.word.kinds & _BESIDE
                or token.match
                or token.word.subject == about
                or grammar.is_beside(token, index)
            ):
                return False
        first = min(token.start for token in words if grammar.speaks_for(token, index))
        before = self.gaps([t for t in words if t.start < first], said.start, first)
        gap_end = max(clause.end, words[-1].end) if clause.figure else words[-1].end
        after = self.gaps([t for t in words if t.start >= first], first, gap_end)
        if clause.figure is not None:
            number = clause.figure.token.text
            before, after = before.replace(number, ""), after.replace(number, "")
        return not any(map(chinese.is_han, after)) and (not before or before[-1] in chinese.OWNERS)

    def is_end(self, clause: Clause, words: list[WordToken], start: int, end: int | None = None) -> bool:
        """Whether nothing more is said here than that something happened or was the case."""
        if any(not token.word.kinds & _AT_AN_END for token in words):
            return False
        return not self.gaps(words, start, clause.end if end is None else end)
