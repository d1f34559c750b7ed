"""The mentions of a pack as one grammar: which words of a clause speak for which statement."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from reportfill.checks.chinese import counting as chinese
from reportfill.checks.clauses import MARKS
from reportfill.checks.lexicon import Lexicon, Token, alternation
from reportfill.pack.pack import Pack
from reportfill.pack.wordings import Mention

BARE = "~"
"""A word that begins so counts only where nothing unknown stands directly before it."""


class Grammar:
    """The words of a pack's mentions and of the language, and what each of them speaks for."""

    def __init__(self, pack: Pack) -> None:
        wordings = pack.rules.wordings
        self.mentions = pack.rules.mentions
        self.parts = wordings.parts
        self.levels, self.channels = _spelled(wordings.levels), _spelled(wordings.channels)
        self._bare: set[str] = set()
        self._speaks: dict[str, list[tuple[int, int]]] = {}
        for index, mention in enumerate(self.mentions):
            for place, group in enumerate(mention.groups):
                for word in self._plain(group):
                    self._speaks.setdefault(word, []).append((index, 1 << place))
        self._whole = [(1 << len(mention.groups)) - 1 for mention in self.mentions]
        self.without = [self._plain(mention.without) for mention in self.mentions]
        self.subject_of = {
            word: name for name, words in wordings.subjects.items() for word in self._plain(words)
        }
        self.units = frozenset().union(*(mention.units for mention in self.mentions))
        words = {*self._speaks, *self.units, *self.subject_of, *self.levels, *self.channels, *chinese.WORDS}
        self._lexicon = Lexicon(
            words.union(*self.without),
            chinese.number_pattern(alternation(self.units)),
            chinese.DIGITS,
            MARKS,
        )

        said = (group for m in self.mentions if not m.equals for group in m.groups[:1])
        self._said = re.compile(alternation(frozenset().union(*map(_spelled, said)))).search
        self._sayings = frozenset(
            word
            for word, spoken in self._speaks.items()
            if any(place == 1 and not self.mentions[index].equals for index, place in spoken)
        )
        self._tells = re.compile(chinese.telling_pattern(self.units, alternation(self.units))).search

    def may_tell(self, text: str, start: int, end: int) -> bool:
        """Whether a stretch of text may state something: it has a number of things, or a denial."""
        return self._tells(text, start, end) is not None

    def may_say(self, text: str) -> bool:
        """Whether a text has a word of what has to be said."""
        return self._said(text) is not None

    def _plain(self, words: Iterable[str]) -> frozenset[str]:
        plain = _spelled(word.removeprefix(BARE) for word in words)
        self._bare |= _spelled(word.removeprefix(BARE) for word in words if word.startswith(BARE))
        return plain

    def tokens(self, text: str, start: int, end: int) -> list[Token]:
        """The words, numbers and marks of a stretch of text; a bare word behind something unknown is unknown itself."""
        found: list[Token] = []
        for token in self._lexicon.tokens(text, start, end):
            if token.text not in self._bare or (
                token.start == start and not self._is_qualified(token, found)
            ):
                found.append(token)
                start = token.end
        return found

    def _is_qualified(self, token: Token, before: list[Token]) -> bool:
        """Whether the word directly before makes a bare word another's: 不动产登记 before 申请."""
        subject = self.subject_of.get(before[-1].text) if before else None
        return subject is not None and subject != self.subject_of.get(token.text, subject)

    def met(self, words: Iterable[Token], rather: Iterable[Token] | None = None) -> list[int]:
        """The indices of the mentions whose groups all have a word here, in their order.

        With `rather` only those that have one of their words among these.
        """
        masks: dict[int, int] = {}
        for token in words:
            for index, bit in self._speaks.get(token.text, ()):
                masks[index] = masks.get(index, 0) | bit
        whole = self._whole
        found = [index for index, mask in masks.items() if mask == whole[index]]
        if rather is not None:
            spoken = {index for token in rather for index, _ in self._speaks.get(token.text, ())}
            found = [index for index in found if index in spoken]
        return sorted(found)

    def said(self, words: Iterable[Token], part: str) -> list[int]:
        """The mentions without figures that the words of a sentence of a part are enough for."""
        words = list(words)
        if not any(token.text in self._sayings for token in words):
            return []
        return [
            index
            for index in self.met(words)
            if not self.mentions[index].equals
            and (self.mentions[index].required or part in self.mentions[index].within)
            and not any(token.text in self.without[index] for token in words)
        ]

    def speaks_for(self, token: Token, index: int) -> bool:
        """Whether a word is one of a mention's."""
        return any(own == index for own, _ in self._speaks.get(token.text, ()))

    def is_beside(self, token: Token, index: int) -> bool:
        """Whether a word is one of a mention that is added to this one."""
        family = self.mentions[index].adds
        return bool(family) and any(
            self.mentions[own].adds == family for own, _ in self._speaks.get(token.text, ())
        )

    def key(self, words: Iterable[Token], index: int) -> Token | None:
        """The last word here of a mention's first group."""
        return max(
            (t for t in words if (index, 1) in self._speaks.get(t.text, ())),
            key=lambda t: t.start,
            default=None,
        )

    def speak(self, tokens: Iterable[Token]) -> bool:
        """Whether any word speaks for a mention or names a subject."""
        return any(token.text in self._speaks or token.text in self.subject_of for token in tokens)

    def is_told(self, token: Token) -> bool:
        """Whether a word speaks for any mention."""
        return token.text in self._speaks


def _spelled(words: Iterable[str]) -> frozenset[str]:
    return frozenset(full for word in words for full in chinese.spelled_out(word))


@lru_cache(maxsize=32)
def grammar_of(pack: Pack) -> Grammar:
    """The grammar of a pack, made once in a process."""
    return Grammar(pack)


__all__ = ["Grammar", "Mention", "grammar_of"]
