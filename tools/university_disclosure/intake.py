"""The intake workbook as a form, with the fields' tags in its cells."""

from __future__ import annotations

from math import ceil
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from tools.templates.intake_checks import checks_sheet
from tools.templates.intake_guide import guide_sheet
from tools.templates.intake_narrative import narrative_head, narrative_part
from tools.templates.intake_package import finished_workbook, new_form
from tools.templates.intake_sheet import lay_out, put, set_widths
from tools.templates.intake_styles import COMPUTED, HEAD, LABEL, NOTE, NUMBER, SHEET_TITLE, TEXT
from tools.templates.labels import Schema, description, is_required, members, title

GUIDE_SHEET, TEXTS, CATALOGUE, FIGURES, CHECKS = "填报说明", "报告正文", "清单", "统计数据", "校验"
STEPS = (
    "核对本页的学校名称和学年；有误的，请与{{ form.contact }}联系。",
    "填写“报告正文”“清单”两页，只填浅黄色的单元格；“统计数据”页选填。",
    "“清单”页已列出规定的50项：逐项选择公开情况，已公开的填写网址。没有的事项选“不涉及”，不要删去。",
    "打开“校验”页：未填的单元格应当为0个，勾稽关系不应有“不平”；有的，点“位置”转到有关单元格核对改正。"
    "“请核对”“无上年数据”的不影响报送。",
    "保存后将原文件报送主管部门，由系统生成Word报告；有错误的，将标明后退回。",
)
HAND_IN = (
    "请在{{ form.deadline }}前报送（主管部门另有规定的从其规定）。信息公开工作年度报告应当在每年10月31日前"
    "在学校网站信息公开专栏公布。",
    "请保存为“Excel工作簿（*.xlsx）”，报送原文件。除“清单”“统计数据”的表中可以插入行外，不要插入、删除行列，"
    "不要删除、改名工作表，不要把内容复制到新文件。",
    "不要另设或者更改打开密码。报告将向社会公布，请勿填写身份证号码、手机号码、银行账号等个人信息。",
)
PARAGRAPHS = ("overview", "proactive", "on_request", "evaluation", "disputes", "experience", "other_matters")
ROWS_OF = {"overview": 12, "proactive": 16, "experience": 12, "other_matters": 4}
ROWS_OF_PART = 8
# In points; so many characters of a note stand on a line.
HEIGHT_OF_A_LINE, NOTE_LINE = 15, 15
CATALOGUE_NOTES = (
    "一个事项有几个网址，或者分几项公开的，在该事项下面插入行（右键单击行号，选“插入”），一行填一个网址；"
    "插入的行中，类别和事项不用再填。",
    "扩大公开范围、增加事项的，插入行填写事项名称。公开情况：向社会公开的选“已公开”，只在校内公开的选“校内公开”，"
    "学校没有这一事项的选“不涉及”。",
)
COLUMNS = (
    ("catalogue.number", LABEL),
    ("catalogue.name", LABEL),
    ("catalogue.entries.name", LABEL),
    ("catalogue.entries.state", TEXT),
    ("catalogue.entries.links.title", TEXT),
    ("catalogue.entries.links.url", TEXT),
)


def intake_xlsx(schema: dict[str, Any]) -> bytes:
    """The template intake.xlsx for a schema."""
    workbook = new_form()
    guide_sheet(workbook.create_sheet(GUIDE_SHEET), schema, STEPS, HAND_IN, "{{ year }}—{{ year + 1 }}学年")
    _texts_sheet(workbook.create_sheet(TEXTS), schema)
    _catalogue_sheet(workbook.create_sheet(CATALOGUE), schema)
    _figures_sheet(workbook.create_sheet(FIGURES), schema)
    checks_sheet(workbook.create_sheet(CHECKS), sheets_with_inputs=4)
    return finished_workbook(workbook, f"{schema['title']}填报表")


def _texts_sheet(sheet: Worksheet, schema: Schema) -> None:
    """What the preamble says of this school and year, then the parts of the report."""
    narrative_head(sheet, f"{title(schema, 'preamble')}、正文")
    row = 4
    for path, label in members(schema, "preamble"):
        put(sheet, row, 1, label if is_required(schema, path) else f"{label}（选填）", LABEL)
        put(sheet, row, 2, f"{{{{ {path} }}}}", TEXT)
        put(sheet, row, 3, description(schema, path), NOTE)
        sheet.row_dimensions[row].height = HEIGHT_OF_A_LINE * max(
            2, ceil(len(description(schema, path)) / NOTE_LINE)
        )
        row += 1
    for path in PARAGRAPHS:
        row = narrative_part(sheet, schema, row, path, ROWS_OF.get(path, ROWS_OF_PART))
    lay_out(sheet, first_input="B4", frozen="A4", repeated="1:3")


def _catalogue_sheet(sheet: Worksheet, schema: Schema) -> None:
    """The list of what is disclosed: a row for each link, what stands around it on its first."""
    set_widths(sheet, 6, 20, 74, 11, 22, 50)
    put(sheet, 1, 1, title(schema, "catalogue").partition("、")[2], SHEET_TITLE, columns=len(COLUMNS))
    for row, note in enumerate(CATALOGUE_NOTES, 2):
        put(sheet, row, 1, note, NOTE, columns=len(COLUMNS))
    for column, (path, style) in enumerate(COLUMNS, 1):
        put(sheet, 4, column, title(schema, path), HEAD)
        put(sheet, 5, column, f"{{{{ {path} }}}}", style)
    # LibreOffice grows no row of a file: room for the longest item on two lines.
    sheet.row_dimensions[4].height, sheet.row_dimensions[5].height = 24, 32
    lay_out(sheet, first_input="D5", frozen="D5", repeated="4:4", landscape=True)


def _figures_sheet(sheet: Worksheet, schema: Schema) -> None:
    """Figures that a school may give: they are compared with the text."""
    set_widths(sheet, 34, 16, 56)
    put(sheet, 1, 1, FIGURES, SHEET_TITLE, columns=3)
    put(
        sheet,
        2,
        1,
        "选填。每张表填写其中一项的，其他各项也要填写，没有发生的填0；填写的数据用于核对正文。",
        NOTE,
        columns=3,
    )
    put(sheet, 4, 1, title(schema, "figures"), HEAD)
    put(sheet, 4, 2, "数量（件）", HEAD)
    row = 5
    for path, label in members(schema, "figures"):
        put(sheet, row, 1, label, LABEL)
        put(sheet, row, 2, f"{{{{ {path} }}}}", NUMBER)
        put(sheet, row, 3, description(schema, path).removeprefix("选填；"), NOTE)
        row += 1
    row += 1
    for column, head in enumerate((title(schema, "disclosed"), "数量（条）"), 1):
        put(sheet, row, column, head, HEAD)
    put(sheet, row + 1, 1, "{{ disclosed.subjects.name }}", TEXT)
    put(sheet, row + 1, 2, "{{ disclosed.subjects.number }}", NUMBER)
    put(sheet, row + 2, 1, title(schema, "disclosed.total"), LABEL)
    put(sheet, row + 2, 2, "{{ disclosed.total }}", COMPUTED)
    lay_out(sheet, first_input="B5", frozen="A5")
