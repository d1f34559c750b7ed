"""The blank roster: the workbook in which a coordinator lists the agencies of a campaign."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from io import BytesIO
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.agencies.roster import (
    CHANGE,
    CLOSED,
    CODE,
    CONTACT,
    COUNTED,
    EMAIL,
    LEVEL,
    MERGED,
    MOST_AGENCIES,
    NAME,
    RENAMED,
    SHEET,
    SHORT_NAME,
    SUPERIOR,
    TELEPHONE,
)
from reportfill.errors import SubmissionError
from reportfill.office.grid import Cell, column_letters
from reportfill.office.package import parts_of, write_package
from reportfill.office.properties import Properties
from reportfill.office.workbook.cell_writer import CellWriter
from reportfill.office.workbook.sheet_rows import SheetRows, with_rows
from reportfill.office.workbook.workbook_package import saved
from reportfill.office.xml import FORBIDDEN_IN_XML

EXPLANATION = "填写说明"
"""The sheet that explains the columns."""

_TITLE = "报送单位名册"
_FONT = "宋体"
_PLAIN = Font(name=_FONT, size=11)
_CENTRED, _LEFT = (Alignment(side, "center", wrapText=True) for side in ("center", "left"))
_THIN = Side(style="thin", color="FF808080")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_OBLIGATORY, _OPTIONAL = PatternFill("solid", fgColor="FFFFD966"), PatternFill("solid", fgColor="FFDDEBF7")
_ROW_HEIGHT = 20.0
_HIGHEST_LEVEL = 9999


class _Column(NamedTuple):
    """A column of the roster: its heading and width, whether it is text whatever is typed, and what to fill in."""

    heading: str
    width: float
    is_text: bool
    need: str
    explanation: str


_COLUMNS = (
    _Column(
        CODE,
        22,
        True,
        "必填",
        "每家单位一个编码，全表不得重复，例如统一社会信用代码、机构编码或者行政区划代码加顺序号。本栏为文本格式，"
        "开头的0会保留。同一单位各年度应使用同一编码。",
    ),
    _Column(
        NAME,
        36,
        True,
        "必填",
        "单位全称，与印章一致，全表不得重复；报告标题和汇总表都使用这个名称。",
    ),
    _Column(
        SHORT_NAME,
        18,
        True,
        "选填",
        "日常使用的简称。",
    ),
    _Column(
        SUPERIOR,
        22,
        True,
        "选填",
        "上级单位在本名册中的单位编码（不填名称）；最上级的单位不填。上级单位也要在名册中占一行，先后顺序不限。",
    ),
    _Column(
        LEVEL,
        8,
        False,
        "选填",
        "从1起的整数，最上级为1，下级大于上级。不填的，按上级单位自动推算。",
    ),
    _Column(CONTACT, 12, True, "选填", "负责填报的人员姓名。"),
    _Column(
        TELEPHONE,
        18,
        True,
        "选填",
        "联系人的电话，可以带区号和分机号。本栏为文本格式，开头的0会保留。",
    ),
    _Column(EMAIL, 28, True, "选填", "联系人的邮箱；有几个的，用分号隔开。"),
    _Column(
        COUNTED,
        10,
        True,
        "选填",
        "填“是”或者“否”，不填即为“否”。该单位的数据已经包含在上级单位的报告中的，填“是”，汇总时不再重复相加；"
        "填“是”的单位仍须报送。",
    ),
    _Column(
        CHANGE,
        24,
        True,
        "选填",
        "本年度机构改革中撤销的单位填“撤销”；并入其他单位的填“并入”加承接单位的单位编码，例如并入410781001。"
        "这样的单位不再催报，也不汇总，已交的材料照样保留；不要删除它的这一行。更名的填“原名”加原来的名称，例如"
        "原名清河县水利局，它用原名称交来的和上年的数据就都算它的。没有变动的不填。",
    ),
)

_NOTES = (
    "在“名册”工作表中从第2行填起，一行填一家单位，不要合并单元格，也不要在表中插入合计、备注等行。",
    "各栏的先后顺序可以调整，也可以增加其他栏（不会读取），但第1行的栏目名称不要改动。",
    "从别的表格复制时，请用“选择性粘贴—数值”，以免改变本表的文本格式。",
    "最多填十万家单位；也可以另存为“CSV UTF-8（逗号分隔）”使用。",
)


def blank_roster(agencies: Iterable[Agency] = ()) -> bytes:
    """The roster as the bytes of an .xlsx, with the agencies that are known: the same for the same agencies. Raises
    SubmissionError for a text that no workbook can hold."""
    book = Workbook()
    assert isinstance(book.active, Worksheet)
    book.active.title = SHEET
    book.create_sheet(EXPLANATION)
    writer = CellWriter(book)
    _style_columns(writer.sheet(SHEET))
    _write_headings(writer)
    made = BytesIO()
    with closing(SheetRows(len(_COLUMNS), above=1)) as rows:
        rows.add(map(_values, agencies), _styles_of_cells(book))
        _lay_out_roster(writer.sheet(SHEET), rows.reference)
        _write_explanation(writer)
        parts = parts_of(saved(book, writer, Properties(_TITLE, "reportfill", {})))
        write_package(made, with_rows(parts, {SHEET: rows}))
    return made.getvalue()


def _style_columns(sheet: Worksheet) -> None:
    """Give whole columns their width and format: cells that are still empty take them over when somebody types."""
    for number, column in enumerate(_COLUMNS):
        dimension = sheet.column_dimensions[column_letters(number)]
        dimension.width = column.width
        dimension.font = _PLAIN
        dimension.alignment = _alignment(column)
        dimension.number_format = "@" if column.is_text else "General"


def _alignment(column: _Column) -> Alignment:
    is_short = column.heading in (LEVEL, COUNTED, CONTACT)
    return _CENTRED if is_short else _LEFT


def _write_headings(writer: CellWriter) -> None:
    for number, column in enumerate(_COLUMNS):
        fill = _OBLIGATORY if column.need == "必填" else _OPTIONAL
        _put_heading(writer, Cell(SHEET, 0, number), column.heading, fill)
    writer.sheet(SHEET).row_dimensions[1].height = 28


def _put_heading(writer: CellWriter, cell: Cell, heading: str, fill: PatternFill) -> None:
    writer.text(cell, heading)
    place = writer.sheet(cell.sheet)[cell.address]
    place.font, place.fill, place.border = Font(name=_FONT, size=11, bold=True), fill, _FRAME
    place.alignment = _CENTRED


def _styles_of_cells(book: Workbook) -> list[int]:
    """The numbers that the workbook has for the style of each column's cells."""
    sheet = book.create_sheet()
    styles = []
    for number, column in enumerate(_COLUMNS, 1):
        cell = sheet.cell(1, number)
        cell.font, cell.alignment = _PLAIN, _alignment(column)
        cell.number_format = "@" if column.is_text else "General"
        styles.append(cell.style_id)
    book.remove(sheet)
    return styles


