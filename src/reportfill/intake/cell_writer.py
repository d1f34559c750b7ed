"""Writing cells of a new workbook, formulas with the result that they have."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Protection
from openpyxl.worksheet.worksheet import Worksheet

from reportfill.intake.formulas import sheet_name, text
from reportfill.pack.grid import Cell, column_letters

Value = int | Decimal | str
_POINTS_PER_WIDTH = 5.25
"""A column's width counts digits of the default font, 7 pixels each at 96 dots per inch."""

_LINE_SPACING = 1.35
_EMPTY_ROW, _HIGHEST_ROW = 24.0, 409.0
"""Points: a row that is good to type into, and the highest that Excel has."""

Result = tuple[str, Value]
"""A formula without its equals sign, and what it comes to."""


class CellWriter:
    """Writes into the sheets of one workbook, and remembers what each formula comes to.

    openpyxl saves formulas without results; `results` has them, for `workbook_package.with_results`. `paths` tells
    which field an input cell belongs to. `heights` are the heights in points of rows that must show a long text;
    like Excel's own they may change when somebody types, which a height set through openpyxl may not.
    """

    def __init__(self, workbook: Workbook, paths: Mapping[Cell, str]) -> None:
        self._workbook = workbook
        self.paths = paths
        self.results: dict[Cell, Value] = {}
        self.heights: dict[tuple[str, int], float] = {}

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

    def paragraph(self, cell: Cell, value: str) -> None:
        """Write a paragraph, or leave its cell empty, in a row that is high enough to show it."""
        self.text(cell, value)
        self.heights[cell.sheet, cell.row] = self._height(cell, value)

    def _height(self, cell: Cell, value: str) -> float:
        """About how many points a text needs in its cell: a Chinese character is as wide as its font is high."""
        place = self.sheet(cell.sheet)[cell.address]
        size = float(place.font.size or 11)
        column = self.sheet(cell.sheet).column_dimensions[column_letters(cell.column)]
        line = max(1, int(column.width * _POINTS_PER_WIDTH / size))
        lines = sum(-(-max(len(part), 1) // line) for part in value.split("\n"))
        return min(max(_EMPTY_ROW, (lines + 0.5) * size * _LINE_SPACING), _HIGHEST_ROW)

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
