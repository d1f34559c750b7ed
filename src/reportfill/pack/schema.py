"""Reading schema.json: JSON with decimals kept exact, and its references resolved once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from reportfill.errors import PackError
from reportfill.pack.vocabulary import place_in_schema, schema_problems

Schema = dict[str, Any]

_DEEPEST = 100
"""So many times no schema nests, with the report that it describes."""


def _object(pairs: list[tuple[str, Any]]) -> Schema:
    """An object of the schema. Raises PackError where a key stands twice: the first would be without effect."""
    read: Schema = {}
    for key, value in pairs:
        if key in read:
            raise PackError(f'schema.json: "{key}" stands more than once in one object')
        read[key] = value
    return read


def read_schema(content: bytes) -> Schema:
    """The schema as it is written, checked against the vocabulary's meta-schema.

    Raises PackError, with the place named, when it is not JSON or breaks the vocabulary.
    """
    try:
        schema = json.loads(content, parse_float=Decimal, object_pairs_hook=_object)
    except UnicodeDecodeError as error:
        raise PackError(f"schema.json is not UTF-8 text (byte {error.start})") from error
    except json.JSONDecodeError as error:
        raise PackError(f"schema.json line {error.lineno}, column {error.colno}: {error.msg}") from error
    except RecursionError as error:
        raise _too_deep() from error
    except ValueError as error:  # a whole number of thousands of digits
        raise PackError(f"schema.json: {error}") from error
    if _is_deeper(schema, _DEEPEST):
        raise _too_deep()
    problems = schema_problems(schema)
    if problems:
        raise PackError("\n".join(map(str, problems)))
    if not isinstance(schema, dict):
        raise PackError("schema.json: a schema must be an object")
    return schema


def _too_deep() -> PackError:
    return PackError("schema.json: it is nested too deep", "schema.json：嵌套过深")


def _is_deeper(value: Any, most: int) -> bool:
    """Whether objects and lists stand within one another more times than that."""
    level: list[Any] = [value]
    for _ in range(most):
        below = (child.values() if isinstance(child, dict) else child for child in level if child)
        level = [child for children in below for child in children if isinstance(child, dict | list)]
        if not level:
            return False
    return True


def resolved(schema: Schema) -> Schema:
    """The schema with every local `$ref` replaced by what it names.

    Keywords beside a `$ref` stand before those of the definition, as JSON Schema 2020-12 lets a title stand
    there. Raises PackError for a reference to elsewhere, to nowhere or to itself.
    """
    node = _resolved(schema, schema, (), ())
    assert isinstance(node, dict)
    return node


def _resolved(node: Any, root: Schema, place: tuple[str | int, ...], within: tuple[str, ...]) -> Any:
    if isinstance(node, list):
        return [_resolved(item, root, (*place, index), within) for index, item in enumerate(node)]
    if not isinstance(node, dict):
        return node
    reference = node.get("$ref")
    if isinstance(reference, str):
        if reference in within:
            raise PackError(f"{place_in_schema(place)}: {reference} refers to itself")
        node = {**_named(reference, root, place), **{k: v for k, v in node.items() if k != "$ref"}}
        within = (*within, reference)
    return {
        key: _resolved(value, root, (*place, key), within) for key, value in node.items() if key != "$defs"
    }


def _named(reference: str, root: Schema, place: tuple[str | int, ...]) -> Mapping[str, Any]:
    target: Any = root
    if not reference.startswith("#/"):
        raise PackError(
            f'{place_in_schema(place)}: "$ref" must point into this file ("#/…"), not to {reference}'
        )
    for key in reference[2:].split("/"):
        key = key.replace("~1", "/").replace("~0", "~")
        target = target.get(key) if isinstance(target, Mapping) else None
    if not isinstance(target, Mapping):
        raise PackError(f"{place_in_schema(place)}: {reference} points to nowhere")
    return target


def subschemas(schema: Schema) -> Iterator[tuple[tuple[str, ...], Schema]]:
    """Every object of the data model with its keys, outermost first, in the order of the schema."""
    pending: list[tuple[tuple[str, ...], Schema]] = [((), schema)]
    while pending:
        keys, node = pending.pop(0)
        yield keys, node
        children = node.get("properties", {}).items()
        pending[:0] = [((*keys, key), child) for key, child in children if isinstance(child, dict)]
