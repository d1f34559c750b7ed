"""The blanks of a line of text: what each is called and what it asks for."""

from __future__ import annotations

import pytest
from new_pack.truths import kind_in
from new_pack.word_forms import form

from reportfill.new_pack.text_blanks import boxes_in, lettered, text_blanks


def blanks_of(text: str) -> list[tuple[str, str]]:
    paragraph = form().add_paragraph(text)._p
    return [(blank.label, kind_in(blank.asked.schema)) for blank in text_blanks(paragraph)]


@pytest.mark.parametrize(
    ("text", "blanks"),
    [
        ("填报人：__________", [("填报人", "text")]),
        ("填报人：　　　　联系电话：", [("填报人", "text"), ("联系电话", "text")]),
        ("全年共检查____次，发现隐患____处。", [("全年共检查", "count"), ("发现隐患", "count")]),
        ("罚款____万元", [("罚款", "amount")]),
        ("办结率____%", [("办结率", "amount")]),
        ("填表日期：　　年　　月　　日", [("填表日期", "date")]),
        ("    年    月    日", [("日期", "date")]),
        ("填报单位：　　　　　　年　月　日", [("填报单位", "text"), ("日期", "date")]),
        ("单位盖章：\n    年   月   日", [("日期", "date")]),
        ("出生年月：20  年  月", [("出生年月", "year-month")]),
        ("是否公开：□是　□否", [("是否公开", "yes_no")]),
        ("性质：□机关　□事业单位", [("性质", "choice")]),
        ("性质：机关□　事业单位□", [("性质", "choice")]),
        ("渠道（可多选）：□网站　□公报", [("渠道（可多选）", "choices")]),
        ("您的评价是（　　）", [("您的评价是", "text")]),
        ("共收到申请××件", [("共收到申请", "count")]),
        ("共收到申请　　　件。", [("共收到申请", "count")]),
        ("根据有关规定，现将情况报告如下。", []),
        ("主要做法有：一是加强领导；二是健全制度。", []),
        ("2025年3月1日", []),
        ("出生年月日", []),
        ("{{ agency.name }}共检查{{ visits }}次", []),
    ],
)
def test_a_blank_is_called_by_the_words_before_it(text: str, blanks: list[tuple[str, str]]) -> None:
    assert blanks_of(text) == blanks


def test_blanks_that_are_underlined_are_to_be_written_on() -> None:
    paragraph = form().add_paragraph("单位负责人")
    paragraph.add_run("        ").underline = True
    assert [blank.label for blank in text_blanks(paragraph._p)] == ["单位负责人"]


def test_each_box_is_ticked_where_its_option_was_chosen() -> None:
    paragraph = form().add_paragraph("等级：□甲　□乙")._p
    words = [edit.words.replace("\ue000", "grade") for edit in text_blanks(paragraph)[0].edits]
    assert words == ["{{ (grade == '甲') | 勾选 }}", "{{ (grade == '乙') | 勾选 }}"]


def test_an_option_stands_before_its_box_or_behind_it() -> None:
    assert [option for _, option in boxes_in("□甲　□乙")] == ["甲", "乙"]
    assert [option for _, option in boxes_in("甲□　乙□")] == ["甲", "乙"]


def test_options_may_have_letters() -> None:
    assert lettered("A.满意　B.基本满意　C.不满意") == [("A", "满意"), ("B", "基本满意"), ("C", "不满意")]
