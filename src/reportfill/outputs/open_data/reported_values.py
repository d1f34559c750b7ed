"""The values of a report one by one, in the order of its schema: what rows hold stands row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from reportfill.model.fields import Field, RowGroup
from reportfill.model.report_model import ReportModel
from reportfill.model.row_paths import row_around
from reportfill.model.submission import Submission


class ReportedValue(NamedTuple):
    """A value: of an entry of a list its own, with a path that has its number: overview.summary[0]. `words` are what
    people call its row, empty where it stands in none."""

    path: str
    field: Field
    value: Any
    words: str = ""

    @property
    def titles(self) -> tuple[str, ...]:
        """The labels from the section down to the field, with its row among them."""
        return self.field.titles_in_row(self.words) if self.words else self.field.titles


def reported_values(submission: Submission) -> Iterator[ReportedValue]:
    """Every value of the fields of a report, without blanks, and without what lies on cells: pictures are no data."""
    if submission.pack is None:
        return
    of_rows = _ValuesOfRows(submission)
    for part in parts_in_order(submission.pack):
        if isinstance(part, Field):
            yield from _values_of(part, part.path, submission.values)
        else:
            yield from of_rows.within(part, "")


@lru_cache(maxsize=16)
def parts_in_order(pack: ReportModel) -> tuple[Field | RowGroup, ...]:
    """The fields that stand in no rows and the outermost rows, in reading order."""
    fields = [field for field in pack.fields.values() if not field.rows]
    rows = [group for group in pack.rows.values() if not group.within]
    return tuple(sorted([*fields, *rows], key=lambda part: part.order))


class _ValuesOfRows:
    """What the rows of a report hold, row by row."""

    def __init__(self, submission: Submission) -> None:
        self._submission = submission
        self._rows: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for group, rows in submission.rows.items():
            for row in rows:
                self._rows[group, row_around(row)].append(row)

    def within(self, group: RowGroup, around: str) -> Iterator[ReportedValue]:
        """The values of the rows of a group that stand in one row, or in none."""
        rows, values = self._rows.get((group.path, around), ()), self._submission.values
        pack = self._submission.pack
        inner = [one for one in pack.rows.values() if one.within == group.path] if pack and rows else ()
        for row in rows:
            words = self._submission.row_words(row)
            for field in group.fields:
                yield from _values_of(field, row + field.path[len(group.path) :], values, words)
            for one in inner:
                yield from self.within(one, row)


def _values_of(
    field: Field, path: str, values: Mapping[str, Any], words: str = ""
) -> Iterator[ReportedValue]:
    value = values.get(path)
    if value is None or value == "" or field.kind.is_laid:
        return
    if isinstance(value, list | tuple):
        for number, entry in enumerate(value):
            yield ReportedValue(f"{path}[{number}]", field, entry, words)
    else:
        yield ReportedValue(path, field, value, words)
