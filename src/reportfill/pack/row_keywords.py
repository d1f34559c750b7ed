"""Whether what a schema says of rows can be meant: what tells them apart, orders, adds up and prescribes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reportfill.model.fields import ADDED
from reportfill.model.figures import value_at
from reportfill.pack.keywords import (
    CHOICES,
    GROUP,
    PARAGRAPHS,
    PICTURE,
    ROWS,
    TEXT,
    place_of,
    written_subschemas,
)
from reportfill.pack.plain_schema import plain_test
from reportfill.pack.problems import PackProblem, SchemaPlace, problem_in_schema
from reportfill.pack.schema_names import unknown_names

Node = Mapping[str, Any]

_MOST_ROWS = 3
"""So many times rows stand within rows: so many loops a template may have within one another."""


def row_keyword_problems(node: Node, place: SchemaPlace) -> Iterator[PackProblem]:
    """What is wrong with what a list of objects says of the fields of each."""
    items = node["items"]
    for at, one in written_subschemas(items, (*place, "items")):
        for name in {"mentions", "applies_when"} & set(one):
            english = f'"{name}" has no effect in rows; write it outside of them'
            yield problem_in_schema((*at, name), english, f"{name}写在各行里不起作用；请写在各行之外")
        if place_of(one) == PICTURE:
            english = "a picture has no place in rows; write the field outside of them"
            yield problem_in_schema(at, english, "行里不能有图片；请把这个栏目写在各行之外")
    names = {number + 1 for number, key in enumerate(place) if key == "properties"}
    depth = sum(key == "items" and number not in names for number, key in enumerate(place))
    if depth >= _MOST_ROWS:
        english = f"rows can stand within rows {_MOST_ROWS} times at most"
        yield problem_in_schema(place, english, f"行里再分行，最多{_MOST_ROWS}层")
    within = list(_rows_within(items))
    if len(within) > 1:
        english = f"each row may hold rows of one kind: {', '.join(within)} share the rows of a workbook"
        yield problem_in_schema(
            place, english, f"每行里只能再分一种行；{'、'.join(within)}在填报表中占同一些行"
        )
    if "prescribed" in node:
        if depth:
            english = '"prescribed" stands with the outermost rows, and has those within them'
            yield problem_in_schema(
                (*place, "prescribed"), english, "prescribed写在最外层的行上，连同其中的各行"
            )
        yield from _prescribed(node, node["prescribed"], (*place, "prescribed"))
    for where, pointer in _pointers(node):
        if _kind_at(items, pointer) in ("", GROUP, ROWS, PARAGRAPHS, CHOICES):
            english = f"{pointer} is no field of a row with one value"
            yield problem_in_schema((*place, *where), english, f"{pointer}不是各行里的单个栏目")
    yield from _rollup_of_rows(node, place)


def _rows_within(node: Node, path: str = "") -> Iterator[str]:
    """The paths of the rows that each row holds, without those within these."""
    for key, part in (
        node.get("properties", {}).items() if isinstance(node.get("properties"), Mapping) else ()
    ):
        kind = place_of(part) if isinstance(part, Mapping) else ""
        if kind == ROWS:
            yield path + key
        elif kind == GROUP:
            yield from _rows_within(part, f"{path}{key}.")


def _pointers(node: Node) -> Iterator[tuple[SchemaPlace, str]]:
    """The pointers to fields of each row, each with its place."""
    rollup = node.get("rollup")
    listed: dict[SchemaPlace, Any] = {
        (keyword,): node.get(keyword, ()) for keyword in ("unique_by", "sorted_by", "prefill")
    }
    listed |= {("rollup", "sum_by"): rollup.get("sum_by", ())} if isinstance(rollup, Mapping) else {}
    for where, pointers in listed.items():
        yield from (((*where, index), pointer) for index, pointer in enumerate(pointers))


def _kind_at(items: Node, pointer: str) -> str:
    """Of which kind the part of a row is to which a pointer leads; empty where it leads to nowhere."""
    node: Any = items
    for key in pointer.split("/")[1:]:
        node = node.get("properties", {}).get(key, {}) if isinstance(node, Mapping) else {}
    return place_of(node) if node else ""


def _rollup_of_rows(node: Node, place: SchemaPlace) -> Iterator[PackProblem]:
    """What is wrong with how rows add up."""
    word = node.get("rollup")
    if word == ADDED:
        english = 'rows are added by "join", {"sum_by": …} or "none"'
        yield problem_in_schema((*place, "rollup"), english, "各行的汇总办法写join、{sum_by: …}或者none")
    if isinstance(word, Mapping) and "join" in word and _kind_at(node["items"], word["join"]) != TEXT:
        english = f"{word['join']} is no text of a row"
        yield problem_in_schema((*place, "rollup", "join"), english, f"{word['join']}不是各行里的文字栏目")


def _prescribed(node: Node, rows: Any, place: SchemaPlace) -> Iterator[PackProblem]:
    """What is wrong with rows that every report has: rows that the schema does not allow, or that nothing tells
    apart."""
    keys = [".".join(pointer.split("/")[1:]) for pointer in node.get("unique_by", ())]
    if not keys:
        english = '"prescribed" needs a "unique_by", by which a row is known again'
        yield problem_in_schema(place, english, "有prescribed就要有unique_by，用来认出规定的行")
    if isinstance(rows, list) and len(rows) > node.get("maxItems", len(rows)):
        english = 'there are more prescribed rows than "maxItems" allows'
        yield problem_in_schema(place, english, "规定的行比maxItems允许的多")
    for index, row in enumerate(rows if isinstance(rows, list) else [rows]):
        yield from _prescribed_row(node["items"], row, (*place, index))
        if isinstance(row, Mapping) and not all(value_at(row, key) for key in keys):
            english = 'a prescribed row needs what "unique_by" names'
            yield problem_in_schema((*place, index), english, "规定的行要写明unique_by所列的栏目")


def _prescribed_row(node: Node, row: Any, place: SchemaPlace) -> Iterator[PackProblem]:
    if not isinstance(row, Mapping):
        yield problem_in_schema(place, "this must be an object { … }", "这里要写成{ … }")
        return
    parts = node.get("properties", {})
    yield from unknown_names(row, parts, place)
    for name, part in parts.items():
        if name not in row:
            continue
        kind, at = place_of(part), (*place, name)
        if kind == ROWS:
            yield from _prescribed(part, row[name], at)
        elif kind == GROUP:
            yield from _prescribed_row(part, row[name], at)
        elif not _is_allowed(part, row[name]):
            yield problem_in_schema(at, "the schema does not allow this value", "不符合对这个栏目的要求")


def _is_allowed(node: Node, value: Any) -> bool:
    test = plain_test(node)
    if test is not None and test(value):
        return True
    from reportfill.pack.validator import PackValidator  # jsonschema is slow to import

    return bool(PackValidator(node).is_valid(value))
