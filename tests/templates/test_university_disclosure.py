"""The pack of the universities' report: what is in git is what its script writes, it is what the notices ask for, and
what was published is read, checked and printed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from places import DATA, ROOT, SAMPLES
from templates.word_tables import grid, merged_down, rows

from reportfill import Submission, check, load_pack, new_workbook, read_workbook, render
from reportfill.model.figures import with_values
from tools.make_cases.moving import opened
from tools.make_samples import sample_workbooks
from tools.university_disclosure.intake import intake_xlsx
from tools.university_disclosure.report import report_docx

FOLDER = ROOT / "templates" / "university-disclosure"
REPORT, INTAKE = FOLDER / "report.docx", FOLDER / "intake.xlsx"
PACK = load_pack(FOLDER)
PUBLISHED: Mapping[str, Any] = json.loads((DATA / "university-2021.json").read_text("utf-8"))
"""What a university published of 2021–2022 by subjects; its text and links were written for it."""
SOUND = SAMPLES / "university-2021.xlsx"
CLASSES = (
    *(
        ("基本信息", 6),
        ("招生考试信息", 8),
        ("财务、资产及收费信息", 7),
        ("人事师资信息", 5),
        ("教学质量信息", 9),
    ),
    *(
        ("学生管理服务信息", 4),
        ("学风建设信息", 3),
        ("学位、学科信息", 4),
        ("对外交流与合作信息", 2),
        ("其他", 2),
    ),
)
NOTICE = "《河南省教育厅办公室关于做好2023年高校信息公开年度报告工作的通知》（教办函〔2023〕803号）"
HEADINGS = [
    "一、概述",
    "二、主动公开情况",
    "三、依申请公开和不予公开情况",
    "四、对信息公开的评议情况",
    "五、因学校信息公开工作受到举报、复议、诉讼的情况",
    "六、信息公开工作的主要经验、问题和改进措施",
    "七、其他需要报告的事项",
    "八、清单事项公开情况表",
]


def said(data: Mapping[str, Any], last: Mapping[str, Any] | None = None) -> list[tuple[str, str]]:
    """What is said of a report: codes and fields, without the note that last year is not known."""
    found = check(Submission.from_data(PACK, data), last)
    return [(one.code, one.field) for one in found if one.code != "history.unknown"]


def printed(data: Mapping[str, Any]) -> Any:
    """The Word report of these data."""
    return docx.Document(BytesIO(render(Submission.from_data(PACK, data))))


def texts(document: Any, style: str = "") -> list[str]:
    """The paragraphs of a report, or those of a style."""
    return [one.text for one in document.paragraphs if not style or one.style.name == style]


def listed(document: Any) -> list[list[str]]:
    """The rows of the list, as they are seen: a merged cell in each row that it covers."""
    return [[cell.text for cell in row.cells] for row in document.tables[-1].rows]


@pytest.mark.parametrize(("name", "make"), [("report.docx", report_docx), ("intake.xlsx", intake_xlsx)])
def test_what_is_in_git_is_what_the_script_writes(name: str, make: Callable[[dict[str, Any]], bytes]) -> None:
    schema = json.loads((FOLDER / "schema.json").read_text("utf-8"))
    assert (FOLDER / name).read_bytes() == make(schema), "run: python -m tools.university_disclosure"


@pytest.mark.parametrize(
    "path", [REPORT, INTAKE, *(SAMPLES / name for name in sample_workbooks() if "university" in name)]
)
def test_every_file_is_sound_and_opens_everywhere(
    path: Path, ooxml_problems: Callable[[Path], list[str]], convert: Callable[[Path, str], Path]
) -> None:
    assert ooxml_problems(path) == []
    assert convert(path, "pdf").stat().st_size > 10_000


def test_the_list_of_the_ministry_is_whole_and_stands_in_the_blank_workbook() -> None:
    prescribed = PACK.rows["catalogue"].prescribed
    assert [(one["name"], len(one["entries"])) for one in prescribed] == list(CLASSES)
    names = [entry["name"] for one in prescribed for entry in one["entries"]]
    assert [name.partition("）")[0] for name in names] == [f"（{number}" for number in range(1, 51)]
    sheet = opened(new_workbook(PACK, year=2022, agency="某大学"))["清单"]
    assert [sheet.cell(5 + row, 3).value for row in range(51)] == [*names, None]
    assert [
        (cell.value, sheet.cell(cell.row, 1).value) for cell in sheet["B"][4:] if cell.value is not None
    ] == [(name, number) for number, (name, _) in enumerate(CLASSES, 1)]


def test_the_report_is_due_in_the_year_in_which_the_school_year_ends() -> None:
    assert PACK.manifest.deadlines(2022) == (date(2023, 10, 31), None)
    assert PACK.report_name({"agency": {"name": "河南大学"}, "year": 2022}) == (
        "河南大学2022—2023学年信息公开工作年度报告"
    )


def test_the_eight_parts_stand_in_order_behind_a_preamble_that_says_the_period() -> None:
    henan = with_values(
        PUBLISHED,
        {
            "agency": {"name": "河南大学"},
            "year": 2022,
            "preamble.notice": NOTICE,
            "preamble.addressee": "省教育厅",
        },
    )
    report = printed(henan)
    assert texts(report, "一级标题") == HEADINGS
    title, addressee, basis, contact = texts(report)[:4]
    assert title.split("\n") == ["河南大学", "2022—2023学年信息公开工作年度报告"]
    assert addressee == "省教育厅："
    assert basis.startswith(
        "根据《高等学校信息公开办法》（教育部令第29号）、《教育部关于公布〈高等学校信息公开事项清单〉的通知》（教办函〔2014〕23号）"
        f"和{NOTICE}要求，编制本报告。"
        "本报告共八个部分：概述，主动公开情况，"
    )
    assert basis.endswith("本报告中所列数据的统计期限自2022年9月1日起至2023年8月31日止。")
    assert "党委（校长）办公室" in contact
    assert (
        "（教育部令第29号）和《教育部关于公布"
        in texts(printed(with_values(henan, {"preamble.notice": ""})))[2]
    )


def test_short_paragraphs_with_a_number_in_brackets_are_headings_of_the_second_level() -> None:
    report = printed(PUBLISHED)
    assert texts(report, "二级标题段") == [
        *("（一）健全信息公开工作机制", "（二）推动清单落实", "（一）招生信息公开", "（二）财务信息公开"),
        *("（一）主要经验", "（二）存在问题和改进措施"),
    ]
    assert texts(printed(with_values(PUBLISHED, {"overview": ["（一）制度健全。"]})), "二级标题段")[:1] == [
        "（一）招生信息公开"
    ]


def test_the_seventh_part_says_none_where_there_is_nothing() -> None:
    assert "无。" in texts(printed(PUBLISHED))
    other = ["本学年有一项需要报告的事项。"]
    assert "无。" not in texts(printed(with_values(PUBLISHED, {"other_matters": other})))


def test_what_a_university_published_by_subjects_is_read_and_printed_with_shares_that_are_right(
    tmp_path: Path, ooxml_problems: Callable[[Path], list[str]], convert: Callable[[Path, str], Path]
) -> None:
    submission = read_workbook(SOUND)
    assert [found.code for found in check(submission)] == ["history.unknown"]
    assert submission.figures["disclosed.total"] == 164
    report = tmp_path / "report.docx"
    report.write_bytes(render(submission))
    table = [[cell.text for cell in row.cells] for row in docx.Document(str(report)).tables[0].rows]
    assert table[0] == ["信息类别", "数量（条）", "占比"]
    assert table[-3:] == [
        ["规章制度工作", "14", "8.5%"],
        ["学校党委常委会、校长办公会情况公开", "88", "53.7%"],
        ["合计", "164", "100%"],
    ]
    assert ooxml_problems(report) == []
    assert convert(report, "pdf").stat().st_size > 10_000


def test_the_list_is_printed_with_its_classes_merged_links_stacked_and_a_sentence_for_what_does_not_apply() -> (
    None
):
    report = printed(PUBLISHED)
    table = report.tables[-1]._tbl
    assert grid(table) == pytest.approx([10, 24, 68, 54], abs=0.02)
    assert rows(table)[0] == ["序号", "类别", "公开事项", "公开网址"]
    heights = {f"{name}（{number}项）": number for name, number in CLASSES if number > 1}
    assert heights.items() <= merged_down(table).items()
    found = listed(report)
    assert len(found) == 51
    assert [row[0] for row in found[1:8]] == ["1"] * 6 + ["2"]
    assert found[1][3].split("\n") == [
        *("1.1 办学规模：", "https://xxgk.example.edu.cn/info/1001/1181.htm"),
        *("1.2 校级领导班子简介及分工：", "https://xxgk.example.edu.cn/info/1001/1182.htm"),
        *("1.3 学校机构设置：", "https://www.example.edu.cn/jgsz.htm"),
    ]
    assert len(found[7][3].split("\n")) == 2
    assert (found[11][3], found[23][3]) == ("本校无此事项", "校内公开")
    properties = [row.find(qn("w:trPr")) for row in table.findall(qn("w:tr"))]
    assert properties[0].find(qn("w:tblHeader")) is not None
    assert all(one.find(qn("w:cantSplit")) is not None for one in properties)


def test_a_class_may_gain_items_and_the_list_a_class() -> None:
    catalogue = deepcopy(PUBLISHED["catalogue"])
    link = [{"url": "https://xxgk.example.edu.cn/more.htm"}]
    catalogue[0]["entries"].append({"name": "校园开放日安排", "state": "已公开", "links": link})
    entries = [{"name": "后勤服务项目", "state": "校内公开"}]
    catalogue.append({"number": 11, "name": "后勤服务信息", "entries": entries})
    data = with_values(PUBLISHED, {"catalogue": catalogue})
    assert said(data) == []
    found = listed(printed(data))
    assert found[7][1:] == ["基本信息\n（7项）", "校园开放日安排", "https://xxgk.example.edu.cn/more.htm"]
    assert found[-1] == ["11", "后勤服务信息\n（1项）", "后勤服务项目", "校内公开"]


@pytest.mark.parametrize(
    ("path", "sentence", "missing"),
    [
        ("on_request", "本学年没有收到公民、法人或其他组织的信息公开申请，也未发生收费和减免情况。", 0),
        ("on_request", "未收到依申请公开事项，无不予公开的情况。学校未对依申请公开收取任何费用。", 0),
        ("on_request", "学校共受理信息公开申请3件，均已按期答复，免费提供。", 0),
        ("on_request", "学校畅通依申请公开渠道，完善受理、审核、答复的工作流程。", 2),
        ("disputes", "未收到信息公开工作相关的举报、复议及诉讼等情况。", 0),
        ("disputes", "我校未出现因信息公开工作引起的举报、行政复议和行政诉讼。", 0),
        ("disputes", "本学年未发生因信息公开工作受到举报、申请行政复议、提起行政诉讼的情况。", 0),
        ("disputes", "没有因信息公开工作受到举报、复议、诉讼的情况。", 0),
        ("disputes", "2021年9月1日至2022年8月31日，我校未发生因信息公开引起的举报、复议和诉讼。", 0),
        ("on_request", "2021—2022学年，学校未收到信息公开申请，没有收费。", 0),
        ("on_request", "2020—2021学年未收到信息公开申请，没有收费。", 1),
        ("disputes", "本学年未因信息公开工作受到举报，各项工作平稳有序。", 2),
        ("disputes", "学校高度重视师生员工的意见和建议，认真答复来信来访。", 3),
    ],
)
def test_what_has_to_be_said_is_heard_or_missed(path: str, sentence: str, missing: int) -> None:
    values = {path: [sentence], "figures": {}}
    codes = [code for code, _ in said(with_values(PUBLISHED, values)) if code != "text.year"]
    assert codes == ["mention.missing"] * missing


def test_figures_that_are_given_are_compared_with_the_text_with_each_other_and_with_the_year_before() -> None:
    figures = {"figures.received": 5, "figures.carried_over": 1}
    assert said(with_values(PUBLISHED, figures), PUBLISHED) == [
        ("mention.differs", "on_request"),
        ("balance.unequal", "figures.carried_over"),
        ("history.unequal", "figures.carried_over"),
    ]
    tables = [[row.cells[0].text for row in one.rows] for one in printed(PUBLISHED).tables]
    assert [table[0] for table in tables] == ["信息类别", "上学年结转的申请", "举报", "序号"]


def test_what_one_channel_told_is_not_taken_for_all_that_was_disclosed() -> None:
    told = [*PUBLISHED["proactive"], "官方微信公众号共发布信息120条。"]
    assert said(with_values(PUBLISHED, {"proactive": told})) == []


def test_figures_that_are_not_given_are_asked_for_nowhere() -> None:
    without = {key: value for key, value in PUBLISHED.items() if key not in ("figures", "disclosed")}
    assert said(without) == []
    assert len(printed(without).tables) == 1
    submission = read_workbook(new_workbook(PACK, agency="某大学", year=2021, data=without))
    assert [found.code for found in check(submission)] == ["history.unknown"]
    assert not {"figures", "disclosed"} & submission.data.keys()


def test_a_workbook_begins_with_the_links_of_the_year_before_and_asks_for_every_state_anew() -> None:
    sheet = opened(new_workbook(PACK, agency="某大学", year=2022, last=PUBLISHED))["清单"]
    lines = [[cell.value for cell in row[:6]] for row in sheet.iter_rows(min_row=5, max_row=58)]
    assert lines[0][3:] == [None, "1.1 办学规模", "https://xxgk.example.edu.cn/info/1001/1181.htm"]
    assert {line[3] for line in lines} == {None}
    assert sum(line[5] is not None for line in lines) == 43
    assert sum(line[2] is not None for line in lines) == 50


def test_the_sample_of_mistakes_shows_each_of_them() -> None:
    found: dict[str, list[str]] = {}
    for one in check(read_workbook(SAMPLES / "typical-mistakes-university-2021.xlsx")):
        found.setdefault(one.cell, []).append(one.code)
    assert found == {
        "": ["history.unknown"],
        "报告正文!B6": ["cell.not_an_address"],
        "报告正文!B9": ["text.year"],
        "报告正文!B21": ["mention.differs"],
        "报告正文!B37": ["mention.missing", "mention.missing"],
        "报告正文!B53": ["mention.missing", "mention.missing", "privacy.mobile_number"],
        "清单!F8": ["cell.not_an_address"],
        "清单!F9": ["cell.not_an_address"],
        "清单!D10": ["cell.not_listed"],
        "清单!D11": ["cell.not_listed"],
        "清单!F12": ["schema.needed"],
        "清单!C13": ["rows.lacking"],
        "清单!F18": ["schema.invalid"],
        "清单!A47": ["rows.lacking"],
        "统计数据!B5": ["balance.unequal"],
    }


@pytest.mark.parametrize("suffix", ["ods", "xls"])
def test_a_workbook_that_libreoffice_saved_reads_the_same(
    convert: Callable[[Path, str], Path], suffix: str
) -> None:
    assert read_workbook(convert(SOUND, suffix)).data == read_workbook(SOUND).data
