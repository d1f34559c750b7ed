"""Fields: what a report holds, one by one, in the order in which it is read."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from reportfill.errors import PackError
from reportfill.pack.schema import Schema, subschemas
from reportfill.pack.vocabulary import place_in_schema


class FieldKind(Enum):
    """What kind of value a field holds."""

    COUNT = "integer"
    AMOUNT = "number"
    TEXT = "string"
    PARAGRAPHS = "array"

    @property
    def is_number(self) -> bool:
        """Whether the field is a figure."""
        return self in (FieldKind.COUNT, FieldKind.AMOUNT)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a report.

    `path` is the dotted path, `titles` the official labels from the section down to the field, `order` its
    place in reading order. `section` is the title of the part of the report in which it stands.
    """

    path: str
    kind: FieldKind
    titles: tuple[str, ...]
    descriptions: tuple[str, ...]
    order: int
    required: bool
    unit: str
    minimum: int | Decimal | None
    maximum: int | Decimal | None
    max_length: int | None
    rollup: str

    def allows(self, value: float) -> bool:
        """Whether a number is neither below the field's minimum nor above its maximum."""
        return (self.minimum is None or value >= self.minimum) and (
            self.maximum is None or value <= self.maximum
        )

    @property
    def is_count(self) -> bool:
        """Whether the field is a whole number."""
        return self.kind is FieldKind.COUNT

    @property
    def title(self) -> str:
        """The field's own label, such as 自然人."""
        return self.titles[-1]

    @property
    def section(self) -> str:
        """The label of the outermost part, such as 二、主动公开政府信息情况."""
        return self.titles[0]

    @property
    def label(self) -> str:
        """The labels below the section, as a person would name the field: 规章 · 本年制发件数."""
        return " · ".join(self.titles[1:] or self.titles)

    @property
    def description(self) -> str:
        """What is counted or written here, as the clerk sees it."""
        return "".join(self.descriptions)


def fields_of(schema: Schema) -> dict[str, Field]:
    """The fields of a resolved schema by dotted path, in reading order.

    Raises PackError where a part of the schema is of no kind that a report can hold.
    """
    fields: dict[str, Field] = {}
    objects: dict[tuple[str, ...], Schema] = {}
    for keys, node in subschemas(schema):
        objects[keys] = node
        if keys and node.get("type") != "object":
            path = ".".join(keys)
            fields[path] = _field(
                keys, node, [objects[keys[:depth]] for depth in range(len(keys))], len(fields)
            )
    return fields


def _field(keys: tuple[str, ...], node: Schema, parents: list[Schema], order: int) -> Field:
    text = node.get("items", {}) if node.get("type") == "array" else node
    above = [*parents[1:], node]
    return Field(
        path=".".join(keys),
        kind=_kind(keys, node),
        titles=tuple(part.get("title", key) for part, key in zip(above, keys, strict=True)),
        descriptions=tuple(part["description"] for part in above if "description" in part),
        order=order,
        required=node.get("minItems", 1) > 0 and keys[-1] in parents[-1].get("required", ()),
        unit=node.get("unit", ""),
        minimum=node.get("minimum"),
        maximum=node.get("maximum"),
        max_length=text.get("maxLength"),
        rollup=node.get("rollup", "sum"),
    )


def _kind(keys: tuple[str, ...], node: Schema) -> FieldKind:
    place = place_in_schema(key for name in keys for key in ("properties", name))
    try:
        kind = FieldKind(node.get("type"))
    except ValueError:
        raise PackError(
            f'{place}: "type" must be object, integer, number, string or array, not {node.get("type")!r}'
        ) from None
    if kind is FieldKind.PARAGRAPHS and node.get("items", {}).get("type") != "string":
        raise PackError(f'{place}: an array holds paragraphs, so its "items" must be of type string')
    return kind


def blank_value(field: Field) -> Any:
    """What stands in for a field that nobody filled in: no paragraphs, or no text."""
    return [] if field.kind is FieldKind.PARAGRAPHS else ""
