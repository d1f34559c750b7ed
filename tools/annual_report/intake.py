"""The intake workbook as a form, with the fields' tags in its cells."""

from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from tools.templates.intake_checks import checks_sheet
from tools.templates.intake_guide import guide_sheet
from tools.templates.intake_narrative import narrative_head, narrative_part
from tools.templates.intake_package import finished_workbook, new_form
from tools.templates.intake_sheet import lay_out
from tools.templates.labels import Schema, members, title

from .form import Form
from .intake_tables import disputes_sheet, proactive_sheet, requests_sheet

GUIDE_SHEET, OVERVIEW, PROBLEMS, CHECKS = "填报说明", "总体情况", "问题与事项", "校验"
STEPS = (
    "核对本页的单位名称和报告年度；有误的，请与{{ form.contact }}联系。",
    "按顺序填写“总体情况”“表二”“表三”“表四”“问题与事项”各页，只填浅黄色的单元格。",
    "没有发生的，数字填0，不要留空，也不要填“无”“—”“/”；文字一行填一段。",
    "打开“校验”页：未填的单元格应当为0个，勾稽关系不应有“不平”；有的，点“位置”转到有关单元格核对改正。"
    "“请核对”“无上年数据”的不影响报送。",
    "保存后将原文件报送主管部门，由系统生成Word报告；有错误的，将标明后退回。",
)
HAND_IN = (
    "请在{{ form.deadline }}前报送（主管部门另有规定的从其规定）。《中华人民共和国政府信息公开条例》"
    "（以下简称《条例》）第四十九条规定，年度报告应当在每年1月31日前提交并向社会公布。",
    "请保存为“Excel工作簿（*.xlsx）”，报送原文件。不要插入、删除行列，不要删除、改名工作表，不要把内容复制到新文件。",
    "不要另设或者更改打开密码。报告将向社会公布，请勿填写身份证号码、手机号码、银行账号等个人信息。",
)
ROWS_OF = {"preamble": 4, "overview.summary": 6, "problems_and_improvements": 10, "other_matters": 6}
ROWS_OF_PART, ROWS_OF_NOTE = 8, 2


def intake_xlsx(schema: dict[str, Any], form: Form) -> bytes:
    """The template intake.xlsx of a form, for its schema."""
    workbook = new_form()
    guide_sheet(workbook.create_sheet(GUIDE_SHEET), schema, STEPS, HAND_IN)
    _overview_sheet(workbook.create_sheet(OVERVIEW), schema)
    proactive_sheet(workbook.create_sheet("表二"), schema, form)
    requests_sheet(workbook.create_sheet("表三"), schema)
    disputes_sheet(workbook.create_sheet("表四"), schema)
    _problems_sheet(workbook.create_sheet(PROBLEMS), schema)
    checks_sheet(workbook.create_sheet(CHECKS), sheets_with_inputs=6)
    return finished_workbook(workbook, f"{schema['title']}填报表")


def _overview_sheet(sheet: Worksheet, schema: Schema) -> None:
    narrative_head(sheet, title(schema, "overview"))
    row = _part(sheet, schema, 4, "preamble")
    for path, _ in members(schema, "overview"):
        row = _part(sheet, schema, row, path)
    lay_out(sheet, first_input="B4", frozen="A4", repeated="1:3")


def _problems_sheet(sheet: Worksheet, schema: Schema) -> None:
    narrative_head(sheet, "存在的主要问题及改进情况、其他需要报告的事项、表注")
    row = _part(sheet, schema, 4, "problems_and_improvements")
    row = _part(sheet, schema, row, "other_matters")
    for path, _ in members(schema, "table_notes"):
        row = _part(sheet, schema, row, path)
    lay_out(sheet, first_input="B4", frozen="A4", repeated="1:3")


def _part(sheet: Worksheet, schema: Schema, row: int, path: str) -> int:
    rows = ROWS_OF.get(path, ROWS_OF_NOTE if path.startswith("table_notes") else ROWS_OF_PART)
    return narrative_part(sheet, schema, row, path, rows)
