"""What a workbook of another format holds, written into the pack's own form: an .xls or .ods comes back as .xlsx."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import NamedTuple

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ERROR_CODES

from reportfill.decimals import Number, exact, is_number
from reportfill.intake.author import new_workbook
from reportfill.intake.display_differences import NumberFormats
from reportfill.intake.layout.defined_names import defined_names
from reportfill.intake.layout.placement import placed
from reportfill.intake.odd_cells import OddCells
from reportfill.intake.tool_sheets import TOOL_SHEETS
from reportfill.model.submission import Submission
from reportfill.office.calamine_grid import read_grid
from reportfill.office.grid import Cell, CellValue, Grid, GridError, Rows
from reportfill.office.number_formats.plainness import MAY_MISLEAD
from reportfill.office.properties import Properties
from reportfill.office.workbook.cell_writer import CellWriter
from reportfill.office.workbook.workbook_package import saved
from reportfill.pack.pack import Pack

LEFTOVERS = "未识别的内容"
"""The sheet for what stood somewhere in a sheet whose layout was changed and belongs to no field."""


class Transferred(NamedTuple):
    """The new workbook, and where it has the cells that stood elsewhere in the old one."""

    content: bytes
    places: Mapping[Cell, Cell]


def transferred(content: bytes, submission: Submission, pack: Pack) -> Transferred:
    """A workbook's contents in the pack's form. Fields go where the form has them, other cells stay where they are as
    far as the form leaves room there, other sheets as they are; nothing is left out."""
    grid = read_grid(content)
    blank = new_workbook(pack, year=submission.year or 0, agency=submission.agency, code=submission.code)
    return _Transfer(grid, load_workbook(BytesIO(blank)), submission, pack).result(content)


class _Transfer:
    """One transfer of a grid's contents into a new workbook."""

    def __init__(self, grid: Grid, book: Workbook, submission: Submission, pack: Pack) -> None:
        self._grid = grid
        self._book = book
        self._submission = submission
        self._pack = pack
        self._writer = CellWriter(book)

    def result(self, content: bytes) -> Transferred:
        """The new workbook with everything that stands in the old one."""
        inputs = placed(self._grid, self._pack, lambda: defined_names(content)).inputs
        places: dict[Cell, Cell] = {}
        for path, cells in inputs.items():
            targets = self._pack.form.inputs[path]
            self._write_field(path, cells, targets)
            places |= {cell: targets[min(row, len(targets) - 1)] for row, cell in enumerate(cells)}
        self._write_error_values(content, places)
        self._write_formats(content, inputs, places)
        moved = {cell.sheet for cell, target in places.items() if cell != target}
        lost = {cells[0].sheet for path, cells in self._pack.form.inputs.items() if path not in inputs}
        self._write_leftovers(list(self._others(places, moved | lost)))
        return Transferred(saved(self._book, self._writer, Properties("", "reportfill", {})), places)

    def _write_field(self, path: str, cells: tuple[Cell, ...], targets: tuple[Cell, ...]) -> None:
        values = [self._grid.value(cell) for cell in cells]
        if len(cells) > len(targets):
            texts = [str(value) for value in values if value != ""]
            values = self._pack.fields[path].kind.contents(texts, len(targets))
        for target, value in zip(targets, values, strict=False):
            if path in self._pack.rules.derived:
                self._write_differing(target, value, path)
            elif value != "":
                self._write(target, value)

    def _write_error_values(self, content: bytes, places: Mapping[Cell, Cell]) -> None:
        """Error values look blank to calamine: they are as wrong in the new workbook as they were in the old one."""
        for cell, error in OddCells(content, possible=True).values.items():
            if cell in places and error:
                place = self._writer.sheet(places[cell].sheet)[places[cell].address]
                place.value, place.data_type = error if error in ERROR_CODES else "#N/A", "e"

    def _write_formats(
        self, content: bytes, inputs: Mapping[str, tuple[Cell, ...]], places: Mapping[Cell, Cell]
    ) -> None:
        """Where a format shows something else than its cell holds, so does the new workbook."""
        formats = NumberFormats(content, decimals=MAY_MISLEAD)
        for path, cells in inputs.items():
            for cell in cells:
                if formats.finding(self._pack.fields[path], cell, self._grid.value(cell)):
                    place = self._writer.sheet(places[cell].sheet)[places[cell].address]
                    place.number_format = formats.code(cell)

    def _others(self, places: Mapping[Cell, Cell], changed: set[str]) -> Iterator[Cell]:
        """The cells that belong to no field and found no place: those of sheets whose layout changed."""
        form = self._pack.form
        for sheet in self._grid.names:
            if sheet in TOOL_SHEETS:
                continue
            if sheet not in self._book.sheetnames and sheet not in changed:
                self._book.create_sheet(sheet)
            for row, values in enumerate(self._rows(sheet)):
                for column, value in enumerate(values):
                    cell = Cell(sheet, row, column)
                    if value == "" or cell in places:
                        continue
                    if sheet not in changed:
                        self._write_where_free(cell, value)
                    elif not (isinstance(value, str) and form.has_fixed(form.sheets, value)):
                        yield cell

    def _rows(self, sheet: str) -> Rows:
        """The rows of a sheet; none of one that has no field and is at fault."""
        try:
            return self._grid.rows(sheet)
        except GridError:
            return []

    def _write_where_free(self, cell: Cell, value: CellValue) -> None:
        if self._writer.sheet(cell.sheet)[cell.address].value is None:
            self._write(cell, value)

    def _write_leftovers(self, cells: list[Cell]) -> None:
        if not cells:
            return
        sheet = self._book.create_sheet(LEFTOVERS)
        sheet.append(["原位置", "内容"])
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 80
        for row, cell in enumerate(cells, 1):
            self._write(Cell(LEFTOVERS, row, 0), str(cell))
            self._write(Cell(LEFTOVERS, row, 1), self._grid.value(cell))

    def _write_differing(self, cell: Cell, value: CellValue, path: str) -> None:
        """A total keeps its formula unless something else was typed over it."""
        terms = self._pack.rules.derived[path].right
        parts = [self._submission.figures.get(term.path) for term in terms]
        total: Number = sum(part for part in parts if part is not None)
        if value not in ("", total):
            self._write(cell, value)

    def _write(self, cell: Cell, value: CellValue) -> None:
        if is_number(value):
            self._writer.number(cell, exact(value))
        elif isinstance(value, str):
            self._writer.text(cell, value)
        else:
            self._writer.sheet(cell.sheet)[cell.address] = value
