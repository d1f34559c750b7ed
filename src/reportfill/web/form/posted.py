"""What was posted as data, and data as what is posted: one text for each input, by the pointer of its field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reportfill.model.fields import Schema, is_rows, schema_of_parts
from reportfill.model.row_paths import field_path, keys_of
from reportfill.model.row_sums import of_all_rows
from reportfill.model.visible import is_blank
from reportfill.pack.pack import Pack
from reportfill.web.form.inputs import input_of
from reportfill.web.form.pointers import path_of, pointer_of

Posted = Iterable[tuple[str, str]]
"""The names of inputs, each with a text that it held."""

_NUMBER = re.compile(r"\[[0-9]+\]")


def data_of(pack: Pack, posted: Posted) -> dict[str, Any]:
    """The data that were posted, as they were typed: null where an input was left blank, blank rows too. What is no
    input of the form is passed over."""
    tree: dict[str | int, Any] = {}
    for name, text in posted:
        path = path_of(name)
        if _is_input(pack, path):
            *holders, last = keys_of(path)
            node = tree
            for key in holders:
                node = node.setdefault(key, {})
            node.setdefault(last, []).append(text)
    return {str(key): _typed(pack, child, str(key)) for key, child in tree.items()}


def _is_input(pack: Pack, path: str) -> bool:
    """Whether an input of the form is called so: each of its rows has a number."""
    field = pack.fields.get(field_path(path))
    if field is None or pack.is_derived(path):
        return False
    return _NUMBER.sub("[*]", path) == of_all_rows(pack.rows, field)


def _typed(pack: Pack, node: Any, path: str) -> Any:
    if isinstance(node, list):
        field = pack.fields[path]
        return input_of(field).value(field, node)
    if path in pack.rows:
        return [
            {key: _typed(pack, child, f"{path}.{key}") for key, child in node[number].items()}
            for number in sorted(node)
        ]
    return {key: _typed(pack, child, f"{path}.{key}") for key, child in node.items()}


def posted_of(pack: Pack, data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What the form posts with these data in it, but for what is blank."""
    for path, value in leaves_of(pack, data).items():
        field = pack.fields[field_path(path)]
        if not pack.is_derived(path):
            yield from ((pointer_of(path), text) for text in input_of(field).texts(field, value))


def leaves_of(pack: Pack, data: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """The values of fields in nested data by path, as they stand there."""
    found: dict[str, Any] = {}
    for key, value in data.items():
        path = f"{prefix}{key}"
        at = field_path(path)
        if at in pack.fields:
            found[path] = value
        elif at in pack.rows:
            for number, row in enumerate(rows_held(value)):
                found |= leaves_of(pack, row, f"{path}[{number}].")
        elif isinstance(value, Mapping):
            found |= leaves_of(pack, value, f"{path}.")
    return found


def rows_held(value: Any) -> list[Mapping[str, Any]]:
    """The rows that a value of data is; none where it is no list."""
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list | tuple) else []


def data_for_reading(pack: Pack, data: Mapping[str, Any]) -> dict[str, Any]:
    """Typed data as a workbook would give them, in the order of the schema: every field that is asked for, null where
    it is blank; groups that may be left out, and rows, only where something stands in them. What follows from others
    is left to be worked out."""
    return _as_read(pack, pack.schema, data, "")


def _as_read(
    pack: Pack, node: Schema | Mapping[str, Any], data: Mapping[str, Any], prefix: str
) -> dict[str, Any]:
    made: dict[str, Any] = {}
    parts = schema_of_parts(node)
    for key, child in parts.get("properties", {}).items():
        path, value = f"{prefix}{key}", data.get(key)
        if path in pack.fields:
            if not pack.is_derived(path):
                made[key] = value
        elif is_rows(child):
            rows = [_as_read(pack, child, row, f"{path}.") for row in rows_held(value)]
            filled = [row for row in rows if not holds_nothing(row)]
            if filled or not pack.rows[path].optional_group:
                made[key] = filled
        else:
            held = value if isinstance(value, Mapping) else {}
            group = _as_read(pack, child, held, f"{path}.")
            if key not in parts.get("required", ()) and holds_nothing(group):
                group = _left_out(pack, child, path)
            if group:  # of one in which all follows from others nothing is known here
                made[key] = group
    return made


def _left_out(pack: Pack, node: Mapping[str, Any], path: str) -> dict[str, Any]:
    """What stands for a group that is blank and may be: its empty lists, unless it would have to hold more then."""
    parts = () if node.get("required") else node.get("properties", {})
    return {key: [] for key in parts if _is_list(pack, f"{path}.{key}")}


def _is_list(pack: Pack, path: str) -> bool:
    return path in pack.fields and pack.fields[path].kind.is_list


def holds_nothing(value: Any) -> bool:
    """Whether a value, or all that is in it, is blank."""
    if isinstance(value, Mapping):
        return all(map(holds_nothing, value.values()))
    if isinstance(value, list | tuple):
        return all(map(holds_nothing, value))
    return value is None or (isinstance(value, str) and is_blank(value))


def without_blanks_of_form(value: Any) -> Any:
    """Data without what is blank, as somebody else would write them."""
    if isinstance(value, Mapping):
        kept = {key: without_blanks_of_form(child) for key, child in value.items()}
        return {key: child for key, child in kept.items() if not holds_nothing(child)}
    if isinstance(value, list | tuple):
        return [without_blanks_of_form(child) for child in value]
    return value
