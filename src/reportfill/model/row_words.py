"""What people call a row: by its first text, or by its number where it has none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reportfill.model.fields import RowGroup
from reportfill.model.row_paths import row_number
from reportfill.text import cut

_LONGEST = 20
"""Characters of a row's text by which it is called."""


def words_of_row(group: RowGroup, row: str, values: Mapping[str, Any]) -> str:
    """What people call a row whose values are among those by path."""
    naming = group.naming
    name = values.get(row + naming.path[len(group.path) :]) if naming else None
    return called(name, row_number(row))


def called(name: object, number: int) -> str:
    """What a row is called that has this name, or none, counted from 0."""
    return cut(name, _LONGEST) if isinstance(name, str) and name.strip() else f"第{number + 1}行"
