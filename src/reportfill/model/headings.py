"""Headings of the report at the beginning of a text, pasted together with it: a second one is not printed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from reportfill.finding import Finding, finding
from reportfill.model.chinese.heading_words import BEHIND, ENDS
from reportfill.model.chinese.numbering import BEGINNINGS, Numbering, numbering_of
from reportfill.model.fields import Field
from reportfill.model.report_model import ReportModel
from reportfill.model.visible import MARKS, SPACES
from reportfill.place import Cell
from reportfill.text import Text

Before = tuple[tuple[str, ...], ...]
_GAP = f"[{SPACES}{MARKS}]*"
_WHOLE_GAP = re.compile(_GAP)
_END = re.compile(rf"{_GAP}(?:(?P<separator>[:：。．.—–]+{_GAP})|(?P<gap>(?<=[{SPACES}]))|\Z)")
"""What may stand between a heading and what follows it in the same paragraph."""
_SHORTEST_NAME = 4
"""Characters of a heading without that; what is shorter is too little to know it by."""

_REMOVED = Text(
    "报告自带这个标题，已从正文中去掉，其余文字不变。",
    "The report prints it by itself: it was taken off, and nothing else.",
)
KEPT = Text(
    "报告自带这一部分的标题，此处的标题会重复出现。",
    "The report prints a heading of this part by itself; this one is printed as well.",
)


class PrintedHeading(NamedTuple):
    """A heading that the report prints: its words, without spaces, its numbering, the characters with which the words
    may begin, in any width and case, and the words that may stand before it or lack."""

    words: str
    numbering: Numbering | None
    beginnings: frozenset[str]
    before: tuple[tuple[str, ...], ...] = ()

    def match(self, text: str, start: int) -> re.Match[str] | None:
        """Its words at a place of a text, however they are spaced."""
        if self.words and text[_end_of_gap(text, start) :][:1] not in self.beginnings:
            return None
        return _pattern_of(self.words, self.before).match(text, start)


class Headings(NamedTuple):
    """The headings of a part and those of all others, with the characters with which a text that has one begins."""

    own: tuple[PrintedHeading, ...]
    others: tuple[PrintedHeading, ...]
    beginnings: frozenset[str]


def without_headings(
    pack: ReportModel, field: Field, text: str, cell: Cell | None
) -> tuple[str, Finding | None]:
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


def heading_finding(field: Field, cell: Cell | None, label: str, words: str, outcome: Text) -> Finding:
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


def end_behind(heading: PrintedHeading, text: str, start: int) -> re.Match[str] | None:
    """What sets a heading apart that stands at a place of a text; None where it does not, or words follow at once."""
    words = heading.match(text, start)
    return words and _END.match(text, words.end())


@lru_cache(maxsize=1024)
def headings_of(pack: ReportModel, path: str) -> Headings:
    """The headings of a part, the longest first: one may be the beginning of another."""
    printed = pack.printed_headings
    of_part = printed.own.get(path, ())
    own, others = (
        tuple(
            sorted((_heading(one, printed.before) for one in words), key=lambda heading: -len(heading.words))
        )
        for words in (of_part, [words for words in printed.all if words not in of_part])
    )
    return Headings(own, others, BEGINNINGS.union(*(heading.beginnings for heading in own)))


def _heading(printed: str, before: Before) -> PrintedHeading:
    numbering = numbering_of(printed)
    words = "".join(printed[numbering.end if numbering else 0 :].strip(" 　:：。.").split())
    return PrintedHeading(words, numbering, _beginnings_of(words, before), before)


@lru_cache(maxsize=1024)
def _pattern_of(words: str, before: Before) -> re.Pattern[str]:
    """Compiled where a text first begins as the words may: few do."""
    name = _name(words, before)
    pattern = _spaced(name)
    if len(name) >= _SHORTEST_NAME:
        pattern = f"{_each_or_none(before)}{pattern}(?:{_TAIL})?"
    return re.compile(pattern, re.IGNORECASE)


def _name(letters: str, before: Before) -> str:
    """The words of a heading that it cannot do without: 平台建设 of 政府信息公开平台建设."""
    name = letters
    for words in before:
        shorter = next((name.removeprefix(word) for word in words if name.startswith(word)), name)
        name = shorter if len(shorter) >= _SHORTEST_NAME else name
    return name


def _spaced(words: str) -> str:
    """A pattern of words in any width, however they are spaced."""
    return _GAP + _GAP.join(f"[{re.escape(''.join(_forms(letter)))}]" for letter in words)


def _one_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(_spaced, words))})"


def _each_or_none(places: Iterable[Iterable[str]]) -> str:
    return "".join(f"{_one_of(words)}?" for words in places)


@lru_cache(maxsize=1024)
def _beginnings_of(words: str, before: Before) -> frozenset[str]:
    name = _name(words, before)
    may_stand_before = (
        {word[0] for group in before for word in group} if len(name) >= _SHORTEST_NAME else set()
    )
    firsts = {name[:1]} | may_stand_before
    return frozenset(
        letter for first in firsts for form in _forms(first) for letter in (form.lower(), form.upper())
    )


def _end_of_gap(text: str, start: int) -> int:
    gap = _WHOLE_GAP.match(text, start)
    return gap.end() if gap else start


def _forms(character: str) -> str:
    """A character in the widths that it has."""
    code = ord(character) if character else 0
    if 0x21 <= code <= 0x7E:
        return character + chr(code + 0xFEE0)
    return character + chr(code - 0xFEE0) if 0xFF01 <= code <= 0xFF5E else character


_TAIL = rf"{_each_or_none(BEHIND)}{_one_of(ENDS)}(?={_GAP}(?:[:：。．.—–]|\Z)|[{SPACES}])"
"""What people put behind the words of a heading, where that ends it."""
