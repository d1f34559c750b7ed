"""Words, numbers and marks of a text: one pass of one compiled pattern, whose words share their beginnings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

_GROUP = 20
"""So many first characters are tried together."""


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

    def __init__(self, words: Iterable[str], number: str, digits: str, marks: str) -> None:
        """`number` is the pattern of a number, which begins with a decimal digit or one of `digits`."""
        by_first: dict[str, list[str]] = {}
        for word in sorted(words):
            by_first.setdefault(word[0], []).append(word)
        firsts = re.escape("".join((*by_first, digits, marks)))
        self._scan: Callable[[str, int, int], Iterator[re.Match[str]]] = re.compile(
            rf"(?=[\d{firsts}])(?:(?P<word>{_grouped(by_first)})|{number}|(?P<mark>[{re.escape(marks)}]))"
        ).finditer

    def tokens(self, text: str, start: int, end: int) -> list[Token]:
        """The tokens of a stretch of text in their order."""
        return [
            Token(match[0], *match.span(), None if match.lastgroup in ("word", "mark") else match)
            for match in self._scan(text, start, end)
        ]


def _grouped(by_first: Mapping[str, Sequence[str]]) -> str:
    """A pattern of words by their first characters. Alternatives are tried one by one, and there are hundreds: a group
    of them is entered only where a word of it can begin."""
    firsts = list(by_first)
    groups = [firsts[start : start + _GROUP] for start in range(0, len(firsts), _GROUP)]
    return "|".join(
        f"(?=[{re.escape(''.join(group))}])(?:{alternation(word for first in group for word in by_first[first])})"
        for group in groups
    )


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
