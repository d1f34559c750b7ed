"""What the blanks of a form are taken for, beside what they are in a finished pack."""

from __future__ import annotations

import pytest
from new_pack.truths import KNOWN, Known, Truth, kind_in
from new_pack.word_forms import form, lines, saved, table
from places import ROOT

from reportfill.new_pack.draft import Draft
from reportfill.new_pack.reading import read_draft
from reportfill.new_pack.word_form import opened_form


def draft_of(content: bytes) -> Draft:
    return read_draft(opened_form(content))


def taken_for(draft: Draft) -> list[Truth]:
    return [(kind_in(blank.asked.schema), blank.asked.is_required) for blank in draft.blanks]


@pytest.mark.parametrize("name", KNOWN)
def test_nine_blanks_in_ten_are_what_they_are_in_a_finished_pack(name: str) -> None:
    known = KNOWN[name]
    taken = taken_for(draft_of(known.make()))
    assert len(taken) == len(known.blanks)
    right = sum(one == other for one, other in zip(taken, known.blanks, strict=True))
    assert right >= 0.9 * len(taken)


@pytest.mark.parametrize("name", KNOWN)
def test_the_sums_of_a_form_are_proposed(name: str) -> None:
    known = KNOWN[name]
    draft = draft_of(known.make())
    assert sum(len(section.sums) for section in draft.sections) == known.sums


@pytest.mark.parametrize(
    ("title", "words", "names_office", "names_year"),
    [
        ("××单位2019年政府信息公开工作年度报告", "政府信息公开工作年度报告", True, True),
        ("____年度安全生产检查情况汇总表", "安全生产检查情况汇总表", False, True),
        ("（单位名称）20  年固定资产情况表", "固定资产情况表", True, True),
        ("××大学20××—20××学年信息公开工作年度报告", "信息公开工作年度报告", True, True),
        ("专业技术人员登记表", "专业技术人员登记表", False, False),
        ("{{ agency.name }}{{ year }}年检查情况报告", "检查情况报告", True, True),
        ("××市××局20××年法治政府建设情况报告", "法治政府建设情况报告", True, True),
    ],
)
def test_a_title_is_read_without_office_and_year(
    title: str, words: str, names_office: bool, names_year: bool
) -> None:
    draft = draft_of(saved(lines(form(title), "一、情况", "")))
    assert (draft.title, draft.names_office, draft.names_year) == (words, names_office, names_year)


def test_the_first_blank_that_asks_for_the_office_is_the_office() -> None:
    draft = draft_of(saved(lines(form("检查情况表"), "填报单位（盖章）：________　统计年度：________")))
    assert [blank.path for blank in draft.blanks] == ["agency.name", "year"]


def test_a_year_of_the_title_is_the_same_year_in_the_text() -> None:
    draft = draft_of(
        saved(lines(form("2022年度执法统计表"), "统计范围为2022年1月1日至12月31日。", "件数：____件"))
    )
    assert [edit.words for edit in draft.head] == ["{{ year }}", "{{ year }}"]


def test_a_period_that_ends_before_it_began_ends_in_the_next_year() -> None:
    text = "统计期限自20  年9月1日起至20  年8月31日止，共____件。"
    draft = draft_of(saved(lines(form("学年统计表"), text)))
    assert [edit.words for edit in draft.head] == ["{{ year }}", "{{ year + 1 }}"]


def test_a_heading_with_text_below_it_has_no_room_for_more() -> None:
    draft = draft_of(saved(lines(form("情况报告"), "一、依据", "", "根据有关规定编制。", "二、情况", "")))
    assert [blank.labels for blank in draft.blanks] == [("二、情况",)]


def test_a_hint_below_a_heading_says_what_is_to_be_written_and_how_much() -> None:
    draft = draft_of(saved(lines(form("情况报告"), "一、情况", "（简要说明，不超过800字）")))
    asked = draft.blanks[0].asked
    assert asked.description == "（简要说明，不超过800字）"
    assert asked.schema["items"] == {"type": "string", "maxLength": 800}


def test_a_table_is_named_by_the_line_above_it_and_counts_in_the_unit_said_there() -> None:
    document = lines(form("统计表"), "第一张表", "单位：件")
    table(document, ["项目", "数量"], ["许可", ""])
    section = draft_of(saved(document)).sections[0]
    assert section.title == "第一张表"
    assert section.blanks[0].asked.unit == "件"


def test_rows_that_are_alike_are_records_and_a_single_one_is_not() -> None:
    document = form("名单")
    table(document, ["姓名", "职务", "电话"], ["", "", ""])
    table(document, ["姓名", "职务", "电话"], ["", "", ""], ["", "", ""])
    single, several = draft_of(saved(document)).sections
    assert [blank.records for blank in single.blanks] == [None] * 3
    assert [blank.labels for blank in several.blanks] == [
        ("明细", "姓名"),
        ("明细", "职务"),
        ("明细", "电话"),
    ]


