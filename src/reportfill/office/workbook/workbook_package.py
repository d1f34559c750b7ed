"""A workbook's package after openpyxl: with the results of its formulas, and without a trace of the clock."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Mapping
from io import BytesIO

from lxml import etree
from openpyxl import Workbook
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.writer.excel import ExcelWriter

from reportfill.decimals import exact, plain
from reportfill.office.package import composed, parts_of
from reportfill.office.properties import Properties, property_parts, with_places_for_properties, xml_bytes
from reportfill.office.workbook.cell_edits import Value
from reportfill.office.workbook.cell_writer import CellWriter

_BEHIND_IGNORED_ERRORS = {
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
}
"""The elements of a sheet that must stand behind `ignoredErrors`."""

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATIONSHIP_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def saved(workbook: Workbook, writer: CellWriter, properties: Properties) -> bytes:
    """The bytes of a workbook with the results and row heights that its writer knows: the same for the same
    contents."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:  # compressed once, when all is in it
        ExcelWriter(workbook, archive).save()
    parts = parts_of(target.getvalue())
    for sheet, name in sheet_parts(parts).items():
        results = {cell.address: result for cell, result in writer.results.items() if cell.sheet == sheet}
        heights = {str(row + 1): height for (where, row), height in writer.heights.items() if where == sheet}
        if results or heights:
            parts[name] = _completed(parts[name], results, heights)
    return composed(with_places_for_properties(parts) | property_parts(properties))


def sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The part of each sheet by the sheet's name."""
    relationships = etree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    targets = {r.get("Id"): r.get("Target", "") for r in relationships}
    sheets = etree.fromstring(parts["xl/workbook.xml"]).iter(f"{_MAIN}sheet")
    return {
        sheet.get("name", ""): posixpath.join("xl", targets[sheet.get(_RELATIONSHIP_ID)]).lstrip("/")
        for sheet in sheets
    }


def _completed(part: bytes, results: Mapping[str, Value], heights: Mapping[str, float]) -> bytes:
    root = etree.fromstring(part)
    for row in root.iter(f"{_MAIN}row"):
        if row.get("r") in heights:
            row.set("ht", f"{heights[row.get('r', '')]:g}")
            row.attrib.pop("customHeight", "")
    for cell in root.iter(f"{_MAIN}c"):
        address = cell.get("r", "")
        if address in results:
            _set_result(cell, results[address])
        elif cell.get("t") == "n":
            del cell.attrib["t"]  # a number is what a cell holds unless it says otherwise
    _silence_marks(root)
    return xml_bytes(root)


def _silence_marks(root: etree._Element) -> None:
    """Keep Excel from marking cells with green corners: sums that leave cells out, and formulas that may be
    typed over, are meant."""
    dimension = root.find(f"{_MAIN}dimension")
    where = dimension.get("ref", "A1") if dimension is not None else "A1"
    marks = etree.Element(f"{_MAIN}ignoredErrors")
    kinds = dict.fromkeys(("formula", "formulaRange", "numberStoredAsText", "unlockedFormula"), "1")
    etree.SubElement(marks, f"{_MAIN}ignoredError", {"sqref": where, **kinds})
    behind = [element for element in root if etree.QName(element).localname in _BEHIND_IGNORED_ERRORS]
    if behind:
        behind[0].addprevious(marks)
    else:
        root.append(marks)


def _set_result(cell: etree._Element, result: Value) -> None:
    value = cell.find(f"{_MAIN}v")
    if value is None:
        value = etree.SubElement(cell, f"{_MAIN}v")
    if isinstance(result, bool):
        cell.set("t", "b")
        value.text = str(int(result))
    elif isinstance(result, str):
        cell.set("t", "e" if result in ERROR_CODES else "str")
        value.text = result
    else:
        cell.attrib.pop("t", "")
        value.text = plain(exact(result))
