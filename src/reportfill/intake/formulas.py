"""Formulas of the workbook, as text: references, ranges and sums. Functions of Excel 2010 and before only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reportfill.pack.grid import Cell, column_letters


def sheet_name(sheet: str) -> str:
    """A sheet's name as formulas need it: '表三'."""
    return "'" + sheet.replace("'", "''") + "'"


def absolute(cells: Sequence[Cell]) -> str:
    """The reference of a defined name to a cell or to a block of rows: '表三'!$D$7."""
    corners = dict.fromkeys((cells[0], cells[-1]))
    return f"{sheet_name(cells[0].sheet)}!" + ":".join(
        f"${column_letters(cell.column)}${cell.row + 1}" for cell in corners
    )


def text(value: str) -> str:
    """A text within a formula."""
    return '"' + value.replace('"', '""') + '"'


def ranges(cells: Iterable[Cell], sheet: str) -> list[str]:
    """The fewest rectangles that hold just these cells, as references from a sheet: D7:I7, '表二'!B5."""
    return [_reference(*corners, sheet) for corners in _rectangles(cells)]


def sum_of(cells: Sequence[Cell], sheet: str) -> str:
    """The sum of cells: SUM(D7:I7). Unlike +, it passes over a text that somebody typed."""
    return f"SUM({','.join(ranges(cells, sheet))})" if cells else "0"


def blanks_in(cells: Sequence[Cell], sheet: str) -> str:
    """How many of the cells are blank: COUNTBLANK(D7:I7)+COUNTBLANK(D9)."""
    return "+".join(f"COUNTBLANK({part})" for part in ranges(cells, sheet)) or "0"


def _reference(first: Cell, last: Cell, sheet: str) -> str:
    where = "" if first.sheet == sheet else f"{sheet_name(first.sheet)}!"
    return f"{where}{first.address}" + ("" if first == last else f":{last.address}")


def _rectangles(cells: Iterable[Cell]) -> Iterator[tuple[Cell, Cell]]:
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
