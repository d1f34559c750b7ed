"""Moving rows, columns and sheets of a workbook as a spreadsheet program does: defined names and formulas follow."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable
from functools import lru_cache
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.utils.cell import column_index_from_string, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tools.make_cases.surgery import packed, parts_of

Shift = Callable[[int], int | None]
"""Where a row (or column), counted from 1, lies after a change; None where it is gone."""


def opened(workbook: bytes, *, data_only: bool = False) -> Workbook:
    """The workbook as openpyxl has it, or the results of its formulas, to be changed at will. The same bytes are read
    once, which takes longest."""
    book: Workbook = pickle.loads(_read(workbook, data_only))
    return book


@lru_cache(maxsize=32)
def _read(workbook: bytes, data_only: bool) -> bytes:
    return pickle.dumps(load_workbook(BytesIO(workbook), data_only=data_only))


def edited(workbook: bytes, change: Callable[[Workbook], object]) -> bytes:
    """The workbook after a change by openpyxl, which keeps no results of formulas; the same for the same change."""
    book = opened(workbook)
    change(book)
    saved = BytesIO()
    book.save(saved)
    parts = parts_of(saved.getvalue())
    told = parts["docProps/core.xml"].decode()
    dated = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "2024-01-05T00:00:00Z", told)
    return packed(parts | {"docProps/core.xml": dated.encode()})


def with_rows_inserted(workbook: bytes, sheet: str, before: int, count: int = 1) -> bytes:
    """The workbook after rows were inserted before one."""
    return edited(workbook, lambda book: _rows_moved(book, sheet, before, count))


def with_rows_deleted(workbook: bytes, sheet: str, first: int, count: int = 1) -> bytes:
    """The workbook after rows were deleted."""
    return edited(workbook, lambda book: _rows_moved(book, sheet, first, -count))


def with_columns_inserted(workbook: bytes, sheet: str, before: str, count: int = 1) -> bytes:
    """The workbook after columns were inserted before one."""
    return edited(workbook, lambda book: _columns_moved(book, sheet, before, count))


def with_columns_deleted(workbook: bytes, sheet: str, first: str, count: int = 1) -> bytes:
    """The workbook after columns were deleted."""
    return edited(workbook, lambda book: _columns_moved(book, sheet, first, -count))


def with_sheet_renamed(workbook: bytes, old: str, new: str) -> bytes:
    """The workbook after a sheet got another name."""

    def rename(book: Workbook) -> None:
        book[old].title = new
        for name in book.defined_names.values():
            name.attr_text = name.attr_text.replace(f"'{old}'!", f"'{new}'!")

    return edited(workbook, rename)


def _rows_moved(book: Workbook, sheet: str, row: int, count: int) -> None:
    _unmerge(book[sheet])
    if count > 0:
        book[sheet].insert_rows(row, count)
    else:
        book[sheet].delete_rows(row, -count)
    _move_names(book, sheet, _shift(row, count), lambda column: column)


def _columns_moved(book: Workbook, sheet: str, column: str, count: int) -> None:
    first = column_index_from_string(column)
    _unmerge(book[sheet])
    if count > 0:
        book[sheet].insert_cols(first, count)
    else:
        book[sheet].delete_cols(first, -count)
    _move_names(book, sheet, lambda row: row, _shift(first, count))


def _unmerge(sheet: Worksheet) -> None:
    """openpyxl leaves merged ranges where they were; they would swallow what moves into them."""
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("="):
                cell.value = None  # its references would not follow; a total is worked out


def _shift(first: int, count: int) -> Shift:
    def moved(index: int) -> int | None:
        if index < first:
            return index
        return None if index < first - count else index + count

    return moved


def _move_names(book: Workbook, sheet: str, row: Shift, column: Shift) -> None:
    for name in book.defined_names.values():
        where, _, reference = name.attr_text.rpartition("!")
        if where.strip("'") == sheet:
            name.attr_text = _moved_reference(where, reference.replace("$", ""), row, column)


def _moved_reference(sheet: str, reference: str, row: Shift, column: Shift) -> str:
    """Where a cell or a block of cells lies after a change; a block shrinks as long as any of it is left."""
    letters = {"".join(filter(str.isalpha, corner)) for corner in reference.split(":")}
    numbers = [int("".join(filter(str.isdigit, corner))) for corner in reference.split(":")]
    rows = [to for number in range(numbers[0], numbers[-1] + 1) if (to := row(number))]
    to_column = column(column_index_from_string(letters.pop()))
    if not rows or not to_column:
        return "#REF!"
    corners = dict.fromkeys((rows[0], rows[-1]))
    return f"{sheet}!" + ":".join(f"${get_column_letter(to_column)}${number}" for number in corners)
