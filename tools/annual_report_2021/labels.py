"""The official labels, as the schema's titles carry them."""

from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]


def title(schema: Schema, path: str) -> str:
    """The title of the field or group at a dotted path."""
    return str(_at(schema, path)["title"])


def members(schema: Schema, path: str) -> Iterator[tuple[str, str]]:
    """The dotted path and the title of everything in the group at a dotted path, in the schema's order."""
    for name, member in _at(schema, path)["properties"].items():
        yield f"{path}.{name}", member["title"]


def is_group(schema: Schema, path: str) -> bool:
    """Whether a dotted path leads to a group, not to a single field."""
    return "properties" in _at(schema, path)


def unit(schema: Schema, path: str) -> str:
    """The unit of the number at a dotted path."""
    return str(_at(schema, path)["unit"])


def balance_titles(schema: Schema, path: str) -> list[str]:
    """What the balances of the group at a dotted path say, in the schema's order."""
    return [balance["title"] for balance in _at(schema, path)["balances"]]


def _at(schema: Schema, path: str) -> Schema:
    """The subschema at a dotted path, with what its $ref stands for."""
    subschema = schema
    for name in path.split("."):
        subschema = _resolved(schema, subschema["properties"][name])
    return subschema


def _resolved(schema: Schema, subschema: Schema) -> Schema:
    definition = subschema.get("$ref", "").removeprefix("#/$defs/")
    return {**schema["$defs"][definition], **subschema} if definition else subschema