def _values(agency: Agency) -> tuple[str | int, ...]:
    """An agency's cells in the order of the columns. Raises SubmissionError for a text that no workbook can hold."""
    values = (
        agency.code,
        agency.name,
        agency.short_name,
        agency.superior,
        agency.level,
        agency.contact,
        agency.telephone,
        agency.email,
        "是" if agency.is_counted_by_superior else "",
        _change(agency),
    )
    for column, value in zip(_COLUMNS, values, strict=True):
        if isinstance(value, str) and FORBIDDEN_IN_XML.search(value):
            raise SubmissionError(f"{column.heading} of {agency.code} holds a character that no workbook can")
    return values


def _change(agency: Agency) -> str:
    if not agency.is_closed:
        return f"{RENAMED}{agency.former_name}" if agency.former_name else ""
    return f"{MERGED}{agency.successor}" if agency.successor else CLOSED


def _lay_out_roster(sheet: Worksheet, area: str) -> None:
    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = _ROW_HEIGHT, True
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = area
    sheet.print_title_rows = "1:1"
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = "第&P页，共&N页"
    _fit_to_width(sheet, "landscape")
    for rule, heading in ((_flag_rule(), COUNTED), (_level_rule(), LEVEL), (_change_rule(), CHANGE)):
        letters = column_letters([column.heading for column in _COLUMNS].index(heading))
        rule.add(f"{letters}2:{letters}{MOST_AGENCIES + 1}")
        sheet.add_data_validation(rule)


