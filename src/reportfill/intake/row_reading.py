"""The rows of a workbook: where one begins and what it holds, rows without anything passed over.

Rows within rows share the workbook's rows. What stands around one holds for the rows below it, whose cells are blank
there or say the same, until something else is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reportfill.finding import Finding, finding
from reportfill.model.fields import Field, RowGroup
from reportfill.model.labels import folded
from reportfill.model.row_words import called
from reportfill.model.visible import is_blank
from reportfill.office.grid import CellValue, Grid
from reportfill.pack.pack import Pack
from reportfill.place import Cell

Quick = Callable[[Field, Cell, CellValue], Any]
"""The value of a cell about which there is nothing to say; None for any other."""

InFull = Callable[[Field, Cell], Any]
"""The value of a field in its row; what there is to say is said."""


@dataclass
class RowsRead:
    """What rows hold, by path, with where each value stands, and what there is to say of the rows as such."""

    values: dict[str, Any] = field(default_factory=dict)
    places: dict[str, Cell] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


class _Level:
    """Rows of one group as they are gone through: the row that is open, and how many there are within its own."""

    def __init__(
        self, pack: Pack, group: RowGroup, inputs: Mapping[str, tuple[Cell, ...]], outer: _Level | None
    ) -> None:
        known = [one for one in group.fields if one.path in inputs]
        self.group, self.outer = group, outer
        self.typed = [(one, inputs[one.path]) for one in known if not pack.is_derived(one.path)]
        self.keys = {one.path: one.path[len(group.path) :] for one in known}
        self.derived = [(one, inputs[one.path]) for one in known if pack.is_derived(one.path)]
        self.row = ""
        self.said: dict[str, CellValue] = {}
        self.number = 0

    def begin(self, within: str, said: dict[str, CellValue]) -> str:
        """Open the next row, of those of an outer row or of the report."""
        key = self.group.path[len(self.group.within) + 1 :] if within else self.group.path
        self.row = f"{within}.{key}[{self.number}]" if within else f"{key}[{self.number}]"
        self.number, self.said = self.number + 1, said
        return self.row

    def goes_on(self, said: Mapping[str, CellValue]) -> bool:
        """Whether what is typed is what the open row has; of texts their width and blanks do not count."""
        return all(folded(self.said.get(path, "")) == folded(value) for path, value in said.items())

    def first_cell(self, line: int) -> Cell:
        """Where in a row of the workbook a row of the group is typed: its first cell that has to be."""
        due = [cells for one, cells in self.typed if one.is_due_in_row]
        return next(iter((*due, *(cells for _, cells in self.typed))))[line]

    def words(self) -> str:
        """What people call the row that is open."""
        naming = self.group.naming
        around = self.outer.words() if self.outer else ""
        return called(self.said.get(naming.path) if naming else None, self.number - 1, around)


def read_rows(
    grid: Grid,
    pack: Pack,
    chain: Sequence[RowGroup],
    inputs: Mapping[str, tuple[Cell, ...]],
    quick: Quick,
    in_full: InFull,
) -> RowsRead:
    """The rows that share a block of the workbook, of groups that lie within each other; none where no field of theirs
    has a place."""
    read = RowsRead()
    levels: list[_Level] = []
    for group in chain:
        levels.append(_Level(pack, group, inputs, levels[-1] if levels else None))
    blocks = [cells for level in levels for _, cells in level.typed]
    if not blocks:
        return read
    blank: list[Cell] = []
    gaps: list[Cell] = []
    for line in range(min(map(len, blocks))):
        is_begun = False
        for depth, level in enumerate(levels):
            said = _said(grid, level, line)
            outer = levels[depth - 1].row if depth else ""
            if not said and not (
                depth + 1 < len(levels) and not level.row and _holds_more(grid, levels, depth, line)
            ):
                continue
            is_begun = True
            is_innermost = depth + 1 == len(levels)
            if is_innermost or not level.row or not level.goes_on(said):
                row = level.begin(outer, said)
                for inner in levels[depth + 1 :]:
                    inner.row, inner.said, inner.number = "", {}, 0
                if not is_innermost:
                    within = row + levels[depth + 1].group.path[len(level.group.path) :]
                    read.values[within], read.places[within] = [], levels[depth + 1].first_cell(line)
                _read_row(grid, level, line, read, quick, in_full)
        if is_begun:
            gaps, blank = gaps + blank, []
        else:
            blank.append(blocks[0][line])
    _report_gaps(read, chain[0], gaps)
    _settle(read, chain[0], blocks[0][0])
    return read


def _said(grid: Grid, level: _Level, line: int) -> dict[str, CellValue]:
    """What was typed for the rows of a group in one row of the workbook, by path."""
    values = ((one.path, grid.value(cells[line])) for one, cells in level.typed)
    return {
        path: value
        for path, value in values
        if value != "" and not (isinstance(value, str) and is_blank(value))
    }


def _holds_more(grid: Grid, levels: Sequence[_Level], depth: int, line: int) -> bool:
    """Whether something was typed for rows within, though nothing was for the one around them."""
    return any(_said(grid, level, line) for level in levels[depth + 1 :])


def _read_row(grid: Grid, level: _Level, line: int, read: RowsRead, quick: Quick, in_full: InFull) -> None:
    words = ""
    contents = [(one, cells[line], level.said.get(one.path, "")) for one, cells in level.typed]
    contents += [(one, cells[line], grid.value(cells[line])) for one, cells in level.derived]
    for one, cell, content in contents:
        path = level.row + level.keys[one.path]
        read.places[path] = cell
        value = quick(one, cell, content)
        if value is None:
            words = words or level.words()
            value = in_full(one.in_row(level.row, words), cell)
        if value is not None and value != []:
            read.values[path] = value


def _report_gaps(read: RowsRead, group: RowGroup, gaps: Sequence[Cell]) -> None:
    if gaps:
        rows = "、".join(str(cell.row + 1) for cell in gaps[:_NAMED]) + ("…" if len(gaps) > _NAMED else "")
        read.findings.append(
            finding("rows.gap", field=group.path, cell=gaps[0], cells=gaps, label=group.label, value=rows)
        )


def _settle(read: RowsRead, group: RowGroup, first: Cell) -> None:
    """What stands for rows of which there are none; a list that got rows is no value of its own."""
    read.places[group.path] = first
    empty = {path for path, value in read.values.items() if value == [] and not path.endswith("]")}
    begun = {path[: path.rfind("[")] for path in _rows(read.values)} if empty else set()
    for path in empty & begun:
        del read.values[path]
    if not group.optional_group and not any(path.startswith(f"{group.path}[") for path in read.values):
        read.values[group.path] = []


def _rows(paths: Mapping[str, Any]) -> Iterator[str]:
    for path in paths:
        end = path.rfind("].")
        if end >= 0:
            yield path[: end + 1]


_NAMED = 5
"""So many rows of a gap are named."""
