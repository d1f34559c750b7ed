"""Which part of a package holds which sheet of .xlsx and .xlsb."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree import ElementTree

from reportfill.office.package import relationships_of, target_of

_OF_CELLS = "/worksheet"
"""How the type of a relation to a sheet of cells ends, in each variant of the standard."""


def parts_of_sheets(
    parts: Mapping[str, bytes], workbook: str, sheets: Iterable[tuple[str, str]]
) -> list[tuple[str, bytes]]:
    """Sheets of cells by name with their parts, given the name and the relation of each; without those that have
    none, and without sheets of charts, dialogs and macros.

    `workbook` is the name of the part whose relations they are (ECMA-376-2, 9.3). Raises ParseError.
    """
    relations = ElementTree.fromstring(parts.get(relationships_of(workbook), b"<none/>"))
    targets = {
        relation.get("Id"): target_of(workbook, relation.get("Target", "")).lower()
        for relation in relations
        if relation.get("Type", "").endswith(_OF_CELLS)
    }
    by_name = {part.lower(): content for part, content in parts.items()}
    found = ((sheet, by_name.get(targets.get(relation, ""))) for sheet, relation in sheets)
    return [(sheet, part) for sheet, part in found if part is not None]


def sheets_of_xlsx(parts: Mapping[str, bytes]) -> list[tuple[str, bytes]]:
    """The sheets of an .xlsx by name with their parts. Raises ParseError."""
    workbook = next((name for name in parts if name.lower().endswith("xl/workbook.xml")), "")
    root = ElementTree.fromstring(parts.get(workbook, b"<none/>"))
    sheets = [
        (element.get("name", ""), value)
        for element in root.iter("*")
        if element.tag.endswith("}sheet")
        for key, value in element.attrib.items()
        if key.endswith("}id")
    ]
    return parts_of_sheets(parts, workbook, sheets)
