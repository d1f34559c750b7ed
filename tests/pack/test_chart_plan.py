"""What a chart shows: labels and figures by the fields of a pack, whatever is blank, and whatever rows there are."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from builders import figures_only
from places import ROOT

from reportfill import Submission
from reportfill.model.fields import fields_of, tree_of
from reportfill.model.kinds.blank_figure import BLANK_FIGURE
from reportfill.office.chart_data import ChartData, ChartSeries
from reportfill.pack.chart_plan import ChartPlan, PlannedSeries, chart_data, chart_plan
from reportfill.pack.chart_tags import ChartTagError, ChartTerm, chart_tag
from reportfill.pack.pack import Pack


def group(title: str, **fields: str) -> dict[str, Any]:
    properties = {key: {"type": "integer", "title": words} for key, words in fields.items()}
    return {"type": "object", "title": title, "properties": properties}


SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "title": "名称"},
        "new": group("本年新收", person="自然人", firm="商业企业", total="总计"),
        "old": group("上年结转", person="自然人", firm="商业企业", total="总计"),
        "fees": {
            "type": "object",
            "title": "收费",
            "properties": {
                "paid": {"type": "number", "title": "已收"},
                "open": {"type": "number", "title": "未收"},
                "note": {"type": "string", "title": "说明"},
            },
        },
        "texts": {"type": "object", "title": "文字", "properties": {"a": {"type": "string", "title": "甲"}}},
    },
}
PARTS = tree_of(fields_of(SCHEMA).values())
CONTEXT: dict[str, Any] = {
    "name": "某局",
    "new": {"person": 12, "firm": 3, "total": 15},
    "old": {"person": 0, "firm": BLANK_FIGURE, "total": 0},
    "fees": {"paid": Decimal("1.50"), "open": BLANK_FIGURE, "note": "无"},
}


def shown(tag: str) -> ChartData:
    return chart_data(chart_plan(chart_tag(tag), PARTS), CONTEXT)


def test_the_titles_of_a_groups_figures_are_the_categories() -> None:
    assert shown("{{ chart: new without total }}") == ChartData(
        ["自然人", "商业企业"], [ChartSeries("本年新收", [12, 3])]
    )


def test_a_blank_is_no_point_and_a_nought_is_one() -> None:
    data = shown("{{ chart: new; 结转 = old }}")
    assert data.series == [ChartSeries("本年新收", [12, 3, 15]), ChartSeries("结转", [0, None, 0])]


def test_texts_within_a_group_are_passed_over() -> None:
    assert shown("{{ chart: fees }}") == ChartData(
        ["已收", "未收"], [ChartSeries("收费", [Decimal("1.50"), None])]
    )


def test_figures_may_be_named_one_by_one_and_be_called_otherwise() -> None:
    data = shown('{{ chart: categories = "甲", name; new.firm, fees.paid; 合计 = new.total, old.total }}')
    assert data.categories == ["甲", "某局"]
    assert data.series == [ChartSeries("本年新收", [3, Decimal("1.50")]), ChartSeries("合计", [15, 0])]


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("{{ chart: fee }}", "no field fee; is fees meant"),
        ("{{ chart: new without totl }}", "no field new.totl; is new.total meant"),
        ("{{ chart: name }}", "is no figure"),
        ("{{ chart: texts }}", "has none in it"),
        ("{{ chart: new; old without total }}", "not of one length"),
        ("{{ chart: new.person; old.firm }}", "different labels"),
        ('{{ chart: categories = "甲"; new }}', "its categories are 1, and the figures of a series 3"),
        ("{{ chart: categories = nam; new }}", "no field nam; is name meant"),
        ("{{ chart: categories = new; old }}", "new is a group of fields"),
    ],
)
def test_what_the_fields_do_not_have_is_said_in_both_languages(tag: str, words: str) -> None:
    with pytest.raises(ChartTagError, match=words) as error:
        chart_plan(chart_tag(tag), PARTS)
    assert error.value.chinese != error.value.english


ROWS = ChartPlan(
    (ChartTerm("units.name"),),
    (PlannedSeries("许可", ("units.permits",)), PlannedSeries("处罚", ("units.more.penalties",))),
)


def test_rows_give_a_category_and_a_value_each() -> None:
    units = [
        {"name": "甲队", "permits": 3, "more": {"penalties": 1}},
        {"name": None, "permits": BLANK_FIGURE, "more": {}},
        {"name": "丙队", "permits": Decimal("2.5")},
    ]
    assert chart_data(ROWS, {"units": units}) == ChartData(
        ["甲队", "", "丙队"],
        [ChartSeries("许可", [3, None, Decimal("2.5")]), ChartSeries("处罚", [1, None, None])],
    )


@pytest.mark.parametrize("context", [{"units": []}, {"units": None}, {}])
def test_no_rows_are_no_data(context: dict[str, Any]) -> None:
    assert chart_data(ROWS, context).is_empty


def test_rows_within_rows_follow_each_other() -> None:
    plan = ChartPlan((ChartTerm("classes.items.name"),), (PlannedSeries("件数", ("classes.items.number",)),))
    classes = [{"items": [{"name": "甲", "number": 1}, {"name": "乙", "number": 2}]}, {"items": []}]
    assert chart_data(plan, {"classes": classes}) == ChartData(["甲", "乙"], [ChartSeries("件数", [1, 2])])


@pytest.mark.parametrize("document", ["packs.md", "packs.zh-CN.md"])
def test_the_charts_of_the_documents_are_those_of_a_report(document: str, pack: Pack) -> None:
    """Those whose paths are of another report are read at least."""
    tags = re.findall(r"`(\{\{ (?:chart:|图表：)[^…`]*\}\})`", (ROOT / "docs" / document).read_text("utf-8"))
    plans = [
        chart_plan(asked, pack.parts)
        for asked in map(chart_tag, tags)
        if asked.series[0].terms[0].path in pack.parts
    ]
    assert len(tags) == 7
    assert len(plans) == 5
    context = Submission.from_data(pack, figures_only(pack, {"requests.received.business": 3})).exact_data
    assert not any(chart_data(plan, context).is_empty for plan in plans)
