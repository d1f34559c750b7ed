"""What was left in the narrative that does not belong there, and what is missing from it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from reportfill.checks.chinese.leftovers import placeholders, subjects_named
from reportfill.checks.chinese.years import odd_years
from reportfill.checks.narrative import Paragraph
from reportfill.checks.pasted_headings import heading_findings
from reportfill.finding import Finding
from reportfill.model.fields import Field
from reportfill.model.submission import Submission
from reportfill.pack.pack import Pack

SHORTEST = 15
"""A part of the narrative with fewer characters than this hardly says anything."""


def text_findings(submission: Submission, pack: Pack, paragraphs: list[Paragraph]) -> Iterator[Finding]:
    """Everything doubtful about the wording of a submission."""
    yield from _unprintable(submission, pack, paragraphs)
    yield from _short(paragraphs)
    yield from _repeated(paragraphs)
    yield from heading_findings(pack, paragraphs)
    for paragraph in paragraphs:
        yield from (paragraph.finding("text.placeholder", value=w) for w in placeholders(paragraph.text))
        yield from _other_agencies(paragraph, submission.agency)
    if submission.year is not None:
        yield from _odd_years(paragraphs, submission.year, pack.manifest.begins)


def _unprintable(submission: Submission, pack: Pack, paragraphs: list[Paragraph]) -> Iterator[Finding]:
    for field in (one for path in pack.text_paths for one in _texts(submission, pack.fields[path])):
        found = field.kind.judge(field, submission.values.get(field.path), submission.places.get(field.path))
        if found:
            yield found
    for paragraph in paragraphs:
        field = paragraph.field
        found = field.kind.judge(field, paragraph.text, paragraph.cell, paragraph.label)
        if found:
            yield found


def _texts(submission: Submission, field: Field) -> Iterator[Field]:
    """A field where its text is to be looked at; of rows those alone about whose text there may be something to say."""
    if not field.rows:
        yield field
        return
    key = field.path[len(field.rows) :]
    for row in submission.rows.get(field.rows, ()):
        if field.kind.judge(field, submission.values.get(row + key)):
            yield field.in_row(row, submission.row_words(row))


def _short(paragraphs: list[Paragraph]) -> Iterator[Finding]:
    lengths: dict[str, int] = {}
    for paragraph in paragraphs:
        lengths[paragraph.field.path] = lengths.get(paragraph.field.path, 0) + len(paragraph.plain)
    for paragraph in paragraphs:
        length = lengths.pop(paragraph.field.path, SHORTEST)
        if paragraph.field.required and length < SHORTEST:
            yield paragraph.finding("text.short", paragraph.field.label, value=length)


def _repeated(paragraphs: list[Paragraph]) -> Iterator[Finding]:
    first: dict[str, Paragraph] = {}
    for paragraph in paragraphs:
        earlier = first.setdefault(paragraph.plain, paragraph)
        if earlier is not paragraph and len(paragraph.plain) >= SHORTEST:
            yield paragraph.finding("text.repeated", expected=str(earlier.cell or earlier.label))


def _odd_years(paragraphs: list[Paragraph], year: int, begins: str) -> Iterator[Finding]:
    """Years that an account or a plan of the reporting year would not name."""
    for _, part in groupby(paragraphs, key=lambda paragraph: paragraph.field.path):
        same = list(part)
        for index, odd in odd_years([paragraph.plain for paragraph in same], year, begins):
            yield same[index].finding(
                "text.year", value=odd.named, expected=odd.expected, wording=odd.wording
            )


def _other_agencies(paragraph: Paragraph, agency: str) -> Iterator[Finding]:
    """Full names that stand as the subject of a sentence and are not the reporting agency's.

    Bodies of the agency's own place are left alone: a government's report speaks of its departments.
    """
    for named in subjects_named(paragraph.plain):
        if named.name not in agency and not agency.startswith(named.place):
            yield paragraph.finding("text.other_agency", value=named.name)
