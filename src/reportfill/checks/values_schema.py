"""A schema and data as they are judged: a blank is no value, whether it came in a cell or in data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reportfill.model.fields import Schema, is_obligatory, is_rows, schema_of_parts
from reportfill.model.options import options_of
from reportfill.model.visible import is_blank as shows_nothing
from reportfill.pack.keywords import ABOUT, GROUP, PARAGRAPHS

_LOOKED_AT_ELSEWHERE = frozenset({"balances", "mentions", "wordings", "pattern"})
_UNASKED = (
    ABOUT
    | _LOOKED_AT_ELSEWHERE
    | {
        "unit",
        "rollup",
        "pattern_in_words",
        "earliest",
        "latest",
        "applies_when",
        "unique_by",
        "sorted_by",
        "prescribed",
        "prefill",
        "listed_in",
    }
)

_LEAST = {"string": "minLength", PARAGRAPHS: "minItems"}


def values_schema(
    node: Mapping[str, Any],
    absent: frozenset[str] = frozenset(),
    *,
    within: str = "",
    is_required: bool = True,
    is_rolled_up: bool = False,
) -> Schema:
    """A resolved schema with what it asks of the values alone, each of which jsonschema looks at for every value.

    What other checks look at is left out. An obligatory text has to hold something, as an obligatory cell has. Parts of
    which all fields are `absent` are not required; `within` is the path of the group that a schema is of. What was
    rolled up may have any number of rows.
    """
    asked = {key: value for key, value in node.items() if key not in _UNASKED}
    if is_rolled_up and is_rows(node):
        asked.pop("maxItems", None)
    if node.get("type") == GROUP:
        properties = node.get("properties", {})
        gone = {
            name for name, child in properties.items() if absent and _is_absent(child, within + name, absent)
        }
        gone |= {name for name, child in properties.items() if _may_be_blank(child)}
        required = [name for name in node.get("required", ()) if name not in gone]
        asked |= {"required": required} if gone else {}
        asked["properties"] = {
            name: values_schema(
                child,
                absent,
                within=f"{within}{name}.",
                is_required=name in required,
                is_rolled_up=is_rolled_up,
            )
            for name, child in properties.items()
        }
    elif "oneOf" in node:
        asked["enum"] = [option.value for option in options_of(node)]
        del asked["oneOf"]
    elif "items" in node:
        asked["items"] = values_schema(node["items"], is_required=False, is_rolled_up=is_rolled_up)
    least = _LEAST.get(node.get("type", ""))
    if least and is_obligatory(node, is_required):
        asked.setdefault(least, 1)
    return asked


def _may_be_blank(node: Mapping[str, Any]) -> bool:
    """Whether it is a group in which nothing has to be filled in."""
    required, properties = node.get("required", ()), node.get("properties", {})
    return node.get("type") == GROUP and not any(
        is_obligatory(child, name in required) and not _may_be_blank(child)
        for name, child in properties.items()
    )


def _is_absent(node: Mapping[str, Any], path: str, absent: frozenset[str]) -> bool:
    """Whether a field, or every field of a group, is one of those."""
    if node.get("type") != GROUP and not is_rows(node):
        return path in absent
    parts = schema_of_parts(node)["properties"]
    return all(_is_absent(child, f"{path}.{name}", absent) for name, child in parts.items())


def without_blanks(data: Any, schema: Mapping[str, Any]) -> Any:
    """Data without the parts that may be blank and are: those are not there, for whatever asks whether they are."""
    if isinstance(data, list) and is_rows(schema):
        return [without_blanks(row, schema["items"]) for row in data]
    if not isinstance(data, Mapping):
        return data
    required, properties = schema.get("required", ()), schema.get("properties", {})
    parts = {key: without_blanks(value, properties.get(key, {})) for key, value in data.items()}
    return {key: value for key, value in parts.items() if key in required or not is_empty_value(value)}


def is_empty_value(value: Any) -> bool:
    """Whether a value says nothing: null, a text of nothing, a list or a group without anything in it."""
    if isinstance(value, str):
        return shows_nothing(value)
    if isinstance(value, list):
        return all(map(is_empty_value, value))
    return value is None or (isinstance(value, Mapping) and all(map(is_empty_value, value.values())))
