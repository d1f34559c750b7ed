"""Headings that were left in the text: worded otherwise than in the report, or ending nobody knows where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from reportfill.checks.narrative import Paragraph
from reportfill.finding import Finding
from reportfill.model.chinese.numbering import Numbering, numbering_of
from reportfill.model.headings import KEPT, Headings, end_behind, heading_finding, headings_of
from reportfill.pack.pack import Pack

_LONGEST_OWN_WORDING = 40
"""Characters of a heading that is not the report's; a longer first clause is a sentence."""

_CLAUSE = re.compile(r"[。：:；;]")


def heading_findings(pack: Pack, paragraphs: Iterable[Paragraph]) -> Iterator[Finding]:
    """The headings that were left in the text, because they are not worded as the report has them, or because it
    cannot be told where they end."""
    by_part: dict[str, list[Paragraph]] = {}
    for paragraph in paragraphs:
        by_part.setdefault(paragraph.field.path, []).append(paragraph)
    for path, part in by_part.items():
        headings = headings_of(pack, path)
        for index, paragraph in enumerate(part):
            if paragraph.text[:1] in headings.beginnings:
                words = _heading_left(headings, paragraph.text) or (
                    _own_wording(headings, part) if index == 0 else ""
                )
                if words:
                    yield heading_finding(paragraph.field, paragraph.cell, paragraph.label, words, KEPT)


def _heading_left(headings: Headings, text: str) -> str:
    """The heading of the report with which a text begins, behind a number, and goes on."""
    numbering = numbering_of(text)
    if numbering is None:
        return ""
    own = (heading.match(text, numbering.end) for heading in headings.own)
    others = (h.match(text, numbering.end) for h in headings.others if end_behind(h, text, numbering.end))
    words = next(filter(None, own), None) or next(others, None)
    return text[: words.end()].strip() if words else ""


def _own_wording(headings: Headings, part: Sequence[Paragraph]) -> str:
    """The heading of a part in other words than the report's, told by its number; empty where the number begins an
    enumeration."""
    text = part[0].text
    numbering = numbering_of(text)
    printed = next((h.numbering for h in reversed(headings.own) if h.numbering), None)
    if numbering is None or printed is None or numbering.number != printed.number:
        return ""
    words = _CLAUSE.split(text[numbering.end :], maxsplit=1)[0]
    is_alike = bool(numbering.style) and (numbering.style == printed.style or numbering.number > 1)
    is_first_of_several = any(_follows(numbering, other) for other in _numberings(part))
    if not is_alike or is_first_of_several or not 0 < len(words) <= _LONGEST_OWN_WORDING:
        return ""
    return text[: numbering.end + len(words)].strip()


def _numberings(part: Sequence[Paragraph]) -> Iterator[Numbering]:
    """The numberings at the beginning of a part's paragraphs and of the clauses in them."""
    for paragraph in part:
        for clause in re.split(r"[。；;，,：:\s]", paragraph.text):
            found = numbering_of(clause)
            if found is not None:
                yield found


def _follows(numbering: Numbering, other: Numbering) -> bool:
    return other.number == numbering.number + 1 and other.style == numbering.style
