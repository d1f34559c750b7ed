"""Headings of the report at the beginning of a text, pasted together with it: a second one is not printed."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from reportfill.checks.chinese.numbering import BEGINNINGS, Numbering, numbering_of
from reportfill.checks.findings import Finding, Text, finding
from reportfill.checks.visible import MARKS, SPACES
from reportfill.pack.fields import Field
from reportfill.pack.pack import Pack

_GAP = f"[{SPACES}{MARKS}]*"
_END = re.compile(rf"{_GAP}(?:(?P<separator>[:：。．.—–]+{_GAP})|(?P<gap>(?<=[{SPACES}]))|\Z)")
"""What may stand between a heading and what follows it in the same paragraph."""

_REMOVED = Text(
    "报告自带这个标题，已从正文中去掉，其余文字不变。",
    "The report prints it by itself: it was taken off, and nothing else.",
)
KEPT = Text(
    "报告自带这一部分的标题，这里的会再印一遍。",
    "The report prints a heading of this part by itself; this one is printed as well.",
)


class Heading(NamedTuple):
    """A heading that the report prints: its numbering, and what matches its words however they are spaced."""

    words: str
    numbering: Numbering | None
    pattern: re.Pattern[str]


class Headings(NamedTuple):
    """The headings of a part and those of all others, with the characters with which a text that has one begins."""

    own: tuple[Heading, ...]
    others: tuple[Heading, ...]
    beginnings: frozenset[str]


def without_headings(pack: Pack, field: Field, text: str, cell: str) -> tuple[str, Finding | None]:
    """A paragraph as it is to be printed, without the headings of its part at its beginning; empty where it is nothing
    but a heading of the report. With what there is to say of that."""
    headings = headings_of(pack, field.path)
    if text[:1] not in headings.beginnings:
        return text, None
    rest = text
    while rest and (end := _end_of_heading(headings, rest)):
        rest = rest[end:]
    if rest == text:
        return text, None
    taken = text[: len(text) - len(rest)].strip(" 　:：")
    return rest, heading_finding(field, cell, field.label, taken, _REMOVED)


def heading_finding(field: Field, cell: str, label: str, words: str, outcome: Text) -> Finding:
    """The finding on a heading in a text; `outcome` says what became of it."""
    return finding("text.heading", field=field.path, cell=cell, value=words, label=label, outcome=outcome)


def _end_of_heading(headings: Headings, text: str) -> int:
    """Where the heading ends with which a text begins and which the report prints; 0 where there is none that can be
    taken off without a loss: words of a heading may also begin a sentence."""
    numbering = numbering_of(text)
    start = numbering.end if numbering else 0
    for heading in headings.own:
        end = end_behind(heading, text, start)
        if end and (numbering or end["separator"] or end.end() == len(text)):
            return end.end()
    ends = (end_behind(heading, text, start) for heading in headings.others if numbering)
    return len(text) if any(end and end.end() == len(text) for end in ends) else 0


def end_behind(heading: Heading, text: str, start: int) -> re.Match[str] | None:
    """What sets a heading apart that stands at a place of a text; None where it does not, or words follow at once."""
    words = heading.pattern.match(text, start)
    return words and _END.match(text, words.end())


@lru_cache(maxsize=1024)
def headings_of(pack: Pack, path: str) -> Headings:
    """The headings of a part, the longest first: one may be the beginning of another."""
    printed = pack.printed_headings
    own = sorted(map(_heading, printed.own.get(path, ())), key=lambda heading: -len(heading.words))
    others = [_heading(words) for words in printed.all if words not in printed.own.get(path, ())]
    return Headings(
        tuple(own),
        tuple(sorted(others, key=lambda heading: -len(heading.words))),
        BEGINNINGS | frozenset(form for heading in own for form in _forms(heading.words[:1])),
    )


def _heading(printed: str) -> Heading:
    numbering = numbering_of(printed)
    words = printed[numbering.end if numbering else 0 :].strip(" 　:：。.")
    letters = [character for character in words if not character.isspace()]
    pattern = _GAP + _GAP.join(f"[{re.escape(''.join(_forms(letter)))}]" for letter in letters)
    return Heading("".join(letters), numbering, re.compile(pattern, re.IGNORECASE))


def _forms(character: str) -> str:
    """A character in the widths that it has."""
    code = ord(character) if character else 0
    if 0x21 <= code <= 0x7E:
        return character + chr(code + 0xFEE0)
    return character + chr(code - 0xFEE0) if 0xFF01 <= code <= 0xFF5E else character
