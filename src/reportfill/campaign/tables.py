"""Workbooks that are plain tables: written row by row, so that a hundred thousand rows take no more memory than one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from reportfill.ooxml.package import composed, parts_of
from reportfill.ooxml.properties import Properties, property_parts, with_places_for_properties

_HEAD = PatternFill("solid", fgColor="FFE7E6E6")

Row = Sequence[Any]


def add_table(
    book: Workbook,
    title: str,
    headings: Row,
    widths: Sequence[float],
    rows: Iterable[Row],
    *,
    sums: Row = (),
    frozen_columns: int = 0,
) -> None:
    """A sheet with a heading row that stays in view, a row of sums below it if there is one, and rows."""
    sheet = book.create_sheet(title)
    sheet.freeze_panes = f"{get_column_letter(frozen_columns + 1)}{3 if sums else 2}"
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for bold in filter(None, (headings, sums)):
        sheet.append([_head(cell) for cell in _cells(bold, sheet)])
    for row in rows:
        sheet.append(list(_cells(row, sheet)))


def saved_tables(book: Workbook, title: str) -> bytes:
    """The workbook's bytes: the same for the same tables."""
    saved = BytesIO()
    book.save(saved)
    parts = with_places_for_properties(parts_of(saved.getvalue()))
    return composed(parts | property_parts(Properties(title, "reportfill", {})))


def _head(cell: Cell) -> Cell:
    cell.font, cell.fill = Font(bold=True), _HEAD
    cell.alignment = Alignment(wrapText=True, vertical="center")
    return cell


def _cells(values: Row, sheet: WriteOnlyWorksheet) -> Iterator[Cell]:
    """The values as cells; a text stays one, also where it looks like a formula."""
    for value in values:
        cell = WriteOnlyCell(sheet, value)
        if isinstance(value, str):
            cell.data_type = "s"
        yield cell
