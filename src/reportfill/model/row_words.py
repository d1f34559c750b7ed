"""What people call a row: by its first text, or by its number where it has none, within the one around it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reportfill.model.fields import RowGroup
from reportfill.model.row_paths import field_path, row_around, row_number
from reportfill.text import cut

_LONGEST = 20
"""Characters of a row's text by which it is called."""


def words_of_row(groups: Mapping[str, RowGroup], row: str, values: Mapping[str, Any]) -> str:
    """What people call a row of one of these groups whose values are among those by path."""
    group, outer = groups[field_path(row)], row_around(row)
    name = values.get(row + group.naming.path[len(group.path) :]) if group.naming else None
    return called(name, row_number(row), words_of_row(groups, outer, values) if outer else "")


def called(name: object, number: int, around: str = "") -> str:
    """What a row is called that has this name, or none, counted from 0 within the one `around` it, if any."""
    if isinstance(name, str) and name.strip():
        return cut(name, _LONGEST)
    return f"{around} · 第{number + 1}行" if around else f"第{number + 1}行"
