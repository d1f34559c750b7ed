"""The pictures that lie on the sheets of a workbook, or are held by its cells: of .xlsx (ECMA-376-1, 20.5), with the
cell pictures of WPS and of newer Excel ([MS-XLSX] 2.3.6), and of .ods (OpenDocument 1.3, 10.4)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import accumulate
from typing import NamedTuple

from reportfill.office.relationships import parts_related_by, related_part
from reportfill.office.xml import RELATIONSHIPS, DamagedXMLError, Element, S, local_name, parsed
from reportfill.place import parse_address

_WORKBOOK = "xl/workbook.xml"
_X = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_EMBEDDED = f"{{{RELATIONSHIPS}}}embed"
_ID = f"{{{RELATIONSHIPS}}}id"
_ANCHORS = tuple(f"{_X}{kind}Anchor" for kind in ("oneCell", "twoCell", "absolute"))

_OF_PIXEL, _OF_POINT, _DIGIT = 9525, 12700, 7
"""English Metric Units, in which drawings count; and the pixels of a digit, in which columns do."""

_USUAL_WIDTH, _USUAL_HEIGHT = 64 * _OF_PIXEL, 15 * _OF_POINT
_FARTHEST = 2000
"""Rows and columns whose places are worked out one by one; a form has fewer."""

_CELL_PICTURES = "xl/cellimages.xml"
_WPS_NAME = re.compile(r"DISPIMG\(\s*\"([^\"]+)\"")

_RICH = (
    "xl/metadata.xml",
    "xl/richdata/rdrichvalue.xml",
    "xl/richdata/rdrichvaluestructure.xml",
    "xl/richdata/richvaluerel.xml",
)
_LOCAL_IMAGE = "_rvRel:LocalImageIdentifier"

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_HREF = "{http://www.w3.org/1999/xlink}href"


class PlacedPicture(NamedTuple):
    """A picture on a sheet: the cells, as row and column counted from 0, in which its corner and its middle lie; and
    its bytes, empty where they are not in the file."""

    sheet: str
    corner: tuple[int, int]
    middle: tuple[int, int]
    content: bytes


def laid_pictures(parts: Mapping[str, bytes]) -> list[PlacedPicture]:
    """The pictures of a workbook's sheets, up to a drawing that cannot be read; none of a kind of workbook whose
    drawings are not read (.xls, .xlsb)."""
    found: list[PlacedPicture] = []
    with suppress(DamagedXMLError, ValueError, IndexError, OverflowError):
        if "content.xml" in parts:
            found.extend(_of_ods(parts))
        elif _WORKBOOK in parts:
            found.extend(_of_xlsx(parts))
    return found


def _of_xlsx(parts: Mapping[str, bytes]) -> Iterator[PlacedPicture]:
    for sheet in parsed(parts[_WORKBOOK]).iter(f"{S}sheet"):
        part, name = related_part(_WORKBOOK, sheet.get(_ID), parts), sheet.get("name", "")
        drawings = parts_related_by(part, "drawing", parts) if part else []
        if not part or not (drawings or _may_hold_pictures(parts)):
            continue
        root = parsed(parts[part])
        grid = _Grid(root)
        for drawing in drawings:
            for anchor in parsed(parts[drawing]).iter(*_ANCHORS):
                for picture in anchor.iter(f"{_X}pic"):
                    yield PlacedPicture(name, *grid.cells_under(anchor), _shown(picture, drawing, parts))
        for address, content in _in_cells(root, parts):
            yield PlacedPicture(name, address, address, content)


def _shown(picture: Element, source: str, parts: Mapping[str, bytes]) -> bytes:
    blip = next(picture.iter(f"{_A}blip"), None)
    part = "" if blip is None else related_part(source, blip.get(_EMBEDDED), parts)
    return parts.get(part, b"")


class _Grid:
    """Where the rows and columns of a sheet end, in English Metric Units."""

    def __init__(self, root: Element) -> None:
        heights, widths = {}, {}
        usual = root.find(f"{S}sheetFormatPr")
        height = 0.0 if usual is None else float(usual.get("defaultRowHeight", 0))
        width = 0.0 if usual is None else float(usual.get("defaultColWidth", 0))
        for row in root.iter(f"{S}row"):
            if row.get("ht") or row.get("hidden"):
                heights[int(row.get("r", "1")) - 1] = (
                    0 if _is_on(row, "hidden") else float(row.get("ht", 0)) * _OF_POINT
                )
        for column in root.iter(f"{S}col"):
            size = 0.0 if _is_on(column, "hidden") else _of_width(float(column.get("width", 0)))
            first, last = int(column.get("min", "1")), int(column.get("max", "1"))
            for number in range(max(first - 1, 0), min(last, _FARTHEST)):
                widths[number] = size
        self._rows = _ends(heights, height * _OF_POINT or _USUAL_HEIGHT)
        self._columns = _ends(widths, _of_width(width) or _USUAL_WIDTH)

    def cells_under(self, anchor: Element) -> tuple[tuple[int, int], tuple[int, int]]:
        """The cells in which the corner and the middle of a drawing lie."""
        first, last = anchor.find(f"{_X}from"), anchor.find(f"{_X}to")
        if first is not None:
            left, top = self._point(first)
        else:
            position = anchor.find(f"{_X}pos")
            left, top = (0.0, 0.0) if position is None else (float(position.get(name, 0)) for name in "xy")
        size = anchor.find(f"{_X}ext")
        if last is not None:
            right, bottom = self._point(last)
        else:
            wide, high = (0.0, 0.0) if size is None else (float(size.get(name, 0)) for name in ("cx", "cy"))
            right, bottom = left + wide, top + high
        return self._cell(left, top), self._cell((left + right) / 2, (top + bottom) / 2)

    def _point(self, marker: Element) -> tuple[float, float]:
        said = {local_name(part): float(part.text or 0) for part in marker}
        column, row = (min(int(said.get(name, 0)), _FARTHEST - 1) for name in ("col", "row"))
        left = (self._columns[column - 1] if column else 0.0) + said.get("colOff", 0.0)
        return left, (self._rows[row - 1] if row else 0.0) + said.get("rowOff", 0.0)

    def _cell(self, left: float, top: float) -> tuple[int, int]:
        return _place(self._rows, top), _place(self._columns, left)


def _is_on(element: Element, name: str) -> bool:
    return element.get(name) in ("1", "true")


def _of_width(digits: float) -> float:
    return int((256 * digits + 128 // _DIGIT) / 256 * _DIGIT) * _OF_PIXEL


def _ends(sizes: Mapping[int, float], usual: float) -> list[float]:
    return list(accumulate(sizes.get(number, usual) for number in range(_FARTHEST)))


def _place(ends: list[float], position: float) -> int:
    """The number of the row or column in which a position lies."""
    return bisect_right(ends, position)


def _may_hold_pictures(parts: Mapping[str, bytes]) -> bool:
    return _CELL_PICTURES in parts or "xl/metadata.xml" in parts


def _in_cells(root: Element, parts: Mapping[str, bytes]) -> Iterator[tuple[tuple[int, int], bytes]]:
    """The pictures that cells hold: by a formula of WPS, or as a value of newer Excel."""
    if not _may_hold_pictures(parts):
        return
    by_name, by_value = _of_wps(parts), _of_rich_values(parts)
    for cell in root.iter(f"{S}c"):
        named = _WPS_NAME.search("".join(map(str, cell.itertext())))
        place = parse_address(cell.get("r", "A1"))
        if named:
            yield place, by_name.get(named[1], b"")
        elif cell.get("vm") in by_value:
            yield place, by_value[cell.get("vm", "")]


def _of_wps(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The pictures of WPS by their names: ID_0F12…"""
    if _CELL_PICTURES not in parts:
        return {}
    return {
        properties.get("name", ""): _shown(picture, _CELL_PICTURES, parts)
        for picture in parsed(parts[_CELL_PICTURES]).iter(f"{_X}pic")
        for properties in picture.iter(f"{_X}cNvPr")
    }


