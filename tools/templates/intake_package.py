"""The workbook that a script draws, from the first sheet to the package."""

import io

from openpyxl import Workbook

from reportfill.office.package import composed, parts_of
from reportfill.office.properties import Properties, property_parts, with_places_for_properties

from .intake_styles import COMPUTED_COLOUR, INPUT_COLOUR, add_styles


def new_form() -> Workbook:
    """A workbook without a sheet, with the styles of the form."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    add_styles(workbook)
    return workbook


def finished_workbook(workbook: Workbook, heading: str) -> bytes:
    """The package of a workbook, whose guide is first and whose checks are last; nothing in it depends on the time."""
    for sheet in workbook.worksheets:
        sheet.sheet_properties.tabColor = f"FF{INPUT_COLOUR}"
    workbook.worksheets[0].sheet_properties.tabColor = None
    workbook.worksheets[-1].sheet_properties.tabColor = f"FF{COMPUTED_COLOUR}"
    workbook.active = 0
    saved = io.BytesIO()
    workbook.save(saved)
    parts = with_places_for_properties(parts_of(saved.getvalue()))
    return composed(parts | property_parts(Properties(heading, "reportfill", {})))
