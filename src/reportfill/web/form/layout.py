"""A pack's form as a page has it: the sheets of intake.xlsx as sections, with the same tables and labels.

What stands by itself beside its label is a question; figures and rows stay the tables that they are in the workbook
and in the printed report. Sheets and parts of them into which nothing is typed are left out: they are about workbooks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from reportfill.model.fields import Field, RowGroup
from reportfill.office.calamine_grid import read_grid
from reportfill.office.grid import Grid
from reportfill.pack.pack import Pack
from reportfill.pack.tags import only_tag, tag_paths
from reportfill.place import Cell
from reportfill.web.form.words_for_browsers import words_for_browsers

_SENTENCE_ENDS = ("。", "！", "；", ".")


class LaidCell(NamedTuple):
    """A cell of a table: a label, or the place of a field; how many columns and rows it takes. A number `counts` rows
    where it stands in one that is repeated."""

    text: str = ""
    field: Field | None = None
    columns: int = 1
    rows: int = 1
    counts: bool = False
    leads: str = ""
    """What it is the label of, as HTML says it: row or col; empty where it is of neither."""


class LaidRow(NamedTuple):
    """A row of a table, and the path of the innermost rows that it is repeated for; empty where it is not."""

    cells: tuple[LaidCell, ...]
    group: str = ""


class Question(NamedTuple):
    """A field by itself, with its label and what is said beside it."""

    label: str
    field: Field
    help: str


class LaidPart(NamedTuple):
    """A part of a section: questions, or a table with what is said above and below it."""

    questions: tuple[Question, ...] = ()
    notes: tuple[str, ...] = ()
    head: tuple[LaidRow, ...] = ()
    body: tuple[LaidRow, ...] = ()
    footnotes: tuple[str, ...] = ()


class LaidSection(NamedTuple):
    """A sheet: its heading and its parts."""

    heading: str
    parts: tuple[LaidPart, ...]


@lru_cache(maxsize=16)
def layout_of(pack: Pack) -> tuple[LaidSection, ...]:
    """The sections of a pack's form, in the order of its sheets."""
    grid = read_grid(pack.intake)
    return tuple(_section(_Sheet(pack, grid, name)) for name in pack.form.input_sheets)


class _Held(NamedTuple):
    """What a cell of a sheet holds, and where: words, a number, or a field's tag."""

    column: int
    words: str
    field: Field | None
    is_number: bool


@dataclass(frozen=True)
class _Sheet:
    pack: Pack
    grid: Grid
    name: str

    @cached_property
    def spans(self) -> Mapping[tuple[int, int], tuple[int, int]]:
        """How many columns and rows merged cells take, by their first cell; rows that are left out do not count."""
        kept = frozenset(self.rows)
        return {
            (top, left): (right - left + 1, sum(row in kept for row in range(top, bottom + 1)))
            for (top, left), (bottom, right) in self.grid.merged(self.name)
        }

    @cached_property
    def owners(self) -> Mapping[tuple[int, int], tuple[int, int]]:
        """The first cell of the merged cells of which one is a part and not the first."""
        return {
            (row, column): (top, left)
            for (top, left), (bottom, right) in self.grid.merged(self.name)
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
            if (row, column) != (top, left)
        }

    @cached_property
    def rows(self) -> Mapping[int, tuple[_Held, ...]]:
        """What stands in each row, without those that only repeat the fields of one above."""
        found: dict[int, tuple[_Held, ...]] = {}
        repeated = {
            (cell.row, cell.column)
            for cells in self.pack.form.inputs.values()
            for cell in cells[1:]
            if cell.sheet == self.name
        }
        for number, values in enumerate(self.grid.rows(self.name)):
            held = [
                _held(self.pack, column, value)
                for column, value in enumerate(values)
                if value != "" and (number, column) not in repeated
            ]
            repeats = any((number, column) in repeated for column in range(len(values)))
            if not repeats or any(one.field for one in held):
                found[number] = tuple(held)
        return found

    def words_left_of(self, row: int, column: int) -> list[str]:
        """The labels in a row before a column, those that are merged from rows above among them."""
        words: dict[tuple[int, int], str] = {}
        for place in range(column):
            at = self.owners.get((row, place), (row, place))
            text = self.grid.value(Cell(self.name, *at))
            if isinstance(text, str) and text.strip() and not tag_paths(text):
                words[at] = _one_line(text)
        return list(words.values())


def _held(pack: Pack, column: int, value: object) -> _Held:
    if not isinstance(value, str):
        return _Held(column, str(value), None, is_number=True)
    path = only_tag(value)
    return _Held(column, value, pack.fields.get(path) if path else None, is_number=False)


def _section(sheet: _Sheet) -> LaidSection:
    alone = [held[0].words for held in sheet.rows.values() if _is_text_alone(held)]
    heading = next((words for words in alone if not tag_paths(words)), sheet.name)
    blocks = [block for block in _blocks(sheet) if any(one.field for row in block for one in sheet.rows[row])]
    parts = [part for block in blocks for part in _parts(sheet, block, heading)]
    return LaidSection(_one_line(heading), tuple(parts))


