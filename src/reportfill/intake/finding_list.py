"""The sheet 需要修改 of a returned workbook: every finding with a link to its cell."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reportfill.checks.findings import Finding, Severity
from reportfill.intake.cell_writer import CellWriter
from reportfill.intake.tool_sheets import LIST
from reportfill.pack.grid import Cell

COLOURS = {Severity.ERROR: "FFFF9C9C", Severity.WARNING: "FFFFD966"}
NAMES = {Severity.ERROR: "错误", Severity.WARNING: "提醒"}
"""How the gravity of what is marked looks and is called."""

_HEADINGS = (("序号", 6), ("级别", 8), ("位置", 18), ("问题", 70), ("怎么改", 60))
_HEAD_ROW = 3
_CHARACTERS_OF_MESSAGE, _CHARACTERS_OF_HINT = 32, 27
"""How many Chinese characters a line of these two columns takes."""

_PLACE = 3
_FONT = "宋体"
_THIN = Side(style="thin", color="FF808080")


def add_finding_list(book: Workbook, writer: CellWriter, heading: str, findings: Sequence[Finding]) -> None:
    """Put the sheet before all others and open the workbook on it."""
    sheet = book.create_sheet(LIST, 0)
    errors = sum(found.severity is Severity.ERROR for found in findings)
    sheet["A1"] = f"{heading}：需要修改"
    sheet["A1"].font = Font(name=_FONT, size=16, bold=True)
    sheet["A2"] = (
        f"错误{errors}处，必须改正；提醒{len(findings) - errors}处，请核对。点“位置”可以转到单元格，"
        "改好后保存，把这个文件原样交回。"
    )
    sheet["A2"].font = Font(name=_FONT, size=11)
    for column, (name, width) in enumerate(_HEADINGS, 1):
        _put(sheet, _HEAD_ROW, column, name, bold=True)
        sheet.column_dimensions["ABCDE"[column - 1]].width = width
    for number, found in enumerate(findings, 1):
        _write_row(book, writer, sheet, number, found)
    _lay_out(book, sheet)


def _write_row(book: Workbook, writer: CellWriter, sheet: Worksheet, number: int, found: Finding) -> None:
    row = _HEAD_ROW + number
    _put(sheet, row, 1, number)
    for column, word in enumerate(
        (NAMES[found.severity], found.cell or "—", found.message.zh, found.hint.zh), 2
    ):
        _put(sheet, row, column, word)
    sheet.cell(row, 2).fill = PatternFill("solid", fgColor=COLOURS[found.severity])
    target, _, address = found.cell.partition("!")
    if target in book.sheetnames:
        place = book[target][address]
        writer.link(
            Cell(LIST, row - 1, _PLACE - 1), Cell(target, place.row - 1, place.column - 1), found.cell
        )
        sheet.cell(row, _PLACE).font = Font(name=_FONT, size=11, color="FF0563C1", underline="single")
    lines = max(
        -(-len(found.message.zh) // _CHARACTERS_OF_MESSAGE), -(-len(found.hint.zh) // _CHARACTERS_OF_HINT)
    )
    writer.heights[LIST, row - 1] = 8 + 15 * lines


def _put(sheet: Worksheet, row: int, column: int, value: str | int, *, bold: bool = False) -> None:
    cell = sheet.cell(row, column, value)
    if isinstance(value, str):
        cell.data_type = "s"
    cell.font = Font(name=_FONT, size=11, bold=bold)
    cell.border = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
    cell.alignment = Alignment("left" if column >= _PLACE else "center", "center", wrapText=True)


def _lay_out(book: Workbook, sheet: Worksheet) -> None:
    sheet.freeze_panes = f"A{_HEAD_ROW + 1}"
    sheet.protection.sheet = True
    sheet.sheet_properties.tabColor = COLOURS[Severity.ERROR]
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    book.active = 0
