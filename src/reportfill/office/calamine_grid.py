"""The cells of workbooks by python-calamine: the one place that knows that library."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import python_calamine as calamine

from reportfill.office.grid import CellValue, Grid, GridError, GridFault, Merge, Rows
from reportfill.place import Cell


class CalamineGrid:
    """The cells of a workbook. A sheet is read when it is first asked for, and starts at A1. Sheets that hold charts,
    dialogs, macros or code, and no cells that anybody fills in, are none of its."""

    def __init__(self, workbook: calamine.CalamineWorkbook) -> None:
        self._workbook = workbook
        self._rows: dict[str, Rows] = {}
        self._merged: dict[str, frozenset[Merge]] = {}
        self.names: tuple[str, ...] = tuple(
            sheet.name for sheet in workbook.sheets_metadata if sheet.typ is calamine.SheetTypeEnum.WorkSheet
        )

    def rows(self, sheet: str) -> Rows:
        """The rows of a sheet; none where the workbook has no such sheet."""
        if sheet not in self._rows:
            self._rows[sheet] = self._read(sheet) if sheet in self.names else []
        return self._rows[sheet]

    def merged(self, sheet: str) -> frozenset[Merge]:
        """The merged ranges of a sheet, as far as its format tells: .xlsx and .xls do."""
        return self._merged[sheet] if self.rows(sheet) else frozenset()

    def value(self, cell: Cell) -> CellValue:
        """What a cell holds; the empty string where there is nothing."""
        sheet, row, column = cell
        try:
            return (self._rows.get(sheet) or self.rows(sheet))[row][column]
        except IndexError:
            return ""

    def _read(self, sheet: str) -> Rows:
        with _faults():
            read = self._workbook.get_sheet_by_name(sheet)
            self._merged[sheet] = frozenset(read.merged_cell_ranges or ())
            return read.to_python(skip_empty_area=False)


def read_grid(content: bytes) -> Grid:
    """The cells of an .xlsx, .xlsm, .xls, .xlsb or .ods file.

    Raises GridError, now or when a sheet is asked for, where it is encrypted or cannot be read.
    """
    with _faults():
        return CalamineGrid(calamine.load_workbook(BytesIO(content)))


@contextmanager
def _faults() -> Iterator[None]:
    """What calamine raises, as GridError. Files that are broken in odd ways make it panic."""
    try:
        yield
    except calamine.PasswordError as error:
        raise GridError(GridFault.ENCRYPTED) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise GridError(GridFault.DAMAGED) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise GridError(GridFault.DAMAGED) from error