def _blocks(sheet: _Sheet) -> Iterator[list[int]]:
    """The rows of a sheet between empty ones."""
    block: list[int] = []
    for row, held in sheet.rows.items():
        if held or any(place[0] == row for place in sheet.owners):
            block.append(row)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _is_text_alone(held: Sequence[_Held]) -> bool:
    return len(held) == 1 and held[0].field is None and not held[0].is_number


def _parts(sheet: _Sheet, block: list[int], heading: str) -> Iterator[LaidPart]:
    rows = sheet.rows
    first = next(row for row in block if any(one.field for one in rows[row]))
    last = next(row for row in reversed(block) if any(one.field for one in rows[row]))
    notes: list[str] = []
    while block[0] < first and _is_text_alone(rows[block[0]]):
        words = rows[block[0]][0].words
        if words != heading and not words.rstrip().endswith(_SENTENCE_ENDS):
            break
        notes += [] if words == heading else [words]
        block = block[1:]
    footnotes = [rows[row][0].words for row in block if row > last and _is_text_alone(rows[row])]
    block = [row for row in block if row <= last or not _is_text_alone(rows[row])]
    asked = block if _are_questions(sheet, block) else list(_questions_above(sheet, block))
    questions = tuple(_question(sheet, row) for row in asked if any(one.field for one in rows[row]))
    rest = [row for row in block if row not in asked]
    below = _for_browsers(footnotes)
    if questions:
        yield LaidPart(questions, _for_browsers(notes), footnotes=() if rest else below)
    if rest:
        head, body = _table(sheet, rest)
        yield LaidPart((), () if questions else _for_browsers(notes), head, body, below)


def _for_browsers(notes: Sequence[str]) -> tuple[str, ...]:
    return tuple(words for note in notes if (words := words_for_browsers(note)))


def _are_questions(sheet: _Sheet, block: Sequence[int]) -> bool:
    """Whether all rows of a block ask for one thing each, which are not all figures."""
    asked = [[one.field for one in sheet.rows[row] if one.field] for row in block]
    fields = [field for row in asked for field in row]
    return (
        all(len(row) <= 1 for row in asked)
        and not any(field.rows for field in fields)
        and not all(field.kind.is_number for field in fields)
    )


def _questions_above(sheet: _Sheet, block: Sequence[int]) -> Iterator[int]:
    """The rows before the head of a table that ask for one thing each."""
    for row, following in pairwise(block):
        held = sheet.rows[row]
        fields = [one.field for one in held if one.field]
        is_followed_by_head = not any(one.field for one in sheet.rows[following])
        if len(fields) != 1 or fields[0].rows or held[0].field or not is_followed_by_head:
            return
        yield row


def _question(sheet: _Sheet, row: int) -> Question:
    held = sheet.rows[row]
    place = next(number for number, one in enumerate(held) if one.field)
    field = held[place].field
    assert field is not None, "a question has a field"
    label = " · ".join(sheet.words_left_of(row, held[place].column)) or field.title
    return Question(label, field, "".join(words_for_browsers(one.words) for one in held[place + 1 :]))


def _table(sheet: _Sheet, block: Sequence[int]) -> tuple[tuple[LaidRow, ...], tuple[LaidRow, ...]]:
    """The head and the body of the table that some rows are."""
    first = next(number for number, row in enumerate(block) if any(one.field for one in sheet.rows[row]))
    crosses = any(
        top < block[first] <= top + rows - 1 for (top, _), (_, rows) in sheet.spans.items() if top in block
    )
    width = [column for row in block for column in _columns(sheet, row)]
    laid = [_row(sheet, row, range(min(width), max(width) + 1)) for row in block]
    above = 0 if crosses else first
    return tuple(laid[:above]), tuple(laid[above:])


def _columns(sheet: _Sheet, row: int) -> Iterator[int]:
    for one in sheet.rows[row]:
        columns, _ = sheet.spans.get((row, one.column), (1, 1))
        yield from (one.column, one.column + columns - 1)


def _row(sheet: _Sheet, row: int, columns: range) -> LaidRow:
    held = {one.column: one for one in sheet.rows[row]}
    fields = [one.field for one in held.values() if one.field and one.field.rows]
    group = max((field.rows for field in fields), key=len, default="")
    last = max((one.column for one in held.values() if one.field), default=-1)
    has_fields = last >= 0
    cells: list[LaidCell] = []
    for column in columns:
        if (row, column) in sheet.owners:
            continue
        one = held.get(column)
        wide, high = sheet.spans.get((row, column), (1, 1))
        if one is None:
            cells.append(LaidCell(columns=wide, rows=high))
            continue
        leads = (
            "" if one.field or one.is_number else "col" if not has_fields else "row" if column < last else ""
        )
        text = "" if one.field else _one_line(one.words)
        if has_fields and column > last:
            text = words_for_browsers(text)
        cells.append(LaidCell(text, one.field, wide, high, one.is_number and bool(group), leads))
    return LaidRow(tuple(cells), group)


def _one_line(words: str) -> str:
    return "".join(words.splitlines()).strip()


def chain_of(pack: Pack, group: str) -> tuple[RowGroup, ...]:
    """Some rows and those around them, outer ones first."""
    found = pack.rows[group]
    return (*(chain_of(pack, found.within) if found.within else ()), found)
