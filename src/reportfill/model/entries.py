"""The entries of a field that holds several: paragraphs without the headings that the report prints by itself, and
choices each once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from reportfill.finding import Finding
from reportfill.model.fields import Field
from reportfill.model.headings import without_headings
from reportfill.model.report_model import ReportModel
from reportfill.place import Cell


class KeptEntry(NamedTuple):
    """An entry as it is kept, or None where it is not; and what there is to say of that."""

    entry: Any
    finding: Finding | None


def kept_entry(
    pack: ReportModel, field: Field, entry: Any, before: Sequence[Any], cell: Cell | None
) -> KeptEntry:
    """What is kept of an entry behind those before it."""
    if field.kind.is_narrative:
        text, found = without_headings(pack, field, entry, cell)
        return KeptEntry(text or None, found)
    if entry in before:
        return KeptEntry(
            None, field.finding("cell.chosen_twice", cell, value=str(field.kind.printed(field, [entry])))
        )
    return KeptEntry(entry, None)
