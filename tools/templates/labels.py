"""The official labels, as the schema's titles carry them."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

Schema = dict[str, Any]


def title(schema: Schema, path: str) -> str:
    """The title of the field or group at a dotted path."""
    return str(_at(schema, path)["title"])


def description(schema: Schema, path: str) -> str:
    """What is written or counted in the field at a dotted path."""
    return str(_at(schema, path).get("description", ""))


def members(schema: Schema, path: str) -> Iterator[tuple[str, str]]:
    """The dotted path and the title of everything in the group at a dotted path, in the schema's order."""
    for name, member in _at(schema, path)["properties"].items():
        yield f"{path}.{name}", _resolved(schema, member)["title"]


def is_group(schema: Schema, path: str) -> bool:
    """Whether a dotted path leads to a group, not to a single field."""
    return "properties" in _at(schema, path)


def is_required(schema: Schema, path: str) -> bool:
    """Whether what holds the field or group at a dotted path has to have it."""
    holder, _, name = path.rpartition(".")
    parts = _at(schema, holder) if holder else schema
    return name in parts.get("items", parts).get("required", ())


def is_amount(schema: Schema, path: str) -> bool:
    """Whether the number at a dotted path may have decimals."""
    return bool(_at(schema, path)["type"] == "number")


def unit(schema: Schema, path: str) -> str:
    """The unit of the number at a dotted path."""
    return str(_at(schema, path)["unit"])


def balance_titles(schema: Schema, path: str) -> list[str]:
    """What the balances of the group at a dotted path say, in the schema's order."""
    return [balance["title"] for balance in _at(schema, path)["balances"]]


class Head(NamedTuple):
    """The head of a column, or of several: its label, and the path and the label of each figure below it."""

    label: str
    columns: tuple[tuple[str, str], ...]
    is_group: bool


def heads(schema: Schema, path: str) -> list[Head]:
    """The heads over the figures of the group at a dotted path; the paths of the figures are within the group."""
    found = []
    for member, label in members(schema, path):
        inside = tuple(members(schema, member)) if is_group(schema, member) else ((member, label),)
        columns = tuple((figure.removeprefix(f"{path}."), words) for figure, words in inside)
        found.append(Head(label, columns, is_group(schema, member)))
    return found


def with_unit(schema: Schema, path: str, label: str) -> str:
    """A column's label, with its unit where it holds amounts."""
    return f"{label}（单位：{unit(schema, path)}）" if is_amount(schema, path) else label


def spans(figures: Sequence[object], columns: int) -> list[int]:
    """How many of the columns each figure of a row takes: one each, and the last one all that are left."""
    return [*[1] * (len(figures) - 1), columns - len(figures) + 1]


def court_and_ways(titles: Sequence[str]) -> tuple[str, list[str]]:
    """The common heading of titles like 行政诉讼（复议后起诉）, and what each has in brackets."""
    parts = [title.removesuffix("）").partition("（") for title in titles]
    return parts[0][0], [way for _, _, way in parts]


def _at(schema: Schema, path: str) -> Schema:
    """The subschema at a dotted path, with what its $ref stands for; of rows that of each row goes on."""
    subschema = schema
    for name in path.split("."):
        subschema = _resolved(schema, subschema.get("items", subschema)["properties"][name])
    return subschema


def _resolved(schema: Schema, subschema: Schema) -> Schema:
    definition = subschema.get("$ref", "").removeprefix("#/$defs/")
    return {**schema["$defs"][definition], **subschema} if definition else subschema
