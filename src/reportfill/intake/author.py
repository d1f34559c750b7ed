"""The blank or prefilled intake workbook: what its cells hold, and the whole of it as a file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Set
from datetime import date
from functools import lru_cache
from itertools import chain, zip_longest
from typing import Any

from reportfill.decimals import plain
from reportfill.errors import SubmissionError, require_kind
from reportfill.intake.check_sheet import write_balances
from reportfill.intake.form_workbook import form_workbook
from reportfill.intake.identity import Identity, identity_rows, workbook_id
from reportfill.intake.missing_inputs import missing_inputs
from reportfill.intake.prefill import Prefill, inputs_of, prefill_of, rows_begun
from reportfill.intake.prompts import write_rules
from reportfill.intake.room_for_rows import lines_needed, with_room_for
from reportfill.intake.row_columns import can_be_counted, cells_of
from reportfill.intake.tool_sheets import IDENTITY
from reportfill.model.fields import Field
from reportfill.model.figures import value_at, with_values
from reportfill.model.report_model import AGENCY, CODE, YEAR
from reportfill.office.package import composed, parts_of
from reportfill.office.pictures import Picture
from reportfill.office.properties import Properties
from reportfill.office.workbook.cell_edits import Writes
from reportfill.office.workbook.cell_xml import LONGEST, serial
from reportfill.office.workbook.edited_workbook import EditedWorkbook
from reportfill.office.workbook.formulas import absolute, ranges, sum_of, text
from reportfill.office.workbook.workbook_template import WorkbookTemplate
from reportfill.office.xml import FORBIDDEN_IN_XML
from reportfill.pack.check import refuse_unfillable
from reportfill.pack.pack import Pack
from reportfill.pack.tags import TAG, shown_by
from reportfill.place import Cell
from reportfill.text import how_many

_SOMEBODY = "单位"
"""For whom the workbook is that the others are made of."""


def new_workbook(
    pack: Pack,
    *,
    year: int,
    agency: str = "",
    code: str = "",
    last: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
    password: str = "",
    deadline: str = "",
    contact: str = "",
    rolled_up: int = 0,
) -> bytes:
    """The intake workbook for an agency and year, as the bytes of an .xlsx: the same for the same arguments.

    Without `agency` it is one for any agency, which types its own name. `last` are the data of last year's report:
    what follows from them is filled in, and shown in the prompts. `data` are those of this year as far as they are
    known. Sheets are protected, with `password` if one is given. `deadline` (2026年1月31日) and `contact` (whom to
    ask) are what the form's instructions say of them; without, they refer to the office in charge. `rolled_up` is the
    number of agencies of whose reports `data` are made: there may be more rows then than in one of them. Raises
    SubmissionError for a text that no workbook can hold, PackError where the pack is not sound or does not serve the
    year, UsageError for arguments of another kind.
    """
    require_kind("pack", pack, Pack, "a Pack, such as load_pack gives", "模板包（Pack），由load_pack读取")
    for name, number in {"year": year, "rolled_up": rolled_up}.items():
        require_kind(name, number, int, "a whole number such as 2025", "整数，如2025")
    texts = {"agency": agency, "code": code, "password": password, "deadline": deadline, "contact": contact}
    for name, words in texts.items():
        require_kind(name, words, str, "a text", "文本（str）")
    for name, values in {"last": last, "data": data}.items():
        if values is not None:
            require_kind(name, values, Mapping, "data (a mapping)", "数据（映射）")
    pack.require_year(year)
    refuse_unfillable(pack)
    more = (data or {}) if rolled_up else rows_begun(pack, data or {}, last)
    pack = with_room_for(pack, lines_needed(pack, more)) if more and pack.rows else pack
    given = given_fields(year, agency, code)
    contents = prefill_of(pack, with_values(data or {}, given), last)
    identity = identity_of(pack, year, agency, code, data=data, last=last, rolled_up=rolled_up)
    form = _form(pack, frozenset(given), password, deadline, contact, rolled_up)
    writes = _names(contents, identity, frozenset(given))
    if last or data:
        write_figures(writes, contents, frozenset(given), contents.known)
    return _with_pictures(form.filled(writes.sheets, properties_of(pack, given)), pack, data or {})


def _with_pictures(workbook: bytes, pack: Pack, data: Mapping[str, Any]) -> bytes:
    """A workbook with the pictures in data, each laid on the cell of its field."""
    laid = {path: field for path, field in pack.fields.items() if field.kind.is_laid}
    read = {
        path: field.kind.read_data(field, value_at(data, path), None).value for path, field in laid.items()
    }
    pictures = {path: value for path, value in read.items() if isinstance(value, Picture)}
    if not pictures:
        return workbook
    book = EditedWorkbook(parts_of(workbook))
    for path, picture in pictures.items():
        cell = pack.form.inputs[path][0]
        book.worksheets[cell.sheet].lay(cell, picture)
    return composed(book.parts())


@lru_cache(maxsize=8)
def _form(
    pack: Pack, given: frozenset[str], password: str, deadline: str, contact: str, rolled_up: int
) -> WorkbookTemplate:
    """The blank workbook of some agency, to be filled for others for which the same is given."""
    known = given_fields(
        pack.manifest.first_year, *(_SOMEBODY if path in given else "" for path in (AGENCY, CODE))
    )
    contents = prefill_of(pack, with_values({}, known), None)
    identity = identity_of(pack, pack.manifest.first_year, _SOMEBODY, _SOMEBODY, rolled_up=rolled_up)
    writes = _names(contents, identity, given)
    for cell in chain.from_iterable(pack.form.tools.values()):
        writes.clear(cell)
    write_figures(writes, contents, given, frozenset(pack.form.inputs))
    return WorkbookTemplate(
        form_workbook(pack, given, password, deadline=deadline, contact=contact), writes.sheets
    )


def _names(contents: Prefill, identity: Identity, given: frozenset[str]) -> Writes:
    """Write for whom and which year the workbook is: what tells blank workbooks from each other."""
    writes = Writes()
    for row, said in enumerate(identity_rows(identity)):
        for column, words in enumerate(said):
            writes.text(Cell(IDENTITY, row, column), words)
    write_names(writes, contents, given)
    return writes


def given_fields(year: int, agency: str, code: str) -> dict[str, int | str]:
    """The fields that say whose report it is, by path, without those that are empty."""
    return {path: value for path, value in ((AGENCY, agency), (CODE, code), (YEAR, year)) if value}


def identity_of(
    pack: Pack,
    year: int,
    agency: str,
    code: str,
    *,
    data: Mapping[str, Any] | None = None,
    last: Mapping[str, Any] | None = None,
    rolled_up: int = 0,
) -> Identity:
    """What the workbook that `new_workbook` makes of these says of itself."""
    who = (pack.id, pack.version, agency, code, str(year))
    return Identity(*who, workbook_id(*who, _digest(data, last)), str(rolled_up or ""))


def properties_of(pack: Pack, given: Mapping[str, Any]) -> Properties:
    """What the file says of itself, for a pack and what is given by path: the agency, its code, the year."""
    return Properties(pack.workbook_name(with_values({}, given)), "reportfill", {})


def write_names(writes: Writes, contents: Prefill, given: frozenset[str]) -> None:
    """Write for whom and which year the workbook is, as far as that is `given`, and the texts that show values."""
    for path, field in contents.pack.fields.items():
        if path in given and path not in contents.pack.rules.derived:
            _write_value(writes, contents, field)
    _write_shown(writes, contents)


def write_figures(writes: Writes, contents: Prefill, given: frozenset[str], paths: Set[str]) -> None:
    """Write the fields of these paths and the sums and checks in which they take part; what all cells to be filled in
    accept, and how many are open."""
    pack = contents.pack
    for path in pack.form.inputs:
        if path in pack.fields and pack.fields[path].rows:
            _write_column(writes, contents, pack.fields[path], paths)
        elif path in pack.rules.derived:
            if contents.given_sums or not paths.isdisjoint(inputs_of(pack, path)):
                _write_sum(writes, contents, path)
        elif path in paths and path in pack.fields and path not in given:
            _write_value(writes, contents, pack.fields[path])
    write_rules(writes, contents, given)
    writes.update(missing_inputs(pack, given, contents.known, contents.absent, contents.open_in_rows))
    write_balances(writes, contents, paths)


def _digest(*data: Mapping[str, Any] | None) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True, default=str).encode()).hexdigest()


def _write_column(writes: Writes, contents: Prefill, field: Field, paths: Set[str]) -> None:
    """What is known of a field in the rows of the workbook, or the formula in each of them by which it follows; nothing
    where no field of these paths takes part."""
    cells = contents.pack.form.inputs[field.path]
    derived = contents.pack.rules.derived.get(field.path)
    if derived is not None:
        if not can_be_counted(derived):  # of rows within: it is worked out when the workbook is read
            for cell in cells if field.path in paths else ():
                writes.clear(cell)
        elif not paths.isdisjoint(inputs_of(contents.pack, field.path)):
            columns = [contents.pack.form.inputs[term.path] for term in derived.right]
            for row, cell in enumerate(cells):
                terms = [column[row] for column in columns]
                known = contents.in_rows.get(f"{field.rows}[{row}]{field.path[len(field.rows) :]}")
                formula = f'IF(COUNTA({",".join(ranges(tuple(terms), cell.sheet))})=0,"",{sum_of(terms, cell.sheet)})'
                writes.formula(cell, formula, "" if known is None else known)
        return
    if field.path in paths:
        held = contents.typed.get(field.path, ())
        if len(held) > len(cells):
            raise _too_many_rows(field, len(held), len(cells))
        for cell, value in zip_longest(cells, held):
            content = next(iter(field.kind.contents(field, value, 1)), "") if value is not None else ""
            _put(writes, field, cell, content)


def _too_many_rows(field: Field, rows: int, room: int) -> SubmissionError:
    label = field.titles[field.rows.count(".")]
    return SubmissionError(
        f"{label} ({field.rows}) has {how_many(rows, 'row')}, and the workbook room for {room}; pack.toml may ask for"
        " more ([[rows]])",
        f"{label}（{field.rows}）有{rows}行，填报表只有{room}行；可以在pack.toml的[[rows]]里增加",
    )


def _put(writes: Writes, field: Field, cell: Cell, content: Any) -> None:
    if isinstance(content, str):
        writes.text(cell, _holdable(field, content))
    else:
        writes.number(cell, serial(content) if isinstance(content, date) else content)


def _write_sum(writes: Writes, contents: Prefill, path: str) -> None:
    inputs = contents.pack.form.inputs
    if path in contents.given_sums:
        writes.number(inputs[path][0], contents.figure(path))
        return
    terms = [
        cell for term in contents.pack.rules.derived[path].right for cell in cells_of(contents.pack, term)
    ]
    cell = inputs[path][0]
    writes.formula(cell, sum_of(terms, cell.sheet), contents.figure(path))


def _write_value(writes: Writes, contents: Prefill, field: Field) -> None:
    """What is known of a field, in its cells; nothing where nothing is."""
    cells = contents.pack.form.inputs[field.path]
    for cell in cells:
        writes.clear(cell)
    if field.path in contents.followed:
        formula = _following_formula(contents, field.path, cells[0].sheet)
        writes.formula(cells[0], formula, contents.figure(field.path))
        return
    write = writes.paragraph if field.kind.is_narrative else writes.text
    held = field.kind.contents(field, contents.typed.get(field.path), len(cells))
    for cell, content in zip(cells, held, strict=False):
        if isinstance(content, str):
            write(cell, _holdable(field, content))
        else:
            writes.number(cell, serial(content) if isinstance(content, date) else content)


def _holdable(field: Field, words: str) -> str:
    if FORBIDDEN_IN_XML.search(words):
        raise SubmissionError(
            f"{field.label} ({field.path}) holds a control character that no workbook can",
            f"{field.label}含有看不见的控制字符，不能写入填报表",
        )
    if len(words) > LONGEST:
        raise SubmissionError(
            f"{field.label} ({field.path}) is longer than its cells can hold",
            f"{field.label}超过单元格能容纳的字数",
        )
    return words


def _following_formula(contents: Prefill, path: str, sheet: str) -> str:
    """What a figure comes to from last year's and this year's: last year's stock, plus what came, less what went."""
    balance = contents.followed[path]
    came = [cell for term in balance.right if not term.last for cell in cells_of(contents.pack, term)]
    went = [cell for term in balance.left[1:] for cell in cells_of(contents.pack, term)]
    formula = plain(contents.constant(balance))
    formula += f"+{sum_of(came, sheet)}" if came else ""
    return formula + (f"-{sum_of(went, sheet)}" if went else "")


def _write_shown(writes: Writes, contents: Prefill) -> None:
    """Cells with text around tags: a formula that shows the tagged cells' values."""
    for cell, words in contents.pack.form.shown.items():
        parts: list[str] = []
        shown = ""
        position = 0
        for tag in TAG.finditer(words):
            source = absolute([contents.pack.form.inputs[tag["path"]][0]])
            parts += [
                text(words[position : tag.start()]),
                f"({source}+{tag['added']})" if tag["added"] else source,
            ]
            value = str(contents.typed.get(tag["path"], ""))
            shown += words[position : tag.start()] + shown_by(tag, value)
            position = tag.end()
        parts.append(text(words[position:]))
        writes.formula(cell, "&".join(part for part in parts if part != '""'), shown + words[position:])
