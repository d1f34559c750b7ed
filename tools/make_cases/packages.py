"""The same workbook, its parts written in other ways that the standard allows, or with parts lost."""

from __future__ import annotations

import re

from lxml import etree

from tools.make_cases.formulas import with_error
from tools.make_cases.recipes import recipe
from tools.make_cases.surgery import (
    MAIN,
    OFFICE,
    RELATIONS,
    STYLES,
    TYPES,
    WORKBOOK,
    Parts,
    changed,
    in_sheet,
    packed,
    parts_of,
    sheet_part,
    with_cells,
    with_parts,
    without_part,
)

_STRICT = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    OFFICE: "http://purl.oclc.org/ooxml/officeDocument/relationships",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "http://purl.oclc.org/ooxml/drawingml/main",
}


def _sheets(parts: Parts) -> list[str]:
    return [name for name in parts if name.startswith("xl/worksheets/sheet")]


@recipe("strict-variant-of-the-standard")
def _strict(workbook: bytes) -> bytes:
    parts = parts_of(workbook)
    for name in [name for name in parts if name.endswith((".xml", ".rels"))]:
        text = parts[name].decode()
        for usual, strict in _STRICT.items():
            text = text.replace(f'"{usual}', f'"{strict}')
        parts[name] = text.encode()
    return packed(parts)


@recipe("strict-variant-of-the-standard-and-an-error")
def _strict_error(workbook: bytes) -> bytes:
    return _strict(with_error(workbook, "总体情况!B31"))


@recipe("template-of-excel", "xltx")
def _template(workbook: bytes) -> bytes:
    """Saved as a template, which is the same but for the type of its main part."""
    return changed(workbook, TYPES, lambda text: text.replace("sheet.main+xml", "template.main+xml"))


@recipe("cells-that-do-not-say-where-they-stand")
def _without_references(workbook: bytes) -> bytes:
    """Neither rows nor cells have the attribute r, so that all must be there, in their order."""
    parts = parts_of(workbook)
    for name in _sheets(parts):
        parts[name] = _without_places(parts[name])
    return packed(parts)


def _without_places(sheet: bytes) -> bytes:
    root = etree.fromstring(sheet)
    data = root.find(f"{{{MAIN}}}sheetData")
    assert data is not None
    expected = 1
    for row in list(data):
        while expected < int(row.get("r", "0")):
            row.addprevious(etree.Element(f"{{{MAIN}}}row"))
            expected += 1
        _fill_up(row)
        del row.attrib["r"]
        expected += 1
    return etree.tostring(root, encoding="utf-8")


def _fill_up(row: etree._Element) -> None:
    expected = 1
    for cell in list(row):
        while expected < _column(cell.get("r", "")):
            cell.addprevious(etree.Element(f"{{{MAIN}}}c"))
            expected += 1
        del cell.attrib["r"]
        expected += 1


def _column(reference: str) -> int:
    number = 0
    for letter in reference.rstrip("0123456789"):
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


@recipe("targets-beside-the-workbook")
def _relative_targets(workbook: bytes) -> bytes:
    """Sheets named as Excel names them, from the workbook's own folder; what this tool writes begins at the root."""
    return changed(workbook, RELATIONS, lambda text: text.replace('Target="/xl/', 'Target="'))


@recipe("targets-through-the-folder-above")
def _winding_targets(workbook: bytes) -> bytes:
    return changed(workbook, RELATIONS, lambda text: text.replace('Target="/xl/', 'Target="../xl/'))


@recipe("targets-from-the-root")
def _absolute_targets(workbook: bytes) -> bytes:
    def rooted(text: str) -> str:
        return re.sub(r'Target="(?!/)', 'Target="/', text)

    workbook = changed(workbook, "_rels/.rels", rooted)
    return changed(workbook, RELATIONS, lambda text: re.sub(r'Target="(?!/)', 'Target="/xl/', text))


