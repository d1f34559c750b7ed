"""The pack of the annual report: what is in git is what its script writes, and it is what the regulation says."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from openpyxl import load_workbook
from places import PACK_FOLDER
from templates.word_tables import grid, merged_down, rows, spans

from reportfill.pack.pack import Pack
from tools.annual_report.form import Form
from tools.annual_report.form_2021 import FORM_2021
from tools.annual_report.intake import intake_xlsx
from tools.annual_report.report import report_docx
from tools.make_cases.moving import opened

REPORT = PACK_FOLDER / "report.docx"
INTAKE = PACK_FOLDER / "intake.xlsx"

APPLICANTS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]
RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
REQUEST_ROWS = """一、本年新收政府信息公开申请数量
二、上年结转政府信息公开申请数量
（一）予以公开
（二）部分公开（区分处理的，只计这一情形，不计其他情形）
1.属于国家秘密
2.其他法律行政法规禁止公开
3.危及“三安全一稳定”
4.保护第三方合法权益
5.属于三类内部事务信息
6.属于四类过程性信息
7.属于行政执法案卷
8.属于行政查询事项
1.本机关不掌握相关政府信息
2.没有现成信息需要另行制作
3.补正后申请内容仍不明确
1.信访举报投诉类申请
2.重复申请
3.要求提供公开出版物
4.无正当理由大量反复申请
5.要求行政机关确认或重新出具已获取信息
1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请
2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请
3.其他
（七）总计
四、结转下年度继续办理""".splitlines()


REQUEST_GROUPS = {
    "三、本年度办理结果": 22,
    "（三）不予公开": 8,
    "（四）无法提供": 3,
    "（五）不予处理": 5,
    "（六）其他处理": 3,
}
"""The labels of table 三 that are merged downwards, and over how many rows."""

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")


@pytest.fixture(scope="module")
def body() -> Any:
    """The body of report.docx."""
    return docx.Document(str(REPORT)).element.body


@pytest.mark.parametrize(("name", "make"), [("report.docx", report_docx), ("intake.xlsx", intake_xlsx)])
def test_what_is_in_git_is_what_the_script_writes(
    name: str, make: Callable[[dict[str, Any], Form], bytes]
) -> None:
    schema = json.loads((PACK_FOLDER / "schema.json").read_text("utf-8"))
    assert (PACK_FOLDER / name).read_bytes() == make(schema, FORM_2021), "run: python -m tools.annual_report"


@pytest.mark.parametrize("path", [REPORT, INTAKE])
def test_both_templates_are_sound_and_open_everywhere(
    path: Path, ooxml_problems: Callable[[Path], list[str]], convert: Callable[[Path, str], Path]
) -> None:
    assert ooxml_problems(path) == []
    assert convert(path, "pdf").stat().st_size > 10_000
    assert docx.Document(str(path)).tables if path == REPORT else load_workbook(path).worksheets
    with zipfile.ZipFile(path) as package:
        assert not [name for name in package.namelist() if "vba" in name.lower() or "macro" in name.lower()]


def test_the_six_sections_stand_in_order(body: Any) -> None:
    headings = [
        p for p in body.iter(qn("w:p")) if p.style == docx.Document(str(REPORT)).styles["一级标题"].style_id
    ]
    assert ["".join(t.text for t in p.iter(qn("w:t"))) for p in headings] == [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ]


def test_table_two_has_four_blocks_over_four_columns(body: Any) -> None:
    table = body.findall(qn("w:tbl"))[0]
    labels = [row[0] for row in rows(table)]
    assert labels == [
        "第二十条第（一）项", "信息内容", "规章", "行政规范性文件",
        "第二十条第（五）项", "信息内容", "行政许可",
        "第二十条第（六）项", "信息内容", "行政处罚", "行政强制",
        "第二十条第（八）项", "信息内容", "行政事业性收费",
    ]  # fmt: skip
    assert rows(table)[1] == ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
    assert rows(table)[12] == ["信息内容", "本年收费金额（单位：万元）"]
    assert spans(table)[0] == [4]
    assert spans(table)[5] == [1, 3]
    assert {sum(row) for row in spans(table)} == {4}
    assert [
        label
        for label, row in zip(labels, table.findall(qn("w:tr")), strict=True)
        if list(row.iter(qn("w:shd")))
    ] == [label for label in labels if label.startswith("第二十条")]
    assert {s.get(qn("w:fill")) for s in table.iter(qn("w:shd"))} == {"C6D9F1"}
    assert grid(table) == pytest.approx([46.8, 36.4, 36.4, 36.4], abs=0.02)


def test_table_three_has_three_head_rows_and_25_rows_with_the_prescribed_labels(body: Any) -> None:
    table = body.findall(qn("w:tbl"))[1]
    found = rows(table)
    assert len(found) == 28
    assert found[0][0] == "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    assert found[0][1:] == ["申请人情况"]
    assert found[1][1:] == ["自然人", "法人或其他组织", "总计"]
    assert found[2][2:-1] == APPLICANTS[1:-1]
    assert [row[-8] for row in found[3:]] == REQUEST_ROWS
    assert {sum(row) for row in spans(table)} == {10}
    assert len(table.find(qn("w:tblGrid"))) == 10
    head = {found[0][0]: 3, "自然人": 2, "总计": 2}
    assert merged_down(table) == head | REQUEST_GROUPS
    assert grid(table) == pytest.approx([12, 20, 47, *[11] * 7], abs=0.02)


def test_table_four_has_fifteen_equal_columns(body: Any) -> None:
    table = body.findall(qn("w:tbl"))[2]
    found = rows(table)
    assert found[0] == ["行政复议", "行政诉讼"]
    assert spans(table)[0] == [5, 10]
    assert found[1] == [*RESULTS, "未经复议直接起诉", "复议后起诉"]
    assert found[2][5:] == RESULTS * 2
    assert len(found) == 4
    assert {sum(row) for row in spans(table)} == {15}
    assert merged_down(table) == dict.fromkeys(RESULTS, 2)
    assert grid(table) == pytest.approx([10.4] * 15, abs=0.02)


def test_head_rows_repeat_and_no_row_is_split(body: Any) -> None:
    tables = body.findall(qn("w:tbl"))
    for table, heads in zip(tables, (0, 3, 3), strict=True):
        marked = [bool(list(row.iter(qn("w:tblHeader")))) for row in table.findall(qn("w:tr"))]
        assert marked == [True] * heads + [False] * (len(marked) - heads)
    for table in tables:
        assert sum(grid(table)) == pytest.approx(156, abs=0.02)
        assert len(list(table.iter(qn("w:cantSplit")))) == len(table.findall(qn("w:tr")))
        assert table.find(f"{qn('w:tblPr')}/{qn('w:tblLayout')}").get(qn("w:type")) == "fixed"


def test_styles_are_named_and_nothing_is_formatted_directly(body: Any) -> None:
    document = docx.Document(str(REPORT))
    names = {style.name for style in document.styles}
    assert {
        "Title",
        "Normal",
        "一级标题",
        "二级标题",
        "表格数字",
        "表格标签",
        "表格表头",
        "表格注",
        "年报表格",
    } <= names
    xml = document.styles.element.xml
    assert {"标题", "正文"} <= set(re.findall(r'<w:aliases w:val="([^"]+)"', xml))
    heading = document.styles["一级标题"].element
    assert heading.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}").get(qn("w:val")) == "0"
    for run in body.iter(qn("w:rPr")):
        assert [child.tag for child in run] == [qn("w:rStyle")]
    for properties in body.iter(qn("w:pPr")):
        assert [child.tag for child in properties] == [qn("w:pStyle")]


def test_each_tag_is_typed_in_one_run_and_each_figure_has_a_cell_of_its_own(body: Any, pack: Pack) -> None:
    texts = [text.text or "" for text in body.iter(qn("w:t"))]
    in_runs = [tag for text in texts for tag in TAG.findall(text)]
    assert in_runs == TAG.findall("".join(texts))
    cells = ["".join(t.text or "" for t in cell.iter(qn("w:t"))) for cell in body.iter(qn("w:tc"))]
    figures = [path for path, field in pack.fields.items() if field.kind.is_number and path != "year"]
    assert [cell for cell in cells if TAG.search(cell)] == [f"{{{{ {path} }}}}" for path in figures]


def test_page_and_type_are_those_of_the_standard() -> None:
    document = docx.Document(str(REPORT))
    section = document.sections[0]
    edges = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(edge.mm) for edge in edges] == [37, 35, 28, 26]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    assert document.settings.odd_and_even_pages_header_footer
    assert not section.different_first_page_header_footer
    for footer in (section.footer, section.even_page_footer):
        assert "".join(t.text or "" for t in footer._element.iter(qn("w:t"))) == "— 1 —"
        assert [field.get(qn("w:instr")) for field in footer._element.iter(qn("w:fldSimple"))] == ["PAGE"]
    with zipfile.ZipFile(REPORT) as package:
        fonts = package.read("word/fontTable.xml").decode()
    for name in ("方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体"):
        assert f'w:name="{name}"' in fonts


def test_the_form_has_its_sheets_in_order_and_opens_where_typing_begins(pack: Pack) -> None:
    book = opened(INTAKE.read_bytes())
    assert book.sheetnames == ["填报说明", "总体情况", "表二", "表三", "表四", "问题与事项", "校验"]
    inputs = {str(cell) for cells in pack.form.inputs.values() for cell in cells}
    for sheet in book.worksheets[:-1]:
        assert f"{sheet.title}!{sheet.sheet_view.selection[-1].activeCell}" in inputs
    assert book.active.title == "填报说明"
    assert {sheet.sheet_state for sheet in book.worksheets} == {"visible"}
    frozen = {"总体情况": "A4", "表二": "A3", "表三": "D7", "表四": "A6", "问题与事项": "A4", "校验": "A3"}
    assert {sheet.title: sheet.freeze_panes for sheet in book.worksheets if sheet.freeze_panes} == frozen


def test_the_form_is_printed_on_a4_one_page_wide() -> None:
    for sheet in opened(INTAKE.read_bytes()).worksheets:
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)


def test_a_sheet_that_may_take_several_pages_repeats_its_head_on_each() -> None:
    titles = {sheet.title: sheet.print_title_rows for sheet in opened(INTAKE.read_bytes()).worksheets}
    assert {name: rows for name, rows in titles.items() if rows} == {
        "总体情况": "$1:$3",
        "表三": "$1:$6",
        "问题与事项": "$1:$3",
        "校验": "$14:$14",
    }


def test_inputs_have_one_colour_and_computed_cells_another(pack: Pack) -> None:
    book = opened(INTAKE.read_bytes())
    colours: dict[bool, set[str]] = {True: set(), False: set()}
    for path, cells in pack.form.inputs.items():
        for cell in cells:
            colours[path in pack.rules.derived].add(book[cell.sheet][cell.address].fill.fgColor.rgb)
    assert len(colours[True]) == len(colours[False]) == 1
    assert colours[True] != colours[False]


def test_the_labels_of_the_form_are_the_schemas(pack: Pack) -> None:
    said = {label.text for label in pack.form.labels}
    assert set(APPLICANTS) <= said
    assert set(REQUEST_ROWS) <= said
    assert set(RESULTS) <= said


def test_titles_of_the_schema_are_the_labels_of_both_templates(body: Any, pack: Pack) -> None:
    printed = {"".join(t.text or "" for t in paragraph.iter(qn("w:t"))) for paragraph in body.iter(qn("w:p"))}
    form = [cell.value for sheet in opened(INTAKE.read_bytes()) for row in sheet for cell in row]
    typed = {"".join(str(value).split()) for value in form if value}
    for path, field in pack.fields.items():
        if path.startswith(("proactive.", "requests.")):
            # The table of 二 says the unit where it is not the number of pieces; 四 splits its titles over two rows.
            column = field.title if field.unit == "件" else f"{field.title}（单位：{field.unit}）"
            for title in (*field.titles[:-1], column):
                assert title in printed, field.label
                assert title in typed, field.label


def test_every_figure_of_tables_two_to_four_is_guarded_by_two_labels_of_its_own(pack: Pack) -> None:
    guards: dict[str, list[str]] = {}
    for label, paths in pack.form.labels.items():
        for path in paths:
            guards.setdefault(path, []).append(label.text)
    for path, field in pack.fields.items():
        if path.startswith(("proactive.", "requests.")):
            assert len(guards[path]) == 2
        assert guards[path], field.label
