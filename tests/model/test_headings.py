"""Headings pasted with their text are not printed twice, nothing else of it is lost, and sound text is left alone."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from builders import LONG_ENOUGH, figures_only
from excel import codes
from hypothesis import given
from hypothesis import strategies as st

from reportfill import check, new_workbook, read_workbook, render
from reportfill.model.figures import with_values
from reportfill.model.headings import without_headings
from reportfill.model.submission import Submission
from reportfill.pack.pack import Pack
from reportfill.place import Cell

PROACTIVE, MANAGEMENT = "overview.proactive_disclosure", "overview.information_management"
SUMMARY, PROBLEMS, NOTE = "overview.summary", "problems_and_improvements", "table_notes.proactive"
TEXT = "2023年，本单位主动公开工作按照有关规定开展。"


def submitted(pack: Pack, path: str, *paragraphs: str) -> Submission:
    """A sound report in which a part has these paragraphs."""
    return Submission.from_data(pack, with_values(figures_only(pack, {}), {path: list(paragraphs)}))


def told(submission: Submission) -> list[str]:
    """What is found, apart from what is tidied and that last year is not known."""
    return [found.code for found in check(submission) if found.severity.value != "note"]


WHOLE = [
    (PROACTIVE, heading)
    for heading in (
        *(
            "（一）主动公开",
            "(一)主动公开",
            "㈠主动公开",
            "〔一〕主动公开：",
            "[一] 主动公开",
            "【一】主动公开",
            "（1）主动公开",
        ),
        *(
            "一、主动公开",
            "一.主动公开。",
            "1、主动公开",
            "1.主动公开",
            "１．主动公开",
            "第一部分 主动公开",
            "⑴主动公开",
            "①主动公开",
        ),
        *(
            "Ⅰ、主动公开",
            "ⅰ．主动公开",
            "II. 主动公开：",
            "（Ⅰ）主动公开",
            "第一、主动公开",
            "第一 主动公开",
            "第1、主动公开。",
            "第一章　主动公开",
        ),
        *(
            "（一） 主动 公开：",
            "（一）、主动公开",
            "一 主动公开",
            "一　主动公开：",
            "主动公开",
            "主动公开：",
            "主动公开。",
            "(一）主动\u200b公开",
        ),
        *(
            "一、总体情况",
            "二、主动公开政府信息情况",
            "（二）依申请公开",
            "(五)监督保障",
            "六、其他需要报告的事项",
        ),
    )
] + [
    *[
        (f"overview.{part}", f"{number}{words}{end}")
        for part, words in (
            ("proactive_disclosure", "主动公开情况"),
            ("disclosure_on_request", "依申请公开情况"),
            ("information_management", "政府信息管理情况"),
            ("information_management", "信息管理工作情况"),
            ("platform", "政府信息公开平台建设情况"),
            ("platform", "平台建设情况"),
            ("oversight", "监督保障情况"),
            ("oversight", "监督保障工作开展情况"),
            ("oversight", "监 督 保 障 情 况"),
        )
        for number, end in (("", ""), ("(一)、", ""), ("（二）", "："), ("３．", "。"))
    ],
    (SUMMARY, "一、总体情况"),
    (SUMMARY, "总体情况："),
    (MANAGEMENT, "3、政府信息管理"),
    (MANAGEMENT, "㈢　政府信息管理"),
    (PROBLEMS, "五、存在的主要问题及改进情况"),
    (PROBLEMS, "5. 存在的主要问题及改进情况："),
    ("other_matters", "六、其他需要报告的事项"),
]


@pytest.mark.parametrize(("path", "heading"), WHOLE)
def test_a_heading_of_the_report_in_a_paragraph_of_its_own_is_left_out(
    pack: Pack, path: str, heading: str
) -> None:
    text = figures_only(pack, {})["other_matters"][0] if path == "other_matters" else TEXT
    submission = submitted(pack, path, heading, text)
    assert told(submission) == ["text.heading"]
    assert without_headings(pack, pack.fields[path], text, None) == (text, None)
    printed = [paragraph.text for paragraph in docx.Document(BytesIO(render(submission))).paragraphs]
    assert sum(paragraph.endswith(text) for paragraph in printed) == 1
    assert heading not in printed or (
        heading == printed[printed.index(heading)] and printed.count(heading) == 1
    )


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        *[
            (PROACTIVE, f"{number}主动公开{end}")
            for number in ("（一）", "(一) ", "1.", "")
            for end in ("：", ":", "。", " ：")
        ],
        *[
            (PROACTIVE, f"{number}主动公开{end}")
            for number in ("（一）", "一、")
            for end in (" ", "\u3000", "——")
        ],
        (NOTE, "注："),
        (PROBLEMS, "五、存在的主要问题及改进情况。"),
        *[
            (PROACTIVE, f"{number}{words}{end}")
            for number in ("（一）", "(一)、", "1.", "")
            for words in ("主动公开情况", "主动公开工作开展情况", "政府信息主动公开情况", "主 动 公 开 情 况")
            for end in ("：", "。")
        ],
    ],
)
def test_a_heading_before_the_text_in_one_paragraph_is_taken_off(pack: Pack, path: str, heading: str) -> None:
    rest, found = without_headings(pack, pack.fields[path], heading + TEXT, Cell("总体情况", 13, 1))
    assert rest == TEXT
    assert found is not None
    assert (found.code, found.severity.value, found.cell) == ("text.heading", "warning", "总体情况!B14")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (MANAGEMENT, "(三)完善公开制度规范，加强政府信息管理"),
        (MANAGEMENT, "3、加强政府信息管理"),
        (PROACTIVE, f"（一）主动公开{TEXT}"),
        (PROACTIVE, f"（一）主动公开情况{TEXT}"),
        (PROACTIVE, f"（二）依申请公开：{TEXT}"),
        (PROBLEMS, "五、存在的问题和不足"),
    ],
)
def test_a_heading_in_other_words_or_without_an_end_is_named_and_stays(
    pack: Pack, path: str, text: str
) -> None:
    submission = submitted(pack, path, text, TEXT)
    assert told(submission) == ["text.heading"]
    assert render(submission) != render(submitted(pack, path, TEXT))


@pytest.mark.parametrize(
    ("path", "texts"),
    [
        (PROACTIVE, ["主动公开政府信息120条，按照有关规定开展。"]),
        (PROACTIVE, ["主动公开 120 条政府信息，按照有关规定开展。"]),
        (PROACTIVE, ["主动公开、依申请公开工作按照有关规定开展。"]),
        (PROACTIVE, ["（一）机构职能按照规定公开。", "（二）办事指南按照规定公开。"]),
        (PROACTIVE, ["（一）机构职能按照规定公开；（二）办事指南按照规定公开。"]),
        (PROACTIVE, ["1.机构职能公开。按照规定开展。", "2.办事指南公开。按照规定开展。"]),
        (SUMMARY, ["一是加强组织领导，按照有关规定开展。", "二是完善制度，按照有关规定开展。"]),
        (PROACTIVE, ["主动公开情况总体良好。", LONG_ENOUGH]),
        (PROACTIVE, ["主动公开方面，按照有关规定开展，情况正常。"]),
        ("overview.platform", ["平台建设情况良好，运行平稳，维护及时。"]),
        ("overview.platform", ["公开平台建设不断加强，运行平稳，维护及时。"]),
        ("overview.oversight", ["监督保障工作有序推进，情况正常，运行平稳。"]),
        (SUMMARY, ["监督保障工作按照有关规定开展，情况正常。"]),
        (PROBLEMS, ["（一）主动公开意识不强，有待加强。", "（二）依申请公开答复不够规范，有待改进。"]),
        (PROBLEMS, ["（一）存在问题。信息更新不及时。", "（二）改进措施。加强培训。"]),
        (PROBLEMS, ["5月份组织了培训，但是信息更新仍不及时。"]),
        (PROACTIVE, ["第一、公开机构职能。", "第二、公开办事指南，按照规定开展。"]),
        (PROACTIVE, ["Ⅰ级响应期间，主动公开政府信息120条，按照有关规定开展。"]),
        (PROACTIVE, ["第一季度主动公开政府信息120条，按照有关规定开展。"]),
    ],
)
def test_sound_text_is_left_alone(pack: Pack, path: str, texts: list[str]) -> None:
    submission = submitted(pack, path, *texts)
    assert told(submission) == []
    assert with_values({}, {path: texts}) == with_values({}, {path: list(_at(submission, path))})


def _at(submission: Submission, path: str) -> list[str]:
    value = submission.data
    for key in path.split("."):
        value = value[key]
    return list(value)


@given(text=st.text(st.sampled_from("（(一二五1、.）)主动公开总体情况：。 　年甲乙"), max_size=16))
def test_whatever_is_taken_off_the_rest_is_the_end_of_the_text(pack: Pack, text: str) -> None:
    rest, found = without_headings(pack, pack.fields[PROACTIVE], text, None)
    assert text.endswith(rest)
    assert (found is None) == (rest == text)


def test_a_part_that_holds_its_heading_alone_is_empty(pack: Pack) -> None:
    assert sorted(told(submitted(pack, PROACTIVE, "（一）主动公开"))) == ["text.empty", "text.heading"]


@pytest.mark.parametrize(
    "heading", ["（一）主动公开", "五、存在的主要问题及改进情况", "概括说明本年度贯彻落实情况。"]
)
def test_a_workbook_with_a_heading_in_an_input_is_read(pack: Pack, heading: str) -> None:
    """A text of the form in an input was typed where all labels are in place."""
    data = with_values(figures_only(pack, {}), {PROACTIVE: [heading, LONG_ENOUGH]})
    workbook = new_workbook(pack, agency="清河县档案馆", year=2023, data=data)
    submission = read_workbook(workbook)
    assert [code for code, _ in codes(submission)] == (
        ["text.heading"] if "、" in heading or "（" in heading else []
    )
    assert _at(submission, PROACTIVE)[-1] == LONG_ENOUGH


@pytest.mark.parametrize(
    "text", ["三 年来，本单位不断完善信息管理制度。", "三 个科室分工负责，信息管理制度健全。"]
)
def test_a_quantity_before_a_blank_is_no_heading(pack: Pack, text: str) -> None:
    assert "text.heading" not in told(submitted(pack, MANAGEMENT, text + LONG_ENOUGH))
