"""A table of Word as a table of a page: merged cells, heads of columns, labels of rows, and which belong to what."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reportfill.office.word_table import WordCell, word_table
from reportfill.office.xml import Element
from reportfill.outputs.page_draft.loops import PageLines
from reportfill.outputs.page_draft.table_roles import Role, TableRoles

_WIDE = 15
"""A table of more columns is printed across."""

CellContent = Callable[[Element], tuple[str, str]]
"""What gives the content of a cell, and how it is aligned."""


def put_table(
    lines: PageLines, element: Element, identifier: str, caption: str, heading: str, content: CellContent
) -> None:
    """Write a table within a group of its own, in which it can be moved where it is wider than the screen. Its
    caption names it; without one the heading does, given by its id."""
    _TableDraft(lines, TableRoles.of(word_table(element)), identifier, content).put(caption, heading)


class _TableDraft:
    def __init__(self, lines: PageLines, roles: TableRoles, identifier: str, content: CellContent) -> None:
        self._lines = lines
        self._roles = roles
        self._identifier = identifier
        self._content = content
        self._within: dict[WordCell, str] = {}
        """What tells the ids of a cell in the rounds of the loops around it."""
        self._numbers = {cell: number for number, cell in enumerate(roles.table.cells, 1)}
        self._has_ids = not roles.is_plain
        self._around = lines.numbers

    def put(self, caption: str, heading: str) -> None:
        named = self._identifier if caption else heading
        label = f' aria-labelledby="{named}"' if named else ""
        is_wide = self._roles.table.width > _WIDE
        self._lines.add(f'<div class="table{" wide" if is_wide else ""}" role="group" tabindex="0"{label}>')
        self._lines.add(f"<table{label if heading and not caption else ''}>")
        if caption:
            self._lines.add(f'<caption id="{self._identifier}">{caption}</caption>')
        parts = self._parts()
        for row in range(self._roles.table.height):
            self._lines.add(*parts.get(row, ()))
            self._put_row(row)
        self._lines.add(*parts.get(self._roles.table.height, ()), "</table>", "</div>")

    def _parts(self) -> dict[int, list[str]]:
        """What begins and ends before rows: the head, where it is that of the whole table, and bodies, one for the rows
        below each row of heads."""
        blocks, height = self._roles.head_blocks, self._roles.table.height
        breaks = [block.start for block in blocks if block.start > 0 and self._may_break(block.start)]
        if [block.start for block in blocks] == [0] and self._may_break(blocks[0].stop):
            return {
                0: ["<thead>"],
                blocks[0].stop: ["</thead>", "<tbody>"],
                height: ["</tbody>"],
            }
        found: dict[int, list[str]] = {0: ["<tbody>"], height: ["</tbody>"]}
        return {**{row: ["</tbody>", "<tbody>"] for row in breaks}, **found}

    def _may_break(self, row: int) -> bool:
        """Whether no cell and no statement goes on over the place before a row."""
        is_divided = any(cell.row < row < cell.bottom for cell in self._roles.table.cells)
        return not is_divided and not self._roles.is_within_statement(row)

    def _put_row(self, row: int) -> None:
        for cell in self._roles.table.starting_in(row):
            self._within[cell] = self._lines.numbers.removeprefix(self._around)
        if not self._roles.is_printed(row):
            for statement in self._roles.statements[row]:
                self._lines.add_statement(statement)
            return
        is_spanned = any(cell.rows > 1 for cell in self._roles.table.starting_in(row))
        self._lines.add('<tr class="spanned">' if is_spanned else "<tr>")
        column = 0
        for cell in self._roles.table.across(row):
            if cell.column > column:
                self._lines.add(_element("td", {"colspan": _span(cell.column - column)}, ""))
            column = cell.right
            if cell.row == row or self._roles.is_moving(cell):
                html = self._cell(cell, row)
                self._lines.add(*(_in_first_round(html) if self._roles.is_over_one_loop(cell) else [html]))
        self._lines.add("</tr>")

    def _cell(self, cell: WordCell, row: int) -> str:
        role, is_moving = self._roles.role(cell), self._roles.is_moving(cell)
        is_first = row == cell.row or not self._roles.is_printed(cell.row)
        html, align = self._content(cell.element) if is_first else ("", "")
        is_label = role is not Role.VALUE
        attributes = {
            "class": "left" if not is_label and align == "left" and html else "",
            "colspan": _span(cell.columns),
            **({} if is_moving else {"rowspan": _span(cell.rows)}),
            "scope": role.value,
            "id": self._id(cell) if is_label and self._has_ids else "",
            "headers": "" if is_label or not self._has_ids else " ".join(self._headers(cell, row)),
            **(self._going_down(cell) if is_moving else {}),
        }
        return _element("th" if is_label else "td", attributes, html)

    def _going_down(self, cell: WordCell) -> dict[str, str]:
        """What says how far a cell goes down that is printed with rows of loops: over all rounds of its one loop, or as
        far as the cells go that are the same."""
        if self._roles.is_over_one_loop(cell):
            return {"rowspan": "{{ loop.length }}"}
        return {"data-merge": f"{self._numbers[cell]}{self._within[cell]}"}

    def _headers(self, cell: WordCell, row: int) -> Iterator[str]:
        if cell.text.strip():
            yield from map(self._id, [*self._roles.heads(cell, row), *self._roles.labels(cell, row)])

    def _id(self, cell: WordCell) -> str:
        return f"{self._identifier}-{self._numbers[cell]}{self._within[cell]}"


def _in_first_round(html: str) -> list[str]:
    return ["{% if loop.first %}", html, "{% endif %}"]


def _span(number: int) -> str:
    return str(number) if number > 1 else ""


def _element(name: str, attributes: dict[str, str], html: str) -> str:
    said = "".join(f' {key}="{value}"' for key, value in attributes.items() if value)
    return f"<{name}{said}>{html}</{name}>"
