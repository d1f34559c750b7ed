"""Where a form wants what the tool itself puts in: the tags form.…, some of them in a row that is repeated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportfill.pack.form import Form
from reportfill.place import Cell


def tool_cells(form: Form, group: str, parts: Sequence[str]) -> dict[str, Cell]:
    """The cells of the tags of a group by the last part of their name; those that the form has."""
    found = {part: form.tools.get(f"form.{group}.{part}") for part in parts}
    return {part: cells[0] for part, cells in found.items() if cells}


def below(cells: Mapping[str, Cell], rows: int) -> dict[str, Cell]:
    """The cells that many rows below those."""
    return {part: cell._replace(row=cell.row + rows) for part, cell in cells.items()}
