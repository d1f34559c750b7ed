"""Cells that calamine reports as blank although something is in them, and those whose texts were cut.

calamine gives an error value (#REF!) and a formula without a saved result as an empty string. Only where a workbook
may hold such cells is it looked through for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from reportfill.finding import Finding
from reportfill.model.fields import Field
from reportfill.office.inspection import ods_content, sheet_xml, xls_cells, xlsb_cells
from reportfill.office.inspection.binary_cells import BinaryCell
from reportfill.office.inspection.faults import damage_named
from reportfill.office.inspection.file_kind import Inspection
from reportfill.office.inspection.package_sheets import sheets_of_xlsx
from reportfill.place import Cell


class OddCells:
    """Tells what really stands in a cell of a workbook that looks blank, and whether the end of its text was lost when
    the workbook was saved."""

    def __init__(self, inspection: Inspection) -> None:
        self._inspection = inspection

    def finding(self, field: Field, cell: Cell) -> Finding | None:
        """What is wrong with a cell that looks blank or was cut; None where nothing is."""
        if cell in self._inspection.cut:
            return field.finding("cell.text_cut", cell)
        value = self.values.get(cell) if self._inspection.may_hold_odd_cells else None
        if value is None:
            return None
        if not value:
            return field.finding("cell.formula_without_value", cell)
        return field.finding("cell.error_value", cell, value=value)

    @cached_property
    def values(self) -> dict[Cell, str]:
        """The error values by their cells, and "" for each formula without a result."""
        with damage_named():
            return dict(_odd_cells(self._inspection))


def _odd_cells(inspection: Inspection) -> Iterator[tuple[Cell, str]]:
    parts = inspection.parts
    if not parts:
        yield from _errors(xls_cells.sheets_of_xls(inspection.content))
        return
    if "content.xml" in parts:
        yield from ods_content.error_cells_of_ods(parts["content.xml"]).items()
    yield from _errors(xlsb_cells.sheets_of_xlsb(parts))
    for sheet, part in sheets_of_xlsx(parts):
        for (row, column), value in sheet_xml.odd_cells_in(part).items():
            yield Cell(sheet, row - 1, column - 1), value


def _errors(sheets: list[tuple[str, Iterator[BinaryCell]]]) -> Iterator[tuple[Cell, str]]:
    for sheet, cells in sheets:
        for cell in cells:
            if cell.error:
                yield Cell(sheet, cell.row, cell.column), cell.error
