"""A form as a template draws it: sections and tables as the printed form has them, each field with its input, its
findings beside it and listed above."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from reportfill.decimals import Number, plain
from reportfill.finding import Finding, Severity
from reportfill.intake.conditions_live import conditions_said
from reportfill.model.fields import Field, RowGroup
from reportfill.model.figures import value_at
from reportfill.model.options import Option
from reportfill.model.report_model import AGENCY, YEAR
from reportfill.model.row_paths import field_path, row_around, row_number
from reportfill.model.row_words import called
from reportfill.office.pictures import PictureError, inspected_picture
from reportfill.outputs.web_page.data_uri import data_uri
from reportfill.pack.pack import Pack
from reportfill.pack.tags import tag_paths, with_tags_replaced
from reportfill.text import Text
from reportfill.web.form.inputs import input_of, picture_content, value_as_text
from reportfill.web.form.layout import LaidCell, LaidPart, LaidRow, chain_of, layout_of
from reportfill.web.form.pointers import pointer_in_form, pointer_of
from reportfill.web.form.posted import leaves_of
from reportfill.web.form.reckoning import VERDICTS, LiveBalance, Reckoning
from reportfill.web.form.rows import TableLine, lines_of_rows
from reportfill.web.form.words_for_browsers import words_for_browsers

NO_LAST: Mapping[str, Number] = {}

_SEVERE = (Severity.ERROR, Severity.WARNING)


class DrawnField(NamedTuple):
    """A field in its place: what it is called, what it is drawn as, what stands in it and what there is to say of it.

    `help` is said of the kind of its input; an outermost row is known by what `is_naming`; `terms` are the pointers
    that it is the sum of, `when` are the conditions under which it is there, as JSON; `listed` is the id of the list of
    words from which one is chosen.
    """

    pointer: str
    label: str
    drawn: str
    texts: tuple[str, ...]
    options: tuple[Option, ...]
    attributes: Mapping[str, str]
    help: Text
    unit: str
    findings: tuple[Finding, ...]
    is_required: bool
    is_absent: bool
    is_naming: bool
    when: str
    terms: str
    listed: str
    picture: str
    """The address of the picture that it holds, where that is one."""

    @property
    def text(self) -> str:
        """What stands in it, where that is one text."""
        return self.texts[0] if self.texts else ""

    @property
    def is_wrong(self) -> bool:
        """Whether something in it has to be corrected."""
        return any(found.severity is Severity.ERROR for found in self.findings)


class DrawnCell(NamedTuple):
    """A cell of a table."""

    text: str
    field: DrawnField | None
    columns: int
    rows: int
    leads: str


class RowButton(NamedTuple):
    """A button that changes rows: what it is called, its value, and the words on it."""

    name: str
    value: str
    words: Text


class DrawnRow(NamedTuple):
    """A row of a table with its buttons."""

    cells: tuple[DrawnCell, ...]
    buttons: tuple[RowButton, ...] = ()


class DrawnQuestion(NamedTuple):
    """A field by itself, its label and what is said beside it."""

    label: str
    field: DrawnField
    help: str


class DrawnPart(NamedTuple):
    """Questions, or a table with what is said above and below it; `add` is the button for one more row, `explained`
    what is counted in its fields, by their labels."""

    questions: tuple[DrawnQuestion, ...]
    notes: tuple[str, ...]
    head: tuple[DrawnRow, ...]
    body: tuple[DrawnRow, ...]
    footnotes: tuple[str, ...]
    add: tuple[RowButton, ...]
    explained: tuple[tuple[str, str], ...]

    @property
    def has_buttons(self) -> bool:
        """Whether rows have buttons of their own."""
        return any(row.buttons for row in self.body)


class DrawnSection(NamedTuple):
    """A part of the form with its heading."""

    heading: str
    parts: tuple[DrawnPart, ...]


class DrawnFinding(NamedTuple):
    """A finding and the pointer of the input that it is on; none where it is on none."""

    finding: Finding
    pointer: str


@dataclass(frozen=True)
class DrawnForm:
    """A whole form."""

    pack: Pack
    title: str
    agency: str
    year: str
    sections: tuple[DrawnSection, ...]
    findings: tuple[DrawnFinding, ...]
    balances: tuple[LiveBalance, ...]
    lists: Mapping[str, tuple[str, ...]]
    focus: str = ""
    """The pointer of the input that is to be typed into next; empty where that is not said."""

    @property
    def draft(self) -> str:
        """By what the browser knows a draft of it again."""
        return f"{self.pack.id} {self.agency} {self.year}"

    @property
    def verdicts(self) -> Mapping[str, Text]:
        """What is said of balances."""
        return VERDICTS

    def count(self, severity: str) -> int:
        """How many findings there are of a severity."""
        return sum(one.finding.severity.value == severity for one in self.findings)


def drawn_form(
    pack: Pack,
    data: Mapping[str, Any],
    findings: Sequence[Finding] = (),
    last: Mapping[str, Number] = NO_LAST,
    focus: str = "",
) -> DrawnForm:
    """A pack's form with typed data in it and the findings on them; `last` are last year's figures where they are
    known, `focus` is where the next row begins that was asked for."""
    drawing = _Drawing(pack, data, findings, Reckoning(pack, data, last))
    sections = tuple(
        DrawnSection(drawing.shown(laid.heading), tuple(map(drawing.part, laid.parts)))
        for laid in layout_of(pack)
    )
    known = drawing.pointers
    return DrawnForm(
        pack=pack,
        title=pack.manifest.title,
        agency=str(value_at(data, AGENCY) or ""),
        year=value_as_text(value_at(data, YEAR)) if value_at(data, YEAR) is not None else "",
        sections=sections,
        findings=tuple(DrawnFinding(one, _nearest(drawing.place_of(one), known)) for one in findings),
        balances=tuple(drawing.reckoning.balances()),
        lists=drawing.lists,
        focus=next((one for one in known if focus and one.startswith(f"{focus}/")), ""),
    )


def _nearest(pointer: str, known: Sequence[str]) -> str:
    """The input of a pointer, or the first one below it; empty where there is none."""
    if not pointer or pointer in known:
        return pointer
    return next((one for one in known if one.startswith(f"{pointer}/")), "")


@dataclass
class _Drawing:
    """A form while it is drawn."""

    pack: Pack
    data: Mapping[str, Any]
    findings: Sequence[Finding]
    reckoning: Reckoning
    pointers: list[str] = field(default_factory=list)

    @cached_property
    def leaves(self) -> Mapping[str, Any]:
        return leaves_of(self.pack, self.data)

    @cached_property
    def on_fields(self) -> Mapping[str, list[Finding]]:
        found: defaultdict[str, list[Finding]] = defaultdict(list)
        for one in self.findings:
            if one.severity in _SEVERE:
                found[self.place_of(one)].append(one)
        return found

    @cached_property
    def lists(self) -> Mapping[str, tuple[str, ...]]:
        """The words from which those fields are chosen that have to be one of some rows, by the path of these."""
        sources = dict.fromkeys(one.listed_in for one in self.pack.fields.values() if one.listed_in)
        return {
            source: tuple(
                dict.fromkeys(
                    value_as_text(value)
                    for path, value in self.leaves.items()
                    if field_path(path) == source and value not in (None, "")
                )
            )
            for source in sources
        }

    def place_of(self, finding: Finding) -> str:
        """The pointer of what a finding is on."""
        return pointer_in_form(finding.field, self.pack.fields) if finding.field else ""

    def shown(self, words: str) -> str:
        """Words of the form with values for their tags."""
        values = {path: value_as_text(self.leaves.get(path) or "") for path in tag_paths(words)}
        return with_tags_replaced(words, values)

    def part(self, laid: LaidPart) -> DrawnPart:
        """A part of a section."""
        return DrawnPart(
            questions=tuple(
                DrawnQuestion(
                    one.label,
                    self.drawn_field(one.field, one.field.path),
                    conditions_said(self.pack, one.field) + one.help,
                )
                for one in laid.questions
            ),
            notes=tuple(map(self.shown, laid.notes)),
            head=tuple(DrawnRow(tuple(map(self._label, row.cells))) for row in laid.head),
            body=tuple(drawn for row in laid.body for drawn in self._rows(row)),
            footnotes=tuple(map(self.shown, laid.footnotes)),
            add=tuple(self._add_button(row) for row in laid.body if row.group and self._has_room(row)),
            explained=tuple(self._explained((*laid.head, *laid.body))),
        )

    def _label(self, cell: LaidCell) -> DrawnCell:
        return DrawnCell(self.shown(cell.text), None, cell.columns, cell.rows, cell.leads)

    def _rows(self, row: LaidRow) -> Iterator[DrawnRow]:
        if not row.group:
            yield DrawnRow(
                tuple(self._cell(cell, cell.field.path if cell.field else "") for cell in row.cells)
            )
            return
        chain = chain_of(self.pack, row.group)
        lines = lines_of_rows(chain, self.data)
        for place, line in enumerate(lines):
            cells = tuple(self._cells_of_line(row, chain, line))
            yield DrawnRow(cells, tuple(self._buttons(chain, lines, place)))

    def _cells_of_line(self, row: LaidRow, chain: Sequence[RowGroup], line: TableLine) -> Iterator[DrawnCell]:
        depths = {group.path: depth for depth, group in enumerate(chain)}
        for cell in row.cells:
            depth = depths[cell.field.rows] if cell.field and cell.field.rows in depths else 0
            if depth < line.begun:
                continue
            here = line.rows[depth]
            path = here + cell.field.path[len(cell.field.rows) :] if cell.field and cell.field.rows else ""
            path = path or (cell.field.path if cell.field else "")
            drawn = self._cell(cell, path)
            text = str(row_number(here) + 1) if cell.counts else drawn.text
            yield drawn._replace(text=text, rows=line.lines[depth])

    def _cell(self, cell: LaidCell, path: str) -> DrawnCell:
        label = self._label(cell)
        return label._replace(field=self.drawn_field(cell.field, path)) if cell.field else label

    def drawn_field(self, one: Field, path: str) -> DrawnField:
        """A field at a path."""
        pointer = pointer_of(path)
        is_derived = self.pack.is_derived(path)
        if not is_derived:
            self.pointers.append(pointer)
        row = row_around(path)
        label = one.in_row(row, called(None, row_number(row))).label if row else one.label
        asked, value = input_of(one), self.leaves.get(path)
        texts = tuple(asked.texts(one, value))
        derived = self.reckoning.derived.get(path)
        return DrawnField(
            pointer=pointer,
            label=label,
            drawn="sum" if is_derived else asked.drawn,
            texts=(() if derived is None else (plain(derived),)) if is_derived else texts,
            options=_with_typed(asked.options(one), texts),
            attributes=asked.attributes(one, texts),
            help=asked.help,
            unit=one.unit,
            findings=tuple(self.on_fields.get(pointer, ())),
            is_required=one.required and not one.conditions,
            is_absent=one.path in self.reckoning.absent,
            is_naming=self._is_naming(one),
            when=self._when(one),
            terms=self.reckoning.terms(path) if is_derived else "",
            listed=one.listed_in,
            picture=_picture_address(texts) if one.kind.is_laid else "",
        )

    def _is_naming(self, one: Field) -> bool:
        group = self.pack.rows.get(one.rows)
        return group is not None and not group.within and group.naming is one

    def _when(self, one: Field) -> str:
        asked = [(self.pack.fields[condition.path], condition) for condition in one.conditions]
        conditions = [
            [
                pointer_of(other.path),
                [text for value in on.values for text in input_of(other).texts(other, value)],
            ]
            for other, on in asked
        ]
        return json.dumps(conditions, ensure_ascii=False) if conditions else ""

    def _explained(self, rows: Sequence[LaidRow]) -> Iterator[tuple[str, str]]:
        """What the schema says of fields, as far as it does not stand in the table itself."""
        written = {words_for_browsers(cell.text) for row in rows for cell in row.cells}
        told: dict[str, str] = {}
        for one in (cell.field for row in rows for cell in row.cells if cell.field):
            if not self.pack.is_derived(one.path):
                said = conditions_said(self.pack, one) + words_for_browsers(one.description)
                if said and said not in written:
                    told.setdefault(said, " · ".join(one.titles[-1:]))
        yield from ((label, said) for said, label in told.items())

    def _has_room(self, row: LaidRow) -> bool:
        group = chain_of(self.pack, row.group)[0]
        return group.most is None or len(value_at(self.data, group.path) or ()) < group.most

    def _add_button(self, row: LaidRow) -> RowButton:
        chain = chain_of(self.pack, row.group)
        rows = [line.rows[0] for line in lines_of_rows(chain, self.data)]
        return RowButton("add-row", pointer_of(_next_to(rows[-1])), _ONE_MORE)

    def _buttons(
        self, chain: Sequence[RowGroup], lines: Sequence[TableLine], place: int
    ) -> Iterator[RowButton]:
        """The buttons of a line: those of each row that begins there, inner ones first, and one more row within."""
        line = lines[place]
        for depth in range(len(chain) - 1, line.begun - 1, -1):
            row = line.rows[depth]
            if len(chain) == 1:
                yield RowButton("remove-row", pointer_of(row), _REMOVE)
                return
            label = chain[depth].label
            yield RowButton(
                "add-row",
                pointer_of(_next_to(row)),
                Text(f"在下面增加一行“{label}”", f"Add a row of “{label}” below"),
            )
            yield RowButton(
                "remove-row", pointer_of(row), Text(f"删除这一行“{label}”", f"Remove this row of “{label}”")
            )


_ONE_MORE = Text("增加一行", "Add a row")
_REMOVE = Text("删除", "Remove")


def _next_to(row: str) -> str:
    """The row behind one."""
    return f"{row[: row.rfind('[')]}[{row_number(row) + 1}]"


def _with_typed(options: tuple[Option, ...], texts: Sequence[str]) -> tuple[Option, ...]:
    """The options, and what was typed that is none of them."""
    known = {option.value for option in options}
    return (*options, *(Option(text, text) for text in texts if text not in known)) if options else ()


def _picture_address(texts: Sequence[str]) -> str:
    content = picture_content(texts[0]) if texts else b""
    try:
        return data_uri(inspected_picture(content)) if content else ""
    except PictureError:
        return ""