@recipe("sheets-under-other-part-names")
def _renamed_parts(workbook: bytes) -> bytes:
    """Which part a sheet is, only its relationship tells: here the numbers in their names run the other way."""
    parts = parts_of(workbook)
    swapped = {name: f"xl/worksheets/sheet{9 - int(name[-5])}.xml" for name in _sheets(parts)}
    renamed = {swapped.get(name, name): content for name, content in parts.items()}
    text = parts[RELATIONS].decode()
    told = re.sub(r"/xl/worksheets/sheet\d\.xml", lambda found: f"/{swapped[found[0][1:]]}", text)
    return packed(renamed | {RELATIONS: told.encode()})


def _in_encoding(workbook: bytes, names: list[str], encoding: str) -> bytes:
    parts = parts_of(workbook)
    for name in names:
        text = re.sub(r"^<\?xml.*?\?>", "", parts[name].decode())
        parts[name] = f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding)
    return packed(parts)


@recipe("parts-in-utf-16")
def _utf16(workbook: bytes) -> bytes:
    """With a byte order mark, as the standard allows besides UTF-8."""
    return _in_encoding(workbook, [*_sheets(parts_of(workbook)), WORKBOOK, STYLES], "UTF-16")


@recipe("sheet-in-gbk")
def _gbk(workbook: bytes) -> bytes:
    """An encoding that the standard does not allow, but that a home-made program may use."""
    workbook = with_cells(workbook, {"总体情况!B31": _NARRATIVE})
    return _in_encoding(workbook, [sheet_part("总体情况")], "GBK")


_NARRATIVE = (
    '<c r="B31"{style} t="inlineStr"><is><t>全年共组织培训两次，参加培训的人员有八十人。</t></is></c>'
)


@recipe("byte-order-mark-before-the-parts")
def _byte_order_mark(workbook: bytes) -> bytes:
    parts = parts_of(workbook)
    return packed({name: b"\xef\xbb\xbf" + content for name, content in parts.items()})


@recipe("prefix-on-every-element")
def _prefixed(workbook: bytes) -> bytes:
    """<x:worksheet>, <x:c>, as the Open XML SDK writes them."""
    return _with_prefixes(workbook)


@recipe("prefix-on-every-element-and-an-error")
def _prefixed_error(workbook: bytes) -> bytes:
    return _with_prefixes(with_error(workbook, "总体情况!B31"))


def _with_prefixes(workbook: bytes) -> bytes:
    parts = parts_of(workbook)
    for name in [*_sheets(parts), WORKBOOK, STYLES]:
        text = re.sub(r"<(/?)([a-zA-Z])", r"<\1x:\2", parts[name].decode())
        parts[name] = text.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"').encode()
    return packed(parts)


@recipe("attributes-in-single-quotes-and-an-error")
def _single_quotes_error(workbook: bytes) -> bytes:
    return _with_single_quotes(with_error(workbook, "总体情况!B31"))


def _with_single_quotes(workbook: bytes) -> bytes:
    parts = parts_of(workbook)
    for name in _sheets(parts):
        parts[name] = re.sub(
            r"(<(?:c|row) [^>]*>)", lambda tag: tag[1].replace('"', "'"), parts[name].decode()
        ).encode()
    return packed(parts)


@recipe("xml-on-many-lines")
def _pretty(workbook: bytes) -> bytes:
    """Indented by a program that makes XML pretty, the attributes of a cell on lines of their own."""
    parts = parts_of(workbook)
    for name in _sheets(parts):
        text = re.sub(r"(<(?:row|c|v|is|f)\b)", r"\n  \1", parts[name].decode())
        parts[name] = re.sub(r'<c r="(\w+)" ', r'<c\n    r="\1"\n    ', text).encode()
    return packed(parts)


@recipe("comments-between-the-elements")
def _xml_comments(workbook: bytes) -> bytes:
    parts = parts_of(workbook)
    for name in _sheets(parts):
        parts[name] = parts[name].replace(b"<c r=", b'<!-- <c r="A1"><v>7</v></c> --><c r=')
    return packed(parts)


