"""Workbooks that have much in common: what is the same in all of them is made once, the rest is put in."""

from __future__ import annotations

from collections.abc import Mapping

from reportfill.office.package import composed, extended
from reportfill.office.properties import Properties, property_parts, with_places_for_properties
from reportfill.office.workbook.cell_edits import SheetWrites
from reportfill.office.workbook.edited_workbook import EditedWorkbook
from reportfill.office.workbook.sheet_template import SheetTemplate


class WorkbookTemplate:
    """A workbook for whose sheets something is written already, `known`. Whatever else is, takes its place in the same
    cells; the book is of no use afterwards."""

    def __init__(self, book: EditedWorkbook, known: Mapping[str, SheetWrites]) -> None:
        self._names = {sheet: book.part_of(sheet) for sheet in known}
        sheets = book.worksheets
        self._sheets = {
            name: SheetTemplate(sheets[name], book.styles, writes) for name, writes in known.items()
        }
        written = {self._names[name]: self._sheets[name].filled(writes) for name, writes in known.items()}
        self._parts = with_places_for_properties(book.parts() | written)
        self._packages: dict[frozenset[str], bytes] = {}

    def filled(self, sheets: Mapping[str, SheetWrites], properties: Properties) -> bytes:
        """The bytes of the workbook for whose sheets this is written, the same for the same. A sheet that comes out as
        it is known is not even compressed again."""
        written = {self._names[sheet]: self._sheets[sheet].filled(own) for sheet, own in sheets.items()}
        changed = {name: part for name, part in written.items() if part != self._parts[name]}
        changed |= property_parts(properties)
        return extended(self._package_without(frozenset(changed)), changed)

    def _package_without(self, names: frozenset[str]) -> bytes:
        """The workbook without the parts of these names; there are few sets of parts that change."""
        if names not in self._packages:
            rest = {name: part for name, part in self._parts.items() if name not in names}
            self._packages[names] = composed(rest)
        return self._packages[names]
