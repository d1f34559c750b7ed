"""Where something stands in a workbook, as a value."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

_ADDRESS = re.compile("([A-Za-z]+)0*([1-9][0-9]*)")


Corners = tuple[tuple[int, int], tuple[int, int]]
"""The first and the last cell of an area, each as row and column counted from 0."""


class Cell(NamedTuple):
    """Where a cell stands; row and column count from 0. As text: 表三!D7."""

    sheet: str
    row: int
    column: int

    @property
    def address(self) -> str:
        """The address within the sheet: D7."""
        return f"{column_letters(self.column)}{self.row + 1}"

    def is_within(self, area: Corners) -> bool:
        """Whether the cell is one of an area of its sheet."""
        (top, left), (bottom, right) = area
        return top <= self.row <= bottom and left <= self.column <= right

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


def parse_area(area: str) -> Corners:
    """The corners of an area such as B2:C9 or $B$2:$C$9, or of a single cell. Raises ValueError where it is none."""
    first, _, last = area.replace("$", "").partition(":")
    return parse_address(first), parse_address(last or first)


def column_number(letters: str) -> int:
    """The column, counted from 0, of its letters in either case: A is 0, AA is 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
