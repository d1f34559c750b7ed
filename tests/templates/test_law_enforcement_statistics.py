"""The pack of the statistics of law enforcement: what is in git is what its script writes, it is what the local forms
have of which it is composed, and what was published in these is read, checked and printed. The report of several bodies
is made up: none with several rows and their sums was found."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from charts import C, drawn
from docx.oxml.ns import qn
from new_pack.word_forms import PENALTIES
from pictures import png, with_pictures
from places import DATA, ROOT, SAMPLES
from templates.word_tables import grid, merged_down, rows, spans

from reportfill import Submission, check, load_pack, new_workbook, read_workbook, render
from reportfill.model.figures import with_values
from reportfill.office.package import composed, parts_of
from reportfill.office.workbook.repeated_row import with_repeated_row
from tools.law_enforcement.form import PACK as ID
from tools.law_enforcement.intake import intake_xlsx
from tools.law_enforcement.report import report_docx
from tools.make_cases.moving import opened

FOLDER = ROOT / "templates" / ID
REPORT, INTAKE = FOLDER / "report.docx", FOLDER / "intake.xlsx"
PACK = load_pack(FOLDER)
NAMES = ("yongchuan-scjg-2022.xlsx", "qinghe-nongye-2023.xlsx", "typical-mistakes-statistics-2023.xlsx")


def data_of(name: str) -> dict[str, Any]:
    """Data of the tests."""
    data: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text("utf-8"), parse_float=Decimal)
    return data


YONGCHUAN, QINGHE = data_of("yongchuan-2022"), data_of("qinghe-nongye-2023")

KINDS = list(PENALTIES)
AS_PUBLISHED = [
    *("387", "0", "270", "281", "0", "0", "1", "0", "1", "0", "0", "0", "9", "949"),
    *("873.177", "68", "881", "881", "0", "6", "6"),
]
"""The row of penalties that Yongchuan published: thirteen kinds, their sum, and the rest."""

WITHOUT_FIGURES = "某市森林植物检疫站"
BODIES = (
    ("某市自然资源和规划局", "本级行政机关", 13, 27),
    ("某市不动产登记中心", "法律法规授权组织", 4, 27),
    ("自然资源综合执法支队", "依法受委托执法组织", 2, 47),
    ("某市林木种苗管理站", "依法受委托执法组织", 1, 3),
    ("某市陆生野生动物保护站", "依法受委托执法组织", 1, 4),
    (WITHOUT_FIGURES, "依法受委托执法组织", None, None),
    ("某市国土整治办公室", "依法受委托执法组织", 1, 22),
)
"""The bodies that a city's office published for 2023: seven in the list, six of them with posts and staff."""


def report_of(data: Mapping[str, Any], changes: Mapping[str, Any] | None = None) -> bytes:
    """The report of data after some changes."""
    return render(Submission.from_data(PACK, with_values(data, changes or {})))


def body_of(report: bytes) -> Any:
    """The body of a report."""
    return docx.Document(BytesIO(report)).element.body


def texts_of(report: bytes) -> list[str]:
    """The paragraphs of a report, those of tables aside."""
    return [paragraph.text for paragraph in docx.Document(BytesIO(report)).paragraphs]


def said(submission: Submission, last: Mapping[str, Any] | None = None) -> list[tuple[str, str]]:
    """What is said of a submission: codes and fields, without the note that last year is not known."""
    return [(f.code, f.field) for f in check(submission, last) if f.code != "history.unknown"]


