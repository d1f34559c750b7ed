"""A sheet's XML as a template: cut at the cells and rules that are written into it, for others to take their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reportfill.office.grid import Cell
from reportfill.office.workbook.cell_edits import Rule, SheetWrites
from reportfill.office.workbook.cell_xml import Spelling, UnusualContentError, cell_xml, prompt_xml, rules_xml
from reportfill.office.workbook.formulas import Area

_CELL = re.compile(rb'(<c r="([A-Z]+[0-9]+)"(?: s="[0-9]+")?)[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
_RULES = re.compile(rb'(<dataValidations [^>]*?count=")([0-9]+)">(.*?)(?=</dataValidations>)', re.DOTALL)


class _Cut(NamedTuple):
    """A stretch of a sheet's XML that is written anew, and whose: a cell's, with its tag as far as it always is the
    same, or the rules'."""

    start: int
    end: int
    cell: Cell | None
    tag: str


class _DesignersRules(NamedTuple):
    """What stands before our own rules: the tag around all, up to their number; and the designer's, how many."""

    tag: bytes
    rules: bytes
    number: int


@dataclass(frozen=True, slots=True)
class SheetTemplate:
    """A sheet for which `known` was written. `pieces` are its XML; `places` says which piece is whose."""

    known: SheetWrites
    pieces: tuple[bytes, ...]
    places: Mapping[Cell | None, tuple[int, str]]
    designers: _DesignersRules | None

    @property
    def spelling(self) -> Spelling:
        """The way in which the sheet is written."""
        return spelling_of(self.known)

    def filled(self, writes: SheetWrites) -> bytes:
        """The sheet's XML for which something else was written.

        Raises UnusualContentError where more differs than the contents of cells and what they accept.
        """
        known = self.known
        if writes.cells.keys() != known.cells.keys() or writes.paragraphs != known.paragraphs:
            raise UnusualContentError
        pieces = list(self.pieces)
        for cell, content in writes.cells.items():
            if content != known.cells[cell]:
                place, tag = self._place(cell)
                pieces[place] = cell_xml(tag, content, self.spelling)
        if writes.rules != known.rules:
            place, _ = self._place(None)
            pieces[place] = self._rules(writes.rules)
        return b"".join(pieces)

    def _place(self, whose: Cell | None) -> tuple[int, str]:
        if whose not in self.places:
            raise UnusualContentError
        return self.places[whose]

    def _rules(self, rules: Mapping[Rule, Sequence[Area]]) -> bytes:
        assert self.designers is not None  # _place has found where they stand
        tag, designers, number = self.designers
        # A rule that says what one of the designer's says shares it, which only openpyxl can do.
        if designers and any(prompt_xml(rule, self.spelling) in designers for rule in rules):
            raise UnusualContentError
        return b'%b%d">%b%b' % (tag, number + len(rules), designers, rules_xml(rules, self.spelling))


def spelling_of(writes: SheetWrites) -> Spelling:
    """The way in which a sheet is written for which this is written."""
    return Spelling.COMPLETED if writes.has_results else Spelling.OF_OPENPYXL


def sheet_template(part: bytes, writes: SheetWrites) -> SheetTemplate:
    """The template of a sheet whose XML came of these writes. What stands there in another way than we would write it
    has no place in it."""
    cuts = list(_cells(part, writes))
    rules = _RULES.search(part)
    ours = rules_xml(writes.rules, spelling_of(writes))
    designers = None
    if rules is not None and writes.rules and rules[3].endswith(ours):
        cuts.append(_Cut(*rules.span(), None, ""))
        designers = _DesignersRules(rules[1], rules[3].removesuffix(ours), int(rules[2]) - len(writes.rules))
    pieces: list[bytes] = []
    places: dict[Cell | None, tuple[int, str]] = {}
    position = 0
    for cut in cuts:
        places[cut.cell] = len(pieces) + 1, cut.tag
        pieces += [part[position : cut.start], part[cut.start : cut.end]]
        position = cut.end
    return SheetTemplate(writes, (*pieces, part[position:]), places, designers)


def _cells(part: bytes, writes: SheetWrites) -> Iterator[_Cut]:
    """The cells that are written into a sheet and look as we would write them, in the order of the sheet."""
    written = {cell.address: cell for cell in writes.cells}
    for match in _CELL.finditer(part):
        tag, address = match[1].decode(), match[2].decode()
        if address in written:
            try:
                ours = cell_xml(tag, writes.cells[written[address]], spelling_of(writes))
            except UnusualContentError:
                continue
            if ours == match[0]:
                yield _Cut(*match.span(), written[address], tag)
