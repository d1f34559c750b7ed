"""The returned workbook: the clerk's own, with each wrong cell coloured and commented, and a list of what to fix.

It is corrected and handed in again as it is; whatever the clerk typed is in it, also where it was not understood.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any

from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.styles.numbers import is_date_format
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.worksheet import Worksheet

from reportfill.checks.findings import Finding, Severity
from reportfill.checks.submission import Submission
from reportfill.errors import SubmissionError
from reportfill.intake.cell_writer import CellWriter
from reportfill.intake.finding_list import COLOURS, NAMES, add_finding_list
from reportfill.intake.tool_sheets import LIST
from reportfill.intake.transfer import transferred
from reportfill.intake.workbook_package import saved, sheet_parts
from reportfill.ooxml.package import composed, parts_of
from reportfill.ooxml.properties import Properties
from reportfill.pack.grid import Cell
from reportfill.pack.pack import Pack

_AUTHOR = "reportfill"
_WORKBOOK = "xl/workbook.xml"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_MERGED_CELLS = re.compile(rb"<(?:\w+:)?mergeCells\b.*?</(?:\w+:)?mergeCells>", re.DOTALL)
_AREA = re.compile(rb"""\bref=["']([A-Z]+[0-9]+:[A-Z]+[0-9]+)["']""")


def returned_workbook(content: bytes, submission: Submission, findings: Iterable[Finding]) -> bytes:
    """A workbook that was handed in, as .xlsx, with its errors and warnings marked; marks of an earlier return go.

    Formulas, formats, validation and protection stay. One that was .xls, .xlsb or .ods is written into the pack's own
    form. Raises SubmissionError where nothing could be read of it.
    """
    if submission.pack is None:
        raise SubmissionError("a file that could not be read cannot be returned with marks")
    book, results, places = _opened(content, submission, submission.pack)
    shown = [_where_it_is(found, places) for found in findings if found.severity in COLOURS]
    writer = CellWriter(book)
    writer.results.update(results)
    _keep_heights(book, writer, submission.pack)
    _keep_dates(book)
    _remove_marks(book, submission.pack)
    _mark(book, shown)
    add_finding_list(book, writer, f"{submission.agency}{submission.year or ''}年填报表", shown)
    title = submission.pack.workbook_name(submission.data)
    return saved(book, writer, Properties(title, _AUTHOR, {}))


def _opened(
    content: bytes, submission: Submission, pack: Pack
) -> tuple[Workbook, dict[Cell, Any], dict[str, str]]:
    """The workbook to mark, what its formulas come to, and where cells of the one handed in stand in it. What openpyxl
    cannot open, be it an .xls or an .ods or an .xlsx at fault, is written into the pack's form as calamine read it."""
    try:
        return *_with_results(content), {}
    except Exception:  # openpyxl raises whatever its parsers do
        transfer = transferred(content, submission, pack)
        return *_with_results(transfer.content), {str(old): str(new) for old, new in transfer.places.items()}


def _where_it_is(found: Finding, places: Mapping[str, str]) -> Finding:
    """A finding with its cells as the returned workbook has them."""
    cells = tuple(places.get(cell, cell) for cell in found.cells)
    return replace(found, cell=places.get(found.cell, found.cell), cells=cells) if places else found


def _with_results(content: bytes) -> tuple[Workbook, dict[Cell, Any]]:
    parts = parts_of(content)
    if _WORKBOOK not in parts:
        return load_workbook(BytesIO(content)), {}
    names = sheet_parts(parts)
    results = {cell: value for sheet, name in names.items() for cell, value in _results(sheet, parts[name])}
    return _with_merged_cells_as_they_are(parts, names), results


def _results(sheet: str, part: bytes) -> Iterator[tuple[Cell, str | int | float]]:
    """What the formulas of a sheet come to, as the program that saved it left it there."""
    for element in etree.fromstring(part).iter(f"{_MAIN}c"):
        value = element.findtext(f"{_MAIN}v")
        if not value or element.find(f"{_MAIN}f") is None:
            continue
        row, column = coordinate_to_tuple(element.get("r", "A1"))
        yield Cell(sheet, row - 1, column - 1), _result(element.get("t", "n"), value)


def _result(kind: str, text: str) -> str | int | float:
    """What a cell's text stands for (ECMA-376-1, 18.18.11)."""
    if kind == "b":
        return text == "1"
    if kind == "n":
        return int(text) if text.lstrip("-").isdecimal() else float(text)
    return text


def _with_merged_cells_as_they_are(parts: dict[str, bytes], names: Mapping[str, str]) -> Workbook:
    """The workbook, with the cells below a merged one as they stand in the file: openpyxl would empty them and draw
    their borders anew, which takes half of its time."""
    areas: dict[str, list[str]] = {}
    for sheet, name in names.items():
        merged = _MERGED_CELLS.search(parts[name])
        if merged:
            areas[sheet] = sorted(area.decode() for area in _AREA.findall(merged[0]))
            parts[name] = parts[name].replace(merged[0], b"")
    book = load_workbook(BytesIO(composed(parts, level=0)))
    for sheet, own in areas.items():
        for area in own:
            book[sheet].merged_cells.add(area)
    return book


def _keep_heights(book: Workbook, writer: CellWriter, pack: Pack) -> None:
    """Let the rows of the narrative go on growing with their text: openpyxl would fix the heights that they have."""
    for cells in pack.form.inputs.values():
        for cell in cells:
            if len(cells) > 1 and cell.sheet in book.sheetnames:
                height = book[cell.sheet].row_dimensions[cell.row + 1].height
                if height:
                    writer.heights[cell.sheet, cell.row] = height


def _remove_marks(book: Workbook, pack: Pack) -> None:
    """Take away the list, the comments and the colours of an earlier return."""
    if LIST in book.sheetnames:
        del book[LIST]
    form: Workbook | None = None
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment is not None and cell.comment.author == _AUTHOR:
                    cell.comment = None
                if cell.fill.fgColor.rgb in COLOURS.values():
                    form = form or load_workbook(BytesIO(pack.intake))
                    cell.fill = _fill_of_form(form, sheet.title, cell)


def _fill_of_form(form: Workbook, sheet: str, cell: Any) -> PatternFill:
    """The colour that a cell has in the form; none where it was given and locked, or the form has no such sheet."""
    if sheet not in form.sheetnames or (cell.protection.locked and cell.data_type != "f"):
        return PatternFill()
    fill = form[sheet][cell.coordinate].fill
    return PatternFill(fill.fill_type, fgColor=fill.fgColor.rgb, bgColor=fill.bgColor.rgb)


def _shown_cell(sheet: Worksheet, address: str) -> Any:
    """The cell at an address, or the first of those with which it is merged: the others show neither colour nor
    comment."""
    merged = (area for area in sheet.merged_cells.ranges if address in area)
    first = next(merged, None)
    return sheet[address] if first is None else sheet.cell(first.min_row, first.min_col)


def _keep_dates(book: Workbook) -> None:
    """Give dates a date's format: one that was saved as a text of ISO 8601 would become its serial number."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, datetime.date) and not is_date_format(cell.number_format):
                    cell.number_format = "yyyy-mm-dd"


def _mark(book: Workbook, findings: list[Finding]) -> None:
    """Colour and comment each cell that a finding names; the gravest one gives the colour."""
    by_cell: dict[str, list[Finding]] = {}
    for found in findings:
        if found.cell.partition("!")[0] in book.sheetnames:
            by_cell.setdefault(found.cell, []).append(found)
    for place, here in by_cell.items():
        sheet, _, address = place.partition("!")
        cell = _shown_cell(book[sheet], address)
        gravest = Severity.ERROR if any(f.severity is Severity.ERROR for f in here) else Severity.WARNING
        cell.fill = PatternFill("solid", fgColor=COLOURS[gravest], bgColor=COLOURS[gravest])
        words = "\n".join(f"{NAMES[f.severity]}：{f.message.zh}{f.hint.zh}" for f in here)
        cell.comment = Comment(
            words, _AUTHOR, width=320, height=40 + 22 * (len(words) // 22 + words.count("\n") + 1)
        )
