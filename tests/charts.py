"""Charts as Word draws them, put into documents for the tests: the part with the look and a copy of the data, and the
workbook with the data."""

from __future__ import annotations

from io import BytesIO
from typing import Any, NamedTuple

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from lxml import etree
from openpyxl import Workbook, load_workbook

from reportfill.office.package import parts_of

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
C = f"{{{CHART}}}"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"

_GROUPS = {
    "column": '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>{series}'
    '<c:gapWidth val="219"/><c:overlap val="-27"/>{axes}</c:barChart>',
    "bar": '<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>{series}'
    '<c:gapWidth val="182"/>{axes}</c:barChart>',
    "line": '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}<c:marker val="1"/>{axes}'
    "</c:lineChart>",
    "area": '<c:areaChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}{axes}</c:areaChart>',
    "pie": '<c:pieChart><c:varyColors val="1"/>{series}<c:firstSliceAng val="0"/></c:pieChart>',
    "doughnut": '<c:doughnutChart><c:varyColors val="1"/>{series}<c:firstSliceAng val="0"/><c:holeSize val="75"/>'
    "</c:doughnutChart>",
    "radar": '<c:radarChart><c:radarStyle val="marker"/><c:varyColors val="0"/>{series}{axes}</c:radarChart>',
    "scatter": '<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>{axes}</c:scatterChart>',
}
_ROUND = ("pie", "doughnut")
_OF_LINES = ("line", "radar")
_SMOOTH = '<c:smooth val="0"/>'
_BEHIND_LOOK = {
    **dict.fromkeys(("column", "bar"), '<c:invertIfNegative val="0"/>'),
    **dict.fromkeys(_OF_LINES, '<c:marker><c:symbol val="none"/></c:marker>'),
}
_AXES = (
    '<c:catAx><c:axId val="111"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
    '<c:axPos val="b"/><c:numFmt formatCode="General" sourceLinked="1"/><c:majorTickMark val="none"/>'
    '<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="222"/><c:crosses val="autoZero"/>'
    '<c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>'
    '<c:valAx><c:axId val="222"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
    '<c:axPos val="l"/><c:majorGridlines/><c:numFmt formatCode="General" sourceLinked="1"/>'
    '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="111"/>'
    '<c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>'
)
_FONTS = '<a:latin typeface="宋体"/><a:ea typeface="宋体"/>'
_PART = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<c:chartSpace xmlns:c="{CHART}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:c16r2="http://schemas.microsoft.com/office/drawing/2015/06/chart">'
    '<c:date1904 val="0"/><c:lang val="zh-CN"/><c:roundedCorners val="0"/>'
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="c14" xmlns:c14="http://schemas.microsoft.com/office/drawing/2007/8/2/chart">'
    '<c14:style val="102"/></mc:Choice><mc:Fallback><c:style val="2"/></mc:Fallback></mc:AlternateContent>'
    "<c:chart>{title}<c:plotArea><c:layout/>{groups}{axes}</c:plotArea>"
    '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend><c:plotVisOnly val="1"/>'
    '<c:dispBlanksAs val="gap"/></c:chart>'
    f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1050">{_FONTS}</a:defRPr></a:pPr>'
    '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    '<c:externalData r:id="rId1"><c:autoUpdate val="1"/></c:externalData></c:chartSpace>'
)
_INLINE = (
    '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:r><w:drawing>'
    '<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0"'
    ' distL="0" distR="0"><wp:extent cx="5274310" cy="2743200"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
    '<wp:docPr id="{number}" name="图表 {number}"/><wp:cNvGraphicFramePr/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    f'<a:graphicData uri="{CHART}"><c:chart xmlns:c="{CHART}"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="{identifier}"/>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)


def add_chart(
    document: Any,
    alternative_text: str,
    *kinds: str,
    title: str = "",
    series: int = 2,
    colour: str = '<a:schemeClr val="accent{number}"/>',
    number: int = 1,
    into: Any = None,
) -> Any:
    """Put a chart of these kinds, each with so many series, behind the paragraphs of a document; gives its part."""
    content = chart_part(kinds or ("column",), title, series, colour)
    holder = document.part if into is None else into.part
    package = document.part.package
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CHART_TYPE, content, package)
    data = PackURI(f"/word/embeddings/Microsoft_Excel_Worksheet{number}.xlsx")
    part.relate_to(Part(data, WORKBOOK_TYPE, _workbook(), package), RELATIONSHIP_TYPE.PACKAGE)
    identifier = holder.relate_to(part, RELATIONSHIP_TYPE.CHART)
    paragraph = parse_xml(_INLINE.format(number=number, identifier=identifier))
    paragraph.find(".//{*}docPr").set("descr", alternative_text)
    if into is None:
        document.element.body.insert_element_before(paragraph, "w:sectPr")
    else:
        into._element.append(paragraph)
    return part


def chart_part(kinds: tuple[str, ...], title: str = "", series: int = 2, colour: str = "") -> bytes:
    """A chart's part, with sample data of the person who drew it."""
    groups = "".join(
        _GROUPS[kind].format(
            series="".join(_series(kind, place * series + one, colour) for one in range(series)),
            axes="" if kind in _ROUND else '<c:axId val="111"/><c:axId val="222"/>',
        )
        for place, kind in enumerate(kinds)
    )
    shown = (
        f"<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>{title}</a:t></a:r></a:p></c:rich></c:tx>"
        '<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/>'
        if title
        else '<c:autoTitleDeleted val="1"/>'
    )
    axes = "" if set(kinds) <= set(_ROUND) else _AXES
    made = _PART.replace("{title}", shown).replace("{groups}", groups).replace("{axes}", axes)
    return made.encode()


