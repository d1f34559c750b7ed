"""What the records of .xls and .xlsb say of a cell, and how far such cells reach.

calamine gives an error value as blank, and lays out whatever it is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reportfill.office.inspection.extent import FORM, Extent, Reach, TooFarError
from reportfill.office.inspection.signs import Signs

_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
"""Error values by their codes ([MS-XLS] 2.5.10, [MS-XLSB] 2.5.97.2)."""


class RecordError(Exception):
    """Records that are cut off or lead nowhere."""


class BinaryCell(NamedTuple):
    """A cell that holds something; row and column count from 0. `error` is its error value, if it is one, `style` the
    number of its style in an .xls."""

    row: int
    column: int
    error: str = ""
    style: int = 0


def error_value(code: int) -> str:
    """The error value of a code, as a cell shows it."""
    return _ERRORS.get(code, "#ERROR!")


def signs_of_cells(cells: Iterator[BinaryCell], most: Reach = FORM) -> Signs:
    """Whether the cells of one sheet reach too far, and whether they hold errors. Raises RecordError."""
    extent, signs = Extent(most), Signs.NONE
    try:
        for cell in cells:
            extent.include(cell.row + 1, cell.column + 1)
            if cell.error:
                signs = Signs.ODD
    except TooFarError:
        return Signs.TOO_FAR
    return signs
