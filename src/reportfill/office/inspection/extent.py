"""How far cells reach. calamine lays a sheet out in full, from A1 to its last row and column: one cell in the far
corner would take all memory."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reportfill.place import parse_area


@dataclass(frozen=True, slots=True)
class Reach:
    """How far the cells of a sheet may reach: rows, columns, and cells when laid out."""

    rows: int
    columns: int
    cells: int


FORM = Reach(rows=9999, columns=702, cells=1_000_000)
"""Up to ZZ9999. No form is nearly as large."""

_MERGED = re.compile(rb"mergeCell\s[^>]*?ref\s*=\s*[\"']([^\"']*)")
_NOT_SURELY_SMALL = re.compile(rb'mergeCell\s(?![^>]*:[A-Z][0-9]{1,3}")')
_LARGEST_OF_THE_SMALL = 26 * 999
"""The cells of a merged range that ends no further than Z999."""


class TooFarError(Exception):
    """A cell that no sheet of its kind has."""


class Extent:
    """The rows and columns, counted from 1, that the cells of a sheet which hold something take up so far."""

    def __init__(self, most: Reach = FORM) -> None:
        self._most = most
        self._rows = 0
        self._columns = 0

    def include(self, row: int, column: int) -> None:
        """Let it reach to a cell. Raises TooFarError where that is too far."""
        self._rows = max(self._rows, row)
        self._columns = max(self._columns, column)
        most = self._most
        if row > most.rows or column > most.columns or self._rows * self._columns > most.cells:
            raise TooFarError


def whole_number(digits: str, otherwise: int) -> int:
    """The number that an attribute states, cut to nine digits; `otherwise` where it is none."""
    return int(digits.lstrip("0")[:9] or 0) if digits.isascii() and digits.isdecimal() else otherwise


def merges_too_much(part: bytes, behind: int = 0, most: Reach = FORM) -> bool:
    """Whether the merged ranges of an .xlsx sheet have more cells than may be: openpyxl makes an object of each.
    `behind` is where the sheet's cells end, if that is known; merges stand behind them."""
    start, end = part.find(b"mergeCells", behind), part.rfind(b"mergeCells", behind)
    number = part.count(b"mergeCell", start, end)
    if number * _LARGEST_OF_THE_SMALL <= most.cells and not _NOT_SURELY_SMALL.search(part, start, end):
        return False
    return sum(map(_cells_of, _MERGED.findall(part, behind))) > most.cells


def _cells_of(area: bytes) -> int:
    """How many cells an area has."""
    try:
        (top, left), (bottom, right) = parse_area(area.decode("latin-1"))
    except ValueError:
        return 1
    return (abs(bottom - top) + 1) * (abs(right - left) + 1)
