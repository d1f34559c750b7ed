"""The blank roster: the workbook in which a coordinator lists the agencies of a campaign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from io import BytesIO
from typing import NamedTuple

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
from reportfill.office.package import write_package
from reportfill.office.properties import Properties, property_parts, with_places_for_properties
from reportfill.office.workbook.cell_edits import CellLimits, Rule
from reportfill.office.workbook.cell_xml import cell_start, cell_xml
from reportfill.office.workbook.edited_workbook import EditedWorkbook
from reportfill.office.workbook.formulas import Area
from reportfill.office.workbook.sheet_layout import SheetLayout, height_of, row_xml
from reportfill.office.workbook.sheet_rows import SheetRows
from reportfill.office.workbook.styles import Styles, aligned, font, framed, solid
from reportfill.office.xml import FORBIDDEN_IN_XML
from reportfill.place import Cell, column_letters

EXPLANATION = "填写说明"
"""The sheet that explains the columns."""

_TITLE = "报送单位名册"
_OBLIGATORY, _OPTIONAL, _LINES = "FFFFD966", "FFDDEBF7", "FF808080"
_EXPLAINED = (18, 10, 76)
"""How wide the columns of the explanation are."""

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
        "每个单位一个编码，全表不得重复，例如统一社会信用代码、机构编码或者行政区划代码加顺序号。本栏为文本格式，"
        "开头的0会保留。同一单位各年度应使用同一编码。",
    ),
    _Column(NAME, 36, True, "必填", "单位全称（与公章一致），全表不得重复；报告标题和汇总表都使用这个名称。"),
    _Column(SHORT_NAME, 18, True, "选填", "日常使用的简称。"),
    _Column(
        SUPERIOR,
        22,
        True,
        "选填",
        "上级单位在本名册中的单位编码（不填名称）；最上级的单位不填。上级单位也要在名册中占一行，先后顺序不限。",
    ),
    _Column(LEVEL, 8, False, "选填", "从1起的整数，最上级为1，下级大于上级。不填的，按上级单位自动推算。"),
    _Column(CONTACT, 12, True, "选填", "负责填报的人员姓名。"),
    _Column(TELEPHONE, 18, True, "选填", "联系人的电话，可以带区号和分机号。本栏为文本格式，开头的0会保留。"),
    _Column(EMAIL, 28, True, "选填", "联系人的邮箱；有几个的，用分号隔开。"),
    _Column(
        COUNTED,
        10,
        True,
        "选填",
        "填“是”或者“否”，不填即为“否”。该单位的数据已经包含在上级单位的报告中的，填“是”，不单独汇总；"
        "填“是”的单位仍须报送。",
    ),
    _Column(
        CHANGE,
        24,
        True,
        "选填",
        "本年度机构改革中撤销的单位填“撤销”；并入其他单位的填“并入”加承接单位的单位编码，例如并入410781001。"
        "这些单位不再催报，也不汇总，已报送的保留；不要删除该行。更名的填“原名”加原名称，例如"
        "原名清河县水利局，用原名称报送的和上年度的数据均属于该单位。没有变动的不填。",
    ),
)

_NOTES = (
    "在“名册”工作表中从第2行填起，一行填一个单位，不要合并单元格，也不要在表中插入合计、备注等行。",
    "各栏的先后顺序可以调整，也可以增加其他栏（不会读取），但第1行的栏目名称不要改动。",
    "从其他表格复制时，请用“选择性粘贴—数值”，以免改变本表的文本格式。",
    "最多填十万个单位；也可以另存为“CSV UTF-8（逗号分隔）”使用。",
)


def blank_roster(agencies: Iterable[Agency] = ()) -> bytes:
    """The roster as the bytes of an .xlsx, with the agencies that are known: the same for the same agencies. Raises
    SubmissionError for a text that no workbook can hold."""
    book = EditedWorkbook.without_sheets()
    made = BytesIO()
    with closing(SheetRows(len(_COLUMNS), above=1)) as rows:
        formats = [_format(book.styles, column) for column in _COLUMNS]
        rows.add(map(_values, agencies), formats)
        part = book.add(
            SHEET, _roster_layout(formats).sheet(rows.reference, [_headings(book.styles)], rows.reference)
        )
        book.name_areas(SHEET, filtered=rows.reference, repeated=(1, 0))
        book.add(EXPLANATION, _explanation(book.styles))
        parts = with_places_for_properties(book.parts())
        properties = property_parts(Properties(_TITLE, "reportfill", {}))
        write_package(made, {**parts, **properties, part: rows.put_into(parts[part])})
    return made.getvalue()


def _format(styles: Styles, column: _Column) -> int:
    """The format of a column's cells, which those that are still empty take over when somebody types."""
    side = "center" if column.heading in (LEVEL, COUNTED, CONTACT) else "left"
    number_format = "@" if column.is_text else "General"
    return styles.format(font=font(), alignment=aligned(side), number_format=number_format)


