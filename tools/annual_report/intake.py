"""The intake workbook as a form, with the fields' tags in its cells."""

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.formatting.rule import CellIsRule
from openpyxl.worksheet.worksheet import Worksheet

from reportfill.office.package import composed, parts_of
from reportfill.office.properties import Properties, property_parts, with_places_for_properties

from .form import Form
from .intake_sheet import lay_out, put, set_widths
from .intake_styles import (
    BAD_COLOUR,
    CODE,
    COMPUTED,
    COMPUTED_COLOUR,
    DOUBTFUL_COLOUR,
    FORM_TITLE,
    GOOD_COLOUR,
    GUIDE,
    HEAD,
    INPUT_COLOUR,
    LABEL,
    LINK,
    NOTE,
    PARAGRAPH,
    RESULT,
    SHEET_TITLE,
    STEP,
    TEXT,
    add_styles,
    solid,
)
from .intake_tables import disputes_sheet, proactive_sheet, requests_sheet
from .labels import Schema, description, is_required, members, title

GUIDE_SHEET, OVERVIEW, PROBLEMS, CHECKS = "填报说明", "总体情况", "问题与事项", "校验"
STEPS = (
    "核对本页的单位名称和报告年度；有误的，请与{{ form.contact }}联系。",
    "按顺序填写“总体情况”“表二”“表三”“表四”“问题与事项”各页，只填浅黄色的单元格。",
    "没有发生的，数字填0，不要留空，也不要填“无”“—”“/”；文字一行填一段。",
    "打开“校验”页：未填的单元格应当为0个，勾稽关系不应有“不平”；有的，点“位置”转到有关单元格核对改正。"
    "“请核对”“无上年数据”的不影响报送。",
    "保存后将原文件报送主管部门，由系统生成Word报告；有错误的，将标明后退回。",
)
COLOURS = (
    (TEXT, "浅黄色", "请填写"),
    (COMPUTED, "浅蓝色", "自动计算，不用填写"),
    (LABEL, "浅灰色", "标题和项目名称，不能改动"),
)
HAND_IN = (
    "请在{{ form.deadline }}前报送（主管部门另有规定的从其规定）。《中华人民共和国政府信息公开条例》"
    "（以下简称《条例》）第四十九条规定，年度报告应当在每年1月31日前提交并向社会公布。",
    "请保存为“Excel工作簿（*.xlsx）”，报送原文件。不要插入、删除行列，不要删除、改名工作表，不要把内容复制到新文件。",
    "不要另设或者更改打开密码。报告将向社会公布，请勿填写身份证号码、手机号码、银行账号等个人信息。",
)
PARAGRAPH_HINT = (
    "一行填一段。行数不够的，把几段填在同一个单元格，段与段之间按Alt+Enter换行，不要占用下一部分的行。"
    "段首不空格；标题由系统生成，不用填写。"
)
ROWS_OF = {"preamble": 4, "overview.summary": 6, "problems_and_improvements": 10, "other_matters": 6}
ROWS_OF_PART, ROWS_OF_NOTE = 8, 2
LAST_BALANCE_ROW = 400


