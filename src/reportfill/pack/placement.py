"""Whether each keyword of a schema has an effect where it stands: its type, its names, and values that can be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from reportfill.errors import PackError
from reportfill.pack.keywords import (
    GROUP,
    KEYWORDS,
    PARAGRAPH,
    PARAGRAPHS,
    ROOT,
    TEXT,
    TYPES,
    closest,
    written_subschemas,
)
from reportfill.pack.patterns import compiled_pattern, tried
from reportfill.pack.problems import PackProblem, SchemaPlace, place_in_schema
from reportfill.pack.tags import is_field_name
from reportfill.text import word_list

Node = Mapping[str, Any]

CONSEQUENCES = ("then", "else")
"""Keywords of a group whose schema says what holds under a condition."""

_IN_CONSEQUENCE = word_list(
    """
    $comment required properties dependentRequired dependentSchemas if then else allOf enum const minimum maximum
    exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength minItems maxItems
    """
)
_IN_CONDITION = frozenset({"$comment", "properties", "required", "const", "enum"})

_BOUNDS = (("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems"))
"""Keywords of which the first must not be the greater."""


def misplaced_keywords(schema: Node) -> Iterator[PackProblem]:
    """Every keyword of a resolved schema that would have no effect, or none that anybody could want."""
    if schema.get("type") != GROUP:
        yield _problem((), 'the outermost "type" must be object', "最外层的type必须是object")
        return
    yield from _part(schema, ())


def slow_patterns(schema: Node) -> Iterator[PackProblem]:
    """Every pattern of a resolved schema that takes too long for some text."""
    for place, node in written_subschemas(schema):
        if "pattern" in node:
            try:
                tried(node["pattern"], node.get("maxLength"))
            except PackError as error:
                yield _problem((*place, "pattern"), error.english, error.chinese)


def _problem(place: SchemaPlace, english: str, chinese: str) -> PackProblem:
    return PackProblem(place_in_schema(place), english, chinese)


def _part(node: Any, place: SchemaPlace) -> Iterator[PackProblem]:
    if not isinstance(node, Mapping):
        yield _problem(place, "a field needs a schema of its own", "每个栏目都要有自己的要求，写成{ … }")
        return
    kind = node.get("type")
    if kind not in TYPES:
        english = "must be object, integer, number, string or array"
        where = (*place, "type") if "type" in node else place
        yield _problem(where, f'"type" {english}', "type必须是object、integer、number、string、array中的一个")
        return
    yield from _without_effect(node, place, kind)
    yield from _values(node, place, kind)
    if kind == GROUP:
        if not node.get("properties"):
            yield _problem(
                place,
                'a group needs "properties": the fields that it holds',
                "这一组里没有写properties（有哪些栏目）",
            )
        for name, child in node.get("properties", {}).items():
            if not is_field_name(name):
                english = f'no tag can name the field "{name}": letters, digits and _ only, no digit first'
                chinese = f"标签写不出“{name}”这个名称：只能用文字、字母、数字和下划线，不能以数字开头"
                yield _problem((*place, "properties", name), english, chinese)
            yield from _part(child, (*place, "properties", name))
        yield from _group(node, node, place)
    elif kind == PARAGRAPHS:
        yield from _paragraph(node.get("items"), (*place, "items"))


def _without_effect(node: Node, place: SchemaPlace, kind: str) -> Iterator[PackProblem]:
    for name in node:
        known = KEYWORDS.get(name)
        if known and kind not in known.places and not (not place and ROOT in known.places):
            beside = f"{kind}" if kind != PARAGRAPH else "items"
            yield _problem(
                (*place, name), f'"{name}" has no effect beside {beside}', f"{name}写在{beside}这里不起作用"
            )
    if node.get("additionalProperties") not in (None, False):
        english = '"additionalProperties" must be false; anything else has no effect'
        yield _problem(
            (*place, "additionalProperties"), english, "additionalProperties只能写false，写别的不起作用"
        )
    if "pattern_in_words" in node and "pattern" not in node:
        yield _problem(place, '"pattern_in_words" needs a "pattern"', "有pattern_in_words就要有pattern")
    for lone in {"then", "else"} & set(node) if "if" not in node else ():
        yield _problem((*place, lone), f'"{lone}" needs an "if"', f"有{lone}就要有if")
    if "if" in node and not {"then", "else"} & set(node):
        yield _problem((*place, "if"), '"if" needs a "then" or an "else"', "有if就要有then或者else")


def _paragraph(node: Any, place: SchemaPlace) -> Iterator[PackProblem]:
    if not isinstance(node, Mapping) or node.get("type") != TEXT:
        english = 'an array holds paragraphs, so its "items" must be of type string'
        yield _problem(place, english, "列表里是段落，items的type必须是string")
        return
    yield from _without_effect(node, place, PARAGRAPH)
    yield from _values(node, place, TEXT)


def _values(node: Node, place: SchemaPlace, kind: str) -> Iterator[PackProblem]:
    """What is asked of a value and no value can meet, or no pattern that can be used."""
    fitting = {TEXT: str, "integer": int}.get(kind)
    for keyword in ("enum", "const"):
        listed = node.get(keyword, []) if keyword == "enum" else [node[keyword]] if keyword in node else []
        for value in listed if isinstance(listed, list) else ():
            is_number = not isinstance(value, str | bool | dict | list) and value is not None
            if not (isinstance(value, fitting) and not isinstance(value, bool) if fitting else is_number):
                english = f'a value of "{keyword}" is not of the type {kind}'
                yield _problem((*place, keyword), english, f"{keyword}里的值不全是{kind}类型")
                break
    if node.get("enum") == []:
        yield _problem(
            (*place, "enum"), '"enum" is empty: no value could be right', "enum是空的，填什么都不对"
        )
    for least, most in _BOUNDS:
        if least in node and most in node and node[least] > node[most]:
            yield _problem(place, f'"{least}" is greater than "{most}"', f"{least}大于{most}")
    if isinstance(node.get("pattern"), str):
        try:
            compiled_pattern(node["pattern"])
        except PackError as error:
            yield _problem((*place, "pattern"), error.english, error.chinese)


def _group(node: Node, fields: Node, place: SchemaPlace) -> Iterator[PackProblem]:
    """What is wrong with the parts of a schema for a group that speak of its `fields`: with `required`, and with what
    holds under conditions."""
    known = fields.get("properties", {})
    yield from _unknown_names(node.get("required", ()), known, (*place, "required"))
    for name, needed in node.get("dependentRequired", {}).items():
        yield from _unknown_names((name, *needed), known, (*place, "dependentRequired", name))
    for name, child in node.get("dependentSchemas", {}).items():
        yield from _unknown_names((name,), known, (*place, "dependentSchemas", name))
        yield from _consequence(child, fields, (*place, "dependentSchemas", name))
    if "if" in node:
        yield from _condition(node["if"], fields, (*place, "if"))
    for keyword in CONSEQUENCES:
        if keyword in node:
            yield from _consequence(node[keyword], fields, (*place, keyword))
    for index, child in enumerate(node.get("allOf", ())):
        yield from _consequence(child, fields, (*place, "allOf", index))


def _unknown_names(names: Iterable[str], known: Iterable[str], place: SchemaPlace) -> Iterator[PackProblem]:
    for name in names:
        if name not in known:
            meant = closest(name, known)
            english, chinese = f'there is no field "{name}" here', f"这里没有“{name}”这个栏目"
            english += f'; is "{meant}" meant?' if meant else ""
            yield _problem(place, english, chinese + (f"，是不是“{meant}”？" if meant else ""))


def _consequence(node: Any, fields: Node, place: SchemaPlace) -> Iterator[PackProblem]:
    """What is wrong with what holds for `fields` under a condition."""
    if not isinstance(node, Mapping):
        yield _problem(place, "this must be a schema { … }", "这里要写成{ … }")
        return
    if not set(node) - {"$comment"}:
        yield _problem(place, "nothing is asked here", "这里没有写任何要求")
    kind = fields.get("type", "")
    for name in node:
        if name in KEYWORDS and (name not in _IN_CONSEQUENCE or kind not in KEYWORDS[name].places):
            english = f'"{name}" has no effect here, within what holds under a condition'
            yield _problem((*place, name), english, f"{name}写在这里（有条件的要求里）不起作用")
    yield from _values(node, place, kind)
    if kind == GROUP:
        known = fields.get("properties", {})
        yield from _unknown_names(node.get("properties", {}), known, (*place, "properties"))
        for name, child in node.get("properties", {}).items():
            if name in known:
                yield from _consequence(child, known[name], (*place, "properties", name))
        yield from _group(node, fields, place)


def _condition(node: Any, fields: Node, place: SchemaPlace) -> Iterator[PackProblem]:
    """What is wrong with a condition, which asks about one field of `fields`, by `const` or `enum`."""
    if not isinstance(node, Mapping):
        yield _problem(place, "this must be a schema { … }", "这里要写成{ … }")
        return
    for name in set(node) - _IN_CONDITION:
        if name in KEYWORDS:
            english = f'a condition asks about one field, by "const" or "enum", not by "{name}"'
            yield _problem((*place, name), english, f"条件里只能用const或enum问一个栏目，不能用{name}")
    asked = node.get("properties", {})
    if fields.get("type") != GROUP:
        if not {"const", "enum"} & set(node) and set(node) <= _IN_CONDITION:
            english = 'a condition needs a "const" or an "enum" for its field'
            yield _problem(place, english, "条件里的栏目要有const或enum")
        yield from _values(node, place, fields.get("type", ""))
    elif len(asked) != 1:
        yield _problem(place, "a condition asks about one field", "条件只能问一个栏目")
    else:
        yield from _asked_field(node, asked, fields, place)


def _asked_field(node: Node, asked: Node, fields: Node, place: SchemaPlace) -> Iterator[PackProblem]:
    [(name, child)] = asked.items()
    known = fields.get("properties", {})
    yield from _unknown_names((name, *node.get("required", ())), known, place)
    if name not in known:
        return
    if name not in (*fields.get("required", ()), *node.get("required", ())):
        english = (
            f'"{name}" may be blank, and the condition would hold then too; add "required": ["{name}"] to it'
        )
        chinese = f'“{name}”是选填的，不填时条件也会成立；请在条件里加上"required": ["{name}"]'
        yield _problem(place, english, chinese)
    yield from _condition(child, known[name], (*place, "properties", name))