def test_blanks_with_the_same_labels_are_told_apart_by_their_number_and_noted() -> None:
    from reportfill.new_pack.naming import tree_with_paths

    document = form("统计表")
    table(document, ["件数", "", "件数", ""])
    draft = draft_of(saved(document))
    tree_with_paths(draft)
    assert len({blank.path for blank in draft.blanks}) == 2
    assert [notice.words.zh for notice in draft.notices] == ["和前面的空白标题相同，无法区分：件数"]


def test_the_documentation_says_how_many_blanks_are_right() -> None:
    told = (ROOT / "docs" / "packs.md").read_text("utf-8")
    rows = [line.strip("| ").split(" | ") for line in told.splitlines() if line.startswith("| ")]
    said = {row[0]: (row[1], row[2]) for row in rows if row[0] in KNOWN}
    assert said == {name: measured(known) for name, known in KNOWN.items()}


def measured(known: Known) -> tuple[str, str]:
    """How many blanks a form has, and how many of them are what they are in a finished pack."""
    taken = taken_for(draft_of(known.make()))
    right = sum(one == other for one, other in zip(taken, known.blanks, strict=True))
    return str(len(taken)), str(right)


def test_a_part_beside_its_whole_is_no_part_of_what_stands_above() -> None:
    document = form("公务用车情况表")
    made = document.add_table(rows=2, cols=4)
    for row, words in enumerate(
        (("男职工（人）", "", "女职工（人）", ""), ("车辆（辆）", "", "其中：新能源（辆）", ""))
    ):
        for column, word in enumerate(words):
            made.cell(row, column).text = word
    [section] = [one for one in draft_of(saved(document)).sections if one.in_cells]
    proposed = [(one.whole.label, [term.label for term in one.parts]) for one in section.sums]
    assert proposed == [("车辆（辆）", ["其中：新能源（辆）"])]


def test_rows_are_alike_where_some_have_their_numbers_already_and_others_do_not() -> None:
    document = form("隐患台账")
    table(document, ["序号", "部位", "说明"], ["1", "", ""], ["2", "", ""], ["", "", ""], ["", "", ""])
    (section,) = draft_of(saved(document)).sections
    assert [(records.first, records.behind) for records in section.records] == [(1, 5)]


def test_in_a_row_of_sums_figures_only_are_asked_for() -> None:
    document = form("隐患台账")
    heads = ["部位", "发现日期", "是否整改", "投入资金（万元）"]
    table(document, heads, ["", "", "", ""], ["", "", "", ""], ["合计", "", "", ""])
    asked = [blank.labels for blank in draft_of(saved(document)).blanks if blank.labels[0] == "合计"]
    assert asked == [("合计", "投入资金（万元）")]


def test_a_column_of_units_holds_units_that_are_in_no_list() -> None:
    document = form("推广情况统计表")
    heads = ["指标", "计量单位", "本年"]
    table(document, heads, ["项目", "个", ""], ["容量", "万千伏安", ""], ["占比", "%", ""])
    blanks = draft_of(saved(document)).blanks
    assert [(blank.labels, blank.asked.unit) for blank in blanks] == [
        (("项目", "本年"), "个"),
        (("容量", "本年"), "万千伏安"),
        (("占比", "本年"), "%"),
    ]


def test_of_several_units_above_a_table_none_is_that_of_all_figures() -> None:
    document = lines(form("运营情况统计表"), "单位：张、人、万元")
    table(document, ["类别", "床位数", "入住老人"], ["公办", "", ""], ["合计", "", ""])
    assert {blank.asked.unit for blank in draft_of(saved(document)).blanks} == {""}


def test_one_sum_of_bands_side_by_side_is_that_of_all_of_them() -> None:
    document = form("区县情况统计表")
    heads = ["区县", "项目数", "区县", "项目数"]
    table(document, heads, ["东城", "", "海淀", ""], ["西城", "", "合计", ""])
    (section,) = draft_of(saved(document)).sections
    (found,) = section.sums
    assert found.whole.labels[0] == "合计"
    assert [part.labels[0] for part in found.parts] == ["东城", "海淀", "西城"]


def test_a_heading_that_says_what_to_write_has_room_below_it() -> None:
    draft = draft_of(saved(lines(form("情况报告"), "一、做法（请简要说明，不超过500字）", "填表人：____")))
    assert draft.blanks[0].asked.schema["items"] == {"type": "string", "maxLength": 500}


def test_an_empty_line_below_a_heading_that_is_taken_for_a_distance_is_named() -> None:
    draft = draft_of(saved(lines(form("情况报告"), "一、存在的问题", "", "填表人：____")))
    assert ["存在的问题" in notice.words.zh for notice in draft.notices] == [True]
