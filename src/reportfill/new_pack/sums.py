"""The sums that a table proposes by its labels: 合计, 小计 and 总计 over its columns and rows, 其中 within what
stands before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from reportfill.new_pack.draft import Blank, FormPart, Sum
from reportfill.new_pack.table_reading import TableReading
from reportfill.new_pack.wording import is_part, is_subtotal, is_total
from reportfill.office.word_table import WordCell

Lane = tuple[WordCell | str, ...]
"""The labels of a row or a column, the outermost first: of cells, so that two with the same words are told apart."""


def sums_of(reading: TableReading, section: FormPart) -> list[Sum]:
    """The sums of a table's figures, those of its rows before those of its columns."""
    figures = {cell: blank for cell, blank in section.in_cells.items() if blank.asked.is_figure}
    columns = {
        cell: () if reading.is_continued(cell) else tuple(reading.head_cells(cell)) for cell in figures
    }
    bands = _bands_of_one_total(reading, columns)
    rows = {cell: _row_lane(reading, cell) for cell in figures}
    blocks = {cell: reading.title_of(cell.row) for cell in figures}
    beside = _parts_beside(figures, columns, rows)
    others = {cell: blank for cell, blank in figures.items() if cell not in beside}
    along = [*_sums_along(figures, columns, lambda cell: (blocks[cell], rows[cell], cell.row))]
    down = [
        *_sums_along(
            others, rows, lambda cell: (blocks[cell], bands.get(cell) or (columns[cell], cell.column))
        )
    ]
    return [*along, *beside.values(), *down]


def _parts_beside(
    figures: dict[WordCell, Blank], columns: Mapping[WordCell, Lane], rows: Mapping[WordCell, Lane]
) -> dict[WordCell, Sum]:
    """What is a part (其中) of the figure to its left, where labels and blanks stand in pairs without heads."""
    found: dict[WordCell, Sum] = {}
    for cell, blank in figures.items():
        if columns[cell] or not rows[cell] or not is_part(_last(rows[cell])):
            continue
        left = [other for other in figures if other.row == cell.row and other.column < cell.column]
        whole = max(left, key=lambda other: other.column, default=None)
        if whole is not None and _alike(blank, figures[whole]):
            found[cell] = Sum(figures[whole], (blank,), is_part=True)
    return found


def _bands_of_one_total(reading: TableReading, columns: Mapping[WordCell, Lane]) -> dict[WordCell, Lane]:
    """The heads of those columns that come again in a band beside theirs, where the bands have one sum between them."""
    bands: dict[Lane, list[WordCell]] = {}
    for cell in columns:
        if reading.heads_repeat(cell):
            bands.setdefault(tuple(reading.heads_of(cell)), []).append(cell)
    return {
        cell: heads
        for heads, cells in bands.items()
        if sum(is_total(label.text) for cell in cells for label in reading.row_labels(cell)[-1:]) == 1
        for cell in cells
    }


def _row_lane(reading: TableReading, cell: WordCell) -> Lane:
    labels = reading.row_labels(cell)
    is_record = any(cell.row in run for run in reading.records)
    return (*labels, *([f"{cell.row}"] if is_record or not labels else ()))


def _sums_along(
    figures: dict[WordCell, Blank], lanes: Mapping[WordCell, Lane], line_of: Callable[[WordCell], object]
) -> Iterator[Sum]:
    """The sums of each line of figures, by the labels that tell its figures apart."""
    lines: dict[object, list[WordCell]] = {}
    for cell in figures:
        lines.setdefault(line_of(cell), []).append(cell)
    for cells in lines.values():
        found: list[Sum] = []
        _terms([(lanes[cell], figures[cell]) for cell in cells if lanes[cell]], found)
        yield from found


def _terms(line: Sequence[tuple[Lane, Blank]], found: list[Sum]) -> list[Blank]:
    """The figures that stand for a line, or the part of one under a common label; its sums are added to those found.
    Where the part has a sum of its own, that stands for it."""
    opened: list[list[Blank]] = []
    closed: list[Blank] = []
    leading: Blank | None = None
    whole: list[Blank] = []
    for label, members in _by_first_label(line):
        leaf = members[0][1] if len(members) == 1 and len(members[0][0]) == 1 else None
        if is_part(label):
            parts = [leaf] if leaf else _leaves(members)
            found += [
                Sum(whole[0], (part,), is_part=True)
                for part in parts
                if len(whole) == 1 and _alike(part, whole[0])
            ]
        elif leaf and is_total(label):
            terms = [term for group in opened for term in group]
            if is_subtotal(label) and terms:
                _add(leaf, terms, found)
                closed, opened = [*closed, leaf], []
            elif terms or closed:
                _add(leaf, [*closed, *terms], found)
                closed, opened = [leaf], []
            else:
                leading = leaf
            whole = [leaf]
        else:
            whole = [leaf] if leaf else _terms([(lane[1:], blank) for lane, blank in members], found)
            opened.append(whole)
    terms = [*closed, *(term for group in opened for term in group)]
    if leading:
        _add(leading, terms, found)
        return [leading]
    return terms


def _by_first_label(line: Sequence[tuple[Lane, Blank]]) -> Iterator[tuple[str, list[tuple[Lane, Blank]]]]:
    groups: dict[WordCell | str, list[tuple[Lane, Blank]]] = {}
    for lane, blank in line:
        if lane:
            groups.setdefault(lane[0], []).append((lane, blank))
    for label, members in groups.items():
        yield (label if isinstance(label, str) else label.text), members


def _leaves(members: Sequence[tuple[Lane, Blank]]) -> list[Blank]:
    return [blank for lane, blank in members if not is_total(_last(lane))]


def _last(lane: Lane) -> str:
    label = lane[-1]
    return label if isinstance(label, str) else label.text


def _add(whole: Blank, terms: Sequence[Blank], found: list[Sum]) -> None:
    """The sum of those terms that are counted as the whole is."""
    parts = tuple(term for term in terms if _alike(term, whole))
    if len(parts) > 1 or any(part.records is not whole.records for part in parts):
        found.append(Sum(whole, parts))


def _alike(one: Blank, other: Blank) -> bool:
    """Whether two figures can be added up: rates never."""
    if one.asked.unit in ("%", "‰"):
        return False
    units = {one.asked.unit, other.asked.unit} - {""}
    return one.asked.schema["type"] == other.asked.schema["type"] and len(units) < 2
