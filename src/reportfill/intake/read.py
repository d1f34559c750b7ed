"""A completed workbook as a submission: every value with its cell, everything doubtful as a finding."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from functools import cached_property
from typing import Any

from reportfill.checks.named_pack import named_pack
from reportfill.decimals import Number, is_number
from reportfill.errors import PackError
from reportfill.finding import Finding, Severity, errors_in, finding
from reportfill.intake.changed_form import with_changed_form
from reportfill.intake.display_differences import ROUNDED, NumberFormats
from reportfill.intake.identity import Identity, identity_from
from reportfill.intake.layout.defined_names import defined_names
from reportfill.intake.layout.placement import Placement, placed
from reportfill.intake.layout.sheets import resemblance
from reportfill.intake.odd_cells import OddCells
from reportfill.intake.pictures import Pictures
from reportfill.intake.row_columns import row_chains
from reportfill.intake.row_reading import read_rows
from reportfill.intake.source import Source, content_of, too_large
from reportfill.model.conditions import absent_fields
from reportfill.model.entries import kept_entry
from reportfill.model.fields import Field, RowGroup
from reportfill.model.kinds.kind import Content
from reportfill.model.labels import same_label
from reportfill.model.not_there import not_filled_in, not_there, rows_not_there
from reportfill.model.report_model import AGENCY, YEAR
from reportfill.model.row_paths import field_path, is_over_rows, row_around, rows_in
from reportfill.model.submission import Submission
from reportfill.model.visible import is_blank
from reportfill.native_messages import native_messages_held
from reportfill.office.grid import CellValue, Grid, GridError, GridFault, Merge, lies_under
from reportfill.office.inspection.file_kind import Inspection, inspect_file
from reportfill.office.workbook.cell_xml import ERROR_VALUES
from reportfill.pack.discovery import find_packs
from reportfill.pack.pack import Pack, pack_in
from reportfill.place import Cell
from reportfill.plain_files import TooLargeError, shortened

_HALF = 0.5


@native_messages_held()
def read_workbook(source: Source, pack: Pack | None = None, *, blank_as_zero: bool = False) -> Submission:
    """What a completed workbook says: .xlsx, .xlsm, .xls, .xlsb or .ods, as bytes, at a path, or in a file that is open
    for reading bytes, such as a BytesIO, which is read from its beginning where it can be.

    Without a `pack` it is read by the one that it names, or whose sheets it has. Whatever is wrong with the
    file, its layout or a cell is among the submission's findings. `blank_as_zero` counts a number cell that was
    left empty as 0, with a note. Raises OSError when a path cannot be read, UsageError for a source that gives
    no bytes, such as a file opened as text.
    """
    try:
        content = content_of(source)
    except TooLargeError as error:
        return Submission(None, {}, {}, (too_large(error),))
    digest = hashlib.sha256(content).hexdigest()
    inspection = inspect_file(content)
    findings = list(inspection.findings)
    if not inspection.is_readable:
        return Submission(None, {}, {}, inspection.findings, digest)
    try:
        grid = inspection.grid()
        found_pack, about_pack = _pack_of(grid, pack)
        findings += about_pack
        if found_pack is None:
            return Submission(None, {}, {}, tuple(findings), digest)
        placement = placed(grid, found_pack, lambda: defined_names(inspection.parts))
        reading = _Reading(
            grid,
            found_pack,
            placement,
            inspection,
            blank_as_zero=blank_as_zero,
        )
        reading.read()
        if any(found.code == "workbook.version" for found in about_pack):
            reading.forget_sums()
        identity = identity_from(grid)
        reading.compare(identity)
        workbook, is_rolled_up = (identity.workbook, bool(identity.rolled_up)) if identity else ("", False)
    except GridError as error:
        return Submission(None, {}, {}, (*findings, *_why_not(error, inspection)), digest)
    rows = rows_in(reading.values) if found_pack.rows else {}
    values = reading.values | found_pack.derive(reading.values, rows)
    everything = [*findings, *reading.findings]
    if is_rolled_up:  # it has more rows than the form: nobody moved anything
        everything = [found for found in everything if found.code != "workbook.relocated"]
    if any(found.code == "workbook.version" for found in about_pack):
        everything = with_changed_form(everything)
    return Submission(found_pack, values, reading.places, tuple(everything), digest, workbook, is_rolled_up)


def _why_not(error: GridError, inspection: Inspection) -> list[Finding]:
    """Why calamine refuses a workbook: it is encrypted, holds error values that it does not know, or is damaged."""
    if error.fault is GridFault.ENCRYPTED:
        return [finding("file.encrypted")]
    try:
        errors = OddCells(inspection).values
    except GridError:
        errors = {}
    unknown = {cell: value for cell, value in errors.items() if value and value not in ERROR_VALUES}
    named = [
        finding("cell.error_value", cell=cell, value=value, label=str(cell))
        for cell, value in unknown.items()
    ]
    return named or [finding("file.damaged")]


def _pack_of(grid: Grid, wanted: Pack | None) -> tuple[Pack | None, list[Finding]]:
    """The pack by which a workbook is read, and what there is to say of that choice."""
    identity = identity_from(grid)
    if identity is None:
        pack = wanted or _pack_by_sheets(grid)
        return (pack, [finding("workbook.no_identity")]) if pack else (None, [finding("workbook.unknown")])
    if wanted is not None and identity.pack != wanted.id:
        return None, [finding("workbook.other_pack", value=shortened(identity.pack), expected=wanted.id)]
    pack, trouble = (wanted, None) if wanted else named_pack(identity.pack)
    if pack is None:
        return None, [trouble] if trouble else []
    if identity.version != pack.version:
        return pack, [finding("workbook.version", value=identity.version, expected=pack.version)]
    return pack, []


def _usable_packs() -> list[Pack]:
    """The packs that can be found, without those that are broken."""
    packs = []
    for found in find_packs():
        with suppress(PackError):
            packs.append(pack_in(found.folder))
    return packs


def _pack_by_sheets(grid: Grid) -> Pack | None:
    """The pack whose sheets a workbook without identity has, the newest where several fit; at least half of them."""
    packs = _usable_packs()
    shares = {pack.id: resemblance(grid, pack.form) for pack in packs}
    best = max(packs, key=lambda pack: shares[pack.id], default=None)
    return best if best and shares[best.id] >= _HALF else None


class _Reading:
    """One reading of one workbook, field by field in reading order, into values, places and findings."""

    def __init__(
        self,
        grid: Grid,
        pack: Pack,
        placement: Placement,
        inspection: Inspection,
        *,
        blank_as_zero: bool,
    ) -> None:
        self._grid = grid
        self._pack = pack
        self._placement = placement
        self._parts = inspection.parts
        self._odd_cells = OddCells(inspection)
        self._number_formats = NumberFormats(inspection)
        self._may_deceive = inspection.may_hold_odd_cells or self._number_formats.may_mislead
        self._blank_as_zero = blank_as_zero
        self.values: dict[str, Any] = {}
        self.places = {path: cells[0] for path, cells in placement.inputs.items()}
        self.findings: list[Finding] = []
        self._left_out: dict[str, bool] = {}
        self._absent: frozenset[str] = frozenset()

    def read(self) -> None:
        """Read every field whose place is certain."""
        self.findings += self._placement.findings
        self._absent = absent_fields(self._pack.conditional, self._asked_value)
        chains = list(row_chains(self._pack))
        for path, field in self._pack.fields.items():
            places = self._placement.inputs.get(path, ())
            if field.rows:
                for chain in [one for one in chains if field.rows == one[0].path]:
                    self._read_rows(chain)
                    chains.remove(chain)
            elif places:
                self._read_field(field, places)
        for path in self._pack.rules.derived:
            # Excel's own sum of a group that was left out is 0.
            field = self._pack.fields[path]
            if not field.rows and (path in self._absent or self._is_left_out(field)):
                self.values.pop(path, None)
        if any(is_number(value) for value in self.values.values()):
            self._report(self._number_formats.unseen)

    def forget_sums(self) -> None:
        """Leave out what Excel worked out by the formulas of another form: it follows from the rest anew."""
        for path in self._pack.rules.derived:
            self.values.pop(path, None)

    def compare(self, identity: Identity | None) -> None:
        """Name what differs from the agency and year for which the workbook was made."""
        agency, year = self.values.get(AGENCY), self.values.get(YEAR)
        if identity and identity.agency and agency and not same_label(agency, identity.agency):
            self._report_other("workbook.other_agency", AGENCY, agency, identity.agency)
        if identity and identity.year and year is not None and str(year) != identity.year:
            self._report_other("workbook.other_year", YEAR, year, identity.year)

    def _report_other(self, code: str, path: str, value: str | Number, expected: str) -> None:
        self._report(finding(code, field=path, cell=self.places[path], value=value, expected=expected))

    def _read_field(self, field: Field, places: tuple[Cell, ...]) -> None:
        if self._added_merges and any(self._is_covered(field, cell) for cell in places):
            return
        if field.path in self._absent:
            self._report_not_asked_for(field, places)
            return
        if field.kind.is_laid:
            value = self._laid(field, places[0])
        elif field.kind.is_list:
            value = self._entries(field, places)
        else:
            value = self._single_value(field, places[0])
        if value is not None:
            self.values[field.path] = value

    def _read_rows(self, chain: tuple[RowGroup, ...]) -> None:
        """Read the rows of a block, unless they are not asked for."""
        if self._absent.issuperset(field.path for group in chain for field in group.fields):
            self._report_rows_not_asked_for(chain)
            return
        read = read_rows(
            self._grid, self._pack, chain, self._placement.inputs, self._quick_value, self._value_in_row
        )
        self.values |= read.values
        self.places |= read.places
        self.findings += read.findings

    def _quick_value(self, field: Field, place: Cell, content: CellValue) -> Any:
        """The value of a cell of which nothing has to be said; None for any other."""
        if self._may_deceive or field.kind.is_list or self._added_merges:
            return None
        value = field.kind.plain(field, content)
        if value is not None or field.kind.is_number or content == "":
            return value
        value, found, seen = self._looked_at(field, place, content)
        return value if found is None and seen is None else None

    def _value_in_row(self, field: Field, place: Cell) -> Any:
        """The value of a field in its row, whatever there is to say of it."""
        if self._added_merges and self._is_covered(field, place):
            return None
        return self._entries(field, (place,)) if field.kind.is_list else self._single_value(field, place)

    def _asked_value(self, path: str) -> Any:
        """The value of a field that others ask for, whatever there is to say of it."""
        field, places = self._pack.fields[path], self._placement.inputs.get(path, ())
        return self._looked_at(field, places[0], self._grid.value(places[0]))[0] if places else None

    def _report_not_asked_for(self, field: Field, places: tuple[Cell, ...]) -> None:
        """Name what was typed where nothing is asked for; a sum that Excel worked out is nobody's."""
        if field.path in self._pack.rules.derived:
            return
        typed = next((cell for cell in places if self._holds(cell) or self._pictures.on(cell)), None)
        self._report(typed and not_there(self._pack, field, typed))

    def _report_rows_not_asked_for(self, chain: tuple[RowGroup, ...]) -> None:
        """Name what was typed into rows that are not asked for, all of it at once."""
        paths = (one.path for group in chain for one in group.fields if not self._pack.is_derived(one.path))
        cells = sorted(
            cell for path in paths for cell in self._placement.inputs.get(path, ()) if self._holds(cell)
        )
        self._report(rows_not_there(self._pack, chain[0], cells) if cells else None)

    def _single_value(self, field: Field, place: Cell) -> Any:
        """The value of a field of one cell; None where it has none, which is said if it has to have one."""
        content = self._grid.value(place)
        value = None if self._may_deceive else field.kind.plain(field, content)
        if value is not None:
            return value
        value, found, seen = self._looked_at(field, place, content)
        if value is None and (found is None or content == ""):
            value, found = self._of_blank(field, place)
        if found is not None and self._follows_from_faulty(field.path):
            return None
        self._report(found)
        self._report(seen)
        return value

    def _laid(self, field: Field, place: Cell) -> Any:
        """The picture that lies on a cell; None where there is none, or several, which is said."""
        found, typed = self._pictures.on(place), str(self._grid.value(place))
        if len(found) > 1:
            self._report(field.finding("picture.several", place, value=len(found)))
            return None
        if not found and is_blank(typed):
            self._report(field.finding(field.kind.blank_code, place) if self._is_due(field) else None)
            return None
        read = field.kind.read(field, found[0] if found else typed, place)
        self._report(read.finding)
        return read.value

    @cached_property
    def _pictures(self) -> Pictures:
        laid = [
            cells[0]
            for path, cells in self._placement.inputs.items()
            if path in self._pack.fields and self._pack.fields[path].kind.is_laid
        ]
        return Pictures(self._parts, self._grid, laid)

    def _looked_at(
        self, field: Field, place: Cell, content: CellValue
    ) -> tuple[Any, Finding | None, Finding | None]:
        """The value of a cell, what there is to say of it, and of what people see in its place where that is something
        else than calamine reads."""
        shown = None if field.kind.holds_days else self._number_formats.finding(field, place, content)
        seen = shown or self._odd_cells.finding(field, place)
        if content == "" or (seen is not None and seen.severity is Severity.ERROR):
            return None, seen, None
        return *field.kind.read(field, self._as_meant(field, place, content), place), seen

    def _as_meant(self, field: Field, place: Cell, content: CellValue) -> Content:
        """What a cell holds, where its format says more of it: the word that it makes of a number, per cent."""
        if field.kind.is_number:
            return self._number_formats.in_unit(field, place, content)
        return content if field.kind.holds_days else self._number_formats.as_text(place, content)

    def _is_covered(self, field: Field, cell: Cell) -> bool:
        """Whether a merge hides what stands in a cell; if it does, that is reported: nobody sees it there."""
        value = self._grid.value(cell)
        if value == "" or not any(lies_under(cell, merge) for merge in self._added_merges[cell.sheet]):
            return False
        self._report(field.finding("cell.covered", cell, value=value))
        return True

    @cached_property
    def _added_merges(self) -> dict[str, frozenset[Merge]]:
        """The merges of each sheet that the form does not have; empty where no sheet has any."""
        form = self._pack.form
        sheets = {cells[0].sheet for cells in self._placement.inputs.values()}
        added = {sheet: self._grid.merged(sheet) - form.merged.get(sheet, frozenset()) for sheet in sheets}
        return added if any(added.values()) else {}

    def _follows_from_faulty(self, path: str) -> bool:
        """Whether a derived figure is wrong only because one that it comes from is: that one is named."""
        derived = self._pack.rules.derived.get(field_path(path))
        if derived is None:
            return False
        reported = {found.field for found in self.findings if found.code != ROUNDED}
        row = row_around(path)
        parts = [row + term.path[len(derived.rows) :] for term in derived.right]
        over_rows = {field_path(part) for part in parts if is_over_rows(part)}
        return any(part in reported or self._follows_from_faulty(part) for part in parts) or (
            bool(over_rows) and any(field_path(one) in over_rows for one in reported)
        )

    def _of_blank(self, field: Field, place: Cell) -> tuple[int | None, Finding | None]:
        """A cell that looks blank: a derived figure is worked out later, any other value is missing if it is due."""
        odd = self._odd_cells.finding(field, place)
        if self._pack.is_derived(field.path):
            return None, odd if odd and odd.code == "cell.error_value" else None
        if odd or not self._is_due(field):
            return None, odd
        is_zero = self._blank_as_zero and field.kind.is_number
        if is_zero:
            return 0, field.finding("cell.blank_as_zero", place)
        return None, not_filled_in(self._pack, field, place)

    def _is_due(self, field: Field) -> bool:
        """Whether a field has to be filled in: always, or because something of its optional group is."""
        return field.required or (field.required_within and not field.rows and not self._is_left_out(field))

    def _is_left_out(self, field: Field) -> bool:
        """Whether a field stands in a group that may be left out as a whole, and that is: nothing was typed into it."""
        group = field.optional_group
        if not group:
            return False
        if group not in self._left_out:
            self._left_out[group] = not self._is_begun(self._pack.parts[group].fields)
        return self._left_out[group]

    def _asks_for_more(self, group: str) -> bool:
        """Whether a group that may be left out requires fields of its own."""
        within = self._pack.parts[group].fields
        return any(one.required_within and one.optional_group == group for one in within)

    def _is_begun(self, fields: tuple[Field, ...]) -> bool:
        typed = (field.path for field in fields if field.path not in self._pack.rules.derived)
        cells = [cell for path in typed for cell in self._placement.inputs.get(path, ())]
        return any(self._holds(cell) or self._pictures.on(cell) for cell in cells)

    def _entries(self, field: Field, places: tuple[Cell, ...]) -> list[Any] | None:
        """The paragraphs or choices of a block of cells; None where there has to be one and is none."""
        entries: list[Any] = []
        for place in places:
            content = self._grid.value(place)
            if content == "" and not self._may_deceive:
                continue
            typed, found, seen = self._looked_at(field, place, content)
            self._report(seen)
            self._report(found)
            for entry in typed or ():
                kept, found = kept_entry(self._pack, field, entry, entries, place)
                self._report(found)
                if kept is not None:
                    self.places[f"{field.path}[{len(entries)}]"] = place
                    entries.append(kept)
        if field.kind.is_narrative:
            self._report_full(field, places)
        is_left_out = self._is_left_out(field) and self._asks_for_more(field.optional_group)
        if entries or not (self._is_due(field) or is_left_out):
            return entries
        self._report_empty(field)
        return None

    def _report_full(self, field: Field, places: tuple[Cell, ...]) -> None:
        """Say so where a part is filled to its last row and text follows at once: of more paragraphs pasted than it
        has rows, the rest is in the next part."""
        sheet, row, column = places[-1]
        following = Cell(sheet, row + 1, column)
        lines_are_broken = "\n" in str(
            self._grid.value(places[-1])
        )  # as our own advice is for what is too long
        full = following in self._first_of_texts and all(self._holds(cell) for cell in (*places, following))
        if full and not lines_are_broken:
            said = finding(
                "text.runs_on",
                field=field.path,
                cell=following,
                cells=[places[-1]],
                label=field.label,
            )
            self._report(said)

    def _holds(self, cell: Cell) -> bool:
        return not is_blank(str(self._grid.value(cell)))

    @cached_property
    def _first_of_texts(self) -> frozenset[Cell]:
        fields, inputs = self._pack.fields, self._placement.inputs
        return frozenset(cells[0] for path, cells in inputs.items() if fields[path].kind.is_text)

    def _report_empty(self, field: Field) -> None:
        """An obligatory block that is empty; said once, where no cell of it was already found faulty."""
        faulty = any(found.field == field.path for found in errors_in(self.findings))
        if self._is_due(field) and not faulty:
            self._report(not_filled_in(self._pack, field, self.places[field.path]))

    def _report(self, found: Finding | None) -> None:
        if found is not None:
            self.findings.append(found)
