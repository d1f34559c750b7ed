"""What cells hold, and the grid of them that reading asks for."""

from __future__ import annotations

import datetime
from enum import Enum
from typing import Protocol

from reportfill.place import Cell, Corners

CellValue = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta
"""What a cell can hold; an empty cell is the empty string."""

Rows = list[list[CellValue]]


Merge = Corners
"""A merged range."""


class GridFault(Enum):
    """Why a workbook cannot be read."""

    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"


class GridError(Exception):
    """A workbook that cannot be read; `fault` says why."""

    def __init__(self, fault: GridFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


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


def lies_under(cell: Cell, merge: Merge) -> bool:
    """Whether a cell is part of a merged range and not its first, the one that is shown."""
    return cell.is_within(merge) and (cell.row, cell.column) != merge[0]
