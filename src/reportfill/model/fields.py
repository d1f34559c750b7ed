"""Fields: what a report holds, one by one, in the order in which it is read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import accumulate
from typing import Any, NamedTuple

from reportfill.finding import Finding, finding
from reportfill.model.conditions import FieldCondition, conditions_in, is_asked_for
from reportfill.model.kinds.kind import Kind
from reportfill.model.kinds.table import kind_of_field
from reportfill.model.options import Option, options_of
from reportfill.place import Cell

Schema = dict[str, Any]

ADDED, JOINED, NOT_ADDED = "sum", "join", "none"
"""The words for how a number, rows, and either add up over agencies."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a report.

    `path` is the dotted path, `titles` the official labels from the section down to the field, `order` its
    place in reading order. `section` is the title of the part of the report in which it stands. `required` are fields
    that every report has; a field `required_within` a group that may be left out is required only where something of
    that group is filled in. The group's path is `optional_group`, empty where no group around the field is optional.
    `choices` are the only values that it may have, none where any other may be; `earliest` and `latest` bound a day,
    as the schema writes them. What is said of texts holds for each paragraph of a list. Only under its `conditions` the
    field is there. `rows` is the path of the rows in which it stands, empty where it stands in none: a row, too, is a
    group that may be left out. A text that has to be one of those of a field of rows is `listed_in` the latter.
    """

    path: str
    kind: Kind
    titles: tuple[str, ...]
    descriptions: tuple[str, ...]
    order: int
    required: bool
    required_within: bool
    optional_group: str
    unit: str
    minimum: int | Decimal | None
    maximum: int | Decimal | None
    max_length: int | None
    rollup: str
    min_length: int = 0
    choices: tuple[Option, ...] = ()
    more_than: int | Decimal | None = None
    less_than: int | Decimal | None = None
    pattern: str = ""
    pattern_in_words: str = ""
    earliest: str = ""
    latest: str = ""
    conditions: tuple[FieldCondition, ...] = ()
    rows: str = ""
    listed_in: str = ""

    def in_row(self, row: str, words: str) -> Field:
        """The field in one row, which people know by these words."""
        return replace(
            self,
            path=row + self.path[len(self.rows) :],
            titles=self.titles_in_row(words),
            required=self.is_due_in_row,
            required_within=self.required_within and not self.is_due_in_row,
        )

    def titles_in_row(self, words: str) -> tuple[str, ...]:
        """Its labels in a row that people know by these words."""
        return (self.titles[0], words, *self.titles[self.rows.count(".") + 1 :])

    @property
    def is_due_in_row(self) -> bool:
        """Whether every row that there is has to have it."""
        return bool(self.rows) and self.required_within and self.optional_group == self.rows

    def allows(self, value: float) -> bool:
        """Whether a number is neither below the field's minimum nor above its maximum."""
        return (self.minimum is None or value >= self.minimum) and (
            self.maximum is None or value <= self.maximum
        )

    def finding(self, code: str, cell: Cell | None = None, label: str = "", **said: Any) -> Finding:
        """The finding on the field, in a cell where it has one, that the catalogue words for a code."""
        return finding(code, field=self.path, cell=cell, label=label or self.label, **said)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The field itself, as a group has those within it."""
        return (self,)

    @property
    def listed(self) -> tuple[str, ...]:
        """The words of its choices, as people see them."""
        return tuple(option.title for option in self.choices)

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


Fields = Mapping[str, Field]
"""The fields of a report by path."""


@dataclass(frozen=True, slots=True)
class Group:
    """A part of a report with all `fields` below it, in reading order."""

    label: str
    fields: tuple[Field, ...]

    @property
    def order(self) -> int:
        """The place of its first field in reading order."""
        return self.fields[0].order


class RowRollup(NamedTuple):
    """How the rows of many reports become those of one: all of them, those that have the same at the paths of `keys` as
    one, or none where they are not `kept`. The field at the path of `owner` says whose a row is."""

    kept: bool
    keys: tuple[str, ...]
    owner: str


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows: a part that a report has as often as there is something to tell.

    `path` has no numbers; `within` is that of the rows in which these stand, empty where they stand in none. `fields`
    are those of each row, without those of rows within it. Every report that is `required` to has one row at least.
    `keys` are the paths of the fields that no two rows have the same, `order_by` of those by which rows are in order,
    `prefilled` of those with which a new workbook begins as last year's rows had them. `prescribed` are the
    rows that every report has, with rows within them, as data have them. `optional_group` is the path of the innermost
    group around them that may be left out, within the rows around them if any.
    """

    path: str
    titles: tuple[str, ...]
    order: int
    within: str
    fields: tuple[Field, ...]
    required: bool
    least: int
    most: int | None
    keys: tuple[str, ...]
    order_by: tuple[str, ...]
    prescribed: tuple[Mapping[str, Any], ...]
    prefilled: tuple[str, ...]
    rollup: RowRollup
    optional_group: str

    @property
    def label(self) -> str:
        """What people call them."""
        return self.titles[-1]

    @property
    def naming(self) -> Field | None:
        """The field by which people know a row: its first text."""
        return next((one for one in self.fields if one.kind.is_text and not one.kind.is_list), None)

    @property
    def depth(self) -> int:
        """How many groups of rows these stand in."""
        return self.path.count(".") if self.within else 0


