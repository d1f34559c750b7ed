"""How a chart's tag is written, which stands in the alternative text of a chart in report.docx:

    {{ chart: requests.received without total }}
    {{ chart: 新收 = requests.received; 结转 = requests.carried_over }}
    {{ 图表：类别 = units.name；许可 = units.permits；处罚 = units.penalties }}

Series stand between semicolons, each of one field, several ones or groups of them, in front of it its name if it is to
have one. `categories` names what the points are called, where the labels of the fields are not what is meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from reportfill.errors import PackError

_CHART = re.compile(r"\{\{[-+]?\s*(?:chart|图表)(?:\s*[:：]|\s+[\w\"“])", re.IGNORECASE)
_WHOLE = re.compile(r"\{\{\s*(?:chart|图表)\s*[:：](.*)\}\}", re.IGNORECASE | re.DOTALL)
_QUOTED = r"\"[^\"]*\"|“[^”]*”"
_PART = re.compile(rf"(?:{_QUOTED}|[^;；\"“])*[;；]?")
_NAMED = re.compile(rf"\s*({_QUOTED}|[^=＝\"“]*?)\s*[=＝](.*)", re.DOTALL)
_TERM = re.compile(rf"(?:{_QUOTED}|[^,，、\"“])*[,，、]?")
_QUOTES = '"“”'
_PATH = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
_WITHOUT = re.compile(r"\s+(?:without|不含)\s+", re.IGNORECASE)
_CATEGORIES = ("categories", "category", "类别")

_WRITTEN = (
    "a chart's tag is written {{ chart: path }} or {{ chart: categories = path; name = path; name = path }}",
    "图表标签写作 {{ 图表：路径 }} 或 {{ 图表：类别 = 路径；名称 = 路径；名称 = 路径 }}",
)


class ChartTagError(PackError):
    """A chart's tag that cannot be understood, or that asks for what there is not."""


class ChartTerm(NamedTuple):
    """What a tag names: a field or a group, some keys of which may be left out, or words in quotation marks."""

    path: str = ""
    without: tuple[str, ...] = ()
    words: str = ""


class TaggedSeries(NamedTuple):
    """A series as a tag has it; the name is empty where it gives none."""

    name: str
    terms: tuple[ChartTerm, ...]


@dataclass(frozen=True, slots=True)
class ChartTag:
    """What a chart's tag asks for."""

    series: tuple[TaggedSeries, ...]
    categories: tuple[ChartTerm, ...] = ()


def is_chart_tag(tag: str) -> bool:
    """Whether a tag is meant to be a chart's, rightly written or not."""
    return _CHART.match(tag) is not None


def chart_tag(tag: str) -> ChartTag:
    """What a chart's tag asks for. Raises ChartTagError where it is not written as such."""
    whole = _WHOLE.fullmatch(tag)
    if whole is None:
        raise ChartTagError(
            f"behind chart a colon is missing; {_WRITTEN[0]}", f"“图表”后面缺冒号；{_WRITTEN[1]}"
        )
    series, categories = [], []
    for part in _split(_PART, whole[1], ";；"):
        named = _NAMED.fullmatch(part)
        name, terms = (named[1].strip(_QUOTES).strip(), named[2]) if named else ("", part)
        if name.lower() in _CATEGORIES:
            categories.append(_terms(terms))
        else:
            series.append(TaggedSeries(name, _terms(terms)))
    if len(categories) > 1:
        raise ChartTagError("categories stand in it twice", "“类别”写了两次")
    if not series:
        raise ChartTagError(f"it names no series; {_WRITTEN[0]}", f"没有写系列；{_WRITTEN[1]}")
    for term in (term for one in series for term in one.terms):
        if term.words:
            raise ChartTagError(
                f"“{term.words}” are words, and a series is made of figures",
                f"“{term.words}”是文字，系列只能写数据项",
            )
    return ChartTag(tuple(series), categories[0] if categories else ())


def _split(pattern: re.Pattern[str], text: str, signs: str) -> list[str]:
    """The parts of a text between signs that stand in no quotation marks; an empty one behind the last sign is none.
    Raises ChartTagError where quotation marks do not end."""
    parts, position = [], 0
    while position < len(text):
        found = pattern.match(text, position)
        if found is None or found.end() == position:
            raise ChartTagError("a quotation mark has no counterpart", "引号没有成对")
        parts.append(found[0].rstrip(signs).strip() if found[0][-1] in signs else found[0].strip())
        position = found.end()
    return parts[:-1] if parts and not parts[-1] else parts


def _terms(text: str) -> tuple[ChartTerm, ...]:
    terms = tuple(map(_term, _split(_TERM, text, ",，、")))
    if not terms:
        raise ChartTagError(f"a path is missing; {_WRITTEN[0]}", f"缺少路径；{_WRITTEN[1]}")
    return terms


def _term(text: str) -> ChartTerm:
    if text[:1] in _QUOTES and text[-1:] in _QUOTES and text.strip(_QUOTES):
        return ChartTerm(words=text.strip(_QUOTES))
    path, *without = _WITHOUT.split(text)
    for name in (path, *without):
        if not _PATH.fullmatch(name):
            raise ChartTagError(f"“{name}” is no path; {_WRITTEN[0]}", f"“{name}”不是路径；{_WRITTEN[1]}")
    return ChartTerm(path, tuple(without))
