"""Words, numbers and marks of a text, in one pass."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reportfill.checks.words import Word, WordToken

_NUMBER = Word("")


class Lexicon:
    """Finds the longest known word, else a number, at every place of a text. Linear in the text.

    Words are looked up rather than compiled into a pattern: that would take longer than to check a report.
    """

    def __init__(self, words: Mapping[str, Word], number: str, digits: str) -> None:
        """`number` is the pattern of a number, which begins with a decimal digit or one of `digits`."""
        self._words = words
        self._longer: dict[str, list[int]] = {}
        for length in sorted({len(text) for text in words if len(text) > 2}, reverse=True):
            for beginning in {text[:2] for text in words if len(text) == length}:
                self._longer.setdefault(beginning, []).append(length)
        self._digits = frozenset(f"0123456789{digits}")
        self._number = re.compile(number).match

    def tokens(self, text: str, start: int, end: int) -> list[WordToken]:
        """The tokens of a stretch of text in their order; a bare word behind something unknown is unknown itself."""
        longer, words, digits = self._longer.get, self._words.get, self._digits
        piece, place, known = text[start:end], 0, 0
        found: list[WordToken] = []
        while place < len(piece):
            pair = piece[place : place + 2]
            word = words(pair)
            for length in longer(pair, ()):
                other = words(piece[place : place + length])
                if other is not None:
                    word = other
                    break
            word = word or words(pair[0])
            match = None
            if word is not None:
                after = place + len(word.text)
            elif (pair[0] in digits or pair[0].isdecimal()) and (match := self._number(piece, place)):
                word, after = _NUMBER, match.end()
            else:
                place += 1
                continue
            token = WordToken(piece[place:after], start + place, start + after, word, match)
            if not word.is_bare or (place == known and not _is_qualified(token, found)):
                found.append(token)
                known = after
            place = after
        return found


def _is_qualified(token: WordToken, before: list[WordToken]) -> bool:
    """Whether the word directly before makes a bare word another's: 不动产登记 before 申请."""
    subject = before[-1].word.subject if before else None
    return subject is not None and token.word.subject not in (None, subject)
