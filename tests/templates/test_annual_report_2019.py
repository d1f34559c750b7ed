"""The pack of the form for 2019 and 2020: what is in git is what its script writes, it is what the form says, and what
was published in it is read, checked and printed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from places import DATA, ROOT, SAMPLES
from templates.test_annual_report_2021 import APPLICANTS, REQUEST_GROUPS, REQUEST_ROWS, RESULTS
from templates.word_tables import grid, merged_down, rows, spans

from reportfill import Submission, check, load_pack, new_workbook, read_workbook, render
from reportfill.model.figures import with_values
from tools.annual_report.form import Form
from tools.annual_report.form_2019 import FORM_2019
from tools.annual_report.intake import intake_xlsx
from tools.annual_report.report import report_docx
from tools.make_cases.moving import opened
from tools.make_cases.surgery import with_texts
from tools.make_samples import sample_workbooks

FOLDER = ROOT / "templates" / FORM_2019.pack
REPORT, INTAKE = FOLDER / "report.docx", FOLDER / "intake.xlsx"
PACK = load_pack(FOLDER)
DADUKOU: Mapping[str, Any] = json.loads((DATA / "dadukou-2020.json").read_text("utf-8"), parse_float=Decimal)

PARTS = (
    "proactive_disclosure",
    "disclosure_on_request",
    "information_management",
    "platform",
    "oversight",
)
"""The parts of 一 that a report has all or none of."""

OF_ITEMS = ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"]
TABLE_TWO = [
    ["第二十条第（一）项"],
    ["信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"],
    ["规章"],
    ["规范性文件"],
    ["第二十条第（五）项"],
    OF_ITEMS,
    ["行政许可"],
    ["其他对外管理服务事项"],
    ["第二十条第（六）项"],
    OF_ITEMS,
    ["行政处罚"],
    ["行政强制"],
    ["第二十条第（八）项"],
    OF_ITEMS[:3],
    ["行政事业性收费"],
    ["第二十条第（九）项"],
    ["信息内容", "采购项目数量", "采购总金额"],
    ["政府集中采购"],
]
"""The labels of table 二, row by row."""


@pytest.fixture(scope="module")
def body() -> Any:
    """The body of report.docx."""
    return docx.Document(str(REPORT)).element.body


def typed(figures: Mapping[str, Any], texts: Mapping[str, str] | None = None) -> Submission:
    """Dadukou's report with these figures instead of its own, as read from its workbook, in which some are texts."""
    data = with_values(DADUKOU, figures)
    workbook = new_workbook(PACK, agency=DADUKOU["agency"]["name"], year=2020, data=data)
    cells = {str(PACK.form.inputs[path][0]): text for path, text in (texts or {}).items()}
    return read_workbook(with_texts(workbook, cells))


def said(submission: Submission, last: Mapping[str, Any] | None = None) -> list[tuple[str, str]]:
    """What is said of a submission: codes and fields, without the note that last year is not known."""
    return [(f.code, f.field) for f in check(submission, last) if f.code != "history.unknown"]


@pytest.mark.parametrize(("name", "make"), [("report.docx", report_docx), ("intake.xlsx", intake_xlsx)])
def test_what_is_in_git_is_what_the_script_writes(
    name: str, make: Callable[[dict[str, Any], Form], bytes]
) -> None:
    schema = json.loads((FOLDER / "schema.json").read_text("utf-8"))
    assert (FOLDER / name).read_bytes() == make(schema, FORM_2019), "run: python -m tools.annual_report"


def test_the_samples_in_git_are_what_their_script_writes() -> None:
    for name, content in sample_workbooks().items():
        assert (SAMPLES / name).read_bytes() == content, "run: python -m tools.make_samples"


@pytest.mark.parametrize("path", [REPORT, INTAKE, *(SAMPLES / name for name in sample_workbooks())])
def test_every_file_is_sound_and_opens_everywhere(
    path: Path, ooxml_problems: Callable[[Path], list[str]], convert: Callable[[Path, str], Path]
) -> None:
    assert ooxml_problems(path) == []
    assert convert(path, "pdf").stat().st_size > 10_000


def test_the_six_sections_stand_in_order(body: Any) -> None:
    heading = docx.Document(str(REPORT)).styles["一级标题"].style_id
    found = [p for p in body.iter(qn("w:p")) if p.style == heading]
    assert ["".join(t.text for t in p.iter(qn("w:t"))) for p in found] == [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ]