def _flag_rule() -> DataValidation:
    rule = DataValidation("list", '"是,否"', allow_blank=True, showErrorMessage=True, showInputMessage=True)
    rule.errorTitle, rule.error = "填写有误", "只能填“是”或者“否”。"
    rule.promptTitle, rule.prompt = COUNTED, "数据已包含在上级单位报告中的填“是”；不填即为“否”。"
    return rule


def _level_rule() -> DataValidation:
    rule = DataValidation("whole", "1", str(_HIGHEST_LEVEL), operator="between", allow_blank=True)
    rule.showErrorMessage = rule.showInputMessage = True
    rule.errorTitle, rule.error = "填写有误", "只能填从1起的整数，最上级为1。"
    rule.promptTitle, rule.prompt = LEVEL, "最上级为1；不填的，按上级单位自动推算。"
    return rule


def _change_rule() -> DataValidation:
    """A choice of words; nothing else is refused, because a code or a name is typed behind them."""
    rule = DataValidation("list", f'"{CLOSED},{MERGED},{RENAMED}"', allow_blank=True, showInputMessage=True)
    rule.promptTitle, rule.prompt = (
        CHANGE,
        "撤销的填“撤销”；并入其他单位的填“并入”加该单位的编码，例如并入410781001；更名的填“原名”加原来的名称。",
    )
    return rule


def _fit_to_width(sheet: Worksheet, orientation: str) -> None:
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation = "landscape" if orientation == "landscape" else "portrait"
    sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = sheet.PAPERSIZE_A4, 0


def _write_explanation(writer: CellWriter) -> None:
    """The sheet that says of each column what to fill in, and below what holds for all of them."""
    sheet = writer.sheet(EXPLANATION)
    for letters, width in (("A", 18), ("B", 10), ("C", 76)):
        sheet.column_dimensions[letters].width = width
    writer.text(Cell(EXPLANATION, 0, 0), f"{_TITLE}填写说明")
    sheet.merge_cells("A1:C1")
    sheet["A1"].font, sheet["A1"].alignment = (
        Font(name=_FONT, size=16, bold=True),
        Alignment("center", "center"),
    )
    sheet.row_dimensions[1].height = 36
    for number, heading in enumerate(("栏目", "是否必填", "怎么填")):
        _put_heading(writer, Cell(EXPLANATION, 1, number), heading, _OPTIONAL)
    sheet.row_dimensions[2].height = 24
    for row, column in enumerate(_COLUMNS, 2):
        _put_explanation(writer, row, (column.heading, column.need, column.explanation))
    first = 2 + len(_COLUMNS)
    for row, note in enumerate(_NOTES, first):
        _put_explanation(writer, row, ("" if row > first else "注意事项", "", note))
    sheet.merge_cells(f"A{first + 1}:B{first + len(_NOTES)}")
    sheet.protection.sheet = True
    _fit_to_width(sheet, "portrait")


def _put_explanation(writer: CellWriter, row: int, words: tuple[str, str, str]) -> None:
    for number, word in enumerate(words):
        cell = Cell(EXPLANATION, row, number)
        place = writer.sheet(EXPLANATION)[cell.address]
        place.font, place.border = _PLAIN, _FRAME
        place.alignment = _LEFT if number == 2 else _CENTRED
        if number == 2:
            writer.paragraph(cell, word)
        else:
            writer.text(cell, word)
