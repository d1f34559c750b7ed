"""Words, numbers and marks of a text, in one pass; and patterns of words that share their beginnings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple


class Token(NamedTuple):
    """A word, number or mark with its place; what lies between two tokens no word is known for.

    `match` is the match of a number, None of a word or mark.
    """

    text: str
    start: int
    end: int
    match: re.Match[str] | None = None


class Lexicon:
    """Finds the longest known word, else a number or a mark, at every place of a text. Linear in the text.

    Words are looked up rather than compiled into a pattern: that would take longer than to check a report.
    """

    def __init__(self, words: Iterable[str], number: str, digits: str, marks: str) -> None:
        """`number` is the pattern of a number, which begins with a decimal digit or one of `digits`."""
        self._words = frozenset(words)
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[0], set()).add(len(word))
        self._lengths = {first: sorted(own, reverse=True) for first, own in lengths.items()}
        self._others = frozenset((*digits, *marks))
        self._other = re.compile(f"{number}|(?P<mark>[{re.escape(marks)}])").match

    def tokens(self, text: str, start: int, end: int) -> list[Token]:
        """The tokens of a stretch of text in their order."""
        found: list[Token] = []
        while start < end:
            token = self._token(text, start, end)
            if token is None:
                start += 1
            else:
                found.append(token)
                start = token.end
        return found

    def _token(self, text: str, start: int, end: int) -> Token | None:
        """What begins at a place of a text."""
        first = text[start]
        for length in self._lengths.get(first, ()):
            word = text[start : start + length]
            if word in self._words and start + length <= end:
                return Token(word, start, start + length)
        match = self._other(text, start, end) if first in self._others or first.isdecimal() else None
        return match and Token(match[0], start, match.end(), None if match["mark"] else match)


def alternation(words: Iterable[str]) -> str:
    """A pattern of these words, the longest first, that looks at each character of a text once."""
    root: dict[str, dict] = {}  # type: ignore[type-arg]  # a tree of characters, as deep as the longest word
    for word in words:
        node = root
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    return _branches(root) or r"(?!)"


def _branches(node: dict[str, dict]) -> str:  # type: ignore[type-arg]
    ends = "" in node
    tails = [re.escape(character) + _branches(node[character]) for character in sorted(node) if character]
    if not tails:
        return ""
    inside = tails[0] if len(tails) == 1 and not ends else f"(?:{'|'.join(tails)})"
    return f"{inside}?" if ends else inside
