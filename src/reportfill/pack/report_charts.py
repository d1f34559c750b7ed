"""The charts of a report.docx that have a tag in their alternative text, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportfill.office.guard import unpacked
from reportfill.office.word_charts import (
    ChartFaultError,
    ChartTemplate,
    DrawnChart,
    drawn_chart,
)
from reportfill.pack.chart_plan import Parts, chart_plan
from reportfill.pack.chart_tags import ChartTagError, chart_tag, is_chart_tag
from reportfill.pack.drawn_tags import DrawnTag, drawn_tags
from reportfill.pack.problems import PackProblem
from reportfill.pack.report_typing import Words

_ELSEWHERE = (
    "a chart's tag has its place in the alternative text of a chart (right click on its frame, Edit Alt Text)",
    "图表标签应写在图表的替代文字里（右键单击图表边框，选“编辑替代文字”）",
)
_TWICE = (
    "another chart's tag stands beside it: a chart has one",
    "旁边还有一个图表标签；一个图表只写一个标签",
)
_SHARED = (
    "it shows the same data as another chart of the file: insert it anew",
    "与文件中另一个图表共用数据；请重新插入",
)


def chart_problems(docx: bytes, parts: Parts) -> Iterator[PackProblem]:
    """What is wrong with each chart's tag, and with the chart that has it; `parts` are the fields and groups."""
    drawn: set[str] = set()
    package = unpacked(docx)
    for use in drawn_tags(docx, is_chart_tag):
        for english, chinese in _faults(use, package, parts, drawn):
            yield PackProblem(use.piece.place, f"{use.tag}: {english}", f"{use.tag}：{chinese}")


def _faults(use: DrawnTag, package: Mapping[str, bytes], parts: Parts, drawn: set[str]) -> Iterator[Words]:
    number = 1
    if use.number > 1:
        yield _TWICE
    try:
        tag = chart_tag(use.tag)
        number = len(tag.series)
        chart_plan(tag, parts)
    except ChartTagError as error:
        yield error.english, error.chinese
    properties = use.properties
    if properties is None:
        yield _ELSEWHERE
        return
    try:
        chart = drawn_chart(properties, use.source, package)
        ChartTemplate(package[chart.part], number)
    except ChartFaultError as error:
        yield error.fault.value
        return
    if chart.part in drawn:
        yield _SHARED
    drawn.add(chart.part)


def charted_paths(docx: bytes, parts: Parts) -> set[str]:
    """The paths of what the charts show, as far as their tags can be understood."""
    return {path for use in drawn_tags(docx, is_chart_tag) for path in paths_of_chart(use.tag, parts)}


def paths_of_chart(tag: str, parts: Parts) -> set[str]:
    """The paths of what a chart shows; none where its tag cannot be understood."""
    try:
        return chart_plan(chart_tag(tag), parts).paths
    except ChartTagError:
        return set()


def data_workbooks(docx: bytes) -> set[str]:
    """The parts with the data of charts that have a tag: what the keeper's own hold is in no report."""
    package = unpacked(docx)
    found = (_drawn(use, package) for use in drawn_tags(docx, is_chart_tag))
    return {chart.workbook for chart in found if chart is not None}


def _drawn(use: DrawnTag, package: Mapping[str, bytes]) -> DrawnChart | None:
    properties = use.properties
    try:
        return None if properties is None else drawn_chart(properties, use.source, package)
    except ChartFaultError:
        return None
