"""Cells as values: where they stand, what they hold, and the grid of them that reading asks for."""

from __future__ import annotations

import datetime
import re
from enum import Enum
from functools import cache, lru_cache
from typing import NamedTuple, Protocol

CellValue = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta
"""What a cell can hold; an empty cell is the empty string."""

_ADDRESS = re.compile("([A-Za-z]+)0*([1-9][0-9]*)")

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


def parse_address(address: str) -> tuple[int, int]:
    """The row and the column, counted from 0, of an address such as D7, cut to nine digits and letters. Raises
    ValueError where it is none."""
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise ValueError(address)
    return int(match[2][:9]) - 1, column_number(match[1][:9])


def column_number(letters: str) -> int:
    """The column, counted from 0, of its letters in either case: A is 0, AA is 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


class Grid(Protocol):
    """The cells of a workbook, or of whatever else holds tables. A sheet starts at A1."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the sheets that hold cells, in their order."""
        ...

    def rows(self, sheet: str) -> Rows:
        """The rows of a sheet; none where there is no such sheet."""
        ...

    def merged(self, sheet: str) -> frozenset[Merge]:
        """The merged ranges of a sheet, as far as its format tells."""
        ...

    def value(self, cell: Cell) -> CellValue:
        """What a cell holds; the empty string where there is nothing."""
        ...
