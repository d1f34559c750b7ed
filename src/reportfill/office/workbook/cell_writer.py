"""Writing cells of a new workbook, formulas with the result that they have."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import PatternFill, Protection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from reportfill.office.grid import Cell, column_letters
from reportfill.office.workbook.cell_edits import (
    ERROR_TITLE,
    Content,
    Formula,
    Rule,
    SheetWrites,
    Value,
    Writes,
)
from reportfill.office.workbook.cell_xml import stored_text
from reportfill.office.workbook.formulas import Area

_POINTS_PER_WIDTH = 5.25
"""A column's width counts digits of the default font, 7 pixels each at 96 dots per inch."""

_LINE_SPACING = 1.35
_EMPTY_ROW, _HIGHEST_ROW = 24.0, 409.0
"""Points: a row that is good to type into, and the highest that Excel has."""

_SAID = ("type", "formula1", "formula2", "error", "promptTitle", "prompt")
"""What tells one rule of a sheet from another, of all that they hold."""


class CellWriter:
    """Writes into the sheets of one workbook, and remembers what each formula comes to.

    openpyxl saves formulas without results; `results` has them, for `workbook_package.saved`. `heights` are the
    heights in points of rows that must show a long text; like Excel's own they may change when somebody types,
    which a height set through openpyxl may not.
    """

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self.results: dict[Cell, Value] = {}
        self.heights: dict[tuple[str, int], float] = {}

    def sheet(self, name: str) -> Worksheet:
        """The sheet of that name."""
        sheet = self._workbook[name]
        assert isinstance(sheet, Worksheet)
        return sheet

    def write(self, writes: Writes) -> None:
        """Write all that a new workbook is to hold."""
        for sheet, on_sheet in writes.sheets.items():
            self._write_sheet(self.sheet(sheet), on_sheet)

    def _write_sheet(self, sheet: Worksheet, writes: SheetWrites) -> None:
        for cell, content in writes.cells.items():
            self._write_cell(cell, content)
        for cell, words in writes.paragraphs.items():
            self.paragraph(cell, words)
        for rule, areas in writes.rules.items():
            _add_rule(sheet, rule, areas)

    def _write_cell(self, cell: Cell, content: Content) -> None:
        if content is None:
            self.clear(cell)
        elif isinstance(content, Formula):
            self.formula(cell, *content)
        elif isinstance(content, str):
            self.text(cell, content)
        else:
            self.number(cell, content)

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
        place.value = stored_text(value) or None
        if value:
            place.data_type = "s"
            place.quotePrefix = value.startswith(("=", "+", "-", "@"))

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

    def clear(self, cell: Cell) -> None:
        """Empty a cell."""
        self.sheet(cell.sheet)[cell.address] = None

    def lock_all(self) -> None:
        """Lock every cell, whatever the form's designer left open."""
        for sheet in self._workbook.worksheets:
            for row in sheet.iter_rows():
                for place in row:
                    if not place.protection.locked:
                        place.protection = Protection()

    def unlock(self, cell: Cell) -> None:
        """Let a cell be typed into although its sheet is protected, with all that it is merged with: Excel
        refuses to empty merged cells of which one is locked."""
        sheet = self.sheet(cell.sheet)
        places = [cell.address]
        for merged in sheet.merged_cells.ranges:
            if merged.coord.partition(":")[0] == cell.address:
                places = [place.coordinate for row in sheet[merged.coord] for place in row]
        for place in places:
            sheet[place].protection = Protection(locked=False)

    def show_as_given(self, cell: Cell) -> None:
        """Take an input's colour from a cell that need not be typed into."""
        self.sheet(cell.sheet)[cell.address].fill = PatternFill()

    def copy_style(self, source: Cell, cell: Cell) -> None:
        """Let a cell look like another one."""
        place = self.sheet(cell.sheet)[cell.address]
        place._style = copy(self.sheet(source.sheet)[source.address]._style)


def _add_rule(sheet: Worksheet, rule: Rule, areas: list[Area]) -> None:
    """Add a rule to a sheet, or its areas to a rule of the form's designer that says the same."""
    made = validation(rule, (area.reference(sheet.title) for area in areas))
    for known in sheet.data_validations.dataValidation:
        if all(getattr(known, name) == getattr(made, name) for name in _SAID):
            for area in made.sqref.ranges:
                known.add(area.coord)
            return
    sheet.add_data_validation(made)


def validation(rule: Rule, references: Iterable[str]) -> DataValidation:
    """A rule as openpyxl has it, for areas of a sheet by their references."""
    limits = rule.limits
    made = DataValidation(limits.kind, operator=limits.operator, allow_blank=True)
    made.formula1, made.formula2 = limits.bounds
    made.showErrorMessage = made.showInputMessage = True
    made.errorTitle, made.error = ERROR_TITLE, limits.error
    made.promptTitle, made.prompt = rule.title, rule.prompt
    for reference in references:
        made.add(reference)
    return made
