"""The narrative of a submission, paragraph by paragraph, with where each stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reportfill.finding import Finding
from reportfill.model.chinese.numbering import of_paragraph
from reportfill.model.chinese.numerals import without_space
from reportfill.model.fields import Field
from reportfill.model.submission import Submission
from reportfill.place import Cell


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `plain` is its text without white space and with ASCII digits."""

    field: Field
    text: str
    plain: str
    cell: Cell | None
    label: str

    def finding(self, code: str, label: str = "", **said: Any) -> Finding:
        """The finding on the paragraph that the catalogue words for a code."""
        return self.field.finding(code, self.cell, label or self.label, **said)


def paragraphs_of(submission: Submission) -> list[Paragraph]:
    """All paragraphs of a submission in reading order; what is no text is passed over."""
    if submission.pack is None:
        return []
    return [
        paragraph
        for known in submission.pack.narrative
        for field in submission.fields_like(known)
        for paragraph in _paragraphs(submission, field)
    ]


def _paragraphs(submission: Submission, field: Field) -> Iterator[Paragraph]:
    found = submission.values.get(field.path)
    texts = found if isinstance(found, list) else ()
    for index, text in enumerate(texts):
        if isinstance(text, str):
            cell = submission.places.get(f"{field.path}[{index}]")
            label = field.label if len(texts) == 1 else field.label + of_paragraph(index + 1)
            yield Paragraph(field, text, without_space(text), cell, label)
