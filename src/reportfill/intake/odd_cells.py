"""Cells that calamine reports as blank although something is in them.

calamine gives an error value (#REF!) and a formula without a saved result as an empty string. Only where a
workbook may hold such cells is it read a second time, by openpyxl, which tells them apart.
"""

from __future__ import annotations

import re
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING

from reportfill.checks.findings import Finding, finding
from reportfill.pack.fields import Field
from reportfill.pack.grid import Cell, GridError, GridFault

if TYPE_CHECKING:
    from openpyxl import Workbook

_ODD = re.compile(
    rb'<c [^>]*t="e"'
    rb'|<c (?![^>]*t="str")[^>]*><f(?:[^>]*/>|[^>]*>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>'
)
"""An error value, or a formula whose result was not saved, in the XML of a sheet."""


def holds_odd_cells(name: str, part: bytes) -> bool:
    """Whether a part of a workbook is a sheet that holds such cells."""
    if not name.startswith("xl/worksheets/"):
        return False
    end = part.find(b"</sheetData>")
    return _ODD.search(part, 0, end if end >= 0 else len(part)) is not None


class OddCells:
    """Tells what really stands in a cell that looks blank.

    `possible` says whether any such cell may be there; for other formats than .xlsx nothing can be told.
    """

    def __init__(self, content: bytes, *, possible: bool) -> None:
        self._content = content
        self._possible = possible

    def finding(self, field: Field, cell: Cell) -> Finding | None:
        """What is wrong with a cell that looks blank; None where it really is."""
        if not self._possible:
            return None
        value = self._values[cell.sheet][cell.address].value
        if isinstance(value, str) and value.startswith("#"):
            return finding(
                "cell.error_value", field=field.path, cell=str(cell), value=value, label=field.label
            )
        if value is None and self._formulas[cell.sheet][cell.address].data_type == "f":
            return finding("cell.formula_without_value", field=field.path, cell=str(cell), label=field.label)
        return None

    @cached_property
    def _values(self) -> Workbook:
        return self._open(data_only=True)

    @cached_property
    def _formulas(self) -> Workbook:
        return self._open(data_only=False)

    def _open(self, *, data_only: bool) -> Workbook:
        from openpyxl import load_workbook  # slow to import, and only faulty workbooks need it

        try:
            return load_workbook(BytesIO(self._content), data_only=data_only)
        except Exception as error:  # openpyxl raises whatever its parsers do
            raise GridError(GridFault.DAMAGED) from error
