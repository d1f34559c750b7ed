"""Cells that calamine reports as blank although something is in them.

calamine gives an error value (#REF!) and a formula without a saved result as an empty string. Only where a
workbook may hold such cells is it read a second time, by openpyxl, which tells them apart.
"""

from __future__ import annotations

import re
import zipfile
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


class OddCells:
    """Tells what really stands in a cell that looks blank. For other formats than .xlsx it knows nothing."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    @cached_property
    def possible(self) -> bool:
        """Whether any sheet may hold such cells; costs the unpacking of the sheets."""
        if not self._content.startswith(b"PK"):
            return False
        with zipfile.ZipFile(BytesIO(self._content)) as package:
            sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/")]
            return any(_ODD.search(package.read(name)) for name in sheets)

    def finding(self, field: Field, cell: Cell) -> Finding | None:
        """What is wrong with a cell that looks blank; None where it really is."""
        if not self.possible:
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
