"""Sums over rows: units[*].permits is what all units have together, a figure like any other to whoever asks for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from reportfill.decimals import Number
from reportfill.model.fields import Field, RowGroup
from reportfill.model.row_paths import Rows, all_like


def row_sums(group: RowGroup, figures: Mapping[str, Number], rows: Rows) -> dict[str, Number]:
    """What the figures of all rows of a group come to, by the paths that stand for all of them: those within each outer
    row, and those of all. A sum is left out of which a part is missing that each row has to have."""
    alike = {row: all_like(row) for row in rows.get(group.path, ())}
    beginnings = _beginnings(group, rows)
    found: dict[str, Number] = {}
    for field in group.fields:
        if field.kind.is_number:
            key = field.path[len(group.path) :]
            sums: dict[str, Number] = dict.fromkeys(beginnings, 0)
            unknown: set[str] = set()
            for row, sums_of_it in alike.items():
                figure = figures.get(row + key)
                if figure is None:
                    unknown.update(sums_of_it if field.is_due_in_row else ())
                    continue
                for one in sums_of_it:
                    sums[one] = sums.get(one, 0) + figure
            found |= {one + key: value for one, value in sums.items() if one not in unknown}
    return found


def _beginnings(group: RowGroup, rows: Rows) -> Collection[str]:
    """The paths that stand for all rows of a group, also where there are none: their sum is 0, unless it may be that
    they are not asked for, or left out."""
    if group.optional_group or (group.fields and group.fields[0].conditions):
        return ()
    if not group.within:
        return (f"{group.path}[*]",)
    inside = group.path[len(group.within) :] + "[*]"
    outer = rows.get(group.within, ())
    holders = {one for row in outer for one in (row, *all_like(row))} | set(all_like(f"{group.within}[0]"))
    return {holder + inside for holder in holders}


def of_all_rows(groups: Mapping[str, RowGroup], field: Field) -> str:
    """The path of what all rows have together of a field; the field's own where it stands in none."""
    return _of_all(groups, field.rows) + field.path[len(field.rows) :]


def _of_all(groups: Mapping[str, RowGroup], rows: str) -> str:
    if not rows:
        return ""
    within = groups[rows].within
    return f"{_of_all(groups, within)}{rows[len(within) :]}[*]"


def all_row_sums(
    groups: Mapping[str, RowGroup], figures: Mapping[str, Number], rows: Rows
) -> dict[str, Number]:
    """The sums over the rows of every group."""
    found: dict[str, Number] = {}
    for group in groups.values():
        found |= row_sums(group, figures, rows)
    return found
