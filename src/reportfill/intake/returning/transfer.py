"""What a workbook of another format holds, written into the pack's own form: an .xls or .ods comes back as .xlsx."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from functools import cached_property

from reportfill.decimals import Number, exact
from reportfill.intake.author import new_workbook
from reportfill.intake.display_differences import NumberFormats
from reportfill.intake.layout.defined_names import defined_names
from reportfill.intake.layout.placement import placed
from reportfill.intake.odd_cells import OddCells
from reportfill.intake.room_for_rows import with_room_for
from reportfill.intake.tool_sheets import TOOL_SHEETS
from reportfill.model.row_paths import row_around
from reportfill.model.submission import Submission
from reportfill.office.grid import CellValue, GridError, Rows
from reportfill.office.inspection.file_kind import Inspection
from reportfill.office.package import parts_of
from reportfill.office.pictures import Picture
from reportfill.office.workbook.cell_edits import Content, ErrorValue
from reportfill.office.workbook.cell_xml import cell_start, cell_xml, serial
from reportfill.office.workbook.edited_workbook import EditedWorkbook
from reportfill.office.workbook.new_parts import BLANK_SHEET
from reportfill.office.workbook.sheet_layout import SheetLayout, row_xml
from reportfill.pack.pack import Pack
from reportfill.place import Cell

LEFTOVERS = "未识别的内容"
"""The sheet for what stood somewhere in a sheet whose layout was changed and belongs to no field."""


def transferred(
    inspection: Inspection, submission: Submission, pack: Pack
) -> tuple[dict[str, bytes], dict[Cell, Cell]]:
    """A workbook's contents in the pack's form. Fields go where the form has them, other cells stay where they are as
    far as the form leaves room there, other sheets as they are; nothing is left out. The parts of
    the new workbook, and where it has the cells that stood elsewhere in the old one."""
    inputs = placed(inspection.grid(), pack, lambda: defined_names(inspection.parts)).inputs
    pack = with_room_for(pack, {path: len(cells) for path, cells in inputs.items()})
    blank = new_workbook(
        pack,
        year=submission.year or 0,
        agency=submission.agency,
        code=submission.code,
        rolled_up=int(submission.is_rolled_up),
    )
    return _Transfer(inspection, EditedWorkbook(parts_of(blank)), submission, pack, inputs).result()


class _Transfer:
    """One transfer of a workbook's contents into a new one."""

    def __init__(
        self,
        inspection: Inspection,
        book: EditedWorkbook,
        submission: Submission,
        pack: Pack,
        inputs: Mapping[str, tuple[Cell, ...]],
    ) -> None:
        self._inspection = inspection
        self._grid = inspection.grid()
        self._book = book
        self._submission = submission
        self._pack = pack
        self._inputs = inputs
        self._sheets = book.worksheets
        for sheet in self._sheets.values():
            sheet.forget_results()

    def result(self) -> tuple[dict[str, bytes], dict[Cell, Cell]]:
        """The new workbook with everything that stands in the old one, and where it stands now."""
        inputs, places = self._inputs, dict[Cell, Cell]()
        for path, cells in inputs.items():
            targets = self._pack.form.inputs[path]
            self._write_field(path, cells, targets)
            self._lay_picture(path, targets[0])
            places |= {cell: targets[min(row, len(targets) - 1)] for row, cell in enumerate(cells)}
        self._write_error_values(places)
        self._write_formats(inputs, places)
        moved = {cell.sheet for cell, target in places.items() if cell != target}
        lost = {cells[0].sheet for path, cells in self._pack.form.inputs.items() if path not in inputs}
        self._write_leftovers(list(self._others(places, moved | lost)))
        return self._book.parts(), places

    def _lay_picture(self, path: str, target: Cell) -> None:
        picture = self._submission.values.get(path)
        if isinstance(picture, Picture):
            self._sheets[target.sheet].lay(target, picture)

    def _write_field(self, path: str, cells: tuple[Cell, ...], targets: tuple[Cell, ...]) -> None:
        values = [self._grid.value(cell) for cell in cells]
        if len(cells) > len(targets) and not self._pack.fields[path].rows:
            texts = [str(value) for value in values if value != ""]
            field = self._pack.fields[path]
            values = field.kind.contents(field, texts, len(targets))
        for cell, target, value in zip(cells, targets, values, strict=False):
            if path in self._pack.rules.derived:
                self._write_differing(target, value, path, self._rows_by_cell.get(cell, ""))
            elif value != "":
                self._write(target, value)

    def _write_error_values(self, places: Mapping[Cell, Cell]) -> None:
        """Error values look blank to calamine: they are as wrong in the new workbook as they were in the old one."""
        for cell, error in OddCells(self._inspection).values.items():
            if cell in places and error:
                self._sheets[places[cell].sheet].write(places[cell], ErrorValue(error))

    def _write_formats(self, inputs: Mapping[str, tuple[Cell, ...]], places: Mapping[Cell, Cell]) -> None:
        """Where a format shows something else than its cell holds, so does the new workbook."""
        formats = NumberFormats(self._inspection)
        for path, cells in inputs.items():
            for cell in cells:
                if formats.finding(self._pack.fields[path], cell, self._grid.value(cell)):
                    self._set_number_format(places[cell], formats.code(cell))

    def _others(self, places: Mapping[Cell, Cell], changed: set[str]) -> Iterator[Cell]:
        """The cells that belong to no field and found no place: those of sheets whose layout changed."""
        form = self._pack.form
        for sheet in self._grid.names:
            if sheet in TOOL_SHEETS:
                continue
            if sheet not in self._sheets and sheet not in changed:
                self._book.add(sheet, BLANK_SHEET)
                self._sheets = self._book.worksheets
            for row, values in enumerate(self._rows(sheet)):
                for column, value in enumerate(values):
                    cell = Cell(sheet, row, column)
                    if value == "" or cell in places:
                        continue
                    if sheet not in changed:
                        if self._sheets[sheet].is_blank(cell):
                            self._write(cell, value)
                    elif not (isinstance(value, str) and form.has_fixed(form.sheets, value)):
                        yield cell

    def _rows(self, sheet: str) -> Rows:
        """The rows of a sheet; none of one that has no field and is at fault."""
        try:
            return self._grid.rows(sheet)
        except GridError:
            return []

    def _write_leftovers(self, cells: list[Cell]) -> None:
        if not cells:
            return
        told: list[tuple[Content, Content]] = [("原位置", "内容")]
        told += [(str(cell), _content(self._grid.value(cell))) for cell in cells]
        rows = (
            row_xml(
                row, [cell_xml(cell_start(f"A{row}", 0), place), cell_xml(cell_start(f"B{row}", 0), content)]
            )
            for row, (place, content) in enumerate(told, 1)
        )
        self._book.add(LEFTOVERS, SheetLayout(widths=(24, 80)).sheet(f"A1:B{len(told)}", rows))

    @cached_property
    def _rows_by_cell(self) -> dict[Cell, str]:
        """The row in which each cell stands that stands in one."""
        places = self._submission.places.items()
        return {cell: row for path, cell in places if (row := row_around(path))}

    def _write_differing(self, cell: Cell, value: CellValue, path: str, row: str) -> None:
        """A total, perhaps one of a row, keeps its formula unless something else was typed over it."""
        derived, figures = self._pack.rules.derived[path], self._submission.figures_and_sums
        parts = [figures.get(row + term.path[len(derived.rows) :]) for term in derived.right]
        total: Number = sum(part for part in parts if part is not None)
        if value not in ("", total):
            self._write(cell, value)

    def _write(self, cell: Cell, value: CellValue) -> None:
        self._sheets[cell.sheet].write(cell, _content(value))
        code = next((code for kind, code in _FORMATS.items() if type(value) is kind), "")
        if code:
            self._set_number_format(cell, code)

    def _set_number_format(self, cell: Cell, code: str) -> None:
        sheet = self._sheets[cell.sheet]
        changed = self._book.styles.changed(sheet.format_of(cell), number_format=code)
        sheet.set_format(cell, changed)


_FORMATS: Mapping[type, str] = {
    datetime.datetime: "yyyy-mm-dd h:mm:ss",
    datetime.date: "yyyy-mm-dd",
    datetime.time: "h:mm:ss",
    datetime.timedelta: "[h]:mm:ss",
}
"""The number formats of days and times, which workbooks hold as numbers."""


def _content(value: CellValue) -> Content:
    """A value of a grid as a cell's content."""
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        return serial(value)
    return exact(value) if isinstance(value, float) else value
