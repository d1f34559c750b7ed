"""The words of the picture of a report, and the picture in words: what whoever cannot see it is told."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from reportfill.decimals import Number, plain
from reportfill.outputs.infographic.content import Infographic, PanelContent, Point
from reportfill.pack.panels import FIGURES, YEARS

_TENTHS_OF_PERCENT = 1000
_LARGEST_RATIO = 10
"""So many times last year's figure a change is said in percent; beyond that it says nothing to anybody."""


def digits(value: Number) -> str:
    """A figure with its thousands apart (GB/T 15835): 1,234,567.8."""
    if value < 0:
        return f"−{digits(-value)}"
    whole, point, behind = plain(value).partition(".")
    return f"{int(whole):,}{point}{behind}"


def with_unit(point: Point) -> str:
    """A figure with its unit: 1,234件."""
    return f"{digits(point.value)}{point.unit}"


def share(value: Number, whole: Number) -> str:
    """A part of a whole in percent: 12.5%."""
    tenths = round(value * _TENTHS_OF_PERCENT / whole)
    return f"{plain(Decimal(tenths) / 10)}%" if tenths else "不足0.1%"


def change(point: Point) -> str:
    """How a figure differs from last year's: 增加12件，增长8.3%."""
    assert point.last is not None
    more, less = max(point.value, point.last), min(point.value, point.last)
    if more == less:
        return "持平"
    verb, in_percent = ("增加", "增长") if point.value > point.last else ("减少", "下降")
    said = f"{verb}{digits(more - less)}{point.unit}"
    if point.last > 0 and more - less <= _LARGEST_RATIO * point.last:
        said += f"，{in_percent}{share(more - less, point.last)}"
    return said


def nothing_in_words(panel: PanelContent) -> str:
    """That there is nothing of some points, or of any; empty where there is something of all."""
    if not panel.nothing:
        return ""
    if not panel.points:
        return f"均为0{panel.unit}"
    if len(panel.nothing) > 3:
        return f"其他{len(panel.nothing)}项均为0{panel.unit}"
    both = "均" if len(panel.nothing) > 1 else ""
    return f"{'、'.join(point.label for point in panel.nothing)}{both}为0{panel.unit}"


def title_in_words(page: Infographic) -> str:
    """What the picture is called."""
    return f"{page.title}图解" + ("（草稿）" if page.is_draft else "")


def period_in_words(page: Infographic) -> str:
    """What the time is called that a report tells of: 年度, or 学年 where it says so itself."""
    return "学年" if "学年" in page.title else "年度"


def description_in_words(page: Infographic) -> str:
    """Everything that the picture shows, panel by panel."""
    period = period_in_words(page)
    return "".join(f"{panel.title}：{_panel(panel, period)}。" for panel in page.panels)


def _panel(panel: PanelContent, period: str) -> str:
    said = [nothing_in_words(panel)] if panel.nothing else []
    if panel.drawing == YEARS:
        return "；".join(_years(panel.points, period))
    if panel.drawing == FIGURES or len(panel.points) < 2:
        return "，".join([f"{point.label}{with_unit(point)}" for point in panel.points] + said)
    parts = [
        f"{point.label}{with_unit(point)}（{share(point.value, panel.whole)}）" for point in panel.points
    ]
    return "，".join(parts + said)


def _years(points: Iterable[Point], period: str) -> Iterable[str]:
    for point in points:
        assert point.last is not None
        yield f"{point.label}{with_unit(point)}，上{period}{digits(point.last)}{point.unit}，{change(point)}"
