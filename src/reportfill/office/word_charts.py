"""The charts of a Word file, as Word and WPS draw them (ECMA-376-1, 20.4 and 21.2): what a drawing shows, and a chart
into which data are put."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from enum import Enum
from typing import NamedTuple

from reportfill.office.chart_data import ChartData, categories_xml, name_xml, values_xml
from reportfill.office.relationships import related_part
from reportfill.office.xml import (
    RELATIONSHIP_ID,
    DamagedXMLError,
    Element,
    in_order,
    instruction,
    local_name,
    parsed,
    xml_bytes,
)
from reportfill.text import word_list

DRAWING_PROPERTIES = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
"""The element with the number, the name and the alternative text of a drawing."""

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_C = f"{{{_CHART}}}"
CHARTED_TEXT = f"{_C}v"
"""The element with a name or value in a chart."""

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_NEWER = "http://schemas.microsoft.com/office/drawing/2014/chartex"

_WITH_CATEGORIES = word_list(
    """
    barChart bar3DChart lineChart line3DChart pieChart pie3DChart ofPieChart doughnutChart areaChart area3DChart
    radarChart
    """
)
"""The kinds of charts that show a value for each category."""

_OF_ONE_SERIES = ("pieChart", "pie3DChart", "ofPieChart")
_IN_SERIES = word_list(
    """
    idx order tx spPr invertIfNegative pictureOptions marker explosion dPt dLbls trendline errBars cat val smooth shape
    extLst
    """
)
"""The elements of a series in their order."""

_IN_EXTERNAL_DATA = ("autoUpdate",)
_COPIED = ("tx", "cat", "val")
_FORMULAS = ("{*}f", "{*}sqref")
_ACCENT = re.compile(r"accent([1-6])")
_PLACE = re.compile(r"<\?chart (\w+) (\d+)\?>")


class ChartFault(Enum):
    """Why no data can be put into a chart, in both languages."""

    NO_CHART = ("it is no chart", "这不是图表")
    NEWER = (
        "it is a chart of a newer kind, which other programs do not draw: insert a column, bar, line or pie chart",
        "这是新型图表，其他软件不能显示；请改用柱形图、条形图、折线图或饼图",
    )
    KIND = (
        "charts of its kind are not filled in: change it into a column, bar, line or pie chart",
        "这类图表不能填写；请改成柱形图、条形图、折线图或饼图",
    )
    NO_DATA = (
        "it has no data of its own (it is linked to another file, or was pasted as a picture): insert it anew with"
        " Insert > Chart",
        "图表没有自带数据（链接到其他文件，或者数据已丢失）；请用“插入—图表”重新插入",
    )
    NO_SERIES = (
        "it has no series whose look could be kept: draw it with one",
        "图表没有系列；请至少画一个系列",
    )
    FROM_CELLS = (
        "its title, labels or error bars are taken from cells of its data: type them into the chart",
        "标题、数据标签或误差线取自数据表的单元格；请直接在图表中输入",
    )
    ONE_SERIES = ("a pie shows one series, and the tag has several", "饼图只有一个系列，而标签写了几个")
    TOO_FEW = (
        "it combines more kinds of charts than the tag has series",
        "组合图表的种类多于标签的系列",
    )


class ChartFaultError(Exception):
    """A chart into which no data can be put."""

    def __init__(self, fault: ChartFault) -> None:
        super().__init__(fault.value[0])
        self.fault = fault


class DrawnChart(NamedTuple):
    """A chart in a Word file: the names of its own part and of the workbook with its data."""

    part: str
    workbook: str


def drawn_chart(properties: Element, source: str, parts: Mapping[str, bytes]) -> DrawnChart:
    """The chart that a drawing of a part shows, given the element with its alternative text. Raises ChartFaultError
    where it is none that has its data with it."""
    drawing = properties.getparent()
    assert drawing is not None
    graphic = drawing.find(f"{_A}graphic/{_A}graphicData")
    shown = None if graphic is None else graphic.find(f"{_C}chart")
    if graphic is None or shown is None:
        is_newer = graphic is not None and graphic.get("uri") == _NEWER
        raise ChartFaultError(ChartFault.NEWER if is_newer else ChartFault.NO_CHART)
    part = related_part(source, shown.get(RELATIONSHIP_ID), parts)
    root = parsed(parts[part]) if part else None
    data = None if root is None else root.find(f"{_C}externalData")
    workbook = "" if data is None else related_part(part, data.get(RELATIONSHIP_ID), parts)
    if not workbook.lower().endswith(".xlsx"):
        raise ChartFaultError(ChartFault.NO_DATA)
    return DrawnChart(part, workbook)


class ChartTemplate:
    """A chart into which data are put; it looks as it was drawn. Raises ChartFaultError where that cannot be."""

    def __init__(self, part: bytes, number: int) -> None:
        """`number` is how many series it is to have."""
        try:
            root = parsed(part)
        except DamagedXMLError as error:
            raise ChartFaultError(ChartFault.NO_DATA) from error
        series = _series_of(root, number)
        _refuse_other_formulas(root, series)
        self.title = _title(root)
        self._prefix = f"{root.prefix}:" if root.prefix else ""
        self._formats = [_number_format(one) for one in series]
        for place, one in enumerate(series):
            for name in _COPIED:
                one.replace(in_order(one, _C + name, _IN_SERIES), instruction("chart", f"{name} {place}"))
        for data in root.iter(f"{_C}externalData"):
            in_order(data, f"{_C}autoUpdate", _IN_EXTERNAL_DATA).set("val", "0")
        self._xml = xml_bytes(root).decode("utf-8")

    def filled(self, data: ChartData) -> bytes:
        """The chart's part with these data."""

        def copied(place: re.Match[str]) -> str:
            name, number = place[1], int(place[2])
            if name == "tx":
                return name_xml(self._prefix, data, number)
            if name == "cat":
                return categories_xml(self._prefix, data)
            return values_xml(self._prefix, data, number, self._formats[number])

        return _PLACE.sub(copied, self._xml).encode("utf-8")


