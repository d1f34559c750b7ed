"""A table of Word as a grid: every cell with the rows and columns that it spans (ECMA-376-1, 17.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reportfill.office.word_revisions import W
from reportfill.office.word_structure import cells_by_column, own_rows
from reportfill.office.word_text import ParagraphText, own_paragraphs
from reportfill.office.xml import Element

_MOST_COLUMNS = 63
"""As many Word has in a table."""

_USUAL_WIDTH = 1000
"""Twentieths of a point: of a column whose width no table says."""


@dataclass(frozen=True, eq=False)
class WordCell:
    """A cell: its first row and column, counted from 0, how many of each it spans, its number in its row as Word
    counts, and the element that holds its text."""

    row: int
    column: int
    rows: int
    columns: int
    number: int
    element: Element
    text: str

    @property
    def bottom(self) -> int:
        """The row below it."""
        return self.row + self.rows

    @property
    def right(self) -> int:
        """The column behind it."""
        return self.column + self.columns

    @property
    def holds_table(self) -> bool:
        """Whether another table stands in it."""
        return next(self.element.iter(f"{W}tbl"), None) is not None


@dataclass(frozen=True, eq=False)
class WordTable:
    """The cells of a table, row by row, the widths of its columns, and the cell at every place where there is one."""

    element: Element
    cells: Sequence[WordCell]
    widths: Sequence[int]
    places: Mapping[tuple[int, int], WordCell]
    height: int

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.widths)

    def starting_in(self, row: int) -> list[WordCell]:
        """The cells that begin in a row."""
        return [cell for cell in self.across(row) if cell.row == row]

    def across(self, row: int) -> list[WordCell]:
        """The cells of a row, those that began above it too, from left to right."""
        found = (self.places.get((row, column)) for column in range(self.width))
        return list(dict.fromkeys(cell for cell in found if cell is not None))

    def width_of(self, first: int, behind: int) -> int:
        """How wide the columns from the first one to that behind the last are together."""
        return sum(self.widths[first:behind])


def word_table(table: Element) -> WordTable:
    """The grid of a table."""
    rows = own_rows(table)
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    begun: dict[int, tuple[int, int]] = {}
    elements: dict[tuple[int, int], tuple[Element, int]] = {}
    for row, element in enumerate(rows):
        open_here: dict[int, tuple[int, int]] = {}
        for number, (column, cell) in enumerate(cells_by_column(element), 1):
            columns = _span(cell)
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            goes_on = merge is not None and merge.get(f"{W}val", "continue") == "continue"
            top = begun.get(column) if goes_on else None
            if top is not None and spans[top][1] == columns:
                spans[top] = (spans[top][0] + 1, columns)
            else:
                top = (row, column)
                spans[top], elements[top] = (1, columns), (cell, number)
            if merge is not None:
                open_here[column] = top
        begun = open_here
    cells = tuple(
        WordCell(row, column, *spans[row, column], number, element, text_of_cell(element))
        for (row, column), (element, number) in elements.items()
    )
    places = {place: cell for cell in cells for place in _covered(cell)}
    width = max((cell.right for cell in cells), default=0)
    return WordTable(table, cells, _widths(table, cells, width), places, len(rows))


def text_of_cell(cell: Element) -> str:
    """What a cell says, a line for each paragraph, without what stands in tables and text boxes within it."""
    return "\n".join(ParagraphText(paragraph).text for paragraph in own_paragraphs(cell))


def _covered(cell: WordCell) -> Iterator[tuple[int, int]]:
    for row in range(cell.row, cell.bottom):
        for column in range(cell.column, cell.right):
            yield row, column


def _span(cell: Element) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    said = span.get(f"{W}val", "1") if span is not None else "1"
    return min(max(int(said), 1), _MOST_COLUMNS) if said.isdigit() else 1


def _widths(table: Element, cells: Sequence[WordCell], width: int) -> list[int]:
    """The widths of the columns as the table's grid says, or as its cells do."""
    said = [_number(column) for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
    widths = (said + [0] * width)[:width]
    for cell in cells:
        if cell.columns == 1 and not widths[cell.column]:
            widths[cell.column] = _number(cell.element.find(f"{W}tcPr/{W}tcW"))
    return [number or _USUAL_WIDTH for number in widths]


def _number(element: Element | None) -> int:
    said = element.get(f"{W}w", "") if element is not None else ""
    return int(said) if said.isdigit() else 0
