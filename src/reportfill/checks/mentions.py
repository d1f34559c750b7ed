"""Numbers that the narrative states, against the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportfill.checks.findings import Finding, finding, named_together
from reportfill.checks.narrative import Paragraph
from reportfill.checks.numerals import number_from
from reportfill.checks.submission import Submission
from reportfill.pack.figures import Number
from reportfill.pack.pack import Pack
from reportfill.pack.rules import Mention

Met = tuple[Mention, list[tuple[Paragraph, re.Match[str]]]]
"""A rule, and every place of the narrative that states its number."""


def numbers_stated(pack: Pack, paragraphs: list[Paragraph]) -> list[Met]:
    """Where the narrative states the number of each rule: one pass over it, for all that look at such numbers."""
    return [
        (
            mention,
            [
                (paragraph, match)
                for paragraph in paragraphs
                for match in mention.pattern.finditer(paragraph.plain)
            ],
        )
        for mention in pack.rules.mentions
    ]


def mention_findings(
    submission: Submission, paragraphs: list[Paragraph], stated: list[Met]
) -> Iterator[Finding]:
    """Every number of the narrative that is not the tables', and every statement that is missing."""
    written = {paragraph.field.path for paragraph in paragraphs}
    for mention, everywhere in stated:
        met = [
            (paragraph, match) for paragraph, match in everywhere if paragraph.field.path in mention.within
        ]
        if mention.required and not met and not written.isdisjoint(mention.within):
            yield _missing(submission, mention)
        expected = _expected(submission, mention)
        if expected is not None:
            for paragraph, match in met:
                if _stated(mention, match) != expected:
                    yield _differs(submission, mention, paragraph, match, expected)


def stated_figures(stated: list[Met]) -> dict[str, Number]:
    """The numbers that the narrative gives for single figures, where it gives one and not several."""
    found: dict[str, set[Number]] = {}
    for mention, met in stated:
        for _, match in met if len(mention.equals) == 1 else ():
            number = _stated(mention, match)
            if number is not None:
                found.setdefault(mention.equals[0], set()).add(number)
    return {path: numbers.pop() for path, numbers in found.items() if len(numbers) == 1}


def _expected(submission: Submission, mention: Mention) -> Number | None:
    """What the tables say; None where the rule compares nothing or a figure is not known."""
    figures = [submission.figures.get(path) for path in mention.equals]
    if not figures or None in figures:
        return None
    return sum(figure for figure in figures if figure is not None)


def _stated(mention: Mention, match: re.Match[str]) -> Number | None:
    return mention.states if mention.states is not None else number_from(match.group("number"))


def _differs(
    submission: Submission, mention: Mention, paragraph: Paragraph, match: re.Match[str], expected: Number
) -> Finding:
    cells = tuple(submission.cell(path) or path for path in mention.equals)
    return finding(
        "mention.differs",
        field=paragraph.field.path,
        cell=paragraph.cell,
        value=_stated(mention, match),
        expected=expected,
        label=paragraph.label,
        wording=match.group(),
        title=mention.title,
        cells=cells,
        places=named_together(cells),
    )


def _missing(submission: Submission, mention: Mention) -> Finding:
    path = mention.within[0]
    return finding(
        "mention.missing",
        field=path,
        cell=submission.cell(path),
        expected=mention.title,
        label=submission.label(path),
        title=mention.title,
    )