def said_of(data: Mapping[str, Any], changes: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What is said of data after some changes, whose sums over rows are worked out anew."""
    changed = with_values(data, changes)
    parts = {
        key: {name: one for name, one in part.items() if name != "total"} if key != "duties" else part
        for key, part in changed.items()
        if isinstance(part, Mapping)
    }
    return said(Submission.from_data(PACK, {**changed, **parts}))


@pytest.mark.parametrize(("name", "make"), [("report.docx", report_docx), ("intake.xlsx", intake_xlsx)])
def test_what_is_in_git_is_what_the_script_writes(name: str, make: Callable[[dict[str, Any]], bytes]) -> None:
    schema = json.loads((FOLDER / "schema.json").read_text("utf-8"))
    assert (FOLDER / name).read_bytes() == make(schema), "run: python -m tools.law_enforcement"


@pytest.mark.parametrize("path", [REPORT, INTAKE, *(SAMPLES / name for name in NAMES)])
def test_every_file_is_sound_and_opens_everywhere(
    path: Path, ooxml_problems: Callable[[Path], list[str]], convert: Callable[[Path, str], Path]
) -> None:
    assert ooxml_problems(path) == []
    assert convert(path, "pdf").stat().st_size > 10_000


def test_it_names_no_single_province_as_its_author() -> None:
    readme = (FOLDER / "README.md").read_text("utf-8")
    assert "全国没有统一的格式" in readme
    assert "不是哪一个省（区、市）的原样" in readme


def test_the_three_parts_and_four_tables_stand_in_order() -> None:
    texts = texts_of(report_of(QINGHE))
    heads = [text for text in texts if re.match(r"第.部分|（.）行政|（.）委托|（.）其他需|表\d", text)]
    assert heads == [
        "第一部分　行政执法主体概况",
        "（一）行政执法主体的名称和数量情况",
        "（二）行政执法机关及各执法主体的执法岗位设置数量及在岗执法人员数量",
        "（三）委托执法情况",
        "（四）其他需要说明的情况",
        "第二部分　行政执法数据表",
        "表1　行政许可实施情况统计表",
        "表2　行政处罚实施情况统计表",
        "表3　行政强制实施情况统计表",
        "表4　其他行政执法行为实施情况统计表",
        "第三部分　行政执法情况说明",
    ]


def test_table_one_has_the_ten_columns_of_the_form() -> None:
    table = body_of(REPORT.read_bytes()).findall(qn("w:tbl"))[2]
    over, below = rows(table)[:2]
    assert over == [
        "序号",
        "单位名称",
        "行政许可实施数量（件）",
        "撤销行政许可数量（件）",
        "法制审核数量（件）",
        "备注",
    ]
    assert [text for text in below if text] == [
        *("申请数量", "受理数量", "许可数量", "不予许可数量"),
        *("审核数量", "纠错数量"),
    ]
    assert spans(table)[0] == [1, 1, 4, 1, 2, 1]
    assert merged_down(table) == dict.fromkeys(("序号", "单位名称", "撤销行政许可数量（件）", "备注"), 2)
    assert sum(grid(table)) == pytest.approx(156, abs=0.05)


def test_table_two_has_the_twenty_three_columns_of_the_form() -> None:
    table = body_of(REPORT.read_bytes()).findall(qn("w:tbl"))[3]
    over, below = rows(table)[:2]
    assert over == [
        *("序号", "单位名称", "行政处罚实施数量（件）", "罚没金额（万元）", "简易程序数量（件）"),
        *(
            "一般程序数量（件）",
            "法制审核数量（件）",
            "涉嫌犯罪移送案件数量（件）",
            "司法机关受理案件数量（件）",
        ),
    ]
    assert [text for text in below if text] == [*KINDS, "审核数量", "纠错数量"]
    assert spans(table)[0] == [1, 1, 14, 1, 1, 1, 2, 1, 1]
    assert len(grid(table)) == 23
    assert sum(grid(table)) == pytest.approx(225, abs=0.05)


def test_heads_repeat_on_every_page_and_no_row_breaks() -> None:
    for table in body_of(REPORT.read_bytes()).findall(qn("w:tbl")):
        found = table.findall(qn("w:tr"))
        heads = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in found]
        assert heads[0]
        assert heads == sorted(heads, reverse=True)
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in found)


def sections_of(report: bytes) -> list[Any]:
    """The properties of the sections of a report."""
    return list(body_of(report).iter(qn("w:sectPr")))


def in_millimetres(element: Any, side: str) -> int:
    """A measure of a page."""
    return round(int(element.get(qn(f"w:{side}"))) * 25.4 / 1440)


def header_text(report: bytes, section: Any, kind: str, pages: str) -> str:
    """The XML of a section's header or footer for odd pages (default) or even ones."""
    [reference] = [one for one in section.findall(qn(f"w:{kind}Reference")) if one.get(qn("w:type")) == pages]
    parts = parts_of(report)
    relations = parts["word/_rels/document.xml.rels"].decode()
    [found] = re.findall(rf'<Relationship Id="{reference.get(qn("r:id"))}"[^>]*Target="([^"]*)"', relations)
    return parts[f"word/{found}"].decode()


def test_table_two_lies_on_its_side_with_its_page_number_turned() -> None:
    report = report_of(QINGHE)
    before, turned, behind = sections_of(report)
    size, margins = turned.find(qn("w:pgSz")), turned.find(qn("w:pgMar"))
    assert [in_millimetres(size, side) for side in "wh"] == [297, 210]
    assert [in_millimetres(margins, side) for side in ("top", "right", "bottom", "left")] == [28, 37, 26, 35]
    assert size.get(qn("w:orient")) == "landscape"
    odd, even = (header_text(report, turned, "header", pages) for pages in ("default", "even"))
    for header in (odd, even):
        assert '<w:textDirection w:val="tbRl"/>' in header
        assert "PAGE" in header
    top_of_odd, top_of_even = (int(re.findall(r'w:y="(\d+)"', one)[0]) for one in (odd, even))
    assert top_of_even < top_of_odd, "at the upper end on even pages, at the lower end on odd ones"
    for section in (before, behind):
        assert section.find(qn("w:pgSz")).get(qn("w:orient")) is None
        assert "PAGE" not in header_text(report, section, "header", "default")
        assert "PAGE" in header_text(report, section, "footer", "default")
    assert "PAGE" not in header_text(report, turned, "footer", "default")


def test_libreoffice_turns_that_page_alone(tmp_path: Path, convert: Callable[[Path, str], Path]) -> None:
    report = tmp_path / "report.docx"
    report.write_bytes(report_of(QINGHE))
    pages = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", convert(report, "pdf").read_bytes())
    turned = [float(width) > float(height) for width, height in pages]
    assert turned.count(True) == 1
    assert not turned[0]
    assert not turned[-1]


def test_the_row_that_yongchuan_published_is_read_balances_and_is_printed() -> None:
    submission = read_workbook(SAMPLES / NAMES[0])
    assert submission.figures == Submission.from_data(PACK, YONGCHUAN).figures
    assert said(submission) == []
    printed = rows(body_of(render(submission)).findall(qn("w:tbl"))[2])
    assert printed[2:] == [["1", "永川区市场监管局", *AS_PUBLISHED], ["合　计", *AS_PUBLISHED]]


def test_a_duty_that_was_not_exercised_is_printed_as_0_for_every_body() -> None:
    printed = rows(body_of(report_of(YONGCHUAN)).findall(qn("w:tbl"))[3])
    assert printed[2:] == [["1", "永川区市场监管局", *["0"] * 12], ["合　计", *["0"] * 12]]


def test_a_duty_that_there_is_not_has_its_sentence_in_place_of_its_table() -> None:
    texts = texts_of(report_of(YONGCHUAN))
    assert texts[texts.index("表4　其他行政执法行为实施情况统计表") + 1] == "本单位无相关行政执法职责。"
    assert len(body_of(report_of(YONGCHUAN)).findall(qn("w:tbl"))) == 4


def test_without_table_two_no_page_is_turned_and_there_is_no_chart() -> None:
    data = {key: part for key, part in QINGHE.items() if key != "penalties"}
    account = {key: part for key, part in QINGHE["account"].items() if key != "penalties"}
    report = report_of(data, {"duties.penalties": "none", "account": account})
    assert len(sections_of(report)) == 1
    assert not list(body_of(report).iter(f"{C}chart"))
    assert "行政处罚各类别数量" not in "".join(texts_of(report))


def test_several_bodies_are_added_up_and_numbered() -> None:
    submission = read_workbook(SAMPLES / NAMES[1])
    assert said(submission) == []
    report = render(submission)
    tables = body_of(report).findall(qn("w:tbl"))
    assert rows(tables[0])[-1][-2:] == ["17", "61"]
    assert rows(tables[1])[1] == [
        "1",
        "清河县农业综合行政执法大队",
        "种子、农药、兽药、饲料管理方面的行政处罚和行政检查",
        "2021年7月15日",
        "2026年7月14日",
    ]
    assert [row[:2] for row in rows(tables[3])[2:]] == [
        ["1", "清河县农业农村局"],
        ["2", "清河县农业综合行政执法大队"],
        ["3", "清河县动物卫生监督所"],
        ["合　计", "50"],
    ]
    assert rows(tables[3])[-1][14:16] == ["151", "62.3565"]
    assert rows(tables[2])[3][-1] == "含变更6件"


def test_the_chart_shows_the_kinds_of_penalty_of_the_report() -> None:
    shown = drawn(report_of(QINGHE))
    assert shown.categories == KINDS[:-1]
    assert [(name, sum(value or 0 for value in values)) for name, values in shown.series] == [("数量", 151)]


def test_a_seal_laid_on_its_cell_stands_behind_name_and_date() -> None:
    workbook = new_workbook(PACK, agency=QINGHE["agency"]["name"], code="07", year=2023, data=QINGHE)
    sheet, cell = str(PACK.form.inputs["seal"][0]).split("!")
    submission = read_workbook(with_pictures(workbook, sheet, [(cell, png(300, 300))]))
    assert said(submission) == []
    report = render(submission)
    [anchor] = body_of(report).iter(qn("wp:anchor"))
    assert anchor.get("behindDoc") == "1"
    assert "2024年1月19日" in "".join(
        text.text for text in next(anchor.iterancestors(qn("w:p"))).iter(qn("w:t"))
    )
    assert not list(body_of(report_of(QINGHE)).iter(qn("wp:anchor")))


def test_without_delegation_a_sentence_says_so_and_rows_all_the_same_are_named() -> None:
    report = Submission.from_data(PACK, with_values(QINGHE, {"delegated": False}))
    assert said(report) == [("cell.not_asked_for", "delegations")]
    assert "本年度没有委托其他组织实施行政执法。" in texts_of(render(report))
    without = {key: part for key, part in QINGHE.items() if key != "delegations"}
    assert said(Submission.from_data(PACK, without)) == [("schema.missing", "delegations")]


def test_bodies_as_a_city_published_them_are_added_up_and_those_without_figures_named() -> None:
    names = ("name", "kind", "posts", "staff")
    bodies = [dict(zip(names, body, strict=True)) for body in BODIES]
    data = {key: part for key, part in YONGCHUAN.items() if key not in ("bodies", "bodies_total")}
    submission = Submission.from_data(PACK, data | {"bodies": bodies})
    assert said(submission)[:2] == [("cell.blank", "bodies[5].posts"), ("cell.blank", "bodies[5].staff")]
    complete = [body for body in bodies if body["name"] != WITHOUT_FIGURES]
    submission = Submission.from_data(PACK, data | {"bodies": complete})
    assert [submission.figures[f"bodies_total.{name}"] for name in names[2:]] == [22, 130]


PENALTY = "penalties.bodies[0]"


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({f"{PENALTY}.cases.warning": 388}, ("balance.unequal", f"{PENALTY}.cases.total")),
        ({f"{PENALTY}.simple": 69}, ("balance.unequal", f"{PENALTY}.simple")),
        ({f"{PENALTY}.amount": 0}, ("balance.doubtful", f"{PENALTY}.cases.fine")),
        ({f"{PENALTY}.review.corrected": 882}, ("balance.doubtful", f"{PENALTY}.review.reviewed")),
        ({f"{PENALTY}.prosecuted": 7}, ("balance.doubtful", f"{PENALTY}.transferred")),
        ({f"{PENALTY}.amount": Decimal("873.17701")}, ("schema.invalid", f"{PENALTY}.amount")),
        (
            {"licensing.bodies[0].decisions.accepted": 8132},
            ("balance.doubtful", "licensing.bodies[0].decisions.applied"),
        ),
        (
            {"licensing.bodies[0].decisions.refused": 559},
            ("balance.doubtful", "licensing.bodies[0].decisions.accepted"),
        ),
        ({"issued": "2022-12-31"}, ("day.too_early", "issued")),
    ],
)
def test_every_rule_of_the_form_is_kept(changes: dict[str, Any], found: tuple[str, str]) -> None:
    assert found in said_of(YONGCHUAN, changes)


