"""Changing the XML of a workbook's parts where no spreadsheet library would."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from io import BytesIO
from xml.sax.saxutils import escape

WORKBOOK, STYLES, TYPES = "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHEETS = ("填报说明", "总体情况", "表二", "表三", "表四", "问题与事项", "校验", "_reportfill")
_NO_ROWS = "<sheetData/></worksheet>"
_EPOCH = (1980, 1, 1, 0, 0, 0)

Parts = dict[str, bytes]


def parts_of(workbook: bytes) -> Parts:
    """The parts of a workbook by name."""
    with zipfile.ZipFile(BytesIO(workbook)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The workbook of these parts, as small as it gets and the same each time."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for name, content in parts.items():
            package.writestr(entry(name), content, compresslevel=9)
    return target.getvalue()


def entry(name: str, method: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    """An archive's entry without a date of today."""
    made = zipfile.ZipInfo(name, _EPOCH)
    made.compress_type = method
    made.create_system = 0
    return made


def lighter(workbook: bytes) -> bytes:
    """A workbook without what no case needs and what takes room in git: what cells say when they are selected, and the
    rows of the sheet that checks the others."""
    parts = parts_of(workbook)
    for name in [name for name in parts if name.startswith("xl/worksheets/")]:
        sheet = re.sub(r"<dataValidations .*?</dataValidations>", "", parts[name].decode(), flags=re.DOTALL)
        parts[name] = re.sub(r"&#(\d{4,});", lambda found: chr(int(found[1])), sheet).encode()
    checks = sheet_part("校验")
    emptied = re.sub(r"<sheetData>.*</worksheet>", _NO_ROWS, parts[checks].decode(), flags=re.DOTALL)
    return packed(parts | {checks: emptied.encode()})


def sheet_part(sheet: str, sheets: Sequence[str] = _SHEETS) -> str:
    """The name of the part in which a sheet stands, of those of the annual report or of others."""
    return f"xl/worksheets/sheet{sheets.index(sheet) + 1}.xml"


def with_parts(workbook: bytes, parts: Mapping[str, bytes | str]) -> bytes:
    """A workbook with parts added or put in the place of others."""
    new = {name: part.encode() if isinstance(part, str) else part for name, part in parts.items()}
    return packed(parts_of(workbook) | new)


def without_part(workbook: bytes, name: str) -> bytes:
    """A workbook that lacks a part."""
    return packed({other: part for other, part in parts_of(workbook).items() if other != name})


def changed(workbook: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """A workbook after a change to the text of one of its parts."""
    parts = parts_of(workbook)
    text = change(parts[part].decode())
    return packed(parts | {part: text.encode()})


def replaced(workbook: bytes, part: str, old: str, new: str) -> bytes:
    """A workbook with a text replaced that one of its parts has once."""

    def change(text: str) -> str:
        if text.count(old) != 1:
            raise ValueError(f"{part} has {text.count(old)} times: {old}")
        return text.replace(old, new)

    return changed(workbook, part, change)


def with_cells(workbook: bytes, cells: Mapping[str, str]) -> bytes:
    """A workbook with the XML of some cells replaced: {"表二!B9": '<v>12</v>'}.

    What is given are a cell's children, or a whole <c …> element in which {style} is the style that the cell had.
    """
    sheets = re.findall(r'<sheet [^>]*?name="([^"]*)"', parts_of(workbook)[WORKBOOK].decode())
    for place, xml in cells.items():
        sheet, _, address = place.partition("!")
        part = sheet_part(sheet, sheets)
        workbook = changed(workbook, part, partial(_with_cell, address=address, xml=xml))
    return workbook


def _with_cell(sheet: str, address: str, xml: str) -> str:
    whole = xml if xml.startswith("<c ") else f'<c r="{address}"{{style}}>{xml}</c>'
    pattern = re.compile(rf'<c r="{address}"(?P<style> s="\d+")?[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
    found = pattern.search(sheet)
    if found is None:
        raise ValueError(f"there is no cell {address}")
    return sheet[: found.start()] + whole.replace("{style}", found["style"] or "") + sheet[found.end() :]


def text_cell(place: str, text: str) -> str:
    """The XML of a cell that holds a text of its own, its white space kept."""
    address = place.partition("!")[2]
    return f'<c r="{address}"{{style}} t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def with_texts(workbook: bytes, texts: Mapping[str, str]) -> bytes:
    """A workbook with texts typed into cells."""
    return with_cells(workbook, {place: text_cell(place, text) for place, text in texts.items()})


def with_format(workbook: bytes, place: str, value: str, number_format: str | int) -> bytes:
    """A workbook with a number typed into a cell that shows it in a format: a format's code, or the number of one
    that Excel has built in."""
    number = number_format if isinstance(number_format, int) else 190
    if isinstance(number_format, str):
        code = escape(number_format, {'"': "&quot;", "\n": "&#10;"})
        workbook = _with_format_code(workbook, f'<numFmt numFmtId="{number}" formatCode="{code}"/>')
    workbook, style = _with_cell_format(workbook, f'numFmtId="{number}" applyNumberFormat="1"')
    address = place.partition("!")[2]
    return with_cells(workbook, {place: f'<c r="{address}" s="{style}"><v>{value}</v></c>'})


def with_quote_prefix(workbook: bytes, place: str, text: str) -> bytes:
    """A workbook with a text typed into a cell behind an apostrophe, which Excel keeps as a mark of its style."""
    workbook, style = _with_cell_format(workbook, 'numFmtId="0" quotePrefix="1"')
    return with_cells(workbook, {place: text_cell(place, text).replace("{style}", f' s="{style}"')})


def _with_format_code(workbook: bytes, element: str) -> bytes:
    return replaced(workbook, STYLES, '<numFmts count="0"/>', f'<numFmts count="1">{element}</numFmts>')


def _with_cell_format(workbook: bytes, attributes: str) -> tuple[bytes, int]:
    """A workbook with one more cell format; its number."""
    styles = parts_of(workbook)[STYLES].decode()
    found = re.search(r'<cellXfs count="(\d+)">', styles)
    assert found is not None
    count = int(found[1])
    added = f'<xf {attributes} fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    styles = styles.replace(found[0], f'<cellXfs count="{count + 1}">').replace("</cellXfs>", added)
    return with_parts(workbook, {STYLES: styles}), count


def with_related_part(
    workbook: bytes, owner: str, part: str, content: bytes | str, *, relation: str, kind: str = ""
) -> bytes:
    """A workbook with a part that another one names by a relationship of this type; `kind` is its content type."""
    folder, _, name = owner.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    parts = parts_of(workbook)
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    known = parts.get(relations, empty).decode()
    number = known.count("<Relationship ") + 1
    told = f'<Relationship Id="rId{number}" Type="{relation}" Target="/{part}"/></Relationships>'
    workbook = with_parts(workbook, {relations: known.replace("</Relationships>", told), part: content})
    return with_content_type(workbook, part, kind) if kind else workbook


def with_content_type(workbook: bytes, part: str, kind: str) -> bytes:
    """A workbook whose list of content types names that of a part."""
    told = f'<Override PartName="/{part}" ContentType="{kind}"/></Types>'
    return replaced(workbook, TYPES, "</Types>", told)


def in_sheet(workbook: bytes, sheet: str, old: str, new: str) -> bytes:
    """A workbook with a text replaced that a sheet's XML has once."""
    return replaced(workbook, sheet_part(sheet), old, new)