def _series(kind: str, number: int, colour: str) -> str:
    fill = f"<a:solidFill>{colour.format(number=number + 1)}</a:solidFill>" if colour else ""
    look = f'<a:ln w="28575">{fill}</a:ln>' if kind in _OF_LINES else fill
    points = "".join(f'<c:pt idx="{at}"><c:v>{at + 1}.5</c:v></c:pt>' for at in range(4))
    labels = "".join(f'<c:pt idx="{at}"><c:v>类别 {at + 1}</c:v></c:pt>' for at in range(4))
    letter = "BCDEFGH"[number]
    single = (
        "".join(
            f'<c:dPt><c:idx val="{at}"/><c:bubble3D val="0"/><c:spPr><a:solidFill><a:schemeClr val="accent{at + 1}"/>'
            "</a:solidFill></c:spPr></c:dPt>"
            for at in range(4)
        )
        if kind in _ROUND
        else ""
    )
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/><c:tx><c:strRef><c:f>Sheet1!${letter}$1</c:f>'
        f'<c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>系列 {number + 1}</c:v></c:pt></c:strCache>'
        "</c:strRef></c:tx>"
        f"<c:spPr>{look}</c:spPr>{_BEHIND_LOOK.get(kind, '')}{single}"
        f'<c:cat><c:strRef><c:f>Sheet1!$A$2:$A$5</c:f><c:strCache><c:ptCount val="4"/>{labels}</c:strCache></c:strRef>'
        f"</c:cat><c:val><c:numRef><c:f>Sheet1!${letter}$2:${letter}$5</c:f><c:numCache>"
        f'<c:formatCode>#,##0</c:formatCode><c:ptCount val="4"/>{points}</c:numCache></c:numRef></c:val>'
        f"{_SMOOTH if kind == 'line' else ''}"
        '<c:extLst><c:ext uri="{C3380CC4-5D6E-409C-BE32-E72D297353CC}"'
        ' xmlns:c16="http://schemas.microsoft.com/office/drawing/2014/chart">'
        f'<c16:uniqueId val="{{0000000{number}-AAAA-4BBB-8CCC-DDDDEEEEFFFF}}"/></c:ext></c:extLst></c:ser>'
    )


def _workbook() -> bytes:
    book = Workbook()
    book.properties.creator = "制表人"
    sheet = book.active
    assert sheet is not None
    for row in (("", "系列 1", "系列 2"), *((f"类别 {at}", at + 0.5, at + 0.5) for at in range(1, 5))):
        sheet.append(row)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


class Shown(NamedTuple):
    """What a chart says: its categories, and the values of each series by its name."""

    categories: list[str]
    series: list[tuple[str, list[float | None]]]


def drawn(report: bytes, number: int = 1) -> Shown:
    """What programs draw of a report's chart, by the copy of the data in it."""
    root = etree.fromstring(parts_of(report)[f"word/charts/chart{number}.xml"])
    series = sorted(root.iter(f"{C}ser"), key=lambda one: int(one.find(f"{C}order").get("val")))
    [labels] = {tuple(_points(one.find(f"{C}cat"))) for one in series}
    return Shown(
        [label or "" for label in labels],
        [
            (
                (_points(one.find(f"{C}tx")) or [""])[0] or "",
                [_number(v) for v in _points(one.find(f"{C}val"))],
            )
            for one in series
        ],
    )


def edited(report: bytes, number: int = 1) -> Shown:
    """What Word shows when somebody edits the data of a report's chart, by the cells to which the chart refers."""
    parts = parts_of(report)
    book = load_workbook(BytesIO(parts[f"word/embeddings/Microsoft_Excel_Worksheet{number}.xlsx"]))
    root = etree.fromstring(parts[f"word/charts/chart{number}.xml"])
    series = sorted(root.iter(f"{C}ser"), key=lambda one: int(one.find(f"{C}order").get("val")))
    [labels] = {tuple(_cells(book, one.find(f"{C}cat"))) for one in series}
    return Shown(
        [label or "" for label in labels],
        [
            (
                _cells(book, one.find(f"{C}tx"))[0] or "",
                [_number(v) for v in _cells(book, one.find(f"{C}val"))],
            )
            for one in series
        ],
    )


def _cells(book: Any, element: Any) -> list[Any]:
    sheet, _, area = element.findtext(f".//{C}f").replace("$", "").partition("!")
    found = book[sheet][area]
    rows = found if isinstance(found, tuple) else ((found,),)
    return [cell.value for row in rows for cell in row]


def _points(element: Any) -> list[str | None]:
    [count] = element.iter(f"{C}ptCount")
    found = {int(point.get("idx")): point.findtext(f"{C}v") for point in element.iter(f"{C}pt")}
    return [found.get(at) for at in range(int(count.get("val")))]


def _number(value: str | float | None) -> float | None:
    return None if value is None else float(value)
