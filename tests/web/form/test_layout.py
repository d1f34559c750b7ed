"""The form has the tables and labels of the workbook, and nothing that is said of workbooks alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from often import often
from outputs.of_all_packs import REPORTS
from test_random_packs import Drawn, drawn, tried

from reportfill import load_pack
from reportfill.web.form.layout import LaidSection, layout_of
from reportfill.web.form.words_for_browsers import words_for_browsers


def fields_in(sections: tuple[LaidSection, ...]) -> list[str]:
    """The paths of the fields of a layout, in its order."""
    parts = [part for section in sections for part in section.parts]
    asked = [one.field.path for part in parts for one in part.questions]
    cells = [cell for part in parts for row in (*part.head, *part.body) for cell in row.cells]
    return asked + [cell.field.path for cell in cells if cell.field]


@tried(max_examples=often(40))
@given(one=drawn())
def test_every_field_of_any_pack_has_one_place(one: Drawn) -> None:
    found = fields_in(layout_of(one.pack))
    assert sorted(found) == sorted(one.pack.fields)


@pytest.mark.parametrize("pack", REPORTS)
def test_every_field_has_one_place(pack: str) -> None:
    assert sorted(fields_in(layout_of(load_pack(pack)))) == sorted(load_pack(pack).fields)


def test_narrative_is_asked_in_questions_and_figures_in_tables() -> None:
    sections = layout_of(load_pack("annual-report-2021"))
    assert [section.heading for section in sections][1:4] == [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
    ]
    assert [one.label for one in sections[1].parts[0].questions][1:3] == ["总体情况综述", "（一）主动公开"]
    [table] = sections[3].parts
    assert [cell.text for cell in table.head[2].cells] == [
        "商业企业",
        "科研机构",
        "社会公益组织",
        "法律服务机构",
        "其他",
    ]
    merged = table.body[2].cells[0]
    assert (merged.text, merged.rows, merged.leads) == ("三、本年度办理结果", 22, "row")


def test_a_table_has_one_row_that_is_repeated() -> None:
    sections = layout_of(load_pack("law-enforcement-statistics"))
    question, table = sections[3].parts
    assert [one.field.path for one in question.questions] == ["duties.penalties"]
    assert [row.group for row in table.body] == ["penalties.bodies", ""]
    assert len(table.body[0].cells) == 23
    assert table.body[0].cells[0].counts
    assert table.footnotes[0].startswith("说明：1.统计范围为")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("没有发生的填0，不要留空。", "没有发生的填0，不要留空。"),
        ("一行填一段。行数不够的，填在同一个单元格，按Alt+Enter换行。", "一行填一段。"),
        ("选填；把图片插入到这个单元格。", "选填。"),
        ("只填浅黄色的单元格。", ""),
        ("Fill in the yellow cells; whole numbers.", "whole numbers."),
    ],
)
def test_what_is_about_cells_is_left_out(words: str, said: str) -> None:
    assert words_for_browsers(words) == said