def _of_rich_values(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The pictures of newer Excel, by the number of the metadata that a cell has."""
    names = {name.lower(): name for name in parts}
    if not all(name in names for name in _RICH):
        return {}
    metadata, values, structures, relations = (parsed(parts[names[name]]) for name in _RICH)
    keys = [[key.get("n", "") for key in one.iter("{*}k")] for one in structures.iter("{*}s")]
    pictures = [related_part(names[_RICH[-1]], rel.get(_ID), parts) for rel in relations.iter("{*}rel")]
    shown: list[bytes | None] = []
    for value in values.iter("{*}rv"):
        said = zip(keys[int(value.get("s", "0"))], (v.text or "" for v in value.iter("{*}v")), strict=False)
        place = dict(said).get(_LOCAL_IMAGE)
        shown.append(None if place is None else parts.get(pictures[int(place)], b""))
    kinds = [one.get("name") for one in metadata.iter("{*}metadataType")]
    rich = [int(one.get("i", "0")) for one in metadata.iter("{*}rvb")]
    found: dict[str, bytes] = {}
    for number, block in enumerate(metadata.iterfind("{*}valueMetadata/{*}bk"), 1):
        for record in block.iter("{*}rc"):
            content = shown[rich[int(record.get("v", "0"))]] if _is_rich(record, kinds) else None
            if content is not None:
                found[str(number)] = content
    return found


def _is_rich(record: Element, kinds: list[str | None]) -> bool:
    return kinds[int(record.get("t", "1")) - 1] == "XLRICHVALUE"


def _of_ods(parts: Mapping[str, bytes]) -> Iterator[PlacedPicture]:
    for table in parsed(parts["content.xml"]).iter(f"{_TABLE}table"):
        row_number = 0
        for row in table.iter(f"{_TABLE}table-row"):
            column = 0
            for cell in row.iterchildren(f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                for frame in cell.iterchildren(f"{_DRAW}frame"):
                    yield _of_frame(frame, table.get(f"{_TABLE}name", ""), (row_number, column), parts)
                column += int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
            row_number += int(row.get(f"{_TABLE}number-rows-repeated", "1"))


def _of_frame(
    frame: Element, sheet: str, corner: tuple[int, int], parts: Mapping[str, bytes]
) -> PlacedPicture:
    end = frame.get(f"{_TABLE}end-cell-address", "").rpartition(".")[2].replace("$", "")
    last = parse_address(end) if end else corner
    middle = (corner[0] + last[0]) // 2, (corner[1] + last[1]) // 2
    images = (image.get(_HREF, "").removeprefix("./") for image in frame.iterchildren(f"{_DRAW}image"))
    return PlacedPicture(sheet, corner, middle, next((parts[name] for name in images if name in parts), b""))
