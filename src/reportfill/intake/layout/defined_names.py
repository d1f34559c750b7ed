"""The defined names of a workbook: where its program moved the named cells to. calamine gives none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from reportfill.office.workbook.formulas import Area
from reportfill.office.xml import DamagedXMLError, Element, local_name, parsed
from reportfill.place import Cell, parse_area

_CELL = r"(\$?[A-Z]{1,3}\$?[1-9][0-9]{0,6})"
_SHEET = r"\$?(?:'((?:[^']|'')+)'|([^'!.]+))"
_REFERENCE = re.compile(rf"{_SHEET}[!.]{_CELL}(?::\.?{_CELL})?", re.IGNORECASE)
"""A cell or a block of cells: '表三'!$D$7 in .xlsx, $表三.$D$7:.$D$9 in .ods."""


Names = Mapping[str, Area | None]
"""Areas by name in lower case, as Excel compares names; None for one whose cells are gone (#REF!)."""


def defined_names(parts: Mapping[str, bytes]) -> dict[str, Area | None]:
    """The names that the workbook .xlsx or .ods of these parts defines; none for other formats, or where they cannot be
    read.

    A name that lost its cells but lives on in a copy of its sheet is the copy's.
    """
    try:
        root = _root(parts)
    except DamagedXMLError:
        return {}
    names: dict[str, Area | None] = {}
    for name, reference in _references(root) if root is not None else ():
        if names.get(name.lower()) is None:
            names[name.lower()] = _area(reference)
    return names


def _root(parts: Mapping[str, bytes]) -> Element | None:
    """The root element of the part that holds the names."""
    workbooks = (part for name, part in parts.items() if name.lower().endswith("xl/workbook.xml"))
    part = next(workbooks, parts.get("content.xml"))
    return None if part is None else parsed(part)


def _references(root: Element) -> Iterator[tuple[str, str]]:
    """Names and what they refer to, those of the whole workbook before those of a single sheet."""
    of_sheets: list[tuple[str, str]] = []
    for element in root.iter("{*}definedName", "{*}named-range"):
        attributes = {local_name(str(key)): str(value) for key, value in element.attrib.items()}
        entry = (attributes.get("name", ""), attributes.get("cell-range-address", element.text or ""))
        parent = element.getparent()
        grandparent = None if parent is None else parent.getparent()
        of_a_table = grandparent is not None and local_name(grandparent) == "table"
        if "localSheetId" in attributes or of_a_table:
            of_sheets.append(entry)
        else:
            yield entry
    yield from of_sheets


def _area(reference: str) -> Area | None:
    match = _REFERENCE.fullmatch(reference.strip())
    if match is None:
        return None
    quoted, plain, first, last = match.groups()
    sheet = quoted.replace("''", "'") if quoted else plain
    return Area(*(Cell(sheet, *corner) for corner in parse_area(f"{first}:{last or first}")))
