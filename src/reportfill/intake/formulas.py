"""Formulas of the workbook, as text: references, ranges and sums. Functions of Excel 2010 and before only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from reportfill.pack.grid import Cell, column_letters

_LIKE_A_CELL = re.compile(r"[A-Z]{1,3}[0-9]+|R[0-9]*(?:C[0-9]*)?|C[0-9]*", re.IGNORECASE)
_LONGEST_TEXT = 255
"""Characters of one text within a formula; longer ones are joined of several."""


def sheet_name(sheet: str) -> str:
    """A sheet's name as formulas need it: '表三'."""
    return "'" + sheet.replace("'", "''") + "'"


def defined_name(path: str) -> str:
    """The name of a field's cells: its dotted path, with _ before one that Excel would take for a cell (Q1, R)."""
    return f"_{path}" if _LIKE_A_CELL.fullmatch(path) else path


def absolute(cells: Sequence[Cell]) -> str:
    """The reference of a defined name to a cell or to a block of rows: '表三'!$D$7."""
    corners = dict.fromkeys((cells[0], cells[-1]))
    return f"{sheet_name(cells[0].sheet)}!" + ":".join(
        f"${column_letters(cell.column)}${cell.row + 1}" for cell in corners
    )


def text(value: str) -> str:
    """A text within a formula."""
    pieces = [value[start : start + _LONGEST_TEXT] for start in range(0, len(value), _LONGEST_TEXT)] or [""]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)


def ranges(cells: Iterable[Cell], sheet: str) -> list[str]:
    """The fewest rectangles that hold just these cells, as references from a sheet: D7:I7, '表二'!B5."""
    return [_reference(*corners, sheet) for corners in _corners(cells)]


def rectangles(cells: Iterable[Cell]) -> list[tuple[Cell, ...]]:
    """The cells, apart in those same rectangles, row by row."""
    return [
        tuple(
            Cell(first.sheet, row, column)
            for row in range(first.row, last.row + 1)
            for column in range(first.column, last.column + 1)
        )
        for first, last in _corners(cells)
    ]


def sum_of(cells: Sequence[Cell], sheet: str) -> str:
    """The sum of cells: SUM(D7:I7). Unlike +, it passes over a text that somebody typed."""
    return f"SUM({','.join(ranges(cells, sheet))})" if cells else "0"


def blanks_in(cells: Sequence[Cell], sheet: str) -> str:
    """How many of the cells are blank: COUNTBLANK(D7:I7)+COUNTBLANK(D9)."""
    return "+".join(f"COUNTBLANK({part})" for part in ranges(cells, sheet)) or "0"


def _reference(first: Cell, last: Cell, sheet: str) -> str:
    where = "" if first.sheet == sheet else f"{sheet_name(first.sheet)}!"
    return f"{where}{first.address}" + ("" if first == last else f":{last.address}")


def _corners(cells: Iterable[Cell]) -> Iterator[tuple[Cell, Cell]]:
    """Runs along the rows, those that stand right below each other taken together."""
    found: list[tuple[Cell, Cell]] = []
    for first, last in _runs(cells):
        above = [(top, bottom) for top, bottom in found if _continues(top, bottom, first, last)]
        if above:
            found[found.index(above[0])] = (above[0][0], last)
        else:
            found.append((first, last))
    yield from found


def _continues(top: Cell, bottom: Cell, first: Cell, last: Cell) -> bool:
    same_columns = (top.sheet, top.column, bottom.column) == (first.sheet, first.column, last.column)
    return same_columns and bottom.row + 1 == first.row


def _runs(cells: Iterable[Cell]) -> Iterator[tuple[Cell, Cell]]:
    run: list[Cell] = []
    for cell in sorted(set(cells)):
        if run and (cell.sheet, cell.row, cell.column) != (run[-1].sheet, run[-1].row, run[-1].column + 1):
            yield run[0], run[-1]
            run = []
        run.append(cell)
    if run:
        yield run[0], run[-1]
