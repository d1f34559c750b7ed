"""Reports as one long table in text, a row a value (RFC 4180): whatever reads tables takes it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import TextIOWrapper
from typing import IO

from reportfill.decimals import exact, plain
from reportfill.model.submission import Submission
from reportfill.office.workbook.cell_xml import LIKE_FORMULAS
from reportfill.outputs.open_data.data_writer import DataWriter
from reportfill.outputs.open_data.reported_values import ReportedValue, reported_values
from reportfill.pack.pack import NAMED_BY, Pack

CSV_COLUMNS = ("agency", "code", "year", "path", "labels", "value", "unit")
LABELS_JOINED = " · "

_LIKE_FORMULAS = (*LIKE_FORMULAS, *"＝＋－＠\t\r")
"""How a text begins that a spreadsheet takes for a formula, in some languages with the wide signs too."""


class CsvData(DataWriter):
    """The table, in UTF-8 with a byte order mark, by which Excel knows it. Figures and days stand as data have them,
    what is chosen in words; a text that looks like a formula has an apostrophe before it."""

    def __init__(self, pack: Pack, stream: IO[bytes]) -> None:
        super().__init__(pack, stream)
        self._text = TextIOWrapper(stream, "utf-8-sig", errors="replace", newline="")
        self._rows = csv.writer(self._text)
        self._rows.writerow(CSV_COLUMNS)

    def add(self, submissions: Sequence[Submission]) -> None:
        """Write the values of reports."""
        for submission in submissions:
            self._rows.writerows(_rows(submission))

    def finish(self) -> None:
        """Write what is still held back."""
        self._text.detach()


def _rows(submission: Submission) -> Iterator[tuple[object, ...]]:
    """The values of a report, each with whose it is: what says so is no row of its own."""
    whose = (_inert(submission.agency), _inert(submission.code), submission.year)
    for one in reported_values(submission):
        if one.path not in NAMED_BY:
            yield (*whose, one.path, _inert(LABELS_JOINED.join(one.titles)), _value(one), one.field.unit)


def _value(one: ReportedValue) -> str:
    kind, value = one.field.kind, one.value
    if kind.is_number:
        return plain(exact(value))
    if kind.is_printed_otherwise and not kind.holds_days:
        value = kind.printed(one.field, [value] if kind.is_list else value)
    return _inert(str(value))


def _inert(words: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{words}" if words.startswith(_LIKE_FORMULAS) else words
