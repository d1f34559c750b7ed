"""What inputs are called: the JSON pointer of their field (RFC 6901), as /units/2/permits for units[2].permits."""

from __future__ import annotations

import re

from reportfill.model.fields import Fields
from reportfill.model.row_paths import field_path, keys_of, row_around

_NUMBER = re.compile(r"/([0-9]+)(?=/|\Z)")
_LARGEST_ROW = 6
"""Digits that the number of a row may have."""


def pointer_of(path: str) -> str:
    """The pointer of a path; * in it stands for all rows."""
    return "".join(f"/{key}" for key in keys_of(path.replace("[*]", ".*")))


def path_of(pointer: str) -> str:
    """The path of a pointer; empty where it is none."""
    if not pointer.startswith("/") or any(len(one) > _LARGEST_ROW for one in _NUMBER.findall(pointer)):
        return ""
    return _NUMBER.sub(r"[\1]", pointer)[1:].replace("/", ".")


def pointer_in_form(path: str, fields: Fields) -> str:
    """The pointer of what a finding is on: a paragraph's is that of its field."""
    field = fields.get(field_path(path))
    if field is None:
        return pointer_of(path)
    row = row_around(path)
    return pointer_of(row) + pointer_of(field.path[len(field.rows) :].lstrip("."))