def _series_of(root: Element, number: int) -> list[Element]:
    """So many series, those that are there and copies of the last one; the others are taken away."""
    area = root.find(f"{_C}chart/{_C}plotArea")
    groups = [] if area is None else [group for group in area if local_name(group).endswith("Chart")]
    if not groups or any(local_name(group) not in _WITH_CATEGORIES for group in groups):
        raise ChartFaultError(ChartFault.KIND)
    if number > 1 and any(local_name(group) in _OF_ONE_SERIES for group in groups):
        raise ChartFaultError(ChartFault.ONE_SERIES)
    series = sorted((one for group in groups for one in group.iterchildren(f"{_C}ser")), key=_order)
    if not series:
        raise ChartFaultError(ChartFault.NO_SERIES)
    for one in series[number:]:
        holder = one.getparent()
        assert holder is not None
        holder.remove(one)
    series = series[:number]
    if any(group.find(f"{_C}ser") is None for group in groups):
        raise ChartFaultError(ChartFault.TOO_FEW)
    while len(series) < number:
        series.append(_copy_behind(series[-1], series))
    return series


def _order(series: Element) -> int:
    return _number(series, "order")


def _number(series: Element, name: str) -> int:
    element = series.find(_C + name)
    value = "" if element is None else element.get("val", "")
    return int(value) if value.isdigit() else 0


def _copy_behind(last: Element, series: list[Element]) -> Element:
    """One more series behind the last one, of the same look but for its colour, which is the next of the theme, or
    the one that programs choose by themselves where the last one's is none of the theme."""
    copy = deepcopy(last)
    for name in ("idx", "order"):
        number = max(_number(one, name) for one in series) + 1
        in_order(copy, _C + name, _IN_SERIES).set("val", str(number))
    for element in [*copy.iterchildren(f"{_C}dPt"), *copy.iterchildren(f"{_C}extLst")]:
        copy.remove(element)  # what was said of single points, and the number that Word gave to the series
    for look in [*copy.iterchildren(f"{_C}spPr"), *copy.iterfind(f"{_C}marker/{_C}spPr")]:
        colours = [colour for colour in look.iter(f"{_A}schemeClr") if _ACCENT.match(colour.get("val", ""))]
        for colour in colours:
            colour.set(
                "val", _ACCENT.sub(lambda found: f"accent{int(found[1]) % 6 + 1}", colour.get("val", ""))
            )
        holder = look.getparent()
        if not colours and holder is not None:
            holder.remove(look)
    last.addnext(copy)
    return copy


def _refuse_other_formulas(root: Element, series: list[Element]) -> None:
    """Raise ChartFaultError where something beside names, categories and values is taken from cells, which are others
    afterwards."""
    copied = [part for one in series for name in _COPIED for part in one.iterchildren(_C + name)]
    own = {formula for part in copied for formula in part.iter(*_FORMULAS)}
    if not own.issuperset(root.iter(*_FORMULAS)):
        raise ChartFaultError(ChartFault.FROM_CELLS)


def _title(root: Element) -> str:
    title = root.find(f"{_C}chart/{_C}title")
    return "" if title is None else "".join(text.text or "" for text in title.iter(f"{_A}t")).strip()


def _number_format(series: Element) -> str:
    """The format in which a series shows its values."""
    found = series.find(f"{_C}val/{_C}numRef/{_C}numCache/{_C}formatCode")
    return (found.text if found is not None else None) or "General"
