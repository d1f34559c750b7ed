"""Words, numbers and marks of a text: one pass of one compiled pattern, whose words share their beginnings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
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
    """Finds the longest known word, else a number, at every place of a text. Linear in the text."""

    def __init__(self, words: Iterable[str], number: str, marks: str) -> None:
        known = alternation(words)
        self._scan: Callable[[str, int, int], Iterator[re.Match[str]]] = re.compile(
            f"(?P<word>{known})|{number}|(?P<mark>[{re.escape(marks)}])"
        ).finditer

    def tokens(self, text: str, start: int, end: int) -> list[Token]:
        """The tokens of a stretch of text in their order."""
        return [
            Token(match[0], match.start(), match.end(), match if match["number"] else None)
            for match in self._scan(text, start, end)
        ]


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
