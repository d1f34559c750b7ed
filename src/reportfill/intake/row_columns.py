"""Rows as the workbook has them: below each other, each field in a column of its own.

Rows within rows share the workbook's rows: one for each innermost, what stands around it on its first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from reportfill.model.fields import Field, RowGroup
from reportfill.model.figures import value_at
from reportfill.model.row_paths import field_path, is_over_rows
from reportfill.office.workbook.formulas import ranges
from reportfill.pack.balances import Balance, Term
from reportfill.pack.pack import Pack
from reportfill.place import Cell

Columns = Mapping[str, Sequence[Any]]
"""What the fields of rows have in each row of the workbook, by path; None where a cell is blank."""


@lru_cache(maxsize=16)
def row_chains(pack: Pack) -> tuple[tuple[RowGroup, ...], ...]:
    """The rows that share rows of the workbook, outer ones first."""
    return tuple(
        tuple(reversed(list(_outwards(pack, group))))
        for group in pack.rows.values()
        if not any(other.within == group.path for other in pack.rows.values())
    )


def _outwards(pack: Pack, group: RowGroup) -> Iterator[RowGroup]:
    yield group
    if group.within:
        yield from _outwards(pack, pack.rows[group.within])


def columns_of_rows(pack: Pack, data: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The columns of all rows in nested data."""
    columns: dict[str, list[Any]] = {}
    for chain in row_chains(pack):
        rows = value_at(data, chain[0].path)
        lines = list(_lines(chain, rows if isinstance(rows, list) else []))
        for group in chain:
            for field in group.fields:
                columns[field.path] = [line.get(field.path) for line in lines]
    return columns


def _lines(chain: Sequence[RowGroup], rows: Sequence[Any]) -> Iterator[dict[str, Any]]:
    """What stands in each row of the workbook for some rows, with those within them."""
    group, *inner = chain
    for row in rows:
        if not isinstance(row, Mapping):
            continue
        start = len(group.path) + 1
        own = {field.path: field.kind.given(value_at(row, field.path[start:])) for field in group.fields}
        within = value_at(row, inner[0].path[start:]) if inner else None
        lines = list(_lines(inner, within)) if isinstance(within, list) else []
        yield own | (lines[0] if lines else {})
        yield from lines[1:]


def cells_of(pack: Pack, term: Term) -> tuple[Cell, ...]:
    """The cells of a figure that takes part in a balance: one, or those of all rows. Where it follows from others in
    each row, those are meant: a row that somebody puts in has no formula."""
    path = field_path(term.path)
    if not is_over_rows(term.path):
        return pack.form.inputs[path][:1]
    typed = list(_typed(pack, [path]))
    columns = typed if len(set(typed)) == len(typed) else [path]
    return tuple(cell for column in columns for cell in pack.form.inputs[column])


def typed_cells(pack: Pack, group: RowGroup) -> list[tuple[Cell, ...]]:
    """The columns of rows that are to be typed into."""
    return [pack.form.inputs[field.path] for field in group.fields if not pack.is_derived(field.path)]


def begun(pack: Pack, group: RowGroup, sheet: str) -> str:
    """A formula with 1 for each row into which something was typed, and 0 for each other one."""
    columns = [_column(cells, sheet) for cells in typed_cells(pack, group)]
    return "((" + "+".join(f'({column}<>"")' for column in columns) + ")>0)"


def open_in_rows(pack: Pack, fields: Sequence[Field], sheet: str) -> str:
    """A formula of how many cells of fields of the same rows are open, in rows into which something was typed. One for
    all of them: Excel takes 8192 characters."""
    columns = (_column(pack.form.inputs[field.path], sheet) for field in fields)
    are_open = "+".join(f'({column}="")' for column in columns)
    return f"SUMPRODUCT({begun(pack, pack.rows[fields[0].rows], sheet)}*({are_open}))"


def lacks_rows(pack: Pack, group: RowGroup, sheet: str) -> str:
    """A formula that is 1 where nothing was typed into any row, and 0 elsewhere."""
    cells = tuple(cell for column in typed_cells(pack, group) for cell in column)
    return f"IF(COUNTA({_column(cells, sheet)})=0,1,0)"


def rows_out_of_balance(pack: Pack, balance: Balance, sheet: str) -> str:
    """A formula of how many rows do not keep to a balance of each row."""
    left, right = (
        "+".join(
            _column(pack.form.inputs[path], sheet) for path in _typed(pack, [term.path for term in side])
        )
        for side in (balance.left, balance.right)
    )
    if balance.relation == "only_where":
        return f"SUMPRODUCT((({left})<>0)*(({right})=0))"
    sign = "<" if balance.relation == "at_least" else "<>"
    return f"SUMPRODUCT(--(ROUND(({left})-({right}),6){sign}0))"


def _typed(pack: Pack, paths: Sequence[str]) -> Iterator[str]:
    """The fields that are typed, from which others follow in their row."""
    for path in paths:
        derived = pack.rules.derived.get(path)
        if derived is None or not can_be_counted(derived):
            yield path
        else:
            yield from _typed(pack, [term.path for term in derived.right])


def can_be_counted(balance: Balance) -> bool:
    """Whether a balance of each row speaks of cells of the same row of the workbook alone."""
    return not any(is_over_rows(term.path) for term in balance.terms)


def _column(cells: tuple[Cell, ...], sheet: str) -> str:
    return ",".join(ranges(cells, sheet))
