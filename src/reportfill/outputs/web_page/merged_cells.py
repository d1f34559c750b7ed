"""Cells of a page that are merged with those below: how many rows that are shows once the rows are printed.

Such a cell stands in every row of a page template, marked with what it is a part of; those that follow each other in
one column and have the same mark become one, which keeps the first one's content. So Word does with its own.
"""

from __future__ import annotations

from typing import NamedTuple

from reportfill.office.xml import Element
from reportfill.outputs.web_page.html_tree import html_text_of, parsed_html

MARK = "data-merge"
"""The attribute that says of what a cell is a part."""


class _Above(NamedTuple):
    mark: str
    cell: Element


def with_merged_cells(page: str) -> str:
    """A page with its marked cells merged."""
    root = parsed_html(page)
    for table in root.iter("table"):
        _merge(table)
    for cell in root.iter("th", "td"):
        cell.attrib.pop(MARK, "")
    return html_text_of(root)


def _merge(table: Element) -> None:
    above: dict[int, _Above] = {}
    taken: dict[int, int] = {}
    for row in [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]:
        here: dict[int, _Above] = {}
        column = 0
        for cell in [cell for cell in row if cell.tag in ("th", "td")]:
            while taken.get(column):
                taken[column] -= 1
                column += 1
            mark, columns = cell.get(MARK, ""), _number(cell, "colspan")
            if mark:
                first = above.get(column)
                if first is not None and first.mark == mark:
                    first.cell.set("rowspan", str(_number(first.cell, "rowspan") + 1))
                    row.remove(cell)
                here[column] = first if first is not None and first.mark == mark else _Above(mark, cell)
            else:
                taken |= dict.fromkeys(range(column, column + columns), _number(cell, "rowspan") - 1)
            column += columns
        taken = {place: rows - (place >= column) for place, rows in taken.items()}
        above = here


def _number(cell: Element, name: str) -> int:
    said = cell.get(name, "")
    return int(said) if said.isdigit() else 1
