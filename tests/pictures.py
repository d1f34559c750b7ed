"""Pictures for the tests, as cameras and programs write them, and laid on the cells of workbooks as people do."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.drawing.image import Image as OnSheet
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from reportfill.office.package import composed, parts_of

SECRET = b"Secret camera"


def png(width: int = 30, height: int = 20, colour: str = "red", orientation: int = 1) -> bytes:
    """A PNG with a text in it, and how the camera was held."""
    said = PngInfo()
    said.add_text("Comment", SECRET.decode())
    exif = Image.Exif()
    exif[0x0112] = orientation
    saved = BytesIO()
    Image.new("RGB", (width, height), colour).save(saved, "PNG", pnginfo=said, exif=exif)
    return saved.getvalue()


def photo(orientation: int = 1, *, progressive: bool = False) -> bytes:
    """A JPEG of 60 by 40 pixels, blue with red in its upper left corner, and what a camera notes of it."""
    image = Image.new("RGB", (60, 40), "blue")
    image.paste((255, 0, 0), (0, 0, 30, 14))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, SECRET.decode()
    saved = BytesIO()
    image.save(saved, "JPEG", exif=exif, comment=SECRET, progressive=progressive, quality=95)
    return saved.getvalue()


def declared_png(width: int, height: int) -> bytes:
    """A PNG that says to be that large, and is small."""
    whole = bytearray(png())
    whole[16:24] = width.to_bytes(4) + height.to_bytes(4)
    whole[29:33] = zlib.crc32(bytes(whole[12:29])).to_bytes(4)
    return bytes(whole)


def with_pictures(workbook: bytes, sheet: str, laid: Iterable[tuple[str, bytes]]) -> bytes:
    """A workbook with pictures whose corners are on these cells."""
    book = load_workbook(BytesIO(workbook))
    for address, content in laid:
        book[sheet].add_image(OnSheet(BytesIO(content)), address)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def anchored(workbook: bytes, anchor: str) -> bytes:
    """A workbook whose only picture is anchored otherwise: the XML in front of xdr:pic, and the name of the anchor."""
    parts = parts_of(workbook)
    name = "xl/drawings/drawing1.xml"
    before, _, behind = (
        parts[name].decode().partition("<xdr:pic>" if b"<xdr:pic>" in parts[name] else "<pic>")
    )
    prefix = "xdr:" if b"<xdr:pic>" in parts[name] else ""
    root = before[: before.index(f"<{prefix}oneCellAnchor")]
    inner = behind.partition(f"<{prefix}clientData")[0]
    kind = anchor.partition(">")[0].partition(" ")[0].lstrip("<")
    made = anchor.replace("<", f"<{prefix}").replace(f"<{prefix}/", f"</{prefix}")
    end = f"<{prefix}clientData/></{prefix}{kind}></{prefix}wsDr>"
    parts[name] = f"{root}{made}<{prefix}pic>{inner}{end}".encode()
    return composed(parts)


def embedded_by_wps(workbook: bytes, sheet: str, address: str, content: bytes) -> bytes:
    """A workbook with a picture that WPS put into a cell."""
    book: Any = load_workbook(BytesIO(workbook))
    book[sheet][address] = '=_xlfn.DISPIMG("ID_0A1B",1)'
    saved = BytesIO()
    book.save(saved)
    parts = parts_of(saved.getvalue())
    parts["xl/cellimages.xml"] = (
        b'<etc:cellImages xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
        b' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        b' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
        b' xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"><etc:cellImage><xdr:pic><xdr:nvPicPr>'
        b'<xdr:cNvPr id="2" name="ID_0A1B"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId1"/>'
        b"</xdr:blipFill><xdr:spPr/></xdr:pic></etc:cellImage></etc:cellImages>"
    )
    parts["xl/_rels/cellimages.xml.rels"] = _relation("image", "media/image9.png")
    parts["xl/media/image9.png"] = content
    return composed(_declared(parts))


def held_by_excel(workbook: bytes, address: str, content: bytes) -> bytes:
    """A workbook with a picture that newer Excel placed in a cell of its first sheet."""
    parts = parts_of(workbook)
    sheet = "xl/worksheets/sheet1.xml"
    text = parts[sheet].decode()
    start = text.index(f'<c r="{address}"')
    end = text.index("/>", start) + 2
    style = text[start:end].partition(' s="')[2].partition('"')[0]
    cell = f'<c r="{address}" s="{style}" t="e" vm="1"><v>#VALUE!</v></c>'
    parts[sheet] = (text[:start] + cell + text[end:]).encode()
    main = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rich = b'xmlns="http://schemas.microsoft.com/office/spreadsheetml/2017/richdata"'
    parts["xl/metadata.xml"] = (
        b"<metadata %b xmlns:xlrd='http://schemas.microsoft.com/office/spreadsheetml/2017/richdata'>"
        b'<metadataTypes count="1"><metadataType name="XLRICHVALUE"/></metadataTypes>'
        b'<futureMetadata name="XLRICHVALUE" count="1"><bk><extLst><ext uri="{3e2802c4-a4d2-4d8b-9148-e3be6c30e623}">'
        b'<xlrd:rvb i="0"/></ext></extLst></bk></futureMetadata>'
        b'<valueMetadata count="1"><bk><rc t="1" v="0"/></bk></valueMetadata></metadata>' % main
    )
    parts["xl/richData/rdrichvalue.xml"] = (
        b'<rvData %b count="1"><rv s="0"><v>0</v><v>5</v></rv></rvData>' % rich
    )
    parts["xl/richData/rdrichvaluestructure.xml"] = (
        b'<rvStructures %b count="1"><s t="_localImage"><k n="_rvRel:LocalImageIdentifier" t="i"/>'
        b'<k n="CalcOrigin" t="i"/></s></rvStructures>' % rich
    )
    parts["xl/richData/richValueRel.xml"] = (
        b'<richValueRels xmlns="http://schemas.microsoft.com/office/spreadsheetml/2022/richvaluerel"'
        b' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><rel r:id="rId1"/>'
        b"</richValueRels>"
    )
    parts["xl/richData/_rels/richValueRel.xml.rels"] = _relation("image", "../media/image9.png")
    parts["xl/media/image9.png"] = content
    return composed(_declared(parts))


def _relation(kind: str, target: str) -> bytes:
    return (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
        b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%b" Target="%b"/></Relationships>'
        % (kind.encode(), target.encode())
    )


def _declared(parts: dict[str, bytes]) -> dict[str, bytes]:
    types = parts["[Content_Types].xml"]
    if b'Extension="png"' not in types:
        types = types.replace(b"<Default ", b'<Default Extension="png" ContentType="image/png"/><Default ', 1)
    return {**parts, "[Content_Types].xml": types}
