"""The figures of many agencies as a workbook for people: an agency a row, each part a sheet, rows below each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import IO

from reportfill.model.fields import Field
from reportfill.model.submission import Submission
from reportfill.office.workbook.sheet_rows import Row
from reportfill.office.workbook.tables import Table, Tables
from reportfill.outputs.open_data.data_writer import DataWriter
from reportfill.outputs.open_data.figure_tables import (
    ABOUT_THE_REPORT,
    Part,
    SheetTitles,
    answered_fields,
    label_with_unit,
    sheets_of,
)
from reportfill.outputs.open_data.figure_workbook import reported_rows
from reportfill.outputs.open_data.row_sheets import RowSheet, shown_value
from reportfill.pack.pack import NAMED_BY, Pack

MOST_ROWS = 1_048_576
"""Rows that a sheet has (ECMA-376-1, 18.3.1.73)."""

_WHOSE, _WHOSE_WIDTHS = ("单位编码", "单位名称", "年度"), (16, 40, 8)
_FIGURE, _ANSWER = 12, 16

Head = tuple[str, ...]
"""The labels of a column from the top down."""


@dataclass(frozen=True)
class _Sheet:
    """A sheet of all agencies: its label, the heads and widths of its columns behind those that say whose a row is, and
    what it has of a report."""

    label: str
    heads: Sequence[Head]
    widths: Sequence[float]
    lines: Callable[[Submission], Iterable[Row]]


class WideWorkbook(DataWriter):
    """The workbook. A sheet that is full goes on in another one."""

    def __init__(self, pack: Pack, stream: IO[bytes]) -> None:
        super().__init__(pack, stream)
        self._tables, self._titles = Tables(f"{pack.manifest.title}（数据）"), SheetTitles()
        self._sheets = [_answers(pack), *map(_sheet, sheets_of(pack))]
        self._open = [self._opened(sheet) for sheet in self._sheets]

    def add(self, submissions: Sequence[Submission]) -> None:
        """Write a row for each report into each sheet, and below each other what is in rows."""
        for place, sheet in enumerate(self._sheets):
            rows = [
                (one.code, one.agency, one.year, *line) for one in submissions for line in sheet.lines(one)
            ]
            while rows:
                room = MOST_ROWS - self._open[place].rows.height
                self._open[place].add(rows[:room])
                rows = rows[room:]
                if rows:
                    self._open[place] = self._opened(sheet)

    def finish(self) -> None:
        """Write the workbook."""
        self._tables.write(self._stream)

    def _opened(self, sheet: _Sheet) -> Table:
        return self._tables.add(
            self._titles.title(sheet.label),
            [*_WHOSE, *sheet.heads],
            [*_WHOSE_WIDTHS, *sheet.widths],
            frozen_columns=2,
        )


def _answers(pack: Pack) -> _Sheet:
    fields = [field for field in answered_fields(pack) if field.path not in NAMED_BY]

    def lines(submission: Submission) -> Iterable[Row]:
        yield [shown_value(field, submission.values.get(field.path)) for field in fields]

    return _Sheet(ABOUT_THE_REPORT, [_head(field) for field in fields], [_ANSWER] * len(fields), lines)


def _sheet(sheet: Part | RowSheet) -> _Sheet:
    if isinstance(sheet, RowSheet):
        return _Sheet(
            sheet.label, sheet.heads, sheet.widths, lambda one: sheet.lines(reported_rows(one, sheet.path))
        )
    paths = [field.path for field in sheet.fields]
    heads = [_head(field) for field in sheet.fields]
    return _Sheet(
        sheet.label, heads, [_FIGURE] * len(paths), lambda one: [[one.values.get(path) for path in paths]]
    )


def _head(field: Field) -> Head:
    return (*field.titles[1:-1], label_with_unit(field))