def tree_of(fields: Iterable[Field]) -> dict[str, Field | Group]:
    """The tree that fields make: every field and every group of them by its path."""
    parts: dict[str, Field | Group] = {}
    below: defaultdict[str, list[Field]] = defaultdict(list)
    for field in fields:
        parts[field.path] = field
        for path in accumulate(field.path.split(".")[:-1], "{}.{}".format):
            below[path].append(field)
    return parts | {
        path: Group(found[0].titles[path.count(".")], tuple(found)) for path, found in below.items()
    }


def fields_of(schema: Schema) -> dict[str, Field]:
    """The fields of a resolved schema by dotted path, in reading order."""
    fields: dict[str, Field] = {}
    objects: dict[tuple[str, ...], Schema] = {}
    for keys, node in subschemas(schema):
        objects[keys] = node
        if keys and node["type"] != "object" and not is_rows(node):
            path = ".".join(keys)
            fields[path] = _field(
                keys, node, [objects[keys[:depth]] for depth in range(len(keys))], len(fields)
            )
    return fields


def row_groups_of(schema: Schema, fields: Fields) -> dict[str, RowGroup]:
    """The rows of a resolved schema by their paths, outer ones first."""
    return {
        ".".join(keys): _row_group(schema, keys, node, fields)
        for keys, node in subschemas(schema)
        if is_rows(node)
    }


def _row_group(schema: Schema, keys: tuple[str, ...], node: Schema, fields: Fields) -> RowGroup:
    path = ".".join(keys)
    above = [schema]
    for key in keys:
        above.append(schema_of_parts(above[-1])["properties"][key])
    depth = _depth_of_rows(above[:-1])
    asked_for = [
        key in schema_of_parts(one).get("required", ()) for one, key in zip(above, keys, strict=False)
    ]
    own = tuple(field for field in fields.values() if field.rows == path)
    within = [field.order for field in fields.values() if field.path.startswith(f"{path}.")]
    return RowGroup(
        path=path,
        titles=tuple(one.get("title", key) for one, key in zip(above[1:], keys, strict=True)),
        order=min(within),
        within=".".join(keys[:depth]),
        fields=own,
        required=all(asked_for[depth:]) and node.get("minItems", 1) > 0,
        least=node.get("minItems", 0),
        most=node.get("maxItems"),
        keys=_pointed(path, node.get("unique_by", ())),
        order_by=_pointed(path, node.get("sorted_by", ())),
        prescribed=tuple(node.get("prescribed", ())),
        prefilled=_pointed(path, node.get("prefill", ())),
        rollup=_row_rollup(path, node.get("rollup") or _usual_rollup(node, above)),
        optional_group=_innermost_optional(keys, asked_for, depth),
    )


def _usual_rollup(node: Schema, above: Iterable[Schema]) -> str | dict[str, Any]:
    """How rows add up of which nothing else is said: prescribed ones, which every report has, as one by their keys."""
    keys = node.get("unique_by")
    return {"sum_by": keys} if keys and any("prescribed" in one for one in above) else JOINED


