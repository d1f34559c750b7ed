"""A sheet's XML as a template: cut at the cells, row heights and rules that are written into it."""

from __future__ import annotations

import re
from typing import NamedTuple

from reportfill.office.workbook.cell_edits import Content, Formula, SheetWrites
from reportfill.office.workbook.cell_xml import LIKE_FORMULAS, cell_start, cell_xml, rules_xml
from reportfill.office.workbook.edited_sheet import EditedSheet
from reportfill.office.workbook.sheet_layout import height_of
from reportfill.office.workbook.styles import Styles
from reportfill.office.xml import S, child

_MARK = re.compile(rb"<\?(cell|height|rules|more-rules) ?([A-Z0-9]*)\?>(?:<row)?")
"""Where something is put into the XML of a sheet; see `EditedSheet.with_marks`."""


class _Place(NamedTuple):
    """Where a cell stands among the pieces of a sheet, how it begins there, and how where it holds a text that looks
    like a formula."""

    piece: int
    start: str
    start_of_quoted: str


class _Room(NamedTuple):
    """What shows a paragraph: where its row's height stands among the pieces of a sheet, how many points its font is
    high, and how wide its column is."""

    piece: int
    size: float
    width: float


class SheetTemplate:
    """A sheet for which something is written already, `known`: whatever else is, takes its place."""

    def __init__(self, sheet: EditedSheet, styles: Styles, known: SheetWrites) -> None:
        formats = {cell: sheet.format_of(cell) for cell in known.cells}
        for cell, number in formats.items():
            sheet.set_format(cell, number)
        sheet.element("dimension").set("ref", sheet.reference)
        _silence_marks(sheet)
        rooms = {
            cell: (styles.font_size(formats[cell]), sheet.width_of(cell.column)) for cell in known.paragraphs
        }
        marked = sheet.with_marks(formats, sorted({cell.row + 1 for cell in known.paragraphs}))
        pieces, places = _cut(marked)
        self._pieces = pieces
        self._rules = places.get("rules", 0) or places["more-rules"]
        self._has_others = "more-rules" in places
        self._cells = {
            cell: _Place(
                places[cell.address],
                cell_start(cell.address, number),
                cell_start(cell.address, _quoted(styles, number, known.cells[cell])),
            )
            for cell, number in formats.items()
        }
        self._rooms = {
            cell: _Room(places[str(cell.row + 1)], size, width) for cell, (size, width) in rooms.items()
        }
        self._known = SheetWrites(dict.fromkeys(known.cells))
        for place in self._cells.values():
            pieces[place.piece] = cell_xml(place.start, None).encode()
        self._pieces = self._written(known)
        self._known = known

    def filled(self, writes: SheetWrites) -> bytes:
        """The sheet's XML for which this is written, in cells for which something is known; the others keep that."""
        return b"".join(self._written(writes))

    def _written(self, writes: SheetWrites) -> list[bytes]:
        known, pieces = self._known, list(self._pieces)
        for cell, content in writes.cells.items():
            if content != known.cells[cell]:
                pieces[self._cells[cell].piece] = _cell(self._cells[cell], content)
        for cell, words in writes.paragraphs.items():
            if words != known.paragraphs.get(cell):
                room = self._rooms[cell]
                pieces[room.piece] = b'<row r="%d" ht="%g"' % (
                    cell.row + 1,
                    height_of(words, room.size, room.width),
                )
        if writes.rules and writes.rules != known.rules:
            rules = rules_xml(writes.rules).encode()
            pieces[self._rules] = (
                rules if self._has_others else b"<dataValidations>%b</dataValidations>" % rules
            )
        return pieces


def _cell(place: _Place, content: Content) -> bytes:
    looks_like_a_formula = isinstance(content, str) and content.startswith(LIKE_FORMULAS)
    return cell_xml(place.start_of_quoted if looks_like_a_formula else place.start, content).encode()


def _quoted(styles: Styles, number: int, known: Content) -> int:
    """The format of a cell that holds a text whatever it looks like; where a formula stands no text comes."""
    return number if isinstance(known, Formula) else styles.changed(number, quoted=True)


def _cut(marked: bytes) -> tuple[list[bytes], dict[str, int]]:
    """A sheet's XML in pieces, and which of them stand for what: an address, the number of a row, or the rules."""
    pieces: list[bytes] = []
    places: dict[str, int] = {}
    position = 0
    for mark in _MARK.finditer(marked):
        pieces.append(marked[position : mark.start()])
        places[(mark[2] or mark[1]).decode()] = len(pieces)
        pieces.append(b"")
        position = mark.end()
    return [*pieces, marked[position:]], places


def _silence_marks(sheet: EditedSheet) -> None:
    """Keep Excel from marking cells with green corners: sums that leave cells out, and formulas that may be typed over,
    are meant."""
    kinds = dict.fromkeys(("formula", "formulaRange", "numberStoredAsText", "unlockedFormula"), "1")
    marks = sheet.element("ignoredErrors")
    child(marks, f"{S}ignoredError", {"sqref": sheet.reference, **kinds})
