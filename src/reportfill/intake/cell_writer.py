"""Writing cells of a new workbook, formulas with the result that they have."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Protection
from openpyxl.worksheet.worksheet import Worksheet

from reportfill.intake.formulas import sheet_name, text
from reportfill.pack.grid import Cell

Value = int | Decimal | str
Result = tuple[str, Value]
"""A formula without its equals sign, and what it comes to."""


class CellWriter:
    """Writes into the sheets of one workbook, and remembers what each formula comes to.

    openpyxl saves formulas without results; `results` has them, for `workbook_package.with_results`. `paths` tells
    which field an input cell belongs to.
    """

    def __init__(self, workbook: Workbook, paths: Mapping[Cell, str]) -> None:
        self._workbook = workbook
        self.paths = paths
        self.results: dict[Cell, Value] = {}

    def sheet(self, name: str) -> Worksheet:
        """The sheet of that name."""
        sheet = self._workbook[name]
        assert isinstance(sheet, Worksheet)
        return sheet

    def formula(self, cell: Cell, formula: str, result: Value) -> None:
        """Write a formula, given without its equals sign."""
        self.sheet(cell.sheet)[cell.address] = f"={formula}"
        self.results[cell] = result

    def number(self, cell: Cell, value: int | Decimal) -> None:
        """Write a number."""
        self.sheet(cell.sheet)[cell.address] = value

    def text(self, cell: Cell, value: str) -> None:
        """Write a text, which stays one also where it looks like a formula."""
        place = self.sheet(cell.sheet)[cell.address]
        place.value = value or None
        if value.startswith(("=", "+", "-", "@")):
            place.data_type = "s"
            place.quotePrefix = True

    def link(self, cell: Cell, target: Cell, shown: str) -> None:
        """Write a link to another cell of the workbook."""
        address = f"#{sheet_name(target.sheet)}!{target.address}"
        self.formula(cell, f"HYPERLINK({text(address)},{text(shown)})", shown)

    def clear(self, cell: Cell) -> None:
        """Empty a cell."""
        self.sheet(cell.sheet)[cell.address] = None

    def unlock(self, cell: Cell) -> None:
        """Let a cell be typed into although its sheet is protected."""
        self.sheet(cell.sheet)[cell.address].protection = Protection(locked=False)
