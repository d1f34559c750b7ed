"""Pictures laid on the cells of a worksheet (ECMA-376-1, 20.5)."""

from __future__ import annotations

from reportfill.office.edited_package import EditedPackage
from reportfill.office.pictures import Picture
from reportfill.office.workbook.sheet_layout import IN_SHEET
from reportfill.office.xml import RELATIONSHIP_ID, RELATIONSHIPS, S, in_order, parsed
from reportfill.place import Cell

_X = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.drawing+xml"
_NO_PICTURES = f'<xdr:wsDr xmlns:xdr="{_X}" xmlns:a="{_A}"/>'.encode()
_PICTURE = (
    f'<xdr:oneCellAnchor xmlns:xdr="{_X}" xmlns:a="{_A}" xmlns:r="{RELATIONSHIPS}">'
    "<xdr:from><xdr:col>{column}</xdr:col><xdr:colOff>9525</xdr:colOff><xdr:row>{row}</xdr:row>"
    '<xdr:rowOff>9525</xdr:rowOff></xdr:from><xdr:ext cx="{width}" cy="{height}"/><xdr:pic><xdr:nvPicPr>'
    '<xdr:cNvPr id="{number}" name="Picture {number}"/><xdr:cNvPicPr><a:picLocks noChangeAspect="1"/></xdr:cNvPicPr>'
    '</xdr:nvPicPr><xdr:blipFill><a:blip r:embed="{relationship}"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>'
    '<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect">'
    "<a:avLst/></a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/></xdr:oneCellAnchor>"
)

_LARGEST = 100 * 9525
"""How wide and high a picture is that is laid on a cell, in English Metric Units: a hundred pixels at most."""


def lay_picture(package: EditedPackage, sheet: str, cell: Cell, picture: Picture) -> None:
    """Lay a picture on a cell of a sheet, given the name of its part, above those that it has."""
    drawing = next(iter(package.related(sheet, "drawing")), "") or _new_drawing(package, sheet)
    content = package.free_name(f"xl/media/image{{}}.{picture.suffix}")
    package.add(content, f"image/{picture.suffix}", picture.file_content)
    root = package.edit(drawing)
    scale = _LARGEST / max(picture.width, picture.height)
    made = _PICTURE.format(
        column=cell.column,
        row=cell.row,
        width=round(picture.width * scale),
        height=round(picture.height * scale),
        number=len(root) + 2,
        relationship=package.relate(drawing, "image", content),
    )
    root.append(parsed(made))


def _new_drawing(package: EditedPackage, sheet: str) -> str:
    name = package.free_name("xl/drawings/drawing{}.xml")
    package.add(name, _DRAWING_TYPE, _NO_PICTURES)
    element = in_order(package.edit(sheet), f"{S}drawing", IN_SHEET)
    element.set(RELATIONSHIP_ID, package.relate(sheet, "drawing", name))
    return name
