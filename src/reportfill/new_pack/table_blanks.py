"""The blanks of a table, each with its labels and what it asks for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from reportfill.new_pack.draft import TAG, Blank, Edit, FormPart, Notice, Records, Room
from reportfill.new_pack.table_reading import RowKind, TableReading, Use, empty_lines
from reportfill.new_pack.text_blanks import TextBlank, text_blanks
from reportfill.new_pack.wording import (
    UNITS,
    Asked,
    asked_by,
    heads_ordinals,
    is_ordinal,
    is_total,
    narrative,
    number_in,
    plain_label,
)
from reportfill.office.word_revisions import W
from reportfill.office.word_structure import own_rows
from reportfill.office.word_table import WordCell, WordTable
from reportfill.office.word_text import ParagraphText, own_paragraphs
from reportfill.office.xml import Element
from reportfill.pack.problems import WordPlace
from reportfill.pack.tags import only_tag
from reportfill.text import Text

_TALL = 1000
"""Twentieths of a point: a row so high has room for paragraphs."""

_RECORDS = "明细"
_TALL_IN_LINES = 2
_WIDE = 0.5


def read_table(table: WordTable, section: FormPart, unit: str, notices: list[Notice]) -> TableReading:
    """Put the blanks of a table into its section."""
    reading = TableReading(table, section.place, unit, notices)
    in_records = {row: _records(reading, run) for run in reading.records for row in run}
    section.records = list(dict.fromkeys(in_records.values()))
    for cell in table.cells:
        records = in_records.get(cell.row)
        if records and records.is_left_out(cell.row):
            continue
        if cell.holds_table:
            notices.append(_nested(reading.place_of(cell)))
        elif reading.uses[cell] is Use.LINES:
            lines = list(_lines(reading, cell))
            section.blanks += lines
            if lines and lines[0].labels == _labels(reading, cell):
                section.in_cells[cell] = lines[0]
        elif reading.uses[cell] is Use.BLANK and reading.kinds[cell.row] is RowKind.DATA:
            blank = _cell_blank(reading, cell, records)
            if blank:
                section.blanks.append(blank)
                section.in_cells[cell] = blank
    return reading


def _records(reading: TableReading, run: range) -> Records:
    """The records of a run of rows, the same of each of its rows."""
    if run.start not in reading.known_records:
        cell = next(c for c in reading.table.starting_in(run.start) if reading.uses[c] is Use.BLANK)
        depth = len(_around_records(reading, cell))
        reading.known_records[run.start] = Records(reading.table, run.start, run.stop, depth)
    return reading.known_records[run.start]


def _around_records(reading: TableReading, cell: WordCell) -> list[str]:
    """The labels around records: those to their left, which span all of them, else a word for rows of any kind."""
    title = reading.title_of(cell.row)
    outer = [label.text for label in reading.row_labels(cell) if not is_ordinal(label.text)]
    return [*([title] if title else []), *(outer or [_RECORDS])]


def _nested(place: WordPlace) -> Notice:
    return Notice(
        place,
        Text(
            "单元格里还有表格：没有为里面的空白建立栏目",
            "a table within a cell: its blanks are left as they are",
        ),
    )


def _room_below(paragraph: Element) -> list[Element]:
    """The empty paragraphs right below one, where there are several."""
    below = list(takewhile(lambda one: not ParagraphText(one).text.strip(), paragraph.itersiblings(f"{W}p")))
    return below if len(below) >= _TALL_IN_LINES else []


def _ends_line(blank: TextBlank, paragraph: Element) -> bool:
    """Whether a blank is what stands behind the colon at the end of a line."""
    edit = blank.edits[-1]
    return edit.start == edit.end == len(ParagraphText(paragraph).text)


def _lines(reading: TableReading, cell: WordCell) -> Iterator[Blank]:
    around = _labels(reading, cell)
    place = reading.place_of(cell)
    empty = empty_lines(cell)
    if around and empty:
        asked = asked_by(around, is_long=_is_roomy(reading, cell) and ParagraphText(empty[0]).text == "")
        room = Room(empty) if asked.is_narrative else None
        yield Blank(around, asked, place, () if room else (Edit(empty[0], 0, 0, TAG),), room)
    for paragraph in own_paragraphs(cell.element):
        below = _room_below(paragraph)
        found_here = text_blanks(paragraph, around)
        if below and found_here and _ends_line(found_here[-1], paragraph):
            label = found_here.pop().label
            yield Blank((*around, label), narrative(label), place, room=Room(below))
        for found in found_here:
            label = plain_label(found.label)
            labels = around if not label or (around and label == around[-1]) else (*around, label)
            yield Blank(labels or (found.label or "选项",), found.asked, place, found.edits)


def _cell_blank(reading: TableReading, cell: WordCell, record: Records | None) -> Blank | None:
    labels = _labels(reading, cell, record)
    place = reading.place_of(cell)
    own = own_paragraphs(cell.element)
    if not labels or not own:
        return None
    column = (reading.heads_of(cell) or [""])[-1]
    if record and (heads_ordinals(column) or record.numbers(cell)):
        return None
    asked = _asked_in_cell(reading, cell, labels, record)
    if record is None and _is_of_total(reading, cell) and not asked.is_figure:
        return None
    if asked.is_narrative:
        return Blank(labels, asked, place, room=Room(own), records=record)
    first = ParagraphText(own[0])
    rest = tuple(Edit(p, 0, len(ParagraphText(p).text), "") for p in own[1:] if ParagraphText(p).text)
    tagged = only_tag(cell.text)
    if tagged:
        return Blank(labels, asked, place, path=tagged, records=record)
    unit = plain_label(cell.text)
    words = f"{TAG}{unit}" if unit in UNITS else TAG
    return Blank(labels, asked, place, (Edit(own[0], 0, len(first.text), words), *rest), records=record)


def _asked_in_cell(
    reading: TableReading, cell: WordCell, labels: tuple[str, ...], record: Records | None
) -> Asked:
    inside = [blank for p in own_paragraphs(cell.element) for blank in text_blanks(p)]
    if inside and cell.text.strip() and plain_label(cell.text) not in UNITS:
        return inside[0].asked
    if plain_label(cell.text) in UNITS:
        return number_in(plain_label(cell.text))
    heads = (
        reading.heads_of(cell) if not reading.is_side_by_side(cell.row) or reading.heads_repeat(cell) else []
    )
    row = [label.text for label in reading.row_labels(cell)] if record is None else []
    figures = bool(heads) and (reading.has_totals if record is not None else reading.counts)
    return asked_by(
        [*row, *heads] or labels,
        reading.unit_of(cell, has_heads=bool(heads)),
        counts=figures,
        is_long=_is_roomy(reading, cell),
        in_record=record is not None,
    )


def _is_roomy(reading: TableReading, cell: WordCell) -> bool:
    """Whether a blank is so wide and high that paragraphs fit into it."""
    table = reading.table
    is_wide = table.width_of(cell.column, cell.right) >= _WIDE * table.width_of(0, table.width)
    height = sum(_height(table, row) for row in range(cell.row, cell.bottom))
    return is_wide and (height >= _TALL or cell.text.count("\n") >= _TALL_IN_LINES)


def _height(table: WordTable, row: int) -> int:
    said = own_rows(table.element)[row].find(f"{W}trPr/{W}trHeight")
    value = said.get(f"{W}val", "") if said is not None else ""
    return int(value) if value.isdigit() else 0


def _is_of_total(reading: TableReading, cell: WordCell) -> bool:
    """Whether a cell stands in a row of sums, where nothing but figures can be filled in."""
    row = reading.row_labels(cell)
    return bool(row) and is_total(row[-1].text) and not reading.is_side_by_side(cell.row)


def _labels(reading: TableReading, cell: WordCell, record: Records | None = None) -> tuple[str, ...]:
    """The labels of a blank, outermost first: the title it stands under, those of its row, those of its column."""
    if record is None:
        title = reading.title_of(cell.row)
        found = [*([title] if title else []), *(label.text for label in reading.row_labels(cell))]
    else:
        found = _around_records(reading, cell)
    is_headed = not reading.is_side_by_side(cell.row) or reading.heads_repeat(cell)
    heads = reading.heads_of(cell) if is_headed else []
    if record is not None and not any(map(plain_label, heads)):
        heads = [f"第{cell.number}列"]
    found += heads
    said = [plain_label(label) for label in found]
    return tuple(label for label in said if label)