def intake_xlsx(schema: dict[str, Any], form: Form) -> bytes:
    """The template intake.xlsx of a form, for its schema."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    add_styles(workbook)
    _guide_sheet(workbook.create_sheet(GUIDE_SHEET), schema)
    _overview_sheet(workbook.create_sheet(OVERVIEW), schema)
    proactive_sheet(workbook.create_sheet("表二"), schema, form)
    requests_sheet(workbook.create_sheet("表三"), schema)
    disputes_sheet(workbook.create_sheet("表四"), schema)
    _problems_sheet(workbook.create_sheet(PROBLEMS), schema)
    _checks_sheet(workbook.create_sheet(CHECKS))
    for sheet in workbook.worksheets:
        sheet.sheet_properties.tabColor = f"FF{COMPUTED_COLOUR if sheet.title == CHECKS else INPUT_COLOUR}"
    workbook[GUIDE_SHEET].sheet_properties.tabColor = None
    workbook.active = 0
    return _without_clock(workbook, f"{schema['title']}填报表")


def _guide_sheet(sheet: Worksheet, schema: Schema) -> None:
    """Who, which year, five steps, what the colours mean, how to hand it in."""
    set_widths(sheet, 14, 56, 36)
    put(sheet, 1, 1, f"{{{{ agency.name }}}}{{{{ year }}}}年{schema['title']}", FORM_TITLE, columns=3)
    put(sheet, 2, 1, "填　报　表", SHEET_TITLE, columns=3)
    row = 4
    for path in ("agency.name", "agency.code", "year"):
        put(sheet, row, 1, title(schema, path), HEAD)
        put(sheet, row, 2, f"{{{{ {path} }}}}", CODE if path == "agency.code" else TEXT)
        put(sheet, row, 3, description(schema, path), NOTE)
        row += 1
    row = _list(sheet, row + 1, "填报步骤", [(str(number), step) for number, step in enumerate(STEPS, 1)])
    put(sheet, row, 1, "颜色含义", HEAD)
    for style, name, meaning in COLOURS:
        row += 1
        put(sheet, row, 1, name, style)
        put(sheet, row, 2, meaning, GUIDE, columns=2)
    _list(sheet, row + 2, "报送要求", [("·", text) for text in HAND_IN])
    # Merged cells never grow, and LibreOffice grows no row of a file: room for the longest name, 60 characters.
    for line, height in ((1, 66), (2, 26), (4, 50), (5, 24), (6, 24)):
        sheet.row_dimensions[line].height = height
    lay_out(sheet, first_input="B4")


def _list(sheet: Worksheet, row: int, heading: str, items: list[tuple[str, str]]) -> int:
    """A heading with numbered lines below; the row after them and a blank one."""
    put(sheet, row, 1, heading, HEAD)
    for mark, text in items:
        row += 1
        put(sheet, row, 1, mark, STEP)
        put(sheet, row, 2, text, GUIDE, columns=2)
        sheet.row_dimensions[row].height = 34
    return row + 2


def _overview_sheet(sheet: Worksheet, schema: Schema) -> None:
    _narrative_head(sheet, title(schema, "overview"))
    row = _part(sheet, schema, 4, "preamble")
    for path, _ in members(schema, "overview"):
        row = _part(sheet, schema, row, path)
    lay_out(sheet, first_input="B4", frozen="A4", repeated="1:3")


def _problems_sheet(sheet: Worksheet, schema: Schema) -> None:
    _narrative_head(sheet, "存在的主要问题及改进情况、其他需要报告的事项、表注")
    row = _part(sheet, schema, 4, "problems_and_improvements")
    row = _part(sheet, schema, row, "other_matters")
    for path, _ in members(schema, "table_notes"):
        row = _part(sheet, schema, row, path)
    lay_out(sheet, first_input="B4", frozen="A4", repeated="1:3")


def _narrative_head(sheet: Worksheet, heading: str) -> None:
    set_widths(sheet, 18, 92, 30)
    put(sheet, 1, 1, heading, SHEET_TITLE, columns=3)
    put(sheet, 2, 1, PARAGRAPH_HINT, NOTE, columns=3)
    for column, text in enumerate(("栏目", "正文（一行一段）", "填写要求"), 1):
        put(sheet, 3, column, text, HEAD)
    sheet.row_dimensions[2].height = 30
    # No height for the rows below: only then do Excel, WPS and LibreOffice let them grow with their text.


def _part(sheet: Worksheet, schema: Schema, row: int, path: str) -> int:
    """A part of the narrative: its label, what to write, a block of rows for its paragraphs. The row after it."""
    rows = ROWS_OF.get(path, ROWS_OF_NOTE if path.startswith("table_notes") else ROWS_OF_PART)
    label = title(schema, path)
    put(sheet, row, 1, label if is_required(schema, path) else f"{label}（选填）", LABEL, rows=rows)
    put(sheet, row, 3, description(schema, path), NOTE, rows=rows)
    for down in range(rows):
        put(sheet, row + down, 2, f"{{{{ {path} }}}}", PARAGRAPH)
    return row + rows


def _checks_sheet(sheet: Worksheet) -> None:
    """Where the tool shows what is still open and every balance, live."""
    set_widths(sheet, 54, 52, 11, 11, 11, 11)
    put(sheet, 1, 1, "校　　验", SHEET_TITLE, columns=6)
    put(
        sheet,
        2,
        1,
        "本页自动计算，不用填写。下面两项均为0后再报送；点“位置”可以转到有关单元格。",
        NOTE,
        columns=6,
    )
    put(sheet, 3, 1, "未填的单元格（个）", HEAD)
    put(sheet, 3, 2, "{{ form.open.total }}", RESULT)
    put(sheet, 4, 1, "不平的勾稽关系（条）", HEAD)
    put(sheet, 4, 2, "{{ form.balance.failures }}", RESULT)
    for column, text in enumerate(("工作表", "第一处未填", "未填（个）"), 1):
        put(sheet, 6, column, text, HEAD)
    for row in range(7, 13):
        for column, (tag, style) in enumerate((("sheet", LABEL), ("first", LINK), ("count", RESULT)), 1):
            put(sheet, row, column, f"{{{{ form.open.{tag} }}}}" if row == 7 else "", style)
    heads = ("勾稽关系", "位置", "前者合计", "后者合计", "差额", "结果")
    parts = ("title", "place", "left", "right", "difference", "verdict")
    for column, (head, part) in enumerate(zip(heads, parts, strict=True), 1):
        put(sheet, 14, column, head, HEAD)
        style = {"title": LABEL, "place": LINK}.get(part, RESULT)
        put(sheet, 15, column, f"{{{{ form.balance.{part} }}}}", style)
    _colour_results(sheet)
    lay_out(sheet, first_input="B3", frozen="A3", repeated="14:14", landscape=True)


def _colour_results(sheet: Worksheet) -> None:
    good, bad = solid(GOOD_COLOUR), solid(BAD_COLOUR)
    verdicts = f"F15:F{LAST_BALANCE_ROW}"
    sheet.conditional_formatting.add(verdicts, CellIsRule(operator="equal", formula=['"不平"'], fill=bad))
    sheet.conditional_formatting.add(verdicts, CellIsRule(operator="equal", formula=['"平"'], fill=good))
    doubtful = solid(DOUBTFUL_COLOUR)
    sheet.conditional_formatting.add(
        verdicts, CellIsRule(operator="equal", formula=['"请核对"'], fill=doubtful)
    )
    for cells in ("B3:B4", "C7:C12"):
        sheet.conditional_formatting.add(cells, CellIsRule(operator="greaterThan", formula=["0"], fill=bad))
    sheet.conditional_formatting.add("B3:B4", CellIsRule(operator="equal", formula=["0"], fill=good))


def _without_clock(workbook: Workbook, heading: str) -> bytes:
    """The workbook's package with nothing in it that depends on when it was written."""
    saved = io.BytesIO()
    workbook.save(saved)
    parts = with_places_for_properties(parts_of(saved.getvalue()))
    return composed(parts | property_parts(Properties(heading, "reportfill", {})))
