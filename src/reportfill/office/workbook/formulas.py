"""Formulas of the workbook, as text: references, ranges and sums. Functions of Excel 2010 and before only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from reportfill.place import Cell, column_letters

_LIKE_A_CELL = re.compile(r"[A-Z]{1,3}[0-9]+|R[0-9]*(?:C[0-9]*)?|C[0-9]*", re.IGNORECASE)
_LONGEST_TEXT = 255
"""Characters of one text within a formula; longer ones are joined of several."""


class Area(NamedTuple):
    """A rectangle of cells by its first and last one."""

    first: Cell
    last: Cell

    def reference(self, sheet: str) -> str:
        """How formulas of a sheet name it: D7:I7, from another sheet '表二'!B5."""
        where = "" if self.first.sheet == sheet else f"{sheet_name(self.first.sheet)}!"
        return f"{where}{self.first.address}" + ("" if self.first == self.last else f":{self.last.address}")


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


@lru_cache(maxsize=4096)
def text(value: str) -> str:
    """A text within a formula."""
    pieces = [value[start : start + _LONGEST_TEXT] for start in range(0, len(value), _LONGEST_TEXT)] or [""]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)


@lru_cache(maxsize=4096)
def link(target: Cell, shown: str) -> str:
    """The formula of a link to another cell of the workbook."""
    address = f"#{sheet_name(target.sheet)}!{target.address}"
    return f"HYPERLINK({text(address)},{text(shown)})"


# A form's cells are asked for anew with every workbook that is made.
@lru_cache(maxsize=65536)
def areas(cells: tuple[Cell, ...]) -> tuple[Area, ...]:
    """The fewest rectangles that hold just these cells: runs along the rows, those that stand right below each other
    taken together."""
    found: list[Area] = []
    for run in _runs(cells):
        above = [area for area in found if _continues(area, run)]
        if above:
            found[found.index(above[0])] = Area(above[0].first, run.last)
        else:
            found.append(run)
    return tuple(found)


@lru_cache(maxsize=65536)
def ranges(cells: tuple[Cell, ...], sheet: str) -> tuple[str, ...]:
    """The same rectangles as references from a sheet."""
    return tuple(area.reference(sheet) for area in areas(cells))


def rectangles(cells: Iterable[Cell]) -> list[tuple[Cell, ...]]:
    """The cells, apart in those same rectangles, row by row."""
    return [
        tuple(
            Cell(first.sheet, row, column)
            for row in range(first.row, last.row + 1)
            for column in range(first.column, last.column + 1)
        )
        for first, last in areas(tuple(cells))
    ]


def sum_of(cells: Sequence[Cell], sheet: str) -> str:
    """The sum of cells: SUM(D7:I7). Unlike +, it passes over a text that somebody typed."""
    return f"SUM({','.join(ranges(tuple(cells), sheet))})" if cells else "0"


def blanks_in(cells: Sequence[Cell], sheet: str) -> str:
    """How many of the cells are blank: COUNTBLANK(D7:I7)+COUNTBLANK(D9)."""
    return "+".join(f"COUNTBLANK({part})" for part in ranges(tuple(cells), sheet)) or "0"


def _continues(above: Area, run: Area) -> bool:
    same_columns = above.first.column == run.first.column and above.last.column == run.last.column
    return same_columns and above.first.sheet == run.first.sheet and above.last.row + 1 == run.first.row


def _runs(cells: Iterable[Cell]) -> Iterator[Area]:
    run: list[Cell] = []
    for cell in sorted(set(cells)):
        if run and (cell.sheet, cell.row, cell.column) != (run[-1].sheet, run[-1].row, run[-1].column + 1):
            yield Area(run[0], run[-1])
            run = []
        run.append(cell)
    if run:
        yield Area(run[0], run[-1])