def test_table_two_has_eighteen_rows_in_five_blocks_over_four_columns(body: Any) -> None:
    table = body.findall(qn("w:tbl"))[0]
    labels = [[text for text in row if text and not text.startswith("{{")] for row in rows(table)]
    assert labels == TABLE_TWO
    assert spans(table) == [
        [4] if row[0].startswith("第") else [1, 1, 2] if index >= 12 else [1] * 4
        for index, row in enumerate(TABLE_TWO)
    ]
    shaded = [bool(list(row.iter(qn("w:shd")))) for row in table.findall(qn("w:tr"))]
    assert shaded == [len(row) == 1 and row[0].startswith("第") for row in TABLE_TWO]
    assert grid(table) == pytest.approx([46.8, 36.4, 36.4, 36.4], abs=0.02)


def test_table_three_is_that_of_2021_with_one_row_for_other_outcomes(body: Any) -> None:
    table = body.findall(qn("w:tbl"))[1]
    found = rows(table)
    i = next(i for i, label in enumerate(REQUEST_ROWS) if label.startswith("1.申请人无正当理由逾期不补正"))
    expected = [*REQUEST_ROWS[:i], "（六）其他处理", *REQUEST_ROWS[i + 3 :]]
    assert [row[-8] for row in found[3:]] == expected
    assert len(expected) == 23
    assert found[0][0] == "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    assert found[1][1:] == ["自然人", "法人或其他组织", "总计"]
    assert found[2][2:-1] == APPLICANTS[1:-1]
    groups = REQUEST_GROUPS | {"三、本年度办理结果": 20}
    del groups["（六）其他处理"]
    assert merged_down(table) == {found[0][0]: 3, "自然人": 2, "总计": 2} | groups
    assert {sum(row) for row in spans(table)} == {10}
    kept = [row.findall(f".//{qn('w:pStyle')}")[0].get(qn("w:val")) for row in table.findall(qn("w:tr"))[-3:]]
    assert kept[:2] == ["TableHead"] * 2, "the last rows stand together on a page"


def test_table_four_is_that_of_2021(body: Any) -> None:
    table = body.findall(qn("w:tbl"))[2]
    found = rows(table)
    assert found[0] == ["行政复议", "行政诉讼"]
    assert found[1] == [*RESULTS, "未经复议直接起诉", "复议后起诉"]
    assert found[2][5:] == RESULTS * 2
    assert {sum(row) for row in spans(table)} == {15}


def test_the_form_has_its_sheets_in_order_and_every_figure_is_guarded(body: Any) -> None:
    book = opened(INTAKE.read_bytes())
    assert book.sheetnames == ["填报说明", "总体情况", "表二", "表三", "表四", "问题与事项", "校验"]
    guarded = {path for paths in PACK.form.labels.values() for path in paths}
    assert {path for path, field in PACK.fields.items() if field.kind.is_number and path != "year"} <= guarded


def test_the_years_choose_the_form() -> None:
    assert [load_pack(year).id[-4:] for year in (2019, 2020, 2021, 2026)] == ["2019", "2019", "2021", "2021"]


def test_what_dadukou_published_is_read_and_printed_with_the_amounts_unit(
    tmp_path: Path, ooxml_problems: Callable[[Path], list[str]], convert: Callable[[Path, str], Path]
) -> None:
    submission = read_workbook(SAMPLES / "dadukou-keji-2020.xlsx")
    assert submission.figures == Submission.from_data(PACK, DADUKOU).figures
    assert submission.exact_data["overview"]["summary"] == DADUKOU["overview"]["summary"]
    assert said(submission) == [("cell.tidied", "proactive.procurement.amount")]
    report = tmp_path / "report.docx"
    report.write_bytes(render(submission))
    printed = rows(docx.Document(str(report)).element.body.findall(qn("w:tbl"))[0])
    assert printed[-1] == ["政府集中采购", "21", "17.27万元"]
    assert ooxml_problems(report) == []
    assert convert(report, "pdf").stat().st_size > 10_000


def test_no_amount_is_printed_without_a_unit_where_there_is_none() -> None:
    report = render(typed({"proactive.procurement.amount": 0, "proactive.procurement.projects": 0}))
    printed = rows(docx.Document(BytesIO(report)).element.body.findall(qn("w:tbl"))[0])
    assert printed[-1] == ["政府集中采购", "0", "0"]