def test_an_amount_without_a_fine_or_a_confiscation_is_doubted() -> None:
    cases = dict.fromkeys(YONGCHUAN["penalties"]["bodies"][0]["cases"], 0) | {"warning": 949, "total": 949}
    assert said_of(YONGCHUAN, {f"{PENALTY}.cases": cases}) == [("balance.doubtful", f"{PENALTY}.amount")]


def test_a_sum_of_rows_that_is_not_theirs_is_an_error_of_its_column() -> None:
    changed = with_values(YONGCHUAN, {"penalties.total.transferred": 7})
    assert said(Submission.from_data(PACK, changed)) == [
        ("balance.unequal", "penalties.total.transferred"),
        ("mention.differs", "account.penalties"),
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("行政许可申请总数为8130宗，予以许可7417宗。", 1),
        ("行政许可申请总数为8131宗，予以许可7416宗。", 1),
        ("实施行政处罚总数为949宗，罚没收入873.177万元。", 0),
        ("实施行政处罚总数为948宗，罚没收入873.17万元。", 2),
        ("实施行政处罚949件，其中适用简易程序69件、普通程序881件，移送司法机关涉嫌犯罪案件5件。", 2),
        ("收到投诉举报36件，办结36件；办理行政复议案件3件，组织执法培训12次。", 0),
    ],
)
def test_what_the_account_says_is_held_against_the_tables(text: str, number: int) -> None:
    found = said_of(YONGCHUAN, {"account.summary": [text]})
    assert found == [("mention.differs", "account.summary")] * number


