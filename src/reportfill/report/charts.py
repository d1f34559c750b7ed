"""The charts of a template: taken out of it once, and put into each report with its figures.

A chart's tag is none of Jinja's. In the template that Jinja has it becomes a condition around the drawing, which leaves
out a chart without data, and the words of its alternative text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import NamedTuple

from reportfill.decimals import plain
from reportfill.errors import PackError
from reportfill.office.chart_data import ChartData, ChartSeries, data_workbook
from reportfill.office.package import composed, parts_of
from reportfill.office.word_charts import (
    DRAWING_PROPERTIES,
    ChartFaultError,
    ChartTemplate,
    DrawnChart,
    drawn_chart,
)
from reportfill.office.word_package import word_package
from reportfill.office.word_revisions import W
from reportfill.office.xml import Element, parsed, xml_bytes
from reportfill.pack.chart_tags import ChartTag, chart_tag
from reportfill.pack.report_charts import chart_tags_in
from reportfill.report.known_templates import DESCRIPTIONS
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


class ChartedTemplate(NamedTuple):
    """A report.docx as Jinja has it, and its charts in their order."""

    content: bytes
    charts: tuple[TemplateChart, ...]


@lru_cache(maxsize=4)
def charted_template(template: bytes) -> ChartedTemplate:
    """A template without charts' tags; the same bytes where it has none. Raises PackError for a tag that is none, and
    for a chart into which nothing can be put."""
    parts = parts_of(template)
    charts: list[TemplateChart] = []
    changed: dict[str, bytes] = {}
    for name in word_package(parts).filled:
        if b"wp:docPr" not in parts[name]:
            continue
        root = parsed(parts[name])
        found = list(_charts_of(root, name, parts, len(charts)))
        if found:
            changed[name] = xml_bytes(root)
        charts += found
    if not charts:
        return ChartedTemplate(template, ())
    return ChartedTemplate(composed({**parts, **changed}, level=0), tuple(charts))


def _charts_of(
    root: Element, source: str, parts: Mapping[str, bytes], number: int
) -> Iterator[TemplateChart]:
    """The charts of a part that have a tag, each of which is replaced."""
    drawings = list(root.iter(DRAWING_PROPERTIES))
    settle_numbers(drawings)
    for properties in drawings:
        for tag in chart_tags_in(properties)[:1]:
            asked = chart_tag(tag)
            try:
                drawn = drawn_chart(properties, source, parts)
                yield TemplateChart(asked, drawn, ChartTemplate(parts[drawn.part], len(asked.series)))
            except ChartFaultError as error:
                raise PackError(*error.fault.value) from error
            _settle(properties, tag, f"{DESCRIPTIONS}[{number}]")
            number += 1


def settle_numbers(drawings: Sequence[Element]) -> None:
    """Give drawings of a part other numbers where two have the same."""
    numbers = {properties.get("id", "") for properties in drawings}
    seen: set[str] = set()
    for properties in drawings:
        if properties.get("id", "") in seen:
            properties.set("id", next(str(free) for free in count(1) if str(free) not in numbers))
            numbers.add(properties.get("id", ""))
        seen.add(properties.get("id", ""))


def _settle(properties: Element, tag: str, description: str) -> None:
    """Let a drawing be there only where there is a description, which is its alternative text unless its keeper wrote
    one beside the tag."""
    said = " ".join(properties.get("descr", "").replace(tag, " ").split())
    properties.set("descr", said or f"{{{{ {description} }}}}")
    whole = properties
    while (holder := whole.getparent()) is not None and holder.tag != f"{W}r":
        whole = holder
    _put_before(whole, f"{{% if {description} %}}")
    whole.tail = f"{{% endif %}}{whole.tail or ''}"


def _put_before(element: Element, text: str) -> None:
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        previous.tail = (previous.tail or "") + text
    elif parent is not None:
        parent.text = (parent.text or "") + text


def described(charts: Sequence[TemplateChart], data: Sequence[ChartData]) -> dict[str, list[str]]:
    """What a template's tags need to know of its charts."""
    return {DESCRIPTIONS: [chart.description(one) for chart, one in zip(charts, data, strict=True)]}


def parts_of_charts(charts: Sequence[TemplateChart], data: Sequence[ChartData]) -> dict[str, bytes]:
    """The parts of all charts with their data."""
    made: dict[str, bytes] = {}
    for chart, one in zip(charts, data, strict=True):
        made |= chart.parts(one)
    return made
