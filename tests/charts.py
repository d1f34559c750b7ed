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
from openpyxl import load_workbook

from reportfill.office.package import parts_of
from tools.templates.charts import CHART, CHART_TYPE, WORKBOOK_TYPE, chart_data, chart_part

C = f"{{{CHART}}}"

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
    part.relate_to(Part(data, WORKBOOK_TYPE, chart_data("制表人"), package), RELATIONSHIP_TYPE.PACKAGE)
    identifier = holder.relate_to(part, RELATIONSHIP_TYPE.CHART)
    paragraph = parse_xml(_INLINE.format(number=number, identifier=identifier))
    paragraph.find(".//{*}docPr").set("descr", alternative_text)
    if into is None:
        document.element.body.insert_element_before(paragraph, "w:sectPr")
    else:
        into._element.append(paragraph)
    return part


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
