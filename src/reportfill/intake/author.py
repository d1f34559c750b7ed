"""The blank or prefilled intake workbook, made from a pack's intake.xlsx."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.protection import WorkbookProtection

from reportfill.checks.values import FORBIDDEN_IN_XML
from reportfill.errors import PackError, SubmissionError
from reportfill.intake.cell_writer import CellWriter
from reportfill.intake.check_sheet import write_balances
from reportfill.intake.contents import Contents, contents_of
from reportfill.intake.formulas import absolute, defined_name, sum_of, text
from reportfill.intake.identity import Identity, identity_rows, workbook_id
from reportfill.intake.open_cells import write_open_cells
from reportfill.intake.prompts import add_validation, validation
from reportfill.intake.tool_sheets import IDENTITY
from reportfill.intake.workbook_package import saved
from reportfill.ooxml.properties import Properties
from reportfill.pack.fields import Field, FieldKind
from reportfill.pack.figures import exact, is_number, plain, with_values
from reportfill.pack.grid import Cell
from reportfill.pack.pack import AGENCY, CODE, YEAR, Pack
from reportfill.pack.tags import TAG, tag_paths

_LONGEST_CELL = 32767
"""Characters that a cell of a workbook holds."""


def new_workbook(
    pack: Pack,
    *,
    year: int,
    agency: str = "",
    code: str = "",
    last: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
    password: str = "",
) -> bytes:
    """The intake workbook for an agency and year, as the bytes of an .xlsx: the same for the same arguments.

    Without `agency` it is one for any agency, which types its own name. `last` are the data of last year's report:
    what follows from them is filled in, and shown in the prompts. `data` are those of this year as far as they are
    known. Sheets are protected, with `password` if one is given. Raises SubmissionError for a text that no
    workbook can hold, PackError where the form lacks a field.
    """
    _require_cells(pack)
    given = {path: value for path, value in ((AGENCY, agency), (CODE, code), (YEAR, year)) if value}
    contents = contents_of(pack, with_values(data or {}, given), last)
    workbook = load_workbook(BytesIO(pack.intake))
    writer = CellWriter(workbook)
    writer.lock_all()
    _add_identity(workbook, identity_of(pack, year, agency, code, data=data, last=last))
    _write_inputs(writer, contents, frozenset(given))
    _write_shown(writer, contents)
    _write_checks(writer, contents, frozenset(given))
    _add_names(workbook, pack)
    _protect(workbook, password)
    name = pack.workbook_name(with_values({}, given))
    return saved(workbook, writer, Properties(name, "reportfill", {}))


def identity_of(
    pack: Pack,
    year: int,
    agency: str,
    code: str,
    *,
    data: Mapping[str, Any] | None = None,
    last: Mapping[str, Any] | None = None,
) -> Identity:
    """What the workbook that `new_workbook` makes of these says of itself."""
    who = (pack.id, pack.version, agency, code, str(year))
    return Identity(*who, workbook_id(*who, _digest(data, last)))


def _require_cells(pack: Pack) -> None:
    shown = {path for words in pack.form.shown.values() for path in tag_paths(words)}
    missing = [path for path in (*pack.fields, *sorted(shown)) if path not in pack.form.inputs]
    if missing:
        raise PackError(
            f"intake.xlsx has no cell for {', '.join(missing)}; `reportfill pack check` says more"
        )


def _digest(*data: Mapping[str, Any] | None) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True, default=str).encode()).hexdigest()


def _write_inputs(writer: CellWriter, contents: Contents, given: frozenset[str]) -> None:
    """Every cell with a field's tag: its value or formula, and for inputs what it accepts."""
    for path, cells in contents.pack.form.inputs.items():
        field = contents.pack.fields.get(path)
        if field is None:
            continue
        derived = contents.pack.rules.derived.get(path)
        if derived is not None:
            terms = [contents.pack.form.inputs[term.path][0] for term in derived.right]
            writer.formula(cells[0], sum_of(terms, cells[0].sheet), contents.figure(path))
            continue
        _write_value(writer, contents, field, cells)
        if path in given:
            writer.show_as_given(cells[0])
            continue
        for cell in cells:
            writer.unlock(cell)
        add_validation(writer.sheet(cells[0].sheet), validation(field, cells, contents.last))


