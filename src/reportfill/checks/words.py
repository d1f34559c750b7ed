"""A word as the grammar knows it: what it is in any account, which mentions it speaks for, and what it names.

All that is asked of a word is worked out once, with its pack, and kept as bits: a clause is asked by joining them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

(
    JOINING,
    EACH,
    RESPECTIVELY,
    TOTAL,
    DENYING,
    COMPARING,
    WISHING,
    PART,
    REMAINDER,
    PERIOD,
    LISTING,
    FILLING,
    ENDING,
    OTHER,
    LEVEL,
    CHANNEL,
    MEASURE,
    SAYING,
    MARK,
    INCLUDING,
    OTHER_TIME,
    OTHER_BODY,
) = (1 << place for place in range(22))
PLACING = OTHER_TIME | OTHER_BODY | PERIOD | TOTAL
"""What may say when, or where, that was which is counted."""


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """A word of a pack or of the language.

    `kinds` are the bits above, `speaks` one bit for each group of a mention that it is in, `forbids` one for each
    mention (by its index) that it makes something else. `subject` is what it names. One that `is_bare` counts only
    where nothing unknown stands directly before it.
    """

    text: str
    kinds: int = 0
    speaks: int = 0
    forbids: int = 0
    subject: str | None = None
    is_bare: bool = False


class WordToken(NamedTuple):
    """A word, number or mark with its place; what lies between two tokens no word is known for.

    `match` is the match of a number, None of a word or mark.
    """

    text: str
    start: int
    end: int
    word: Word
    match: re.Match[str] | None = None


class Passage(NamedTuple):
    """Words that stand in a row, from a place of the text on, with what they are, speak for and forbid together.

    `named` is the subject that they name: the last one, "" where two are named side by side, None without any.
    """

    words: list[WordToken]
    start: int
    kinds: int
    speaks: int
    forbids: int
    named: str | None


def passage(words: list[WordToken], start: int) -> Passage:
    """The passage that some words are."""
    kinds = speaks = forbids = 0
    names = False
    for token in words:
        word = token.word
        kinds |= word.kinds
        speaks |= word.speaks
        forbids |= word.forbids
        names = names or word.subject is not None
    return Passage(words, start, kinds, speaks, forbids, _named(words) if names else None)


def _named(words: Iterable[WordToken]) -> str | None:
    last: str | None = None
    joined = False
    for token in words:
        subject = token.word.subject
        if subject is None:
            joined = joined or (last is not None and token.word.kinds & JOINING > 0)
        elif last is not None and subject != last and joined:
            return ""
        else:
            last, joined = subject, False
    return last


def kinds_of(tokens: Iterable[WordToken]) -> int:
    """What some words are in any account, all together."""
    kinds = 0
    for token in tokens:
        kinds |= token.word.kinds
    return kinds
