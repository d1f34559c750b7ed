"""The charts of a template, into each of which the figures of a report are put."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reportfill.decimals import plain
from reportfill.errors import PackError
from reportfill.office.chart_data import ChartData, ChartSeries, data_workbook
from reportfill.office.word_charts import (
    DRAWING_PROPERTIES,
    ChartFaultError,
    ChartTemplate,
    DrawnChart,
    drawn_chart,
)
from reportfill.office.xml import Element
from reportfill.pack.chart_tags import ChartTag, chart_tag, is_chart_tag
from reportfill.pack.drawn_tags import tags_in
from reportfill.text import cut

_MOST_WORDS = 1000
"""Characters of an alternative text that is made of figures."""


@dataclass(frozen=True)
class TemplateChart:
    """A chart of a template: its tag, where it lies, and the chart into which data are put."""

    tag: ChartTag
    drawn: DrawnChart
    template: ChartTemplate

    def parts(self, data: ChartData) -> dict[str, bytes]:
        """The parts of a report that show these data."""
        return {self.drawn.part: self.template.filled(data), self.drawn.workbook: data_workbook(data)}

    def description(self, data: ChartData) -> str:
        """The data in words, for those who cannot see the chart; nothing where there are none."""
        if data.is_empty:
            return ""
        title, series = self.template.title, data.series
        if title and len(series) == 1:
            title, series = "", [series[0]._replace(name=title)]
        is_chinese = _CHINESE.search(title + "".join(one.name for one in series))
        signs = _CHINESE_SIGNS if is_chinese else _ENGLISH_SIGNS
        words = signs.semicolon.join(_in_words(one, data.categories, signs) for one in series)
        return cut(f"{title}{signs.colon}{words}" if title else words, _MOST_WORDS)


class _Signs(NamedTuple):
    """The punctuation of a language."""

    colon: str
    comma: str
    semicolon: str


_CHINESE_SIGNS, _ENGLISH_SIGNS = _Signs("：", "，", "；"), _Signs(": ", ", ", "; ")
_CHINESE = re.compile("[\u4e00-\u9fa5]")


def _in_words(series: ChartSeries, categories: Sequence[str], signs: _Signs) -> str:
    values = [
        f"{category} {plain(value)}".strip()
        for category, value in zip(categories, series.values, strict=True)
        if value is not None
    ]
    return f"{series.name}{signs.colon if series.name else ''}{signs.comma.join(values)}"


def charted(
    root: Element, source: str, parts: Mapping[str, bytes]
) -> Iterator[tuple[TemplateChart, Element, str]]:
    """The charts of a part that have a tag, each with the element of its alternative text and its tag. Raises
    PackError for a tag that is none, and for a chart into which nothing can be put."""
    for properties in list(root.iter(DRAWING_PROPERTIES)):
        for tag in tags_in(properties, is_chart_tag)[:1]:
            asked = chart_tag(tag)
            try:
                drawn = drawn_chart(properties, source, parts)
                template = ChartTemplate(parts[drawn.part], len(asked.series))
            except ChartFaultError as error:
                raise PackError(*error.fault.value) from error
            yield TemplateChart(asked, drawn, template), properties, tag
