"""How a chart's tag is written, and what is said of one that is none."""

from __future__ import annotations

import pytest

from reportfill.pack.chart_tags import (
    ChartTag,
    ChartTagError,
    ChartTerm,
    TaggedSeries,
    chart_tag,
    is_chart_tag,
)


def one(path: str, *without: str) -> tuple[ChartTerm, ...]:
    return (ChartTerm(path, without),)


@pytest.mark.parametrize(
    ("tag", "asked"),
    [
        ("{{ chart: visits }}", ChartTag((TaggedSeries("", one("visits")),))),
        ("{{chart:visits}}", ChartTag((TaggedSeries("", one("visits")),))),
        ("{{ Chart: visits without total }}", ChartTag((TaggedSeries("", one("visits", "total")),))),
        (
            "{{ 图表：申请.新收 不含 总计 不含 其他；}}",
            ChartTag((TaggedSeries("", one("申请.新收", "总计", "其他")),)),
        ),
        (
            "{{ chart: visits.sites, visits.shops }}",
            ChartTag((TaggedSeries("", (ChartTerm("visits.sites"), ChartTerm("visits.shops"))),)),
        ),
        (
            "{{ 图表：类别 = units.name；许可＝units.permits；“处罚；=”=units.penalties }}",
            ChartTag(
                (TaggedSeries("许可", one("units.permits")), TaggedSeries("处罚；=", one("units.penalties"))),
                one("units.name"),
            ),
        ),
        (
            '{{ chart: categories = "A, B", “乙”、丙.name;\n Last year = a,b,c }}',
            ChartTag(
                (TaggedSeries("Last year", (ChartTerm("a"), ChartTerm("b"), ChartTerm("c"))),),
                (ChartTerm(words="A, B"), ChartTerm(words="乙"), ChartTerm("丙.name")),
            ),
        ),
    ],
)
def test_a_tag_names_its_series_and_what_their_points_are_called(tag: str, asked: ChartTag) -> None:
    assert is_chart_tag(tag)
    assert chart_tag(tag) == asked


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("{{ chart visits }}", "a colon is missing"),
        ("{{ chart: }}", "names no series"),
        ("{{ chart: categories = a.name }}", "names no series"),
        ("{{ chart: a; ; b }}", "a path is missing"),
        ("{{ chart: 甲 = }}", "a path is missing"),
        ("{{ chart: a,,b }}", "“” is no path"),
        ("{{ chart: a + b }}", r"“a \+ b” is no path"),
        ("{{ chart: a | sum }}", r"“a \| sum” is no path"),
        ("{{ chart: a without }}", "“a without” is no path"),
        ("{{ chart: '甲' = a b }}", "“a b” is no path"),
        ('{{ chart: "甲 = a }}', "has no counterpart"),
        ('{{ chart: a, "甲" }}', "“甲” are words"),
        ("{{ chart: categories = a; 类别 = b; c }}", "categories stand in it twice"),
    ],
)
def test_what_is_no_tag_of_a_chart_is_said_in_both_languages(tag: str, words: str) -> None:
    assert is_chart_tag(tag)
    with pytest.raises(ChartTagError, match=words) as error:
        chart_tag(tag)
    assert error.value.chinese != error.value.english


@pytest.mark.parametrize(
    "tag", ["{{ chart }}", "{{ chart.total }}", "{{ charts: a }}", "{{ chart | sum }}", "{{ a }}"]
)
def test_a_field_may_be_called_chart(tag: str) -> None:
    assert not is_chart_tag(tag)
