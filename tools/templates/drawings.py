"""Charts and pictures in a Word file: their frames in the text, and the parts of the package that they show."""

from __future__ import annotations

import zlib
from xml.sax.saxutils import quoteattr

from reportfill.office.package import composed, parts_of
from reportfill.office.properties import Properties, property_parts, with_places_for_properties

from .charts import CHART, CHART_TYPE, WORKBOOK_TYPE, chart_data, chart_part
from .report_package import Part
from .theme import DRAWING
from .wordprocessing import RELATIONSHIPS

WORD_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
EMU_PER_MILLIMETRE = 36000
CHART_KEY, PICTURE_KEY = "rIdChart", "rIdPicture"
PIXELS = 96


def chart_frame(alternative_text: str, width: float, height: float) -> str:
    """A run with the chart, so many millimetres wide and high."""
    shown = f'<c:chart xmlns:c="{CHART}" r:id="{CHART_KEY}"/>'
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{WORD_DRAWING}" distT="0" distB="0" distL="0" distR="0">'
        f"{_extent(width, height)}{_named(1, '图表 1', alternative_text)}<wp:cNvGraphicFramePr/>"
        f"{_graphic(CHART, shown)}</wp:inline></w:drawing></w:r>"
    )


def chart_parts(kind: str) -> tuple[Part, ...]:
    """The part of a chart of one series with a value beside each bar, and the workbook behind it."""
    data = with_places_for_properties(parts_of(chart_data("")))
    content = composed(data | property_parts(Properties("", "", {})))
    workbook = Part("rId1", "package", "embeddings/chart1.xlsx", WORKBOOK_TYPE, content)
    look = chart_part((kind,), series=1, colour='<a:schemeClr val="accent5"/>', labelled=True)
    return (Part(CHART_KEY, "chart", "charts/chart1.xml", CHART_TYPE, look, (workbook,)),)


def picture_frame(alternative_text: str, width: float, height: float, place: tuple[float, float]) -> str:
    """A run with the picture, in millimetres: so wide and high, so far from the left margin and from the top of its
    paragraph, behind the text."""
    across, down = (round(one * EMU_PER_MILLIMETRE) for one in place)
    size = f'cx="{_emu(width)}" cy="{_emu(height)}"'
    shown = (
        f'<pic:pic xmlns:pic="{PICTURE}"><pic:nvPicPr><pic:cNvPr id="2" name="图片 2"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{PICTURE_KEY}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    )
    return (
        f'<w:r><w:drawing><wp:anchor xmlns:wp="{WORD_DRAWING}" distT="0" distB="0" distL="0" distR="0" simplePos="0"'
        ' relativeHeight="1" behindDoc="1" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="margin"><wp:posOffset>{across}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="paragraph"><wp:posOffset>{down}</wp:posOffset></wp:positionV>'
        f"{_extent(width, height)}<wp:wrapNone/>{_named(2, '图片 2', alternative_text)}<wp:cNvGraphicFramePr/>"
        f"{_graphic(PICTURE, shown)}</wp:anchor></w:drawing></w:r>"
    )


def picture_parts() -> tuple[Part, ...]:
    """The picture that keeps the place of another one: a grey square."""
    return (Part(PICTURE_KEY, "image", "media/place.png", "image/png", _grey_square()),)


def _extent(width: float, height: float) -> str:
    none = 'l="0" t="0" r="0" b="0"'
    return f'<wp:extent cx="{_emu(width)}" cy="{_emu(height)}"/><wp:effectExtent {none}/>'


def _emu(millimetres: float) -> int:
    return round(millimetres * EMU_PER_MILLIMETRE)


def _named(number: int, name: str, alternative_text: str) -> str:
    return f'<wp:docPr id="{number}" name="{name}" descr={quoteattr(alternative_text)}/>'


def _graphic(uri: str, content: str) -> str:
    names = f'xmlns:a="{DRAWING}" xmlns:r="{RELATIONSHIPS}"'
    return f'<a:graphic {names}><a:graphicData uri="{uri}">{content}</a:graphicData></a:graphic>'


def _grey_square() -> bytes:
    """A PNG of one colour."""
    header = PIXELS.to_bytes(4) * 2 + bytes((8, 0, 0, 0, 0))
    rows = (b"\0" + b"\xd0" * PIXELS) * PIXELS
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 0)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(content).to_bytes(4) + name + content + zlib.crc32(name + content).to_bytes(4)
        for name, content in chunks
    )
