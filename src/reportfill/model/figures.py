"""Figures: the numbers of a report by their dotted paths."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    return found


def value_at(data: Mapping[str, Any], path: str) -> Any:
    """The value at a dotted path, or None where there is none."""
    value: Any = data
    for key in path.split("."):
        if not isinstance(value, _OBJECTS):
            return None
        value = value.get(key)
    return value


def with_values(data: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of nested data with the values at those dotted paths set. A path through a value that is no
    object is left as it stands, for the schema to name."""
    copy = _copy(data)
    holders: dict[str, dict[str, Any] | None] = {"": copy}
    for path, value in values.items():
        parents, _, key = path.rpartition(".")
        if parents not in holders:
            holders[parents] = _holder(copy, parents.split("."))
        holder = holders[parents]
        if holder is not None:
            holder[key] = value
    return copy


def _holder(data: dict[str, Any], parents: Iterable[str]) -> dict[str, Any] | None:
    """The object at that place within nested data, made if need be; None behind a value that is no object."""
    holder: Any = data
    for parent in parents:
        holder = holder.setdefault(parent, {}) if isinstance(holder, dict) else None
    return holder if isinstance(holder, dict) else None


def _copy(data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: _copy(value) if not is_number(value) and isinstance(value, _OBJECTS) else value
        for key, value in data.items()
    }
