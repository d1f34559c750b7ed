"""The intake workbook as a form, with the fields' tags in its cells."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from tools.templates.intake_checks import checks_sheet
from tools.templates.intake_guide import guide_sheet
from tools.templates.intake_narrative import narrative_head, narrative_part
from tools.templates.intake_package import finished_workbook, new_form
from tools.templates.intake_sheet import lay_out, put, set_widths
from tools.templates.intake_styles import COMPUTED, HEAD, LABEL, NOTE, NUMBER, SHEET_TITLE, TEXT
from tools.templates.labels import Schema, description, heads, is_required, members, title

from .form import TABLES, FigureTable

GUIDE, BODIES, ACCOUNT, CHECKS = "填报说明", "执法主体", "情况说明", "校验"
STEPS = (
    "核对本页的单位名称和报告年度；有误的，请与{{ form.contact }}联系。",
    "在“执法主体”页逐个填写行政执法主体，本单位是执法主体的也占一行；再在“表1”至“表4”页选择有无职责，有职责且已实施的逐个单位填写。",
    "只填浅黄色的单元格，变成灰色的不用填写。没有发生的，数字填0，不要留空，也不要填“无”“—”“/”；没有用到的行留空。",
    "打开“校验”页：未填的单元格应当为0个，勾稽关系不应有“不平”；有的，点“位置”转到有关单元格核对改正。"
    "“请核对”“无上年数据”的不影响报送。",
    "保存后将原文件报送主管部门，由系统生成Word报告；有错误的，将标明后退回。",
)
HAND_IN = (
    "请在{{ form.deadline }}前报送（主管部门另有规定的从其规定）。"
    "行政执法统计年报应当在每年1月31日前公开，并报本级人民政府和上级主管部门。",
    "请保存为“Excel工作簿（*.xlsx）”，报送原文件。行数不够的，可以在浅黄色的行之间插入行；不要删除行列，不要插入列，"
    "不要删除、改名工作表，不要把内容复制到新文件。",
    "不要另设或者更改打开密码。报告将向社会公开，请勿填写身份证号码、手机号码、银行账号等个人信息。",
)
ROWS_OF = {"account.summary": 6, "remarks": 3}
ROWS_OF_PART = 4
FIGURE_WIDTH, NAME_WIDTH, REMARK_WIDTH = 9, 30, 20
CHARACTERS_OF_A_HEAD, LINE, TITLE_HEIGHT = 4, 15, 28


def intake_xlsx(schema: dict[str, Any]) -> bytes:
    """The template intake.xlsx for a schema."""
    workbook = new_form()
    guide_sheet(workbook.create_sheet(GUIDE), schema, STEPS, HAND_IN)
    _bodies_sheet(workbook.create_sheet(BODIES), schema)
    for form in TABLES:
        _table_sheet(workbook.create_sheet(form.sheet), schema, form)
    _account_sheet(workbook.create_sheet(ACCOUNT), schema)
    checks_sheet(workbook.create_sheet(CHECKS), sheets_with_inputs=len(TABLES) + 3)
    return finished_workbook(workbook, f"{schema['title']}填报表")


def _bodies_sheet(sheet: Worksheet, schema: Schema) -> None:
    """The enforcing bodies, a row each, and below them the organizations to which enforcement is delegated."""
    set_widths(sheet, 6, 40, 50, 18, 18)
    put(sheet, 1, 1, "行政执法主体概况", SHEET_TITLE, columns=5)
    sheet.row_dimensions[1].height = TITLE_HEIGHT
    put(sheet, 2, 1, "一行填一个执法主体，名称填全称；没有用到的行留空。", NOTE, columns=5)
    names = ("name", "kind", "posts", "staff")
    row = _rows(sheet, schema, 3, "bodies", names, numbers=("posts", "staff"))
    put(sheet, row, 1, "合　计", HEAD, columns=3)
    for column, name in ((4, "posts"), (5, "staff")):
        put(sheet, row, column, f"{{{{ bodies_total.{name} }}}}", COMPUTED)
    put(sheet, row + 2, 1, title(schema, "delegated"), HEAD, columns=2)
    put(sheet, row + 2, 3, "{{ delegated }}", TEXT)
    put(sheet, row + 2, 4, "选“是”的，填写下表。", NOTE, columns=2)
    _rows(sheet, schema, row + 3, "delegations", ("name", "matter", "since", "until"))
    lay_out(sheet, first_input="B4", frozen="A4", repeated="3:3")


def _rows(
    sheet: Worksheet, schema: Schema, row: int, path: str, names: Sequence[str], numbers: Sequence[str] = ()
) -> int:
    """The heads of a table and the row of its tags; the row after it."""
    put(sheet, row, 1, "序号", HEAD)
    _first_number(sheet, row + 1)
    for column, name in enumerate(names, 2):
        label = title(schema, f"{path}.{name}")
        put(sheet, row, column, label if is_required(schema, f"{path}.{name}") else f"{label}（选填）", HEAD)
        put(sheet, row + 1, column, f"{{{{ {path}.{name} }}}}", NUMBER if name in numbers else TEXT)
    return row + 2


def _first_number(sheet: Worksheet, row: int) -> None:
    """The number of the first row, from which the others count on."""
    put(sheet, row, 1, "", HEAD)
    sheet.cell(row, 1, 1)


def _table_sheet(sheet: Worksheet, schema: Schema, form: FigureTable) -> None:
    """Whether there is the duty, then a row for each body, and the sums."""
    columns = heads(schema, f"{form.path}.total")
    figures = [path for head in columns for path, _ in head.columns]
    last = len(form.widths)
    set_widths(sheet, 6, NAME_WIDTH, *[FIGURE_WIDTH] * len(figures), REMARK_WIDTH)
    put(sheet, 1, 1, title(schema, form.path), SHEET_TITLE, columns=last)
    sheet.row_dimensions[1].height = TITLE_HEIGHT
    put(sheet, 2, 1, title(schema, f"duties.{form.path}"), HEAD, columns=2)
    put(sheet, 2, 3, f"{{{{ duties.{form.path} }}}}", TEXT, columns=3)
    put(sheet, 2, 6, description(schema, f"duties.{form.path}"), NOTE, columns=last - 5)
    sheet.row_dimensions[2].height = 30
    _heads(sheet, schema, form)
    _first_number(sheet, 5)
    put(sheet, 5, 2, f"{{{{ {form.path}.bodies.name }}}}", TEXT)
    put(sheet, 6, 1, "合　计", HEAD, columns=2)
    derived = _derived(schema, form)
    for column, path in enumerate(figures, 3):
        style = COMPUTED if path in derived else NUMBER
        put(sheet, 5, column, f"{{{{ {form.path}.bodies.{path} }}}}", style)
        put(sheet, 6, column, f"{{{{ {form.path}.total.{path} }}}}", COMPUTED)
    if form.has_remarks:
        put(sheet, 5, last, f"{{{{ {form.path}.bodies.remark }}}}", TEXT)
        put(sheet, 6, last, "", LABEL)
    for row, note in enumerate(form.notes, 7):
        put(sheet, row, 1, f"说明：{note}" if row == 7 else note, NOTE, columns=last)
        sheet.row_dimensions[row].height = 30
    lay_out(sheet, first_input="C2", frozen="C5", repeated="3:4", landscape=True)


def _derived(schema: Schema, form: FigureTable) -> set[str]:
    """The figures of a row that are worked out."""
    rules = schema["properties"][form.path]["properties"]["bodies"]["items"]["balances"]
    return {
        rule["left"][0].removeprefix("/").replace("/", ".")
        for rule in rules
        if len(rule["left"]) == 1 and not {"relation", "severity"} & rule.keys()
    }


def _heads(sheet: Worksheet, schema: Schema, form: FigureTable) -> None:
    """The two head rows, from row 3 on."""
    put(sheet, 3, 1, "序号", HEAD, rows=2)
    put(sheet, 3, 2, title(schema, f"{form.path}.bodies.name"), HEAD, rows=2)
    column, longest = 3, 0
    for head in heads(schema, f"{form.path}.total"):
        if head.is_group:
            put(sheet, 3, column, head.label, HEAD, columns=len(head.columns))
            for index, (_, label) in enumerate(head.columns):
                put(sheet, 4, column + index, label, HEAD)
                longest = max(longest, len(label))
        else:
            put(sheet, 3, column, head.label.replace("（", "\n（"), HEAD, rows=2)
        column += len(head.columns)
    if form.has_remarks:
        put(sheet, 3, column, f"{title(schema, f'{form.path}.bodies.remark')}（选填）", HEAD, rows=2)
    sheet.row_dimensions[3].height = 32
    sheet.row_dimensions[4].height = max(48, ceil(longest / CHARACTERS_OF_A_HEAD) * LINE)


def _account_sheet(sheet: Worksheet, schema: Schema) -> None:
    """The account in words, the date, and the seal."""
    narrative_head(sheet, title(schema, "account"))
    row = 4
    for path in (*(path for path, _ in members(schema, "account")), "remarks"):
        row = narrative_part(sheet, schema, row, path, ROWS_OF.get(path, ROWS_OF_PART))
    for path, height in (("issued", 24), ("seal", 130)):
        label = title(schema, path)
        put(sheet, row, 1, label if is_required(schema, path) else f"{label}（选填）", LABEL)
        put(sheet, row, 2, f"{{{{ {path} }}}}", TEXT)
        put(sheet, row, 3, description(schema, path), NOTE)
        sheet.row_dimensions[row].height = height
        row += 1
    lay_out(sheet, first_input="B4", frozen="A4", repeated="1:3")
