"""The mentions of a pack as one grammar: which words of a clause speak for which statement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from reportfill.checks import words as kinds
from reportfill.checks.chinese import counting as chinese
from reportfill.checks.lexicon import Lexicon
from reportfill.checks.words import Passage, Word, WordToken
from reportfill.pack.pack import Pack
from reportfill.pack.wordings import Mention

BARE = "~"
"""A word that begins so counts only where nothing unknown stands directly before it."""

_KINDS = {
    kinds.JOINING: chinese.JOINING,
    kinds.EACH: chinese.EACH,
    kinds.RESPECTIVELY: chinese.RESPECTIVELY,
    kinds.TOTAL: chinese.TOTAL,
    kinds.DENYING: chinese.DENYING,
    kinds.COMPARING: (*chinese.COMPARING, *chinese.YEARS["last"]),
    kinds.WISHING: chinese.WISHING,
    kinds.PART: chinese.PART,
    kinds.REMAINDER: chinese.REMAINDER,
    kinds.PERIOD: chinese.PERIOD,
    kinds.LISTING: chinese.LISTING,
    kinds.FILLING: chinese.FILLING,
    kinds.ENDING: chinese.ENDING,
    kinds.OTHER: chinese.OTHERS,
    kinds.MARK: chinese.MARKS,
    kinds.INCLUDING: chinese.INCLUDING,
    kinds.OTHER_TIME: chinese.OTHER_TIMES,
    kinds.OTHER_BODY: chinese.OTHER_BODIES,
}


class Grammar:
    """The words of a pack's mentions and of the language, and what each of them speaks for."""

    def __init__(self, pack: Pack) -> None:
        self.mentions = pack.rules.mentions
        self.parts = pack.rules.wordings.parts
        self.begins = pack.manifest.begins
        words = _Words(pack)
        self._own, self._firsts = words.own, words.firsts
        families: dict[str, int] = {}
        for mention, bits in zip(self.mentions, self._own, strict=True):
            families[mention.adds] = families.get(mention.adds, 0) | bits
        self._beside = [
            bits | families[mention.adds] if mention.adds else bits
            for mention, bits in zip(self.mentions, self._own, strict=True)
        ]
        self._met = lru_cache(maxsize=4096)(self._spoken_by)
        units = "|".join(map(re.escape, sorted(words.units, key=len, reverse=True))) or "(?!)"
        self.tokens = Lexicon(words.all, chinese.number_pattern(units), chinese.DIGITS).tokens
        """The words, numbers and marks of a stretch of text."""
        self._tells = re.compile(chinese.telling_pattern(words.units, units, words.sayings)).search

    def may_tell(self, text: str, start: int, end: int) -> bool:
        """Whether a stretch of text may state something: it has a number of things, a denial, or a word of what has
        to be said."""
        return self._tells(text, start, end) is not None

    def _spoken_by(self, spoken: int) -> tuple[int, ...]:
        return tuple(index for index, own in enumerate(self._own) if spoken & own == own)

    def met(self, spoken: int, rather: int | None = None) -> Iterable[int]:
        """The indices of the mentions whose groups are all among those spoken for, in their order.

        With `rather` only those that have one of their groups among these.
        """
        found = self._met(spoken)
        if not found or rather is None or rather == spoken:
            return found
        return [index for index in found if rather & self._own[index]]

    def said(self, sentence: Passage, part: str) -> Iterator[int]:
        """The mentions without figures that the words of a sentence of a part are enough for."""
        for index in self.met(sentence.speaks):
            mention = self.mentions[index]
            is_heard = not mention.equals and (mention.required or part in mention.within)
            if is_heard and not sentence.forbids >> index & 1:
                yield index

    def speaks_for(self, token: WordToken, index: int) -> bool:
        """Whether a word is one of a mention's."""
        return bool(token.word.speaks & self._own[index])

    def is_beside(self, token: WordToken, index: int) -> bool:
        """Whether a word is one of a mention's, or of one that is added to it."""
        return bool(token.word.speaks & self._beside[index])

    def key(self, words: Iterable[WordToken], index: int) -> WordToken | None:
        """The last word here of a mention's first group."""
        found = None
        for token in words:
            if token.word.speaks & self._firsts[index]:
                found = token
        return found


class _Words:
    """All words that a grammar knows, being gathered. `own` are the bits of each mention's groups, `firsts` that of its
    first group; `sayings` are words of what has to be said somewhere."""

    def __init__(self, pack: Pack) -> None:
        wordings, mentions = pack.rules.wordings, pack.rules.mentions
        self._kinds: dict[str, int] = {}
        self._speaks: dict[str, int] = {}
        self._forbids: dict[str, int] = {}
        self._subjects: dict[str, str] = {}
        self._bare: set[str] = set()
        self.own: list[int] = []
        self.firsts: list[int] = []
        self.units = frozenset().union(*(mention.units for mention in mentions))
        self.sayings: set[str] = set()
        for index, mention in enumerate(mentions):
            self._add_mention(index, mention)
        for name, words in wordings.subjects.items():
            self._subjects |= dict.fromkeys(self._plain(words), name)
        told = {
            kinds.LEVEL: _spelled(wordings.levels),
            kinds.CHANNEL: _spelled(wordings.channels),
            kinds.MEASURE: self.units,
            kinds.SAYING: self.sayings,
        }
        for kind, texts in (*_KINDS.items(), *told.items()):
            _join(self._kinds, texts, kind)
        known = {*self._kinds, *self._speaks, *self._forbids, *self._subjects, *chinese.YET_OTHER_WORDS}
        self.all = {text: self._word(text) for text in known}

    def _add_mention(self, index: int, mention: Mention) -> None:
        first = 1 << sum(map(int.bit_count, self.own))
        for place, group in enumerate(mention.groups):
            _join(self._speaks, self._plain(group), first << place)
        if not mention.equals:
            self.sayings |= self._plain(mention.groups[0])
        _join(self._forbids, self._plain(mention.without), 1 << index)
        self.firsts.append(first)
        self.own.append(((1 << len(mention.groups)) - 1) * first)

    def _plain(self, words: Iterable[str]) -> frozenset[str]:
        plain = _spelled(word.removeprefix(BARE) for word in words)
        self._bare |= _spelled(word.removeprefix(BARE) for word in words if word.startswith(BARE))
        return plain

    def _word(self, text: str) -> Word:
        return Word(
            text,
            self._kinds.get(text, 0),
            self._speaks.get(text, 0),
            self._forbids.get(text, 0),
            self._subjects.get(text),
            text in self._bare,
        )


def _join(bits: dict[str, int], words: Iterable[str], bit: int) -> None:
    for word in words:
        bits[word] = bits.get(word, 0) | bit


def _spelled(words: Iterable[str]) -> frozenset[str]:
    return frozenset(full for word in words for full in chinese.spelled_out(word))


@lru_cache(maxsize=32)
def grammar_of(pack: Pack) -> Grammar:
    """The grammar of a pack, made once in a process."""
    return Grammar(pack)