def _row_rollup(path: str, word: str | Mapping[str, Any]) -> RowRollup:
    said = word if isinstance(word, Mapping) else {}
    [owner] = _pointed(path, [said["join"]]) if "join" in said else ("",)
    return RowRollup(word != NOT_ADDED, _pointed(path, said.get("sum_by", ())), owner)


def _pointed(path: str, pointers: Iterable[str]) -> tuple[str, ...]:
    return tuple(".".join((path, *pointer.split("/")[1:])) for pointer in pointers)


def _depth_of_rows(above: list[Schema]) -> int:
    """How many keys lead to the innermost rows among the schemas above one; 0 where there are none."""
    return max((depth for depth, one in enumerate(above) if is_rows(one)), default=0)


def is_rows(node: Mapping[str, Any]) -> bool:
    """Whether a schema describes rows: a list of objects."""
    items = node.get("items")
    return node.get("type") == "array" and isinstance(items, Mapping) and items.get("type") == "object"


def schema_of_parts(node: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema that has the parts of a group, or of each of some rows."""
    return node["items"] if is_rows(node) else node


def subschemas(schema: Schema) -> Iterator[tuple[tuple[str, ...], Schema]]:
    """Every object of the data model with its keys, outermost first, in the order of the schema; rows as the list that
    they are."""
    pending: list[tuple[tuple[str, ...], Schema]] = [((), schema)]
    while pending:
        keys, node = pending.pop(0)
        yield keys, node
        children = schema_of_parts(node).get("properties", {}).items()
        pending[:0] = [((*keys, key), child) for key, child in children if isinstance(child, dict)]


def _field(keys: tuple[str, ...], node: Schema, parents: list[Schema], order: int) -> Field:
    value = node["items"] if node["type"] == "array" else node
    above = [*parents[1:], node]
    asked_for = [
        is_asked_for(schema_of_parts(parent), key) for parent, key in zip(parents, keys, strict=True)
    ]
    is_required = is_obligatory(node, asked_for[-1])
    depth = _depth_of_rows(parents)
    rows = ".".join(keys[:depth])
    outermost = next((number for number, one in enumerate(parents) if is_rows(one)), len(keys))
    optional_group = _innermost_optional(keys, asked_for, depth) or rows
    return Field(
        path=".".join(keys),
        kind=_kind(node),
        titles=tuple(part.get("title", key) for part, key in zip(above, keys, strict=True)),
        descriptions=tuple(part["description"] for part in above if "description" in part),
        order=order,
        required=is_required and not optional_group,
        required_within=is_required and bool(optional_group),
        optional_group=optional_group,
        unit=node.get("unit", ""),
        minimum=node.get("minimum"),
        maximum=node.get("maximum"),
        max_length=value.get("maxLength"),
        rollup=node.get("rollup", ADDED),
        min_length=value.get("minLength", 0),
        choices=options_of(value),
        more_than=node.get("exclusiveMinimum"),
        less_than=node.get("exclusiveMaximum"),
        pattern=value.get("pattern", ""),
        pattern_in_words=value.get("pattern_in_words", ""),
        earliest=node.get("earliest", ""),
        latest=node.get("latest", ""),
        conditions=conditions_in([*parents, node][: outermost + 1], keys[:outermost]),
        rows=rows,
        listed_in=node.get("listed_in", ""),
    )


def _kind(node: Schema) -> Kind:
    kind = kind_of_field(node)
    assert kind is not None, "a schema is looked at before its fields are made"
    return kind


def is_obligatory(node: Mapping[str, Any], is_required: bool) -> bool:
    """Whether a field that its group requires, or does not, has to hold something: minLength or minItems may be 0."""
    least: int = node.get("minItems", node.get("minLength", 1))
    return is_required and least > 0


def _innermost_optional(keys: tuple[str, ...], asked_for: list[bool], outermost: int) -> str:
    """The path of the innermost group around a field that may be left out, of those within one that so many keys lead
    to; empty where none may."""
    depths = [
        depth
        for depth, is_asked_for in enumerate(asked_for[:-1], 1)
        if depth > outermost and not is_asked_for
    ]
    return ".".join(keys[: depths[-1]]) if depths else ""
