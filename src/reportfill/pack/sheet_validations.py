"""The cells of an intake.xlsx for which its designer made a rule of their own: Excel takes one rule a cell."""

from __future__ import annotations

from collections.abc import Mapping

from reportfill.office.edited_package import EditedPackage, UnusualPackageError
from reportfill.office.xml import S
from reportfill.pack.intake_contents import worksheets_of
from reportfill.place import Cell, parse_area


def validated_cells(parts: Mapping[str, bytes], inputs: frozenset[Cell]) -> frozenset[Cell]:
    """Those of the inputs that have a data validation in the sheet itself."""
    try:
        sheets = worksheets_of(EditedPackage(parts))
    except UnusualPackageError:
        return frozenset()
    ruled = {
        sheet.name: [
            parse_area(area)
            for rule in sheet.root.iter(f"{S}dataValidation")
            for area in rule.get("sqref", "").split()
        ]
        for sheet in sheets
    }
    return frozenset(cell for cell in inputs if any(map(cell.is_within, ruled.get(cell.sheet, ()))))
