"""What the words of a clause name, what they leave unsaid, and what stands beside them that no word is known for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportfill.checks.chinese import counting as chinese
from reportfill.checks.clauses import Clause
from reportfill.checks.grammar import Grammar
from reportfill.checks.lexicon import Token

_BRACKETS = re.compile(r"[（(][^（()）]*[）)]")
_FILLING, _ENDING, _OTHERS = map(frozenset, (chinese.FILLING, chinese.ENDING, chinese.OTHERS))
_JOINING = frozenset(chinese.JOINING)


class Look:
    """A look at single clauses of a text, without regard to what was stated before."""

    def __init__(self, grammar: Grammar, text: str) -> None:
        self._grammar, self._text = grammar, text

    def named(self, words: list[Token]) -> str | None:
        """The subject that words name: the last one, "" where two are named side by side, None without any."""
        last: str | None = None
        joined = False
        for token in words:
            subject = self._grammar.subject_of.get(token.text)
            if subject is None:
                joined = joined or (token.text in _JOINING and last is not None)
            elif last is not None and subject != last and joined:
                return ""
            else:
                last, joined = subject, False
        return last

    def unknown(self, clause: Clause, ahead: int | None = None) -> str:
        """What stands in a clause that no word is known for, and who gives the account."""
        return "".join(self.gaps(clause.words, clause.start if ahead is None else ahead, clause.end))

    def gaps(self, words: list[Token], start: int, end: int) -> Iterator[str]:
        for token in words:
            if token.start > start:
                yield _BRACKETS.sub("", self._text[start : token.start])
            start = max(start, token.end)
        yield _BRACKETS.sub("", self._text[start:end])

    def has_channel(self, words: list[Token]) -> bool:
        """Whether one of several ways is named by which things come, and not all of them."""
        channels = sum(token.text in self._grammar.channels for token in words)
        return channels == 1 and not any(token.text in ("等", "、", "和", "及") for token in words)

    def counts(self, clause: Clause, named: str | None) -> bool:
        """Whether what is counted is not something else that stands behind the number: 15个工作日."""
        assert clause.figure is not None
        end = clause.figure.token.end
        follows_word = any(token.start == end and self._is_known(token) for token in clause.behind)
        following = self._text[end : end + 1]
        unknown = bool(following) and not follows_word and "\u4e00" <= following <= "\u9fff"
        return not unknown or (bool(named) and clause.figure.unit not in chinese.LOOSE_MEASURES)

    def _is_known(self, token: Token) -> bool:
        """Whether a word is one of an account, and does not only hold a known syllable by chance."""
        return token.text not in _OTHERS

    def is_alone(self, index: int, words: list[Token], start: int, clause: Clause) -> bool:
        """Whether a clause says nothing but this: other words fill it up, or name who gives the account."""
        own = [token for token in words if self._grammar.speaks_for(token, index)]
        about = self._grammar.mentions[index].about
        for token in words:
            if not (
                token in own
                or token.match
                or token.text in _FILLING
                or token.text in _JOINING
                or token.text in self._grammar.levels
                or token.text in self._grammar.units
                or self._grammar.subject_of.get(token.text) == about
                or self._grammar.is_beside(token, index)
            ):
                return False
        first = min(token.start for token in own)
        before = "".join(self.gaps([t for t in words if t.start < first], start, first))
        gap_end = max(clause.end, words[-1].end) if clause.figure else words[-1].end
        after = "".join(self.gaps([t for t in words if t.start >= first], first, gap_end))
        if clause.figure is not None:
            number = clause.figure.token.text
            before, after = before.replace(number, ""), after.replace(number, "")
        return not re.search("[\u4e00-\u9fff]", after) and (not before or before[-1] in chinese.OWNERS)

    def is_end(self, clause: Clause, words: list[Token], start: int, end: int | None = None) -> bool:
        """Whether nothing more is said here than that something happened or was the case."""
        if any(token.text not in _ENDING and token.text not in self._grammar.units for token in words):
            return False
        return not "".join(self.gaps(words, start, clause.end if end is None else end))
