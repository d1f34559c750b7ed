"""The rows of the form: one more, one less, and the lines of a table that they take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from reportfill.model.fields import RowGroup
from reportfill.model.figures import value_at
from reportfill.model.row_paths import field_path, keys_of
from reportfill.pack.pack import Pack
from reportfill.web.form.pointers import path_of
from reportfill.web.form.posted import rows_held


class TableLine(NamedTuple):
    """A line of a table: the rows that it is a part of, outer ones first; how many of them, counted from the outside,
    began before it; and how many lines each takes."""

    rows: tuple[str, ...]
    begun: int
    lines: tuple[int, ...]


def lines_of_rows(chain: Sequence[RowGroup], data: Mapping[str, Any], around: str = "") -> list[TableLine]:
    """The lines that the rows of some data take; one blank line where there are no rows."""
    group, *inner = chain
    rows = rows_held(value_at(data, group.path[len(group.within) + bool(group.within) :])) or [{}]
    path = around + group.path[len(group.within) :]
    found: list[TableLine] = []
    for number, row in enumerate(rows):
        here = f"{path}[{number}]"
        if not inner:
            found.append(TableLine((here,), 0, (1,)))
            continue
        below = lines_of_rows(inner, row, here)
        found += [
            TableLine((here, *line.rows), line.begun + 1 if place else 0, (len(below), *line.lines))
            for place, line in enumerate(below)
        ]
    return found


def with_row_added(pack: Pack, data: Mapping[str, Any], pointer: str) -> dict[str, Any]:
    """Data with a blank row where the pointer leads; as they were where it leads to no rows."""
    return _with_rows(pack, data, pointer, lambda rows, number: [*rows[:number], {}, *rows[number:]])


def with_row_removed(pack: Pack, data: Mapping[str, Any], pointer: str) -> dict[str, Any]:
    """Data without the row to which the pointer leads."""
    return _with_rows(pack, data, pointer, lambda rows, number: [*rows[:number], *rows[number + 1 :]])


def _with_rows(pack: Pack, data: Mapping[str, Any], pointer: str, changed: Any) -> dict[str, Any]:
    path = path_of(pointer)
    keys = keys_of(path)
    if field_path(path) not in pack.rows or not isinstance(keys[-1], int):
        return dict(data)
    made: dict[str, Any] = _changed(data, keys[:-1], keys[-1], changed)
    return made


def _changed(holder: Any, keys: Sequence[str | int], number: int, changed: Any) -> Any:
    """A copy of what holds rows, with those at the end of the keys changed; blank rows stand in for any that lack."""
    if not keys:
        return changed(rows_held(holder) or [{}], number)
    key, *rest = keys
    if isinstance(key, int):
        rows = rows_held(holder) or [{}]
        return [
            _changed(row, rest, number, changed) if place == key else row for place, row in enumerate(rows)
        ]
    known = dict(holder) if isinstance(holder, Mapping) else {}
    return known | {key: _changed(known.get(key), rest, number, changed)}