def _headings(styles: Styles) -> str:
    cells = (
        cell_xml(
            cell_start(f"{column_letters(place)}1", _heading_format(styles, column.need)), column.heading
        )
        for place, column in enumerate(_COLUMNS)
    )
    return row_xml(1, cells, 28, is_fixed=True)


def _heading_format(styles: Styles, need: str = "") -> int:
    fill = solid(_OBLIGATORY if need == "必填" else _OPTIONAL)
    return styles.format(font=font(bold=True), fill=fill, border=framed(_LINES), alignment=aligned("center"))


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


def _roster_layout(formats: Sequence[int]) -> SheetLayout:
    return SheetLayout(
        widths=[column.width for column in _COLUMNS],
        formats=formats,
        frozen=(1, 2),
        row_height=_ROW_HEIGHT,
        rules={rule: [_reference_to(rule.title)] for rule in (_FLAG_RULE, _LEVEL_RULE, _CHANGE_RULE)},
        footer="&C第&P页，共&N页",
        is_open=True,
    )


def _reference_to(heading: str) -> str:
    place = [column.heading for column in _COLUMNS].index(heading)
    return Area(Cell(SHEET, 1, place), Cell(SHEET, MOST_AGENCIES, place)).reference(SHEET)


_FLAG_RULE = Rule(
    CellLimits("list", "between", ('"是,否"', None), "只能填“是”或者“否”。"),
    COUNTED,
    "数据已包含在上级单位报告中的填“是”；不填即为“否”。",
)
_LEVEL_RULE = Rule(
    CellLimits("whole", "between", ("1", str(_HIGHEST_LEVEL)), "只能填从1起的整数，最上级为1。"),
    LEVEL,
    "最上级为1；不填的，按上级单位自动推算。",
)
_CHANGE_RULE = Rule(
    CellLimits("list", "between", (f'"{CLOSED},{MERGED},{RENAMED}"', None), ""),
    CHANGE,
    "撤销的填“撤销”；并入其他单位的填“并入”加该单位的编码，例如并入410781001；更名的填“原名”加原名称。",
)
"""A choice of words; nothing else is refused, because a code or a name is typed behind them."""


def _explanation(styles: Styles) -> bytes:
    """The sheet that says of each column what to fill in, and below what holds for all of them."""
    title = styles.format(font=font(size=16, bold=True), alignment=aligned("center", wrapped=False))
    centred, left = (
        styles.format(font=font(), border=framed(_LINES), alignment=aligned(side))
        for side in ("center", "left")
    )
    told = [(column.heading, column.need, column.explanation) for column in _COLUMNS]
    told += [("" if number else "注意事项", "", note) for number, note in enumerate(_NOTES)]
    first_note, last = 3 + len(_COLUMNS), 2 + len(told)
    rows = [
        row_xml(1, [cell_xml(cell_start("A1", title), f"{_TITLE}填写说明")], 36, is_fixed=True),
        row_xml(
            2, _cells(2, ("栏目", "是否必填", "填写要求"), [_heading_format(styles)] * 3), 24, is_fixed=True
        ),
        *(
            row_xml(row, _cells(row, words, (centred, centred, left)), height_of(words[2], 11, _EXPLAINED[2]))
            for row, words in enumerate(told, 3)
        ),
    ]
    merged = ("A1:C1", f"A{first_note}:B{last}")
    layout = SheetLayout(widths=_EXPLAINED, merged=merged, is_protected=True, is_landscape=False)
    return layout.sheet(f"A1:C{last}", rows)


def _cells(row: int, words: Iterable[str], formats: Iterable[int]) -> Iterator[str]:
    for letter, word, number in zip("ABC", words, formats, strict=True):
        yield cell_xml(cell_start(f"{letter}{row}", number), word)
