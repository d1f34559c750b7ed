"""How far the cells of a sheet reach. calamine lays a sheet out in full, from its first cell to its last: one cell
in the far corner would take all memory."""

from __future__ import annotations

import re

_FAR_CELL = re.compile(rb'<c r="(?:[A-Z]{3}|[A-Z]{1,2}[0-9]{5})')
"""A cell beyond column ZZ or row 9999; no form is nearly as large."""

_REPEATED_ROW = re.compile(
    rb'<table:table-row[^>]*number-rows-repeated="[0-9]{5,}"[^>]*>(?:(?!</table:table-row>).)*?office:value-type',
    re.DOTALL,
)
_REPEATED_CELL = re.compile(
    rb'<table:table-cell(?=[^>]*office:value-type)[^>]*number-columns-repeated="[0-9]{4,}"'
)
"""Many rows or cells of an .ods that say something; empty ones at the end of a sheet are usual."""


def reaches_too_far(name: str, part: bytes) -> bool:
    """Whether a part of a workbook is a sheet with a cell that no form has."""
    return name.startswith("xl/worksheets/") and _FAR_CELL.search(part) is not None


def repeats_too_often(content: bytes) -> bool:
    """Whether an .ods file's content.xml repeats a filled row or cell thousands of times."""
    return _REPEATED_CELL.search(content) is not None or _REPEATED_ROW.search(content) is not None
