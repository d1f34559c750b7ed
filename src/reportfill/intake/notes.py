"""What a form says of the campaign: until when it is to be sent back, and whom to ask."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

from reportfill.office.workbook.cell_xml import stored_text
from reportfill.office.workbook.edited_sheet import EditedSheet
from reportfill.pack.pack import Pack
from reportfill.pack.tags import NOTES, with_tags_replaced
from reportfill.place import Cell
from reportfill.text import width_in_digits

_NEUTRAL: Mapping[str, tuple[str, str]] = {
    "zh": ("规定的日期", "主管部门"),
    "en": ("the day named by the office in charge", "the office in charge"),
}
"""What stands for each of the tags, by the pack's language, in a workbook that belongs to no campaign."""

_LINE = 16.0
"""Points that a line takes."""


def write_notes(sheets: Mapping[str, EditedSheet], pack: Pack, deadline: str, contact: str) -> None:
    """Fill the tags for words about the campaign into the form's texts, whose words keep their own formats unless a
    tag has several. As these stand in no other cell and nobody types there, they are written like any label."""
    neutral = _NEUTRAL.get(pack.manifest.language, _NEUTRAL["en"])
    words = dict(zip(NOTES, (deadline or neutral[0], contact or neutral[1]), strict=True))
    stored = {tag: stored_text(said) for tag, said in words.items()}
    for cell, note in pack.form.notes.items():
        text = with_tags_replaced(note, words)
        pieces = sheets[cell.sheet].pieces_of_text(cell)
        for piece in pieces:
            piece.text = with_tags_replaced(piece.text or "", stored)
        if "".join(piece.text or "" for piece in pieces) != text:
            sheets[cell.sheet].write(cell, text)
        _make_room(sheets[cell.sheet], cell, text)


def _make_room(sheet: EditedSheet, cell: Cell, text: str) -> None:
    """Make a row that has a height of its own high enough for a text: it does not grow by itself."""
    columns = {merged.column for merged in sheet.merged_with(cell)}
    needed = ceil(width_in_digits(text) / sum(map(sheet.width_of, columns))) * _LINE
    height = sheet.height_of(cell.row)
    if height is not None and height < needed:
        sheet.set_height(cell.row, needed)
