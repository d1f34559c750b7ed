"""What stands in a sheet where the form has nothing: it would be lost without a word."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from reportfill.decimals import is_number
from reportfill.finding import Finding, finding, named_together
from reportfill.model.visible import is_blank
from reportfill.office.grid import CellValue, Grid
from reportfill.pack.form import Form
from reportfill.place import Cell
from reportfill.text import cut

_LONGEST = 20
"""Characters of a text that a finding cites."""


class FormCells(NamedTuple):
    """The cells of a sheet that belong to the form: its inputs by place, what is fixed by its text. Above the first row
    stand titles and explanations."""

    cells: frozenset[Cell]
    is_fixed: Callable[[str], bool]
    first_row: int
    occupied: tuple[frozenset[int], ...] = ()


def form_cells_by_place(form: Form, sheet: str) -> FormCells:
    """The form's cells of a sheet that is laid out as the form has it: all of them by place."""
    return FormCells(frozenset(), lambda text: False, 0, form.occupied[sheet])


def outside_cells(grid: Grid, sheet: str, form_cells: FormCells) -> Iterator[Cell]:
    """The cells of a sheet that hold something and are none of the form's, row by row."""
    nothing: frozenset[int] = frozenset()
    occupied = form_cells.occupied
    for row, values in enumerate(grid.rows(sheet)):
        expected = occupied[row] if row < len(occupied) else nothing
        for column, value in enumerate(values):
            if value != "" and column not in expected and row >= form_cells.first_row:
                cell = Cell(sheet, row, column)
                if cell not in form_cells.cells and not _is_fixed(value, form_cells.is_fixed):
                    yield cell


def _is_fixed(value: CellValue, is_fixed: Callable[[str], bool]) -> bool:
    """Whether a cell holds a text of the form, or nothing that can be seen."""
    return isinstance(value, str) and (is_blank(value) or is_fixed(value))


def rows_beyond(
    cells: Sequence[Cell], columns: Iterable[tuple[Cell, ...]]
) -> tuple[list[Finding], list[Cell]]:
    """What there is to say of cells below a block of rows, in its columns: rows that belong into it. With the cells of
    which that says nothing."""
    ends = {column[0].column: column[-1] for column in columns}
    beyond = [cell for cell in cells if cell.column in ends and cell.row > ends[cell.column].row]
    if not beyond:
        return [], list(cells)
    rows = list(dict.fromkeys(cell.row for cell in beyond))
    last = ends[beyond[0].column]
    said = finding("rows.beyond", cell=beyond[0], cells=beyond, value=len(rows), expected=last.row + 1)
    return [said], [cell for cell in cells if cell not in beyond]


def outside_findings(
    grid: Grid, cells: Sequence[Cell], blocks: Iterable[tuple[Cell, ...]]
) -> Iterator[Finding]:
    """What there is to say of cells outside the form: a text in a column of the narrative would be missing in the
    report, anything else is a remark that the report does not take."""
    starts: dict[int, int] = {}
    for block in blocks:
        starts[block[0].column] = min(block[0].row, starts.get(block[0].column, block[0].row))
    lost = [
        cell
        for cell in cells
        if cell.column in starts and cell.row >= starts[cell.column] and not is_number(grid.value(cell))
    ]
    remarks = [cell for cell in cells if cell not in lost]
    for code, found in (("text.outside", lost), ("cell.outside", remarks)):
        if found:
            yield finding(
                code,
                cell=found[0],
                cells=found,
                value=cut(str(grid.value(found[0])), _LONGEST),
                places=named_together(found),
            )
