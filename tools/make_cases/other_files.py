"""Files that are no workbook, are broken, or are meant to do harm."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

from tools.make_cases.formulas import with_error
from tools.make_cases.recipes import recipe
from tools.make_cases.surgery import (
    STYLES,
    changed,
    entry,
    in_sheet,
    packed,
    parts_of,
    sheet_part,
    with_cells,
    with_parts,
)

ROOT = Path(__file__).resolve().parents[2]
_TABLE = "单位,信息内容,件数\r\n卫辉市信访局,行政许可,12\r\n"
_FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'


@recipe("workbook-named-xls", "xls")
def _named_xls(workbook: bytes) -> bytes:
    """An .xlsx under the old suffix: what it holds decides."""
    return packed(parts_of(workbook))


@recipe("web-page-named-xls", "xls")
def _web_page(workbook: bytes) -> bytes:
    """As many office systems export a table."""
    page = (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"></head><body><table>'
        "<tr><td>行政许可</td><td>12</td></tr></table></body></html>"
    )
    return page.encode()


@recipe("text-table-named-xls", "xls")
def _csv(workbook: bytes) -> bytes:
    """CSV as Excel writes it on a Chinese Windows."""
    return _TABLE.encode("gbk")


@recipe("text-table-in-utf-16-named-xls", "xls")
def _unicode_text(workbook: bytes) -> bytes:
    """What Excel calls Unicode text."""
    return _TABLE.replace(",", "\t").encode("utf-16")


@recipe("xml-spreadsheet-of-2003-named-xls", "xls")
def _spreadsheet_2003(workbook: bytes) -> bytes:
    sheet = (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:'
        'office:spreadsheet"><Worksheet xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" ss:Name="表二"><Table>'
        '<Row><Cell><Data ss:Type="Number">12</Data></Cell></Row></Table></Worksheet></Workbook>'
    )
    return sheet.encode()


@recipe("web-archive-named-xls", "xls")
def _web_archive(workbook: bytes) -> bytes:
    """What Excel calls a web page in a single file."""
    return b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="--=_Next"\r\n\r\n----=_Next\r\n'


@recipe("word-document-named-xlsx")
def _word_document(workbook: bytes) -> bytes:
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    body = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>'
    return packed({"[Content_Types].xml": types.encode(), "word/document.xml": body.encode()})


@recipe("word-document-with-a-workbook-in-it")
def _word_with_workbook(workbook: bytes) -> bytes:
    """A chart in a Word document keeps its figures in a workbook of its own."""
    body = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
    return packed({"word/document.xml": body, "word/embeddings/Microsoft_Excel_Sheet1.xlsx": workbook})


@recipe("workbook-in-an-archive-named-xlsx")
def _archived(workbook: bytes) -> bytes:
    """Packed for sending, the archive then given the name of what is in it."""
    return packed({"填报表.xlsx": packed(parts_of(workbook))})


@recipe("pdf-named-xlsx")
def _pdf(workbook: bytes) -> bytes:
    return b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@recipe("picture-named-xlsx")
def _picture(workbook: bytes) -> bytes:
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(64)


@recipe("file-of-no-bytes")
def _empty(workbook: bytes) -> bytes:
    return b""


@recipe("file-of-zeros")
def _zeros(workbook: bytes) -> bytes:
    """What is left where a disk was full or a copy was broken off."""
    return bytes(4096)


@recipe("file-that-breaks-off")
def _truncated(workbook: bytes) -> bytes:
    whole = packed(parts_of(workbook))
    return whole[: len(whole) * 2 // 3]


@recipe("file-that-lacks-its-last-bytes")
def _last_bytes_lost(workbook: bytes) -> bytes:
    return packed(parts_of(workbook))[:-10]


@recipe("one-byte-is-wrong")
def _wrong_byte(workbook: bytes) -> bytes:
    """In the middle of the figures' sheet, so that its checksum no longer fits."""
    whole = bytearray(packed(parts_of(workbook)))
    with zipfile.ZipFile(BytesIO(bytes(whole))) as package:
        part = package.getinfo(sheet_part("表二"))
    whole[part.header_offset + 30 + len(part.filename) + part.compress_size // 2] ^= 0x10
    return bytes(whole)


@recipe("encrypted-workbook")
def _encrypted(workbook: bytes) -> bytes:
    """A password for opening was set in Excel."""
    return (ROOT / "tests" / "intake" / "encrypted.xlsx").read_bytes()


@recipe("archive-with-a-password")
def _zip_password(workbook: bytes) -> bytes:
    """A flag in the archive says that each of its parts is encrypted."""
    whole = bytearray(packed(parts_of(workbook)))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = whole.find(mark)
        while position >= 0:
            whole[position + offset] |= 1
            position = whole.find(mark, position + 4)
    return bytes(whole)


@recipe("archive-bomb")
def _bomb(workbook: bytes) -> bytes:
    return with_parts(workbook, {"xl/media/image1.xml": b"<x>" + bytes(16 << 20)})


def with_declaration(workbook: bytes, declaration: str) -> bytes:
    """A workbook whose sheet of figures begins with a document type."""
    return changed(workbook, sheet_part("表二"), lambda text: f"{declaration}{text}")


@recipe("entities-that-multiply")
def _entity_bomb(workbook: bytes) -> bytes:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    workbook = with_cells(workbook, {"总体情况!B31": '<c r="B31" t="inlineStr"><is><t>&amp;e9;</t></is></c>'})
    return with_declaration(workbook, f"<!DOCTYPE worksheet [{entities}]>")


@recipe("entity-from-outside")
def _external_entity(workbook: bytes) -> bytes:
    return with_declaration(workbook, '<!DOCTYPE worksheet [<!ENTITY e SYSTEM "file:///etc/passwd">]>')


@recipe("part-that-leads-out-of-the-file")
def _traversal(workbook: bytes) -> bytes:
    return with_parts(workbook, {"xl/../../../etc/passwd": b"x"})


@recipe("part-names-with-backslashes")
def _backslashes(workbook: bytes) -> bytes:
    """As some old libraries of .NET write them."""
    return packed({name.replace("/", "\\"): part for name, part in parts_of(workbook).items()})


@recipe("two-parts-of-one-name")
def _duplicate(workbook: bytes) -> bytes:
    """Which of them a program reads, another may not."""
    target = BytesIO(packed(parts_of(workbook)))
    with zipfile.ZipFile(target, "a") as package:
        made = entry("xl/worksheets/sheet3.xm_")
        package.writestr(made, b"<worksheet/>")
    return target.getvalue().replace(b"sheet3.xm_", b"sheet3.xml")


@recipe("cell-in-the-farthest-corner")
def _farthest(workbook: bytes) -> bytes:
    return in_sheet(workbook, "表二", "</sheetData>", _FAR)


@recipe("cell-in-the-farthest-corner-in-utf-16")
def _farthest_utf16(workbook: bytes) -> bytes:
    name = sheet_part("表二")
    sheet = parts_of(workbook)[name].decode().replace("</sheetData>", _FAR)
    return with_parts(workbook, {name: f'<?xml version="1.0" encoding="UTF-16"?>{sheet}'.encode("utf-16")})


@recipe("whole-sheet-merged")
def _whole_sheet_merged(workbook: bytes) -> bytes:
    """Every cell of a sheet in one merge, and an error that makes the tool look closer."""
    merged = '<mergeCell ref="A20:XFD1048576"/></mergeCells>'
    workbook = in_sheet(workbook, "表二", "</mergeCells>", merged)
    return with_error(workbook, "表二!B9")


@recipe("styles-with-an-entity-in-utf-16")
def _hidden_declaration(workbook: bytes) -> bytes:
    """A document type where a search for bytes does not see it."""
    declared = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "b">]><styleSheet/>'
    return with_parts(workbook, {STYLES: declared.encode("utf-16")})
