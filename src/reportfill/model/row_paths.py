"""Paths in a report that has rows: units[2].permits is where a value stands, counted from 0, units.permits its field.

Rows may hold rows: classes[0].items[3].count. With * for a number a path stands for all rows: units[*].permits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

_NUMBER = re.compile(r"\[(?:[0-9]+|\*)\]")
_KEY = re.compile(r"\[([0-9]+)\]|([^.\[\]]+)")
_ALL = "[*]"

Rows = Mapping[str, Sequence[str]]
"""The rows that there are (units[0], units[1] …) by the path of their group: units."""


def field_path(path: str) -> str:
    """The path of a value's field, of a paragraph's, or of a group of rows."""
    return _NUMBER.sub("", path) if "[" in path else path


def row_around(path: str) -> str:
    """The row in which a value stands: units[2] of units[2].permits; empty where it stands in none."""
    return path[: path.rfind("].") + 1]


def row_number(row: str) -> int:
    """The number of a row, counted from 0."""
    return int(row[row.rfind("[") + 1 : -1])


def keys_of(path: str) -> list[str | int]:
    """The keys and numbers that lead to a value: units, 2, permits."""
    return [int(number) if number else key for number, key in _KEY.findall(path)]


def rows_in(paths: Iterable[str]) -> dict[str, list[str]]:
    """The rows in which values of these paths stand, in their order."""
    found: dict[str, None] = {}
    for path in paths:
        end = path.rfind("].")
        while end >= 0:
            row = path[: end + 1]
            if row in found:
                break
            found[row] = None
            end = path.rfind("].", 0, end)
    rows: dict[str, list[str]] = {}
    for row in found:
        rows.setdefault(field_path(row), []).append(row)
    return rows


@lru_cache(maxsize=16384)
def all_like(row: str) -> tuple[str, ...]:
    """The paths that stand for all rows among which one is: those within its own outer row, and those of all."""
    holder, _, _ = row.rpartition("[")
    outer = row_around(holder)
    rest = holder[len(outer) :]
    return tuple(f"{one}{rest}{_ALL}" for one in ((outer, *all_like(outer)) if outer else ("",)))


def is_over_rows(path: str) -> bool:
    """Whether a path stands for what all rows have."""
    return _ALL in path
