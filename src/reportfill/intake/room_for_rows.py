"""Room for more rows than a pack's workbook has: a roll-up has those of many reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any, NamedTuple

from reportfill.intake.row_columns import columns_of_rows, row_chains
from reportfill.office.inspection.extent import FORM
from reportfill.office.package import composed, parts_of
from reportfill.office.workbook.repeated_row import with_repeated_row
from reportfill.pack.form import read_intake
from reportfill.pack.pack import Pack
from reportfill.place import Cell


class _Block(NamedTuple):
    """The rows of a workbook that a table has: the path of its outermost rows, a cell of the last of them, and how many
    more there have to be."""

    path: str
    last: Cell
    lacking: int


def with_room_for(pack: Pack, lines: Mapping[str, int]) -> Pack:
    """The pack, its workbook with as many rows as each table needs, by the paths of fields in them."""
    lacking = [block for block in _blocks(pack, lines) if block.lacking]
    if not lacking:
        return pack
    parts = parts_of(pack.intake)
    for block in sorted(lacking, key=lambda one: one.last, reverse=True):  # what is below moves
        parts = with_repeated_row(parts, block.last.sheet, block.last.row, 1 + block.lacking)
    intake = composed(parts, level=1)
    return replace(pack, intake=intake, form=read_intake(intake, pack.manifest.formerly)[1])


def lines_needed(pack: Pack, data: Mapping[str, Any]) -> dict[str, int]:
    """How many rows of a workbook data take, by the paths of the fields in them."""
    return {path: len(column) for path, column in columns_of_rows(pack, data).items()}


def without_room(pack: Pack, lines: Mapping[str, int]) -> dict[str, int]:
    """The tables, by the paths of their outermost rows, for which no sheet is long enough, and how many rows there
    could be."""
    found: dict[str, int] = {}
    for sheet, blocks in groupby(_blocks(pack, lines), key=lambda one: one.last.sheet):
        rows = pack.form.occupied[sheet]
        width = max((column + 1 for row in rows for column in row), default=1)
        room = min(FORM.rows, FORM.cells // width) - len(rows)
        for block in blocks:
            if block.lacking > room:
                here = next(len(cells) for cells in pack.form.inputs.values() if block.last in cells)
                found[block.path] = here + room
            else:
                room -= block.lacking
    return found


def _blocks(pack: Pack, lines: Mapping[str, int]) -> Iterator[_Block]:
    for chain in row_chains(pack):
        known = [one.path for group in chain for one in group.fields if one.path in pack.form.inputs]
        if known:
            cells = pack.form.inputs[known[0]]
            yield _Block(chain[0].path, cells[-1], max(0, lines.get(known[0], 0) - len(cells)))
