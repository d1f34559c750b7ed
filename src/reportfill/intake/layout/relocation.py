"""Where the fields of one sheet of the form stand in a sheet whose rows or columns were inserted, deleted or moved.

Rows and columns keep their order when others are inserted or deleted. So the form's labels, laid over the labels of the
sheet in order, say where each row and column went; a field with a label of its own at the side and one above is found
by them. The workbook's defined names follow every change that a spreadsheet program makes: they tell the same again,
and tell it also for rows that have no label.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from reportfill.finding import Finding, finding
from reportfill.intake.layout.alignment import Alignment, alignment_of
from reportfill.intake.layout.defined_names import Names
from reportfill.model.labels import folded
from reportfill.office.grid import Grid
from reportfill.office.workbook.formulas import Area, defined_name
from reportfill.pack.form import Form, Label
from reportfill.place import Cell

_NAMED = 5
"""Labels that one finding names."""

Line = Mapping[int, Alignment]
"""Where rows (or columns) of the form that have labels lie in the sheet."""


@dataclass(frozen=True)
class Relocated:
    """The fields of one sheet of the form that were found in a sheet, and what there is to say of the others.

    `by_distance` are those whose row or column has no label and no defined name: they are where they were from the
    nearest one that has.
    """

    sheet: str
    inputs: Mapping[str, tuple[Cell, ...]]
    by_distance: frozenset[str]
    findings: tuple[Finding, ...]
    is_complete: bool

    def without_those_by_distance(self) -> Relocated:
        """The same without the fields that were found by their distance, which are named: figures beside the form may
        be the ones meant."""
        if not self.by_distance:
            return self
        inputs = {path: cells for path, cells in self.inputs.items() if path not in self.by_distance}
        cell = next(self.inputs[path][0] for path in self.inputs if path in self.by_distance)
        named = finding("workbook.ambiguous", cell=cell, value=self.sheet, count=len(self.by_distance))
        return replace(self, inputs=inputs, findings=(*self.findings, named), is_complete=False)


def relocated(grid: Grid, form: Form, original: str, sheet: str, names: Names) -> Relocated:
    """Where the fields of the form's sheet `original` stand in the workbook's `sheet`; `names` are the workbook's
    defined names, none where its format or program keeps none."""
    return _Search(grid, form, original, sheet, names).result()


class _Search:
    """The search for the fields of one sheet of the form in one sheet of a workbook."""

    def __init__(self, grid: Grid, form: Form, original: str, sheet: str, names: Names) -> None:
        self._grid = grid
        self._form = form
        self._original = original
        self._sheet = sheet
        self._paths = [path for path, cells in form.inputs.items() if cells[0].sheet == original]
        self._labels = [label for label in form.labels if label.cell.sheet == original]
        self._names = self._names_here(names)
        self._left, self._above = self._labels_by_path()

    def result(self) -> Relocated:
        """Every field that is certain, and why others are not."""
        places = {path: cells for path in self._paths if (cells := self._cells(path))}
        by_distance = frozenset(path for path in places if self._is_by_distance(path))
        about_labels = list(self._about_labels())
        lost = [path for path in self._paths if path not in places]
        if lost and not about_labels:
            cell = self._form.inputs[lost[0]][0]._replace(sheet=self._sheet)
            about_labels.append(finding("workbook.ambiguous", cell=cell, value=self._sheet, count=len(lost)))
        return Relocated(self._sheet, places, by_distance, tuple(about_labels), not lost)

    def _names_here(self, names: Names) -> Mapping[str, Area | None]:
        """The names of this sheet's fields by path; none at all where the sheet lost them all."""
        known = {path: defined_name(path).lower() for path in self._paths}
        here = {path: names[name] for path, name in known.items() if name in names}
        return here if any(area and area.first.sheet in self._grid.names for area in here.values()) else {}

    def _labels_by_path(self) -> tuple[dict[str, Label], dict[str, Label]]:
        """The label at the left of each field, and the one above it."""
        left: dict[str, Label] = {}
        above: dict[str, Label] = {}
        for label in self._labels:
            for path in self._form.labels[label]:
                beside = left if label.cell.row == self._form.inputs[path][0].row else above
                beside[path] = label
        return left, above

    @cached_property
    def _texts(self) -> dict[Cell, str]:
        """Where labels of the form stand in the sheet, folded."""
        wanted = {folded(label.text) for label in self._labels}
        longest = max(map(len, wanted), default=0) * 4
        return {
            Cell(self._sheet, row, column): text
            for row, values in enumerate(self._grid.rows(self._sheet))
            for column, value in enumerate(values)
            if isinstance(value, str)
            and len(value) <= longest
            and (text := self._form.words(value)) in wanted
        }

    @cached_property
    def _rows(self) -> Line:
        """Where the rows with labels lie: in rows that hold at least half of their labels."""
        there: dict[int, set[str]] = {}
        for cell, text in self._texts.items():
            there.setdefault(cell.row, set()).add(text)
        rows = _grouped(self._labels, key=lambda label: label.cell.row)
        possible = [
            [row for row in sorted(there) if _most(folded(label.text) in there[row] for label in labels)]
            for labels in rows.values()
        ]
        return dict(zip(rows, alignment_of(possible), strict=True))

    @cached_property
    def _columns(self) -> Line:
        """Where the columns with labels lie: in columns that hold at least half of their labels in the right rows."""
        columns = _grouped(self._labels, key=lambda label: label.cell.column)
        possible = []
        for labels in columns.values():
            placed = [
                (self._rows[label.cell.row].certain, folded(label.text))
                for label in labels
                if self._rows[label.cell.row].certain is not None
            ]
            among = sorted({cell.column for cell in self._texts if any(cell.row == row for row, _ in placed)})
            possible.append(
                [
                    column
                    for column in among
                    if _most(
                        self._texts.get(Cell(self._sheet, row or 0, column)) == text for row, text in placed
                    )
                ]
            )
        return dict(zip(columns, alignment_of(possible), strict=True))

    def _cells(self, path: str) -> tuple[Cell, ...]:
        """The cells of a field; none where they are not certain."""
        original = self._form.inputs[path]
        first = self._first_cell(path, original[0])
        if first is None or self._is_fixed(path, first) or not self._has_its_labels(path, first):
            return ()
        last = first.row if len(original) == 1 else self._last_row(path, first, original)
        return tuple(first._replace(row=row) for row in range(first.row, last + 1))

    def _is_fixed(self, path: str, cell: Cell) -> bool:
        """Whether a text of the form stands in a cell, an explanation that slid to where a field was. Where the labels
        are in place, or the workbook's own name for the field says the same, it was typed."""
        is_certain = self._labels_are_in_place or path in self._names
        return not is_certain and self._grid.value(cell) in self._form.texts

    @cached_property
    def _labels_are_in_place(self) -> bool:
        return all(
            self._certain_labels.get(label) == label.cell._replace(sheet=self._sheet)
            for label in self._labels
        )

    def _first_cell(self, path: str, original: Cell) -> Cell | None:
        row, column = _lying(self._rows, original.row), _lying(self._columns, original.column)
        if path not in self._names:
            return None if row is None or column is None else Cell(self._sheet, row, column)
        area = self._names[path]
        if area is None or area.first.sheet != self._sheet:
            return None
        own_row, own_column = original.row in self._rows, original.column in self._columns
        if (own_row and area.first.row != row) or (own_column and area.first.column != column):
            return None
        return area.first

    def _has_its_labels(self, path: str, cell: Cell) -> bool:
        """Whether the nearest labels at the left of a cell and above it are the field's."""
        lefts = (cell._replace(column=column) for column in range(cell.column - 1, -1, -1))
        aboves = (cell._replace(row=row) for row in range(cell.row - 1, -1, -1))
        return self._meets_its_own(path, lefts, self._left) and self._meets_its_own(path, aboves, self._above)

    def _meets_its_own(self, path: str, cells: Iterable[Cell], beside: Mapping[str, Label]) -> bool:
        """Whether the first label of that side that the cells come by is the field's, if it has one there."""
        texts = {folded(label.text) for label in beside.values()}
        met = next((text for cell in cells if (text := self._texts.get(cell)) in texts), None)
        return met == (folded(beside[path].text) if path in beside else None)

    def _last_row(self, path: str, first: Cell, original: tuple[Cell, ...]) -> int:
        """The last row of a block: that of its name, else as far before the next labelled row as in the form."""
        area = self._names.get(path)
        if area is not None:
            return area.last.row
        behind = [row for row in self._rows if row > original[-1].row]
        following = self._rows[behind[0]].certain if behind else None
        if following is None:
            return first.row + len(original) - 1
        return max(first.row, following - (behind[0] - original[-1].row))

    def _is_by_distance(self, path: str) -> bool:
        original = self._form.inputs[path][0]
        labelled = original.row in self._rows and original.column in self._columns
        return not labelled and self._names.get(path) is None

    @cached_property
    def _certain_labels(self) -> dict[Label, Cell]:
        """Where the labels stand that are where their rows and columns say."""
        places: dict[Label, Cell] = {}
        for label in self._labels:
            row = self._rows[label.cell.row].certain
            column = self._columns[label.cell.column].certain
            if row is not None and column is not None:
                cell = Cell(self._sheet, row, column)
                if self._texts.get(cell) == folded(label.text):
                    places[label] = cell
        return places

    def _about_labels(self) -> Iterator[Finding]:
        """The labels that are not where the others say they should be: typed over, gone, or there twice."""
        lost = [label for label in self._labels if label not in self._certain_labels]
        twice = [label for label in lost if self._stands_in_several_places(label)]
        changed = {label: cell for label in lost if (cell := self._typed_over(label)) and label not in twice}
        for label, cell in changed.items():
            yield finding("workbook.moved", cell=cell, value=str(self._grid.value(cell)), expected=label.text)
        gone = [label for label in lost if label not in twice and label not in changed]
        for code, labels in (("workbook.label_missing", gone), ("workbook.label_twice", twice)):
            if labels:
                yield finding(code, value=_named(labels), sheet=self._sheet, expected=self._original)

    def _stands_in_several_places(self, label: Label) -> bool:
        return max(len(self._rows[label.cell.row].places), len(self._columns[label.cell.column].places)) > 1

    def _typed_over(self, label: Label) -> Cell | None:
        """The cell of a label in whose place something else stands; None where the label is gone with its cell."""
        row, column = _between(self._rows, label.cell.row), _between(self._columns, label.cell.column)
        if row is None or column is None:
            return None
        cell = Cell(self._sheet, row, column)
        is_other = self._grid.value(cell) != "" and cell not in self._certain_labels.values()
        return cell if is_other else None