def test_what_is_ten_times_as_much_as_last_year_is_doubted() -> None:
    last = Submission.from_data(PACK, with_values(YONGCHUAN, {"year": 2021})).figures
    small = {path: 1 if path.startswith("licensing.total") else number for path, number in last.items()}
    found = {
        field
        for code, field in said(Submission.from_data(PACK, YONGCHUAN), small)
        if code == "history.doubtful"
    }
    assert "licensing.total.decisions.applied" in found
    assert "penalties.total.cases.fine" not in found


def test_the_sample_of_mistakes_shows_each_of_them() -> None:
    found: dict[str, list[str]] = {}
    for one in check(read_workbook(SAMPLES / NAMES[2])):
        found.setdefault(one.cell, []).append(one.code)
    assert found == {
        "": ["history.unknown"],
        "执法主体!C5": ["cell.not_listed"],
        "执法主体!D28": ["cell.tidied"],
        "表1!C5": ["balance.doubtful"],
        "表1!H5": ["balance.doubtful"],
        "表1!C25": ["cell.tidied", "balance.unequal"],
        "表2!C5": ["cell.no_figure"],
        "表2!Q5": ["cell.tidied"],
        "表2!F6": ["cell.not_a_number"],
        "表2!B7": ["rows.twice"],
        "表2!E7": ["balance.doubtful"],
        "表2!R7": ["balance.unequal"],
        "表2!V7": ["balance.doubtful"],
        "表3!B5": ["cell.not_asked_for"],
        "表4!E5": ["balance.doubtful"],
        "表4!B6": ["cell.not_listed"],
        "表4!C7": ["cell.fraction"],
        "表4!E7": ["cell.tidied", "schema.invalid"],
        "表4!E25": ["balance.unequal"],
        "情况说明!B10": ["mention.differs", "mention.differs"],
        "情况说明!B14": ["mention.differs", "mention.differs"],
        "情况说明!B18": ["cell.not_asked_for"],
        "情况说明!B29": ["cell.not_a_day"],
    }


