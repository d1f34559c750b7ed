"""The cells of an intake.xlsx for which its designer made a rule of their own: Excel takes one rule a cell."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree

from reportfill.office.inspection.package_sheets import sheets_of_xlsx
from reportfill.office.xml import S
from reportfill.place import Cell, parse_area


def validated_cells(parts: Mapping[str, bytes], inputs: frozenset[Cell]) -> frozenset[Cell]:
    """Those of the inputs that have a data validation in the sheet itself."""
    try:
        sheets = {name: ElementTree.fromstring(part) for name, part in sheets_of_xlsx(parts)}
    except ElementTree.ParseError:
        return frozenset()
    ruled = {
        name: [
            parse_area(area)
            for rule in sheet.iter(f"{S}dataValidation")
            for area in rule.get("sqref", "").split()
        ]
        for name, sheet in sheets.items()
    }
    return frozenset(cell for cell in inputs if any(map(cell.is_within, ruled.get(cell.sheet, ()))))
