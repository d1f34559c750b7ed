"""The sheets 表二, 表三 and 表四: drawn like the printed tables, each cell holding its label or its field's tag."""

from openpyxl.worksheet.worksheet import Worksheet

from tools.templates.intake_sheet import lay_out, put, set_widths
from tools.templates.intake_styles import BLOCK, COMPUTED, HEAD, LABEL, NOTE, NUMBER, SHEET_TITLE, VERTICAL
from tools.templates.labels import (
    Schema,
    balance_titles,
    court_and_ways,
    is_group,
    members,
    spans,
    title,
    with_unit,
)

from .form import Form

LONGEST_ITEM_ON_ONE_LINE = 19


def proactive_sheet(sheet: Worksheet, schema: Schema, form: Form) -> None:
    """Table of 二: a block of rows for each paragraph of Article 20."""
    set_widths(sheet, 30, 22, 22, 22)
    put(sheet, 1, 1, title(schema, "proactive"), SHEET_TITLE, columns=4)
    put(sheet, 2, 1, form.note, NOTE, columns=4)
    row = 3
    for heading, groups in form.blocks:
        figures = list(members(schema, f"proactive.{groups[0]}"))
        widths = spans(figures, 3)
        put(sheet, row, 1, heading, BLOCK, columns=4)
        put(sheet, row + 1, 1, "信息内容", HEAD)
        for column, ((path, label), width) in enumerate(zip(figures, widths, strict=True), 2):
            put(sheet, row + 1, column, with_unit(schema, path, label), HEAD, columns=width)
        row += 2
        for group in groups:
            put(sheet, row, 1, title(schema, f"proactive.{group}"), LABEL)
            of_group = zip(members(schema, f"proactive.{group}"), widths, strict=True)
            for column, ((path, _), width) in enumerate(of_group, 2):
                put(sheet, row, column, _tag(path), NUMBER, columns=width)
            row += 1
    _set_heights(sheet, 3, row - 1, 26)
    lay_out(sheet, first_input="B5", frozen="A3")


def requests_sheet(sheet: Worksheet, schema: Schema) -> None:
    """Table of 三: three head rows, then the rows of figures from row 7 on, numbers in the columns D to J."""
    set_widths(sheet, 6, 16, 42, *[11.5] * 7)
    put(sheet, 1, 1, title(schema, "requests"), SHEET_TITLE, columns=10)
    put(sheet, 2, 1, "单位：件。没有发生的填0，不要留空；“总计”由系统计算，不用填写。", NOTE, columns=10)
    put(sheet, 3, 1, "第二项应当与上年度报告的第四项一致；每件申请只计入一种办理结果。", NOTE, columns=10)
    _requests_head(sheet, schema)
    row = 7
    for path, label in members(schema, "requests"):
        if path != "requests.outcomes":
            put(sheet, row, 1, label, LABEL, columns=3)
            row = _figures(sheet, schema, row, path)
        else:
            row = _outcomes(sheet, schema, row, path)
    for line in range(7, row):
        item = str(sheet.cell(line, 3).value or sheet.cell(line, 2).value or "")
        sheet.row_dimensions[line].height = 24 if len(item) <= LONGEST_ITEM_ON_ONE_LINE else 36
    lay_out(sheet, first_input="D7", frozen="D7", repeated="1:6", landscape=False)


def _requests_head(sheet: Worksheet, schema: Schema) -> None:
    person, *organizations, total = (label for _, label in members(schema, "requests.received"))
    put(
        sheet,
        4,
        1,
        f"（本列数据的勾稽关系为：{balance_titles(schema, 'requests')[0]}）",
        HEAD,
        columns=3,
        rows=3,
    )
    put(sheet, 4, 4, "申请人情况", HEAD, columns=7)
    put(sheet, 5, 4, person, HEAD, rows=2)
    put(sheet, 5, 5, "法人或其他组织", HEAD, columns=len(organizations))
    put(sheet, 5, 10, total, HEAD, rows=2)
    for index, label in enumerate(organizations):
        put(sheet, 6, 5 + index, label, HEAD)
    for line, height in ((4, 24), (5, 24), (6, 32)):
        sheet.row_dimensions[line].height = height


def _outcomes(sheet: Worksheet, schema: Schema, row: int, path: str) -> int:
    """The rows of 三、本年度办理结果; the row after them."""
    first = row
    for outcome, label in members(schema, path):
        grounds = [(ground, name) for ground, name in members(schema, outcome) if is_group(schema, ground)]
        if not grounds:
            put(sheet, row, 2, label, LABEL, columns=2)
            row = _figures(sheet, schema, row, outcome)
            continue
        put(sheet, row, 2, label, LABEL, rows=len(grounds))
        for ground, name in grounds:
            put(sheet, row, 3, name, LABEL)
            row = _figures(sheet, schema, row, ground)
    put(sheet, first, 1, title(schema, path), VERTICAL, rows=row - first)
    return row


def _figures(sheet: Worksheet, schema: Schema, row: int, group: str) -> int:
    """One row of figures; the row after it."""
    for index, (path, _) in enumerate(members(schema, group)):
        computed = path.endswith(".total") or ".total." in path
        put(sheet, row, 4 + index, _tag(path), COMPUTED if computed else NUMBER)
    return row + 1


def disputes_sheet(sheet: Worksheet, schema: Schema) -> None:
    """Table of 四: the results of reconsideration and of the two ways to court, side by side."""
    set_widths(sheet, *[9] * 15)
    put(sheet, 1, 1, title(schema, "disputes"), SHEET_TITLE, columns=15)
    put(sheet, 2, 1, "单位：件。没有发生的填0，不要留空；“总计”由系统计算，不用填写。", NOTE, columns=15)
    groups, (reconsideration, *lawsuits) = zip(*members(schema, "disputes"), strict=True)
    court, ways = court_and_ways(lawsuits)
    put(sheet, 3, 1, reconsideration, HEAD, columns=5)
    put(sheet, 3, 6, court, HEAD, columns=10)
    for index, way in enumerate(ways):
        put(sheet, 4, 6 + index * 5, way, HEAD, columns=5)
    for index, group in enumerate(groups):
        for offset, (path, label) in enumerate(members(schema, group)):
            column = 1 + index * 5 + offset
            put(sheet, 5 if index else 4, column, label, HEAD, rows=1 if index else 2)
            put(sheet, 6, column, _tag(path), COMPUTED if path.endswith(".total") else NUMBER)
    _set_heights(sheet, 3, 6, 34)
    lay_out(sheet, first_input="A6", frozen="A6", landscape=True)


def _set_heights(sheet: Worksheet, first: int, last: int, height: float) -> None:
    for row in range(first, last + 1):
        sheet.row_dimensions[row].height = height


def _tag(path: str) -> str:
    return f"{{{{ {path} }}}}"