def _write_value(writer: CellWriter, contents: Contents, field: Field, cells: tuple[Cell, ...]) -> None:
    """What is known of a field, in its cells; nothing where nothing is."""
    for cell in cells:
        writer.clear(cell)
    value = contents.typed.get(field.path)
    if field.kind is FieldKind.PARAGRAPHS:
        texts = in_rows(value or [], len(cells))
        for row, cell in enumerate(cells):
            writer.paragraph(cell, _holdable(field, texts[row]) if row < len(texts) else "")
        return
    if field.path in contents.followed:
        formula = _following_formula(contents, field.path, cells[0].sheet)
        writer.formula(cells[0], formula, contents.figure(field.path))
    elif field.kind.is_number and is_number(value):
        writer.number(cells[0], exact(value))
    elif value is not None:
        writer.text(cells[0], _holdable(field, str(value)))


def in_rows(paragraphs: list[str], rows: int) -> list[str]:
    """Paragraphs for a block of rows, one a row; those that are too many share the last row, a line each."""
    if len(paragraphs) <= rows:
        return paragraphs
    return [*paragraphs[: rows - 1], "\n".join(paragraphs[rows - 1 :])]


def _holdable(field: Field, words: str) -> str:
    if FORBIDDEN_IN_XML.search(words):
        raise SubmissionError(f"{field.label} ({field.path}) holds a control character that no workbook can")
    if len(words) > _LONGEST_CELL:
        raise SubmissionError(f"{field.label} ({field.path}) is longer than its cells can hold")
    return words


def _following_formula(contents: Contents, path: str, sheet: str) -> str:
    """What a figure comes to from last year's and this year's: last year's stock, plus what came, less what went."""
    balance = contents.followed[path]
    inputs = contents.pack.form.inputs
    came = [inputs[term.path][0] for term in balance.right if not term.last]
    went = [inputs[term.path][0] for term in balance.left[1:]]
    formula = plain(contents.constant(balance))
    formula += f"+{sum_of(came, sheet)}" if came else ""
    return formula + (f"-{sum_of(went, sheet)}" if went else "")


def _write_shown(writer: CellWriter, contents: Contents) -> None:
    """Cells with text around tags: a formula that shows the tagged cells' values."""
    for cell, words in contents.pack.form.shown.items():
        parts: list[str] = []
        shown = ""
        position = 0
        for match in TAG.finditer(words):
            source = contents.pack.form.inputs[match.group(1)][0]
            parts += [text(words[position : match.start()]), absolute([source])]
            shown += words[position : match.start()] + str(contents.typed.get(match.group(1), ""))
            position = match.end()
        parts.append(text(words[position:]))
        writer.formula(cell, "&".join(part for part in parts if part != '""'), shown + words[position:])


def _write_checks(writer: CellWriter, contents: Contents, given: frozenset[str]) -> None:
    for cells in contents.pack.form.tools.values():
        for cell in cells:
            writer.clear(cell)
    write_open_cells(writer, contents, given)
    write_balances(writer, contents)


def _add_names(workbook: Workbook, pack: Pack) -> None:
    """A defined name for each field: its dotted path, for its cell or its block of rows."""
    for path in pack.fields:
        name = defined_name(path)
        workbook.defined_names[name] = DefinedName(name, attr_text=absolute(pack.form.inputs[path]))


def _add_identity(workbook: Workbook, identity: Identity) -> None:
    sheet = workbook.create_sheet(IDENTITY)
    sheet.sheet_state = "veryHidden"
    for row, (key, value) in enumerate(identity_rows(identity), 1):
        sheet.cell(row, 1, key)
        sheet.cell(row, 2).value = value or None
        sheet.cell(row, 2).data_type = "s" if value else "n"


def _protect(workbook: Workbook, password: str) -> None:
    """Guard the form against slips: only inputs can be typed into, rows and columns can still be made larger."""
    for sheet in workbook.worksheets:
        protection = sheet.protection
        protection.sheet = True
        protection.formatRows = protection.formatColumns = False
        if password:
            protection.password = password
    workbook.security = WorkbookProtection(lockStructure=True)
    if password:
        workbook.security.workbookPassword = password
