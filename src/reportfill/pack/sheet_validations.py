"""The cells of an intake.xlsx for which its designer made a rule of their own: Excel takes one rule a cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportfill.office.edited_package import EditedPackage, UnusualPackageError
from reportfill.pack.intake_contents import MAIN, Sheet, worksheets_of
from reportfill.place import Cell, parse_address


def validated_cells(parts: Mapping[str, bytes], inputs: frozenset[Cell]) -> frozenset[Cell]:
    """Those of the inputs that have a data validation in the sheet itself."""
    try:
        sheets = worksheets_of(EditedPackage(parts))
    except UnusualPackageError:
        return frozenset()
    return frozenset(cell for sheet in sheets for cell in _ruled(sheet, inputs))


def _ruled(sheet: Sheet, inputs: frozenset[Cell]) -> Iterator[Cell]:
    areas = [
        _corners(area)
        for rule in sheet.root.iter(f"{MAIN}dataValidation")
        for area in rule.get("sqref", "").split()
    ]
    for cell in inputs:
        if cell.sheet == sheet.name and any(
            top <= cell.row <= bottom and left <= cell.column <= right
            for (top, left), (bottom, right) in areas
        ):
            yield cell


def _corners(area: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """The first and the last cell of an area such as B2:C9, rows and columns counted from 0."""
    first, _, last = area.replace("$", "").partition(":")
    return parse_address(first), parse_address(last or first)