@pytest.mark.parametrize("suffix", ["ods", "xls"])
def test_a_workbook_saved_in_another_format_says_the_same(
    suffix: str, tmp_path: Path, convert: Callable[..., Path]
) -> None:
    as_it_was = read_workbook(SAMPLES / NAMES[1])
    again = read_workbook(convert(SAMPLES / NAMES[1], suffix))
    assert again.exact_data == as_it_was.exact_data
    assert [found.code for found in check(again) if found.severity.value != "note"] == []


def test_a_row_that_a_clerk_puts_in_is_read_and_added_up(
    convert: Callable[..., Path], tmp_path: Path
) -> None:
    put_in = with_repeated_row(parts_of((SAMPLES / NAMES[1]).read_bytes()), "表2", 5, 2)
    book = opened(composed(put_in))
    listed, sheet = book["执法主体"], book["表2"]
    for column, value in zip("BCDE", ("清河县渔政站", "派出机构", 1, 4), strict=True):
        listed[f"{column}7"] = value
    sheet["B7"] = "清河县渔政站"
    for column in range(3, 24):
        sheet.cell(7, column, 0)
    sheet["P7"] = None
    place = tmp_path / "more.xlsx"
    book.save(place)
    submission = read_workbook(convert(place, "xlsx"))
    names = [body["name"] for body in submission.exact_data["penalties"]["bodies"]]
    assert (names[2], len(names)) == ("清河县渔政站", 4)
    assert said(submission) == [("workbook.relocated", "")]


def test_a_body_that_part_one_does_not_list_is_named_in_each_table() -> None:
    found = said(Submission.from_data(PACK, with_values(QINGHE, {"bodies[2].name": "清河县动物卫生监督站"})))
    assert found == [
        ("cell.not_listed", f"{table}.bodies[{row}].name")
        for table, row in (("licensing", 1), ("penalties", 2), ("others", 2))
    ]


def test_the_form_has_its_sheets_in_order_and_every_figure_is_guarded() -> None:
    book = opened(INTAKE.read_bytes())
    assert book.sheetnames == ["填报说明", "执法主体", "表1", "表2", "表3", "表4", "情况说明", "校验"]
    guarded = {path for paths in PACK.form.labels.values() for path in paths}
    assert {path for path, field in PACK.fields.items() if field.kind.is_number and path != "year"} <= guarded