@recipe("attributes-of-newer-programs")
def _newer_attributes(workbook: bytes) -> bytes:
    """What Excel of today adds: names of rows that stay the same, and what older programs may ignore."""
    told = (
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac xr" '
        'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" '
        'xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" '
        'xr:uid="{00000000-0001-0000-0000-000000000000}"'
    )
    parts = parts_of(workbook)
    for name in _sheets(parts):
        text = parts[name].decode().replace(f'<worksheet xmlns="{MAIN}"', f'<worksheet xmlns="{MAIN}"{told}')
        text = re.sub(r'<row r="(\d+)"', r'<row r="\1" spans="1:15" x14ac:dyDescent="0.25"', text)
        parts[name] = text.replace("</worksheet>", _EXTENSIONS + "</worksheet>").encode()
    return packed(parts)


_EXTENSIONS = (
    '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:dataValidations count="1">'
    '<x14:dataValidation type="list" allowBlank="1"><x14:formula1><xm:f xmlns:xm="http://schemas.microsoft.com/office/'
    'excel/2006/main">表二!$A$5:$A$6</xm:f></x14:formula1><xm:sqref xmlns:xm="http://schemas.microsoft.com/office/excel/'
    '2006/main">D20</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>'
)


@recipe("very-large-table-of-styles")
def _many_styles(workbook: bytes) -> bytes:
    """What years of copying between workbooks leave: thousands of formats and named styles."""
    count = 2500
    styles = parts_of(workbook)[STYLES].decode()
    formats = "".join(
        f'<xf numFmtId="{number % 49}" fontId="{number % 8}" fillId="0" borderId="0" xfId="0"/>'
        for number in range(count)
    )
    named = "".join(f'<cellStyle name="常规 {number} 2" xfId="0"/>' for number in range(count))
    styles = re.sub(r'<cellXfs count="\d+">', "<cellXfs>", styles).replace(
        "</cellXfs>", f"{formats}</cellXfs>"
    )
    styles = re.sub(r'<cellStyles count="\d+">', "<cellStyles>", styles).replace(
        "</cellStyles>", f"{named}</cellStyles>"
    )
    return with_parts(workbook, {STYLES: styles})


@recipe("styles-are-missing")
def _no_styles(workbook: bytes) -> bytes:
    workbook = without_part(workbook, STYLES)
    workbook = changed(
        workbook, RELATIONS, lambda text: re.sub(r"<Relationship [^>]*styles\.xml[^>]*/>", "", text)
    )
    return changed(
        workbook, TYPES, lambda text: re.sub(r"<Override PartName=\"/xl/styles.xml\"[^>]*/>", "", text)
    )


@recipe("part-of-a-sheet-is-missing")
def _no_sheet_part(workbook: bytes) -> bytes:
    return without_part(workbook, sheet_part("表四"))


@recipe("relationships-are-missing")
def _no_relations(workbook: bytes) -> bytes:
    return without_part(workbook, RELATIONS)


@recipe("sheet-of-no-bytes")
def _empty_sheet(workbook: bytes) -> bytes:
    return with_parts(workbook, {sheet_part("表四"): b""})


@recipe("sheet-that-breaks-off")
def _torn_sheet(workbook: bytes) -> bytes:
    """The XML of a sheet ends in the middle, although the archive is whole."""
    name = sheet_part("表二")
    sheet = parts_of(workbook)[name]
    return with_parts(workbook, {name: sheet[: sheet.index(b'<row r="12"')]})


@recipe("the-same-cell-twice")
def _cell_twice(workbook: bytes) -> bytes:
    """Excel calls such a file damaged; other programs take the last one."""
    twice = '<c r="B9" s="31"><v>7</v></c><c r="B9" s="31">'
    return in_sheet(workbook, "表二", '<c r="B9" s="31" t="n">', twice)


@recipe("document-properties-are-missing")
def _no_properties(workbook: bytes) -> bytes:
    workbook = changed(
        workbook, "_rels/.rels", lambda text: re.sub(r"<Relationship [^>]*docProps[^>]*/>", "", text)
    )
    workbook = changed(
        workbook, TYPES, lambda text: re.sub(r"<Override PartName=\"/docProps[^>]*/>", "", text)
    )
    return packed(
        {name: part for name, part in parts_of(workbook).items() if not name.startswith("docProps/")}
    )
