"""Intake workbooks for many agencies: what is the same in all of them is made once, the rest is put in.

Workbooks of a pack and year differ in names, an id, and what follows from last year's figures. `new_workbook` makes
one with and one without such figures. What is to be written for an agency then takes its place in the XML of their
sheets; parts in which nothing differs are not even compressed again. The result has the very parts that `new_workbook`
makes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from reportfill.intake.author import (
    given_fields,
    identity_of,
    new_workbook,
    properties_of,
    write_figures,
    write_names,
)
from reportfill.intake.identity import identity_rows
from reportfill.intake.prefill import prefill_of
from reportfill.intake.tool_sheets import IDENTITY
from reportfill.model.figures import with_values
from reportfill.office.grid import Cell
from reportfill.office.package import extended, parts_of
from reportfill.office.properties import CORE, property_parts
from reportfill.office.workbook.cell_edits import SheetWrites, Writes
from reportfill.office.workbook.cell_xml import Spelling, UnusualContentError
from reportfill.office.workbook.sheet_template import SheetTemplate, sheet_template, spelling_of
from reportfill.office.workbook.workbook_package import sheet_parts
from reportfill.pack.pack import Pack

_AGENCY, _CODE = "单位名称", "单位编码"
"""For whom the workbooks are that the templates are made of."""


class _Whole(NamedTuple):
    """A workbook as `new_workbook` makes it: its parts, which part is which sheet, and what was written."""

    parts: Mapping[str, bytes]
    names: Mapping[str, str]
    writes: Writes


@dataclass(frozen=True)
class WorkbookTemplate:
    """What all workbooks of a pack and year share, with what they say of the campaign."""

    pack: Pack
    year: int
    deadline: str = ""
    contact: str = ""

    def workbook(self, agency: str, code: str, last: Mapping[str, Any] | None = None) -> bytes:
        """The workbook of an agency, with what follows from the data of last year's report where those are known: the
        same parts as `new_workbook` makes for these arguments. Raises what that raises."""
        if agency and code:
            try:
                changed = self._changed(agency, code, last)
            except UnusualContentError:
                pass
            else:
                return extended(self._package_without(frozenset(changed)), changed)
        return self._new(agency, code, last)

    def _new(self, agency: str, code: str, last: Mapping[str, Any] | None) -> bytes:
        return new_workbook(
            self.pack,
            year=self.year,
            agency=agency,
            code=code,
            last=last,
            deadline=self.deadline,
            contact=self.contact,
        )

    def _changed(self, agency: str, code: str, last: Mapping[str, Any] | None) -> dict[str, bytes]:
        """The parts that differ from those of the blank workbook."""
        writes = self._writes(agency, code, last, with_figures=bool(last))
        sheets = writes.sheets if last else _completed(writes.sheets, self._blank.writes.sheets)
        properties = properties_of(self.pack, given_fields(self.year, agency, code))
        changed = {CORE: property_parts(properties)[CORE]}
        for sheet, on_sheet in sheets.items():
            name = self._blank.names[sheet]
            part = self._workbook_template(sheet, spelling_of(on_sheet)).filled(on_sheet)
            if part != self._blank.parts[name]:
                changed[name] = part
        return changed

    def _writes(
        self, agency: str, code: str, last: Mapping[str, Any] | None, *, with_figures: bool
    ) -> Writes:
        """What is written for an agency: all of it, or without figures what tells it from other agencies."""
        given = given_fields(self.year, agency, code)
        contents = prefill_of(self.pack, with_values({}, given), last)
        identity = identity_of(self.pack, self.year, agency, code, last=last)
        writes = Writes()
        for row, (_, value) in enumerate(identity_rows(identity)):
            writes.text(Cell(IDENTITY, row, 1), value)
        write_names(writes, contents, frozenset(given))
        if with_figures:
            write_figures(writes, contents, frozenset(given))
        return writes

    def _workbook_template(self, sheet: str, spelling: Spelling) -> SheetTemplate:
        if (sheet, spelling) not in self._workbook_templates:
            raise UnusualContentError
        return self._workbook_templates[sheet, spelling]

    @cached_property
    def _workbook_templates(self) -> dict[tuple[str, Spelling], SheetTemplate]:
        """The templates of each sheet, one for each way in which it is written. A cell that is blank and has no style
        is missing from a sheet, so they are those of a workbook with every figure where there is one."""
        figures = {path: 1 for path, field in self.pack.fields.items() if field.kind.is_number}
        return {
            (sheet, spelling_of(on_sheet)): sheet_template(whole.parts[whole.names[sheet]], on_sheet)
            for whole in (self._blank, self._whole(with_values({}, figures)))
            for sheet, on_sheet in whole.writes.sheets.items()
        }

    @cached_property
    def _blank(self) -> _Whole:
        return self._whole(None)

    def _whole(self, last: Mapping[str, Any] | None) -> _Whole:
        parts = parts_of(self._new(_AGENCY, _CODE, last))
        writes = self._writes(_AGENCY, _CODE, last, with_figures=True)
        return _Whole(parts, sheet_parts(parts), writes)

    def _package_without(self, names: frozenset[str]) -> bytes:
        """The blank workbook without the parts of these names; there are few sets of parts that change."""
        if names not in self._packages:
            rest = {name: part for name, part in self._blank.parts.items() if name not in names}
            self._packages[names] = extended(b"", rest)
        return self._packages[names]

    @cached_property
    def _packages(self) -> dict[frozenset[str], bytes]:
        return {}


def _completed(
    sheets: Mapping[str, SheetWrites], others: Mapping[str, SheetWrites]
) -> dict[str, SheetWrites]:
    """What is written into some sheets, with what else is written there."""
    return {
        sheet: SheetWrites(others[sheet].cells | own.cells, others[sheet].paragraphs, others[sheet].rules)
        for sheet, own in sheets.items()
    }


@lru_cache(maxsize=8)
def workbook_template(pack: Pack, year: int, deadline: str = "", contact: str = "") -> WorkbookTemplate:
    """The template of a pack's workbooks of a year; each process makes it once."""
    return WorkbookTemplate(pack, year, deadline, contact)
