"""What is written into the sheets of a new workbook, as a value: what each cell is to hold and what it accepts.

Whoever decides what a workbook holds writes here. A `SheetTemplate` then brings it into the XML of a sheet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from reportfill.office.workbook.formulas import link, ranges
from reportfill.place import Cell

Value = int | Decimal | str

ERROR_TITLE = "填写有误"
"""What stands above every message that stops a wrong entry."""


class Formula(NamedTuple):
    """A formula without its equals sign, and what it comes to."""

    formula: str
    result: Value


class ErrorValue(NamedTuple):
    """The result of a formula that went wrong: #REF!, #N/A."""

    name: str


Content = int | Decimal | str | Formula | ErrorValue | None
"""What a cell holds: a number, yes or no, a text, a formula, an error value, or nothing."""


class CellLimits(NamedTuple):
    """What a cell accepts, in the words of the format, and the message for everything else. A text without a least
    length has one bound, its greatest length; a list has one, where its `words` stand. A bound may be a formula, in
    which {year} is the cell of the reporting year."""

    kind: Literal["whole", "decimal", "date", "textLength", "list"]
    operator: Literal["between", "lessThanOrEqual", "greaterThan", "lessThan"]
    bounds: tuple[str, str | None]
    error: str
    words: tuple[str, ...] = ()


class Rule(NamedTuple):
    """What cells accept, and the prompt that Excel shows beside them with its title."""

    limits: CellLimits
    title: str
    prompt: str


@dataclass(frozen=True, slots=True)
class SheetWrites:
    """What is written into one sheet.

    `paragraphs` are the texts whose rows must be high enough to show them; `rules` what cells accept, each with the
    references to them.
    """

    cells: dict[Cell, Content] = field(default_factory=dict)
    paragraphs: dict[Cell, str] = field(default_factory=dict)
    rules: dict[Rule, list[str]] = field(default_factory=dict)


class Writes:
    """What is written into a workbook, by sheet; what is written into a cell later stands."""

    def __init__(self) -> None:
        self.sheets: defaultdict[str, SheetWrites] = defaultdict(SheetWrites)

    def update(self, others: Writes) -> None:
        """Write what others have written into cells."""
        for sheet, written in others.sheets.items():
            self.sheets[sheet].cells.update(written.cells)

    def formula(self, cell: Cell, formula: str, result: Value) -> None:
        """Write a formula, given without its equals sign."""
        self.sheets[cell.sheet].cells[cell] = Formula(formula, result)

    def number(self, cell: Cell, value: int | Decimal) -> None:
        """Write a number."""
        self.sheets[cell.sheet].cells[cell] = value

    def text(self, cell: Cell, value: str) -> None:
        """Write a text, which stays one also where it looks like a formula."""
        self.sheets[cell.sheet].cells[cell] = value or None

    def paragraph(self, cell: Cell, value: str) -> None:
        """Write a paragraph, or leave its cell empty, in a row that is high enough to show it."""
        self.text(cell, value)
        self.sheets[cell.sheet].paragraphs[cell] = value

    def link(self, cell: Cell, target: Cell, shown: str) -> None:
        """Write a link to another cell of the workbook."""
        self.formula(cell, link(target, shown), shown)

    def clear(self, cell: Cell) -> None:
        """Empty a cell."""
        self.sheets[cell.sheet].cells[cell] = None

    def accept(self, cells: Sequence[Cell], rule: Rule) -> None:
        """Let cells of one field accept what a rule says; cells for which the same is said share a rule."""
        if cells:
            sheet = cells[0].sheet
            self.sheets[sheet].rules.setdefault(rule, []).extend(ranges(tuple(cells), sheet))
