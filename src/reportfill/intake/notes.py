"""What a form says of the campaign: until when it is to be sent back, and whom to ask."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from reportfill.office.grid import Cell, column_letters
from reportfill.pack.pack import Pack
from reportfill.pack.tags import NOTES, with_tags_replaced

_NEUTRAL: Mapping[str, tuple[str, str]] = {
    "zh": ("规定的日期", "主管部门"),
    "en": ("the day named by the office in charge", "the office in charge"),
}
"""What stands for each of the tags, by the pack's language, in a workbook that belongs to no campaign."""

_LINE, _DEFAULT_WIDTH = 16.0, 8.43
"""Points that a line takes, and how wide a column is that has no width."""


def write_notes(workbook: Workbook, pack: Pack, deadline: str, contact: str) -> None:
    """Fill the tags for words about the campaign into the form's texts. As these stand in no other cell and nobody
    types there, they are written like any label."""
    neutral = _NEUTRAL.get(pack.manifest.language, _NEUTRAL["en"])
    words = dict(zip(NOTES, (deadline or neutral[0], contact or neutral[1]), strict=True))
    for cell, note in pack.form.notes.items():
        sheet = workbook[cell.sheet]
        assert isinstance(sheet, Worksheet)
        text = with_tags_replaced(note, words)
        sheet[cell.address] = text
        _make_room(sheet, cell, text)


def _make_room(sheet: Worksheet, cell: Cell, text: str) -> None:
    """Make a row that has a height of its own high enough for a text: it does not grow by itself."""
    row = sheet.row_dimensions[cell.row + 1]
    needed = ceil(_width_of(text) / _room_of(sheet, cell)) * _LINE
    if row.height is not None and row.height < needed:
        row.height = needed


def _width_of(text: str) -> int:
    """How many digits a text is as wide as."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _room_of(sheet: Worksheet, cell: Cell) -> float:
    """How many digits have room in a line of a cell, or of the merged one that it begins."""
    merged = next(
        (area for area in sheet.merged_cells.ranges if cell.address == area.coord.split(":")[0]), None
    )
    last = merged.max_col if merged is not None else cell.column + 1
    widths = (sheet.column_dimensions[column_letters(column)].width for column in range(cell.column, last))
    return sum(width or _DEFAULT_WIDTH for width in widths)
