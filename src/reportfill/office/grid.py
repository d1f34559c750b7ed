"""Cells of a workbook as values, by python-calamine: the one place that knows that library."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from functools import cache, lru_cache
from io import BytesIO
from typing import NamedTuple

import python_calamine as calamine

CellValue = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta
"""What a cell can hold as calamine gives it; an empty cell is the empty string."""

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")

Rows = list[list[CellValue]]


Merge = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last cell of a merged range, each as row and column counted from 0."""


class GridFault(Enum):
    """Why a workbook cannot be read."""

    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"


class GridError(Exception):
    """A workbook that cannot be read; `fault` says why."""

    def __init__(self, fault: GridFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class Cell(NamedTuple):
    """Where a cell stands; row and column count from 0. As text: 表三!D7."""

    sheet: str
    row: int
    column: int

    @property
    def address(self) -> str:
        """The address within the sheet: D7."""
        return f"{column_letters(self.column)}{self.row + 1}"

    def __str__(self) -> str:
        return _place(self)


@lru_cache(maxsize=65536)
def _place(cell: Cell) -> str:
    """Sheet and address of a cell; a form's cells are named again with every workbook that is read."""
    return f"{cell.sheet}!{cell.address}"


@cache
def column_letters(column: int) -> str:
    """The letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def place_of(address: str) -> tuple[int, int]:
    """The row and the column, counted from 0, of an address such as D7. Raises ValueError where it is none."""
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise ValueError(address)
    return int(match[2]) - 1, column_number(match[1])


def column_number(letters: str) -> int:
    """The column, counted from 0, of its letters in either case: A is 0, AA is 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


class Grid:
    """The cells of a workbook. A sheet is read when it is first asked for, and starts at A1. Sheets that hold charts,
    dialogs, macros or code, and no cells that anybody fills in, are none of its."""

    def __init__(self, workbook: calamine.CalamineWorkbook) -> None:
        self._workbook = workbook
        self._rows: dict[str, Rows] = {}
        self._merged: dict[str, frozenset[Merge]] = {}
        self.names: tuple[str, ...] = tuple(
            sheet.name for sheet in workbook.sheets_metadata if sheet.typ is calamine.SheetTypeEnum.WorkSheet
        )

    def rows(self, sheet: str) -> Rows:
        """The rows of a sheet; none where the workbook has no such sheet."""
        if sheet not in self._rows:
            self._rows[sheet] = self._read(sheet) if sheet in self.names else []
        return self._rows[sheet]

    def merged(self, sheet: str) -> frozenset[Merge]:
        """The merged ranges of a sheet, as far as its format tells: .xlsx and .xls do."""
        return self._merged[sheet] if self.rows(sheet) else frozenset()

    def value(self, cell: Cell) -> CellValue:
        """What a cell holds; the empty string where there is nothing."""
        sheet, row, column = cell
        try:
            return (self._rows.get(sheet) or self.rows(sheet))[row][column]
        except IndexError:
            return ""

    def _read(self, sheet: str) -> Rows:
        with _faults():
            read = self._workbook.get_sheet_by_name(sheet)
            self._merged[sheet] = frozenset(read.merged_cell_ranges or ())
            return read.to_python(skip_empty_area=False)


def read_grid(content: bytes) -> Grid:
    """The cells of an .xlsx, .xlsm, .xls, .xlsb or .ods file.

    Raises GridError, now or when a sheet is asked for, where it is encrypted or cannot be read.
    """
    with _faults():
        return Grid(calamine.load_workbook(BytesIO(content)))


@contextmanager
def _faults() -> Iterator[None]:
    """What calamine raises, as GridError. Files that are broken in odd ways make it panic."""
    try:
        yield
    except calamine.PasswordError as error:
        raise GridError(GridFault.ENCRYPTED) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise GridError(GridFault.DAMAGED) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise GridError(GridFault.DAMAGED) from error
