"""Reports as one long table in text, a row a value (RFC 4180): whatever reads tables takes it."""

from __future__ import annotations

import csv
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import IO

from reportfill.decimals import exact, plain
from reportfill.model.submission import Submission
from reportfill.office.workbook.csv_table import inert
from reportfill.outputs.open_data.data_writer import DataWriter
from reportfill.outputs.open_data.reported_values import ReportedValue, reported_values
from reportfill.pack.pack import NAMED_BY, Pack

CSV_COLUMNS = ("agency", "code", "year", "path", "labels", "value", "unit")
LABELS_JOINED = " · "


class CsvData(DataWriter):
    """The table, in UTF-8 with a byte order mark, by which Excel knows it. Figures and days stand as data have them,
    what is chosen in words; a text that looks like a formula has an apostrophe before it."""

    def __init__(self, pack: Pack, stream: IO[bytes]) -> None:
        super().__init__(pack, stream)
        self._labels: dict[str, str] = {}
        stream.write(BOM_UTF8)
        self._write([CSV_COLUMNS])

    def add(self, submissions: Sequence[Submission]) -> None:
        """Write the values of reports."""
        for submission in submissions:
            self._write(self._values(submission))

    def finish(self) -> None:
        """Nothing stands behind them."""

    def _write(self, rows: Iterable[Sequence[object]]) -> None:
        text = StringIO(newline="")
        csv.writer(text).writerows(rows)
        self._stream.write(text.getvalue().encode("utf-8", "replace"))

    def _values(self, submission: Submission) -> Iterator[tuple[object, ...]]:
        """The values of a report, each with whose it is: what says so is no row of its own."""
        agency, code, year = inert(submission.agency), inert(submission.code), submission.year
        for one in reported_values(submission):
            if one.path not in NAMED_BY:
                yield agency, code, year, one.path, self._label(one), _value(one), one.field.unit

    def _label(self, one: ReportedValue) -> str:
        """The labels of a value; what stands in no row has the same in every report."""
        if one.words:
            return inert(LABELS_JOINED.join(one.titles))
        known = self._labels.get(one.field.path)
        if known is None:
            known = self._labels[one.field.path] = inert(LABELS_JOINED.join(one.titles))
        return known


def _value(one: ReportedValue) -> object:
    kind, value = one.field.kind, one.value
    if type(value) is int:
        return value
    if kind.is_number:
        return plain(exact(value))
    if kind.is_printed_otherwise and not kind.holds_days:
        value = kind.printed(one.field, [value] if kind.is_list else value)
    return inert(str(value))
