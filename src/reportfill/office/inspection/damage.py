"""Signs that the parts of an .xlsx do not fit together, and a second opinion where there are any.

calamine reads on where a list lost an entry, and then takes the text or the style of its neighbour.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any

from reportfill.office.calamine_grid import read_grid
from reportfill.office.grid import Grid
from reportfill.office.inspection.sheet_xml import signs_of_strings
from reportfill.office.inspection.signs import Signs

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_STRINGS = "xl/sharedStrings.xml"
_STRING = re.compile(rb"<(?:\w+:)?si[\s/>]")
_UNIQUE_COUNT = re.compile(rb"<(?:\w+:)?sst\b[^>]*\suniqueCount\s*=\s*[\"']([0-9]{1,9})[\"']")
_STRING_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*\st=[\"']s[\"'][^>]*><(?:\w+:)?v>([0-9]{1,9})<")
_STYLE_LISTS = ((b"numFmts", b"numFmt"), (b"cellXfs", b"xf"))
"""The lists of number formats and of what cells look like, and the names of their entries."""

_COUNT = re.compile(rb"\scount\s*=\s*[\"']([0-9]{1,9})[\"']")
_TEMPORAL = (datetime.date, datetime.time, datetime.timedelta)


def signs_of_parts(parts: Mapping[str, bytes]) -> Signs:
    """What a look at the parts that sheets refer to finds. Raises ExpatError where the texts are no XML."""
    workbook = _part(parts, "xl/workbook.xml")
    is_cut_off = workbook is not None and not workbook.rstrip().endswith(b"workbook>")
    is_doubtful = is_cut_off or _styles_are_incomplete(parts)
    return signs_of_strings(_part(parts, _STRINGS) or b"") | (Signs.DOUBTFUL if is_doubtful else Signs.NONE)


def strings_are_shifted(parts: Mapping[str, bytes]) -> bool:
    """Whether the shared strings lost or doubled one: then each cell after it holds its neighbour's text.

    They say how many they are (ECMA-376-1, 18.4.9). A program that only counts wrong is told from damage by the last
    of them, which some cell refers to.
    """
    strings = _part(parts, _STRINGS)
    if strings is None:
        return False
    number = strings.count(b"</si>") + strings.count(b"<si/>") or len(_STRING.findall(strings))
    stated = _UNIQUE_COUNT.search(strings)
    if stated and int(stated[1]) == number:
        return False
    indexes = [int(index) for part in _sheets(parts) for index in _STRING_CELL.findall(part)]
    used = max(indexes, default=-1) + 1
    return used != number if stated else used > number


def readers_agree(content: bytes) -> bool:
    """Whether openpyxl, which is strict, reads the same in every cell as calamine."""
    from openpyxl import load_workbook  # slow to import, and only doubtful workbooks need it

    try:
        book = load_workbook(BytesIO(content), data_only=True)
        grid = read_grid(content)
        return {sheet.title for sheet in book.worksheets} == set(grid.names) and all(
            _filled(sheet) == _filled_in(grid, sheet.title) for sheet in book.worksheets
        )
    except Exception:  # openpyxl raises whatever its parsers do
        return False


def _part(parts: Mapping[str, bytes], name: str) -> bytes | None:
    """A part by its name, in which case does not count (ECMA-376-2, 6.2.2.3)."""
    return parts.get(name) or next(
        (part for other, part in parts.items() if other.lower() == name.lower()), None
    )


def _sheets(parts: Mapping[str, bytes]) -> list[bytes]:
    return [part for part in parts.values() if b"sheetData" in part]


def _styles_are_incomplete(parts: Mapping[str, bytes]) -> bool:
    """Whether styles that cells refer to are not there: a date is then read as a number."""
    styles = _part(parts, "xl/styles.xml")
    if styles is None:
        return any(b' s="' in part for part in _sheets(parts))
    return any(_is_incomplete(styles, *names) for names in _STYLE_LISTS)


def _is_incomplete(styles: bytes, name: bytes, entry: bytes) -> bool:
    """Whether a list is not as long as it says (ECMA-376-1, 18.8.10 and 18.8.31), or has no end."""
    start, end = styles.find(b"<%s " % name), styles.find(b"</%s>" % name)
    stated = _COUNT.search(styles, start, styles.find(b">", start)) if start >= 0 else None
    count = int(stated[1]) if stated else 0
    return count > 0 and (end < 0 or count != len(re.findall(b"<%s[ />]" % entry, styles[start:end])))


def _filled(sheet: Worksheet) -> dict[tuple[int, int], Any]:
    """What openpyxl reads, by row and column, without errors, which calamine gives as blank."""
    cells = {
        place: _comparable(cell.value)
        for place, cell in sheet._cells.items()  # rows would be laid out to a last cell that is only formatted
        if cell.data_type != "e"
    }
    return {place: value for place, value in cells.items() if value != ""}


def _filled_in(grid: Grid, sheet: str) -> dict[tuple[int, int], Any]:
    """What calamine reads, by row and column."""
    cells = (
        ((row, column), _comparable(value))
        for row, values in enumerate(grid.rows(sheet), 1)
        for column, value in enumerate(values, 1)
    )
    return {place: value for place, value in cells if value != ""}


def _comparable(value: Any) -> Any:
    """A value as it compares between readers, which differ in blanks around texts and in kinds of dates."""
    if value is None:
        return ""
    if isinstance(value, _TEMPORAL):
        return "date"
    return value.replace("_x000D_", "\r").strip() if isinstance(value, str) else value
