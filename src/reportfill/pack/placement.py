"""Whether each keyword of a schema has an effect where it stands: its type, its names, and values that can be."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from reportfill.decimals import is_number, is_whole
from reportfill.errors import PackError
from reportfill.model.days import bound_in_year
from reportfill.model.fields import ADDED, NOT_ADDED
from reportfill.model.labels import folded
from reportfill.model.options import options_of
from reportfill.pack.keywords import (
    ADDRESS,
    AMOUNT,
    CHOICES,
    COUNT,
    DAY,
    GROUP,
    KEYWORDS,
    MONTH,
    OPTION,
    PARAGRAPH,
    PARAGRAPHS,
    PICTURE,
    ROOT,
    ROWS,
    TEXT,
    TYPES,
    place_of,
    written_subschemas,
)
from reportfill.pack.patterns import compiled_pattern, tried
from reportfill.pack.problems import PackProblem, SchemaPlace, problem_in_schema
from reportfill.pack.row_keywords import row_keyword_problems
from reportfill.pack.schema_names import misnamed, unknown_names
from reportfill.text import word_list

Node = Mapping[str, Any]

_OF_OPTIONS: Mapping[str, Callable[[Any], bool]] = {
    TEXT: lambda value: isinstance(value, str),
    COUNT: lambda value: is_number(value) and is_whole(value),
    AMOUNT: is_number,
}
"""The types of which values are listed, and whether a value is of one."""

_LISTING = ("enum", "oneOf")
"""The keywords that list values."""

_ANY_YEAR = 2000

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
        yield problem_in_schema((), 'the outermost "type" must be object', "最外层的type必须是object")
        return
    yield from _part(schema, ())


def slow_patterns(schema: Node) -> Iterator[PackProblem]:
    """Every pattern of a resolved schema that takes too long for some text."""
    for place, node in written_subschemas(schema):
        if "pattern" in node:
            try:
                tried(node["pattern"], node.get("maxLength"))
            except PackError as error:
                yield problem_in_schema((*place, "pattern"), error.english, error.chinese)


def _part(node: Any, place: SchemaPlace) -> Iterator[PackProblem]:
    if not isinstance(node, Mapping):
        yield problem_in_schema(
            place, "a field needs a schema of its own", "每个栏目都要有自己的要求，写成{ … }"
        )
        return
    if node.get("type") not in TYPES:
        where = (*place, "type") if "type" in node else place
        yield problem_in_schema(
            where, f'"type" must be {", ".join(TYPES)}', f"type必须是{'、'.join(TYPES)}中的一个"
        )
        return
    kind = place_of(node)
    yield from _without_effect(node, place, kind)
    yield from _values(node, place)
    if kind in (COUNT, AMOUNT) and node.get("rollup", ADDED) not in (ADDED, NOT_ADDED):
        english = 'a number is added by "sum" or "none"'
        yield problem_in_schema((*place, "rollup"), english, "数字的汇总办法写sum或者none")
    if kind == GROUP:
        yield from _fields(node, place)
        yield from _group(node, node, place)
    elif kind == ROWS:
        yield from _part(node["items"], (*place, "items"))
        yield from row_keyword_problems(node, place)
    elif kind == PARAGRAPHS:
        yield from _paragraph(node.get("items"), (*place, "items"))
    elif kind == CHOICES:
        yield from _listed_entries(node.get("items"), (*place, "items"))
    elif kind in (DAY, MONTH):
        yield from _bounds_of_days(node, place, kind)


def _fields(node: Node, place: SchemaPlace) -> Iterator[PackProblem]:
    """What is wrong with the fields of a group."""
    if not node.get("properties"):
        yield problem_in_schema(
            place,
            'a group needs "properties": the fields that it holds',
            "这一组里没有写properties（有哪些栏目）",
        )
    known: dict[str, str] = {}
    for name, child in node.get("properties", {}).items():
        same = known.setdefault(unicodedata.normalize("NFKC", name), name)
        if same != name:
            english = f'"{name}" and "{same}" are one name to tags, which do not tell width; name one of them otherwise'
            chinese = f"“{name}”和“{same}”在标签里是同一个名称（不分全角、半角），请改一个"
            yield problem_in_schema((*place, "properties", name), english, chinese)
        yield from misnamed(name, (*place, "properties", name))
        yield from _part(child, (*place, "properties", name))


def _without_effect(node: Node, place: SchemaPlace, kind: str) -> Iterator[PackProblem]:
    for name in node:
        known = KEYWORDS.get(name)
        if known and name == "format" and kind == TEXT:
            english = (
                f'"format" has no effect here: it can be {DAY}, {MONTH}, {PICTURE} or {ADDRESS}; for other forms'
                ' write a "pattern"'
            )
            chinese = (
                f"format写在这里不起作用：只能是{DAY}、{MONTH}、{PICTURE}或{ADDRESS}；其他格式请用pattern"
            )
            yield problem_in_schema((*place, name), english, chinese)
        elif known and kind not in known.places and not (not place and ROOT in known.places):
            beside = "items" if kind in (PARAGRAPH, OPTION) else kind
            yield problem_in_schema(
                (*place, name), f'"{name}" has no effect beside {beside}', f"{name}写在{beside}这里不起作用"
            )
    if node.get("additionalProperties") not in (None, False):
        english = '"additionalProperties" must be false; anything else has no effect'
        yield problem_in_schema(
            (*place, "additionalProperties"), english, "additionalProperties只能写false，写别的不起作用"
        )
    if "pattern_in_words" in node and "pattern" not in node:
        yield problem_in_schema(
            place, '"pattern_in_words" needs a "pattern"', "有pattern_in_words就要有pattern"
        )
    for lone in {"then", "else"} & set(node) if "if" not in node else ():
        yield problem_in_schema((*place, lone), f'"{lone}" needs an "if"', f"有{lone}就要有if")
    if "if" in node and not {"then", "else"} & set(node):
        yield problem_in_schema((*place, "if"), '"if" needs a "then" or an "else"', "有if就要有then或者else")


def _paragraph(node: Any, place: SchemaPlace) -> Iterator[PackProblem]:
    if not isinstance(node, Mapping) or node.get("type") != TEXT:
        english = 'an array holds paragraphs or rows, so its "items" must be of type string or object'
        yield problem_in_schema(place, english, "列表里是段落或者行，items的type必须是string或object")
        return
    yield from _without_effect(node, place, PARAGRAPH)
    yield from _values(node, place)


def _listed_entries(node: Any, place: SchemaPlace) -> Iterator[PackProblem]:
    """What is wrong with the schema of the values from which several are chosen."""
    if not isinstance(node, Mapping) or node.get("type") not in _OF_OPTIONS or not set(_LISTING) & set(node):
        english = 'several values are chosen from a list: "items" needs a type and an "enum" or a "oneOf"'
        yield problem_in_schema(place, english, "多选要有可选的内容：items里要写type，以及enum或者oneOf")
        return
    yield from _without_effect(node, place, OPTION)
    yield from _values(node, place)


def _bounds_of_days(node: Node, place: SchemaPlace, kind: str) -> Iterator[PackProblem]:
    """What is wrong with the first and last day or month that there may be."""
    bounds = [node[name] for name in ("earliest", "latest") if name in node]
    if kind == MONTH and any(bound.count("-") - ("year-" in bound) > 1 for bound in bounds):
        english = "the bounds of a month are months, such as 2025-03 or year-03"
        yield problem_in_schema(place, english, "年月的界限要写成年月，例如2025-03或year-03")
    in_one_year = [bound_in_year(bound, _ANY_YEAR) for bound in bounds]
    are_comparable = len({"year" in bound for bound in bounds}) == 1
    if len(bounds) == 2 and are_comparable and in_one_year[0] > in_one_year[1]:
        yield problem_in_schema(place, '"earliest" is after "latest"', "earliest晚于latest")


def _values(node: Node, place: SchemaPlace, type_: str = "") -> Iterator[PackProblem]:
    """What is asked of a value of a type and no value can meet, or no pattern that can be used."""
    kind = type_ or node.get("type", "")
    fits = _OF_OPTIONS.get(kind, lambda value: isinstance(value, bool))
    for keyword, listed in _listed_values(node):
        if not all(map(fits, listed)):
            english = f'a value of "{keyword}" is not of the type {kind}'
            yield problem_in_schema((*place, keyword), english, f"{keyword}里的值不全是{kind}类型")
    yield from _options(node, place)
    if node.get("enum") == []:
        yield problem_in_schema(
            (*place, "enum"), '"enum" is empty: no value could be right', "enum是空的，填什么都不对"
        )
    for least, most in _BOUNDS:
        if least in node and most in node and node[least] > node[most]:
            yield problem_in_schema(place, f'"{least}" is greater than "{most}"', f"{least}大于{most}")
    if isinstance(node.get("pattern"), str):
        try:
            compiled_pattern(node["pattern"])
        except PackError as error:
            yield problem_in_schema((*place, "pattern"), error.english, error.chinese)


def _listed_values(node: Node) -> Iterator[tuple[str, list[Any]]]:
    """The values that a schema lists, by the keyword that does."""
    if isinstance(node.get("enum"), list):
        yield "enum", node["enum"]
    if "const" in node:
        yield "const", [node["const"]]
    if isinstance(node.get("oneOf"), list):
        yield "oneOf", [one["const"] for one in node["oneOf"] if isinstance(one, Mapping) and "const" in one]


def _options(node: Node, place: SchemaPlace) -> Iterator[PackProblem]:
    """What is wrong with values that have words of their own, or with two ways to list them."""
    if "oneOf" in node:
        if {"enum", "const"} & set(node):
            english = '"oneOf" lists the values already; "enum" and "const" do not stand beside it'
            yield problem_in_schema((*place, "oneOf"), english, "oneOf已列出可选的内容，不再写enum和const")
        for index, one in enumerate(node["oneOf"]):
            if (
                not isinstance(one, Mapping)
                or set(one) - {"const", "title", "$comment"}
                or "const" not in one
            ):
                english = 'each entry of "oneOf" has a "const" and, if people see other words, a "title"'
                chinese = "oneOf里的每一项写const，显示的文字不同的再写title"
                yield problem_in_schema((*place, "oneOf", index), english, chinese)
                return
    words = [folded(option.title) for option in options_of(node)]
    twice = next((word for word in words if words.count(word) > 1), "")
    if twice:
        english = f"two of the values to be chosen are “{twice}” to people"
        yield problem_in_schema(place, english, f"可选的内容里“{twice}”不止一个")


def _group(node: Node, fields: Node, place: SchemaPlace) -> Iterator[PackProblem]:
    """What is wrong with the parts of a schema for a group that speak of its `fields`: with `required`, and with what
    holds under conditions."""
    known = fields.get("properties", {})
    yield from unknown_names(node.get("required", ()), known, (*place, "required"))
    for name, needed in node.get("dependentRequired", {}).items():
        yield from unknown_names((name, *needed), known, (*place, "dependentRequired", name))
    for name, child in node.get("dependentSchemas", {}).items():
        yield from unknown_names((name,), known, (*place, "dependentSchemas", name))
        yield from _consequence(child, fields, (*place, "dependentSchemas", name))
    if "if" in node:
        yield from _condition(node["if"], fields, (*place, "if"))
    for keyword in CONSEQUENCES:
        if keyword in node:
            yield from _consequence(node[keyword], fields, (*place, keyword))
    for index, child in enumerate(node.get("allOf", ())):
        yield from _consequence(child, fields, (*place, "allOf", index))


def _consequence(node: Any, fields: Node, place: SchemaPlace) -> Iterator[PackProblem]:
    """What is wrong with what holds for `fields` under a condition."""
    if not isinstance(node, Mapping):
        yield problem_in_schema(place, "this must be a schema { … }", "这里要写成{ … }")
        return
    if not set(node) - {"$comment"}:
        yield problem_in_schema(place, "nothing is asked here", "这里没有写任何要求")
    kind = place_of(fields)
    for name in node:
        if name in KEYWORDS and (name not in _IN_CONSEQUENCE or kind not in KEYWORDS[name].places):
            english = f'"{name}" has no effect here, within what holds under a condition'
            yield problem_in_schema((*place, name), english, f"{name}写在这里（有条件的要求里）不起作用")
    yield from _values(node, place, fields.get("type", ""))
    if kind == GROUP:
        known = fields.get("properties", {})
        yield from unknown_names(node.get("properties", {}), known, (*place, "properties"))
        for name, child in node.get("properties", {}).items():
            if name in known:
                yield from _consequence(child, known[name], (*place, "properties", name))
        yield from _group(node, fields, place)


def _condition(node: Any, fields: Node, place: SchemaPlace) -> Iterator[PackProblem]:
    """What is wrong with a condition, which asks about one field of `fields`, by `const` or `enum`."""
    if not isinstance(node, Mapping):
        yield problem_in_schema(place, "this must be a schema { … }", "这里要写成{ … }")
        return
    for name in set(node) - _IN_CONDITION:
        if name in KEYWORDS:
            english = f'a condition asks about one field, by "const" or "enum", not by "{name}"'
            yield problem_in_schema(
                (*place, name), english, f"条件里只能用const或enum问一个栏目，不能用{name}"
            )
    asked = node.get("properties", {})
    if fields.get("type") != GROUP:
        if not {"const", "enum"} & set(node) and set(node) <= _IN_CONDITION:
            english = 'a condition needs a "const" or an "enum" for its field'
            yield problem_in_schema(place, english, "条件里的栏目要有const或enum")
        yield from _values(node, place, fields.get("type", ""))
    elif len(asked) != 1:
        yield problem_in_schema(place, "a condition asks about one field", "条件只能问一个栏目")
    else:
        yield from _asked_field(node, asked, fields, place)


def _asked_field(node: Node, asked: Node, fields: Node, place: SchemaPlace) -> Iterator[PackProblem]:
    [(name, child)] = asked.items()
    known = fields.get("properties", {})
    yield from unknown_names((name, *node.get("required", ())), known, place)
    if name not in known:
        return
    if name not in (*fields.get("required", ()), *node.get("required", ())):
        english = (
            f'"{name}" may be blank, and the condition would hold then too; add "required": ["{name}"] to it'
        )
        chinese = f'“{name}”是选填的，不填时条件也会成立；请在条件里加上"required": ["{name}"]'
        yield problem_in_schema(place, english, chinese)
    yield from _condition(child, known[name], (*place, "properties", name))
