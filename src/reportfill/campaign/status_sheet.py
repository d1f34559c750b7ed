"""The workbook status.xlsx: how a campaign stands, to filter, count and pass on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.properties import PageSetupProperties

from reportfill.campaign.standing import AgencyStanding, Mistake, Standing, State
from reportfill.campaign.status_page import (
    SEVERITY_NAMES,
    STATE_NAMES,
    Figures,
    error_count,
    figures_of,
    groups_by_superior,
    minute_in_words,
    superior_names,
)
from reportfill.campaign.tables import saved_tables
from reportfill.checks.values import FORBIDDEN_IN_XML

SUMMARY, DETAIL, MISTAKES, STRAYS = "汇总", "明细", "问题", "不明文件"
"""The sheets."""

MOST_ROWS = 1_000_000
"""How many rows a table takes at most; Excel has 1,048,576 in a sheet."""

_Columns = Sequence[tuple[str, float]]
"""Headings and how wide their columns are."""

_SUMMARY_COLUMNS: _Columns = (
    ("上级单位", 44),
    ("应交", 10),
    ("可用", 10),
    ("其中已通过", 13),
    ("已退回", 10),
    ("有错误", 10),
    ("未交", 10),
)
_DETAIL_COLUMNS: _Columns = (
    ("单位编码", 24),
    ("单位名称", 40),
    ("状态", 13),
    ("交了几次", 11),
    ("最近一次交", 18),
    ("错误", 8),
    ("提醒", 8),
    ("报告", 44),
    ("退回的填报表", 44),
    ("备注", 30),
    ("简称", 18),
    ("上级单位编码", 24),
    ("上级单位", 34),
    ("级次", 8),
    ("第一次交", 18),
    ("联系人", 12),
    ("电话", 18),
    ("邮箱", 24),
    ("不汇总", 10),
)
_MISTAKE_COLUMNS: _Columns = (
    ("单位编码", 24),
    ("单位名称", 40),
    ("级别", 8),
    ("位置", 18),
    ("问题", 70),
    ("怎么改", 60),
)
_STRAY_COLUMNS: _Columns = (("文件", 60), ("原因", 80))
_STATE_COLUMN, _SEVERITY_COLUMN = 2, 2

_COLOURS: Mapping[str, str] = {
    STATE_NAMES[State.SOUND]: "FFE2F0E6",
    STATE_NAMES[State.ACCEPTED]: "FFA9D6B8",
    STATE_NAMES[State.FAULTY]: "FFFF9C9C",
    STATE_NAMES[State.SENT_BACK]: "FFFFD966",
    STATE_NAMES[State.MISSING]: "FFD9DEE5",
    SEVERITY_NAMES["error"]: "FFFF9C9C",
    SEVERITY_NAMES["warning"]: "FFFFD966",
}
"""The colour of a cell that says a state or a gravity."""

_FONT = "宋体"
_THIN = Side(style="thin", color="FFBFBFBF")
_Row = Sequence[str | int]


def status_sheet(standing: Standing) -> bytes:
    """The workbook: the same bytes for the same standing."""
    book = Workbook(write_only=True)
    looks = _Looks(book)
    _add_table(book, looks, SUMMARY, _SUMMARY_COLUMNS, _summary_rows(standing), first_is_total=True)
    _add_table(book, looks, DETAIL, _DETAIL_COLUMNS, _detail_rows(standing), coloured=_STATE_COLUMN)
    _add_table(book, looks, MISTAKES, _MISTAKE_COLUMNS, _mistake_rows(standing), coloured=_SEVERITY_COLUMN)
    _add_table(book, looks, STRAYS, _STRAY_COLUMNS, _stray_rows(standing))
    return saved_tables(book, f"{standing.title}：填报进度")


def _summary_rows(standing: Standing) -> list[_Row]:
    total = _figures_row("全部", figures_of(standing.agencies))
    return [total, *(_figures_row(group.name, group.figures) for group in groups_by_superior(standing))]


def _figures_row(name: str, figures: Figures) -> _Row:
    return (
        name,
        figures.due,
        figures.sound,
        figures.accepted,
        figures.sent_back,
        figures.faulty,
        figures.missing,
    )


def _detail_rows(standing: Standing) -> list[_Row]:
    names = superior_names(standing)
    return [_detail_row(one, names) for one in standing.agencies]


def _detail_row(one: AgencyStanding, names: Mapping[str, str]) -> _Row:
    agency, errors = one.agency, error_count(one.mistakes)
    return (
        agency.code,
        agency.name,
        STATE_NAMES[one.state],
        one.versions,
        minute_in_words(one.handed_in),
        errors,
        len(one.mistakes) - errors,
        one.report,
        one.returned,
        one.remark,
        agency.short_name,
        agency.superior,
        names[agency.superior] if agency.superior else "",
        agency.level,
        minute_in_words(one.first),
        agency.contact,
        agency.telephone,
        agency.email,
        "是" if agency.is_counted_by_superior else "",
    )


def _mistake_rows(standing: Standing) -> list[_Row]:
    """A row for each mistake; where a sheet cannot hold all of them, the last one says how many are left out."""
    every = (_mistake_row(one, mistake) for one in standing.agencies for mistake in one.mistakes)
    rows = list(islice(every, MOST_ROWS))
    left_out = sum(len(one.mistakes) for one in standing.agencies) - len(rows)
    if left_out:
        rows.append(("", "", "", "", f"问题过多，其余{left_out}个没有列出，见退回各单位的填报表。", ""))
    return rows


def _mistake_row(one: AgencyStanding, mistake: Mistake) -> _Row:
    severity = SEVERITY_NAMES.get(mistake.severity, mistake.severity)
    return (one.agency.code, one.agency.name, severity, mistake.cell, mistake.message, mistake.hint)


def _stray_rows(standing: Standing) -> list[_Row]:
    return [(stray.file, stray.reason) for stray in standing.strays[:MOST_ROWS]]


class _Looks:
    """How cells look; each look is made once and shared by all cells that have it."""

    def __init__(self, book: Workbook) -> None:
        sample = WriteOnlyCell(book.create_sheet("sample"))
        book.remove(book["sample"])
        sample.font = Font(name=_FONT, size=11)
        sample.border = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
        sample.alignment = Alignment(vertical="center")
        self.plain = StyleArray(sample._style)
        self.coloured: dict[str | int, StyleArray] = {}
        for name, colour in _COLOURS.items():
            sample.fill = PatternFill("solid", fgColor=colour)
            self.coloured[name] = StyleArray(sample._style)
        sample.font = Font(name=_FONT, size=11, bold=True)
        sample.fill = PatternFill("solid", fgColor="FFF2F2F2")
        self.total = StyleArray(sample._style)
        sample.fill = PatternFill("solid", fgColor="FFDCE6F1")
        sample.alignment = Alignment("center", "center", wrapText=True)
        self.heading = StyleArray(sample._style)


def _add_table(
    book: Workbook,
    looks: _Looks,
    title: str,
    columns: _Columns,
    rows: Sequence[_Row],
    *,
    coloured: int = -1,
    first_is_total: bool = False,
) -> None:
    """A sheet with a heading that stays in view, a filter and rows; the words in column `coloured` give its colour."""
    sheet = book.create_sheet(title)
    _lay_out(sheet, columns, len(rows) + 1)
    sheet.append(_cells(sheet, [name for name, _ in columns], looks.heading))
    if first_is_total:
        sheet.append(_cells(sheet, rows[0], looks.total))
    for row in rows[1:] if first_is_total else rows:
        cells = _cells(sheet, row, looks.plain)
        if coloured >= 0:
            cells[coloured] = _cell(sheet, row[coloured], looks.coloured.get(row[coloured], looks.plain))
        sheet.append(cells)


def _lay_out(sheet: WriteOnlyWorksheet, columns: _Columns, height: int) -> None:
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{height}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for number, (_, width) in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def _cells(sheet: WriteOnlyWorksheet, values: Iterable[str | int], look: StyleArray) -> list[Cell]:
    return [_cell(sheet, value, look) for value in values]


def _cell(sheet: WriteOnlyWorksheet, value: str | int, look: StyleArray) -> Cell:
    """A cell; a text stays one, also where it looks like a formula or a date. An empty text is an empty cell."""
    if not isinstance(value, str):
        return Cell(sheet, 1, 1, value, look)
    cell = Cell(sheet, 1, 1, FORBIDDEN_IN_XML.sub("", value) or None, look)
    if value:
        cell.data_type = "s"
    return cell