def test_what_wuhai_published_is_read_a_sign_before_the_change_included() -> None:
    submission = typed(
        {
            "proactive.licensing.last_year": 1,
            "proactive.other_services": {"last_year": 2, "change": 2, "decisions": 114},
            "proactive.penalties": {"last_year": 25, "change": -1, "decisions": 0},
        },
        {"proactive.other_services.change": "+2"},
    )
    assert said(submission) == [("cell.tidied", "proactive.other_services.change")]
    assert submission.figures["proactive.other_services.change"] == 2
    printed = rows(docx.Document(BytesIO(render(submission))).element.body.findall(qn("w:tbl"))[0])
    assert printed[7] == ["其他对外管理服务事项", "2", "2", "114"]
    assert printed[10] == ["行政处罚", "25", "-1", "0"]


def test_what_wuhan_left_blank_or_dashed_is_named_by_its_cell() -> None:
    submission = typed(
        {
            "proactive.normative_documents": {"made": 2, "disclosed": 2, "total_disclosed": 19},
            "proactive.licensing": {"last_year": 8, "change": 5, "decisions": 93},
            "proactive.compulsory_measures": {"last_year": 4, "change": 4, "decisions": 0},
            "proactive.fees": {},
        },
        {"proactive.compulsory_measures.decisions": "-"},
    )
    assert said(submission) == [
        ("cell.no_figure", "proactive.compulsory_measures.decisions"),
        ("cell.blank", "proactive.fees.last_year"),
        ("cell.blank", "proactive.fees.change"),
    ]


def test_the_sample_of_mistakes_shows_each_of_them() -> None:
    found: dict[str, list[str]] = {}
    for one in check(read_workbook(SAMPLES / "typical-mistakes-2020.xlsx")):
        found.setdefault(one.cell, []).append(one.code)
    assert found == {
        "": ["history.unknown"],
        "总体情况!B9": ["mention.differs"],
        "总体情况!B22": ["schema.needed"],
        "总体情况!B30": ["schema.needed"],
        "总体情况!B38": ["schema.needed"],
        "总体情况!B46": ["schema.needed"],
        "表二!B5": ["cell.no_figure"],
        "表二!D6": ["balance.doubtful"],
        "表二!B9": ["balance.doubtful"],
        "表二!B10": ["cell.tidied"],
        "表二!C10": ["cell.tidied"],
        "表二!B13": ["cell.negative"],
        "表二!C13": ["cell.not_a_number"],
        "表二!C14": ["cell.fraction"],
        "表二!C17": ["cell.no_figure"],
        "表二!C20": ["cell.not_a_number"],
        "表三!D7": ["balance.unequal"],
        "表三!J7": ["balance.unequal"],
    }


def test_items_go_on_from_the_year_before_within_the_form() -> None:
    last = with_values(
        DADUKOU, {"year": 2019, "proactive.licensing": {"last_year": 71, "change": -11, "decisions": 0}}
    )
    blank = read_workbook(new_workbook(PACK, agency="甲局", year=2020, last=last))
    assert blank.figures["proactive.licensing.last_year"] == 60
    assert said(typed({"proactive.licensing.last_year": 60}), last) == []
    assert said(typed({}), last) == [("history.unequal", "proactive.licensing.last_year")]


def test_a_report_of_2020_in_five_parts_has_them_numbered() -> None:
    parts = {name: [f"{name}的情况在这里写明，全年各项工作按照要求完成。"] for name in PARTS}
    report = docx.Document(BytesIO(render(typed({f"overview.{name}": text for name, text in parts.items()}))))
    texts = [paragraph.text for paragraph in report.paragraphs]
    heads = [
        "（一）主动公开：",
        "（二）依申请公开：",
        "（三）政府信息管理：",
        "（四）政府信息公开平台建设：",
        "（五）监督保障：",
    ]
    assert [text for text in texts if text.startswith("（")] == [
        head + parts[name][0] for head, name in zip(heads, PARTS, strict=True)
    ]


def test_the_sheet_of_checks_doubts_a_stock_below_nothing_as_excel_works_it_out(
    tmp_path: Path, convert: Callable[[Path, str], Path]
) -> None:
    figures = {"proactive.licensing.last_year": 4, "proactive.licensing.change": -9}
    place = tmp_path / "filled.xlsx"
    place.write_bytes(new_workbook(PACK, agency="甲局", year=2020, data=with_values(DADUKOU, figures)))
    worked_out_anew = convert(convert(place, "ods"), "xlsx")
    for workbook in (place, worked_out_anew):
        sheet = opened(workbook.read_bytes(), data_only=True)["校验"]
        balances = [[cell.value for cell in row[:6]] for row in sheet.iter_rows(min_row=15)]
        doubted = [
            (title, left, right) for title, _, left, right, _, verdict in balances if verdict == "请核对"
        ]
        assert doubted == [("上一年项目数量加本年增/减一般不小于0", -5, 0)]
        assert sheet["B4"].value == 0