def _lying(line: Line, index: int) -> int | None:
    """Where a row or column of the form lies: where its labels are, else as far behind the nearest one that is
    certain as in the form."""
    if index in line:
        return line[index].certain
    certain = {known: laid.certain for known, laid in line.items() if laid.certain is not None}
    nearest = max((known for known in certain if known < index), default=None)
    if nearest is None:
        return index
    return certain[nearest] + index - nearest


def _between(line: Line, index: int) -> int | None:
    """Where a row or column whose labels are lost would lie; None where the ones before and behind it disagree."""
    certain = {known: laid.certain for known, laid in line.items() if laid.certain is not None}
    if index in certain:
        return certain[index]
    before = max((known for known in certain if known < index), default=None)
    behind = min((known for known in certain if known > index), default=None)
    said = {certain[known] + index - known for known in (before, behind) if known is not None}
    return said.pop() if len(said) == 1 else None


def _grouped(labels: Iterable[Label], key: Callable[[Label], int]) -> dict[int, list[Label]]:
    groups: dict[int, list[Label]] = {}
    for label in labels:
        groups.setdefault(key(label), []).append(label)
    return dict(sorted(groups.items()))


def _named(labels: Sequence[Label]) -> str:
    """The first few of some labels in a row of words."""
    words = "、".join(" ".join(label.text.split()) for label in labels[:_NAMED])
    return f"{words}…" if len(labels) > _NAMED else words


def _most(facts: Iterable[bool]) -> bool:
    """Whether at least half of some facts are true, and any is."""
    known = list(facts)
    return any(known) and sum(known) * 2 >= len(known)
