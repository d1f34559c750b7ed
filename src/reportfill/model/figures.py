"""Figures: the numbers of a report by their dotted paths."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reportfill.decimals import Number, exact, is_number

_OBJECTS = (dict, Mapping)
"""Objects of JSON, the usual kind first: to ask whether something is any Mapping takes ten times as long."""


def figures_of(data: Mapping[str, Any], prefix: str = "") -> dict[str, Number]:
    """All numbers in nested data, by dotted path: {"requests.received.total": 21, …}."""
    found: dict[str, Number] = {}
    for key, value in data.items():
        if type(value) is int:  # as nearly all are
            found[f"{prefix}{key}"] = value
        elif is_number(value):
            found[f"{prefix}{key}"] = exact(value)
        elif isinstance(value, _OBJECTS):
            found |= figures_of(value, f"{prefix}{key}.")
        elif isinstance(value, list):
            for number, row in enumerate(value):
                if isinstance(row, _OBJECTS):
                    found |= figures_of(row, f"{prefix}{key}[{number}].")
    return found


def value_at(data: Mapping[str, Any], path: str) -> Any:
    """The value at a dotted path, or None where there is none; at that of a field in rows a list of what each has."""
    value: Any = data
    keys = path.split(".")
    for depth, key in enumerate(keys):
        if isinstance(value, list):
            return [value_at(row, ".".join(keys[depth:])) for row in value if isinstance(row, _OBJECTS)]
        if not isinstance(value, _OBJECTS):
            return None
        value = value.get(key)
    return value


def with_values(data: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of nested data with the values at those dotted paths set. A path through a value that is no
    object is left as it stands, for the schema to name. Rows are set in their order."""
    copy = _copy(data)
    holders: dict[str, dict[str, Any] | None] = {"": copy}
    for path, value in values.items():
        parents, _, key = path.rpartition(".")
        if parents not in holders:
            holders[parents] = _holder(holders, parents)
        holder = holders[parents]
        if holder is not None:
            holder[key] = value
    return copy


def _holder(holders: dict[str, dict[str, Any] | None], path: str) -> dict[str, Any] | None:
    """The object at that place, made if need be, with those around it, which are kept among the `holders`; None behind
    a value that is no object."""
    if path not in holders:
        parents, _, last = path.rpartition(".")
        around = _holder(holders, parents)
        holders[path] = None if around is None else _within(around, last)
    return holders[path]


def _within(around: dict[str, Any], last: str) -> dict[str, Any] | None:
    """The object of that key, or the row of a key and a number, which is made behind those that there are."""
    key, _, number = last.partition("[")
    if not number:
        held = around.setdefault(key, {})
        return held if isinstance(held, dict) else None
    rows = around.setdefault(key, [])
    place = int(number.rstrip("]"))
    if not isinstance(rows, list) or place > len(rows):
        return None
    if place == len(rows):
        rows.append({})
    return rows[place] if isinstance(rows[place], dict) else None


def _copy(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value if type(value) in _SINGLE else _copied(value) for key, value in data.items()}


_SINGLE = frozenset((int, str, bool, type(None)))
"""The types of nearly all values that are neither a group nor a list: to ask for these is quickest."""


def _copied(value: Any) -> Any:
    if isinstance(value, list) and value and isinstance(value[0], _OBJECTS):
        return [_copied(row) for row in value]
    return _copy(value) if not is_number(value) and isinstance(value, _OBJECTS) else value
