"""The keywords of schema.json: where each has an effect, and why every other one is refused by name.

A keyword that nothing looks at is worse than none: whoever wrote it relies on it. So a schema has the keywords of this
list and no other, each only where it does something. docs/schema-vocabulary.md shows the list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reportfill.model.fields import is_rows
from reportfill.model.kinds.table import kind_of_field
from reportfill.pack.problems import PackProblem, SchemaPlace, problem_in_schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"

GROUP, PARAGRAPHS, TEXT, COUNT, AMOUNT = "object", "array", "string", "integer", "number"
YES_NO, CHOICE, CHOICES, DAY, MONTH, PICTURE = "boolean", "choice", "choices", "date", "year-month", "picture"
ADDRESS = "uri"
TYPES = (GROUP, PARAGRAPHS, TEXT, COUNT, AMOUNT, YES_NO)
ROOT, PARAGRAPH, OPTION, ROWS = "root", "paragraph", "option", "rows"
"""More places of keywords: the outermost schema, `items` of paragraphs and of several choices, a list of objects."""

_NUMBERS = (COUNT, AMOUNT)
_LISTABLE = (TEXT, CHOICE, PARAGRAPH)
_TEXTS = (*_LISTABLE, ADDRESS)
_VALUES = (*_NUMBERS, *_LISTABLE, OPTION)
_DATED = (DAY, MONTH)
_LISTS = (PARAGRAPHS, CHOICES, ROWS)
_PARTS = (*_NUMBERS, TEXT, CHOICE, *_DATED, PICTURE, ADDRESS, YES_NO, *_LISTS, GROUP)
_EVERYWHERE = (*_PARTS, PARAGRAPH, OPTION)


@dataclass(frozen=True, slots=True)
class Keyword:
    """A keyword that has an effect: in which places, what it means, and what the workbook itself does about it."""

    name: str
    places: tuple[str, ...]
    meaning: str
    in_workbook: str = ""


_TABLE = (
    Keyword("$schema", (ROOT,), f"the dialect, `{DIALECT}`; or left out"),
    Keyword("$id", (ROOT,), "a name by which other programs know the schema"),
    Keyword("$comment", _EVERYWHERE, "a note to whoever edits the schema; it asks for nothing"),
    Keyword("$defs", _EVERYWHERE, "definitions for `$ref`"),
    Keyword(
        "$ref",
        _EVERYWHERE,
        "a definition of the same file (`#/$defs/…`); beside it only what it does not say",
    ),
    Keyword("type", _EVERYWHERE, "what stands there", "whole, decimal or text"),
    Keyword("title", _PARTS, "the official label, as printed; also how findings name the field", "prompt"),
    Keyword("description", _PARTS, "what is counted or written, as the clerk sees it", "prompt"),
    Keyword("properties", (GROUP,), "the parts, in reading order"),
    Keyword("required", (GROUP,), "the parts that have to be filled in", "sheet 校验"),
    Keyword("additionalProperties", (GROUP,), "false: data with other parts are refused"),
    Keyword(
        "items",
        _LISTS,
        "what each paragraph has to be; the values from which several are chosen; what each row holds",
    ),
    Keyword("uniqueItems", (CHOICES,), "true: several values of a list are chosen, each once"),
    Keyword(
        "minItems", _LISTS, "the least number of paragraphs or rows; 0 beside `required`: there may be none"
    ),
    Keyword("maxItems", _LISTS, "the greatest number of paragraphs or rows"),
    Keyword("minLength", _TEXTS, "the least number of characters; 0 beside `required`: may be blank", "yes"),
    Keyword("maxLength", _TEXTS, "the greatest number of characters", "yes"),
    Keyword("pattern", _TEXTS, "a regular expression (ECMA-262) that the text must fit; see below"),
    Keyword("pattern_in_words", _TEXTS, "the pattern as people say it: 六位数字", "prompt"),
    Keyword("enum", _VALUES, "the values from which one is chosen", "a list"),
    Keyword("const", _VALUES, "the only value", "a list"),
    Keyword(
        "oneOf",
        (CHOICE, OPTION),
        "the values from which one is chosen, each a `const` with its `title`",
        "a list",
    ),
    Keyword(
        "format",
        (*_DATED, PICTURE, ADDRESS),
        "`date`, a day such as 2025-03-01, `year-month` such as 2025-03, `picture`, or `uri`; see below",
        "yes",
    ),
    Keyword("earliest", _DATED, "the first day or month; see below", "yes"),
    Keyword("latest", _DATED, "the last day or month; see below", "yes"),
    Keyword("minimum", _NUMBERS, "the least value", "yes"),
    Keyword("maximum", _NUMBERS, "the greatest value", "yes"),
    Keyword("exclusiveMinimum", _NUMBERS, "the value must be greater", "yes"),
    Keyword("exclusiveMaximum", _NUMBERS, "the value must be less", "yes"),
    Keyword("multipleOf", _NUMBERS, "the value is a multiple, exactly; 0.01: at most two decimals"),
    Keyword(
        "dependentRequired", (GROUP,), "where one part is filled in, the others named have to be as well"
    ),
    Keyword("dependentSchemas", (GROUP,), "where a part is filled in, what holds then"),
    Keyword("if", (GROUP,), "a condition on one field, by `const` or `enum`"),
    Keyword("then", (GROUP,), "what holds where the condition does"),
    Keyword("else", (GROUP,), "what holds where it does not"),
    Keyword("allOf", (GROUP,), "several `if`, `then` and `else`, all of which hold"),
    Keyword("unique_by", (ROWS,), "see below"),
    Keyword("sorted_by", (ROWS,), "see below"),
    Keyword(
        "prescribed", (ROWS,), "the rows that every report has; see below", "they stand in the blank workbook"
    ),
    Keyword("prefill", (ROWS,), "see below", "filled in"),
    Keyword("listed_in", (TEXT,), "the field of rows one of whose texts it has to be; see below", "a list"),
    Keyword("applies_when", _PARTS, "see below", "grey, and not counted as open"),
    Keyword("balances", (GROUP,), "see below", "sheet 校验"),
    Keyword("mentions", (GROUP,), "see below"),
    Keyword("wordings", (ROOT,), "see below"),
    Keyword("rollup", (*_NUMBERS, ROWS), "see below"),
    Keyword("unit", _NUMBERS, "see below", "prompt"),
)
KEYWORDS: Mapping[str, Keyword] = {keyword.name: keyword for keyword in _TABLE}
"""Every keyword that a schema may have, by name."""

ABOUT = frozenset({"$schema", "$id", "$comment", "$defs", "title", "description"})
"""Those that ask nothing of a value."""

_NOT_HONOURED: Mapping[str, tuple[str, str]] = {
    "anyOf": ('write "enum", or "if" and "then"', "请用enum，或者if和then"),
    "not": ('write "enum", or "if" and "else"', "请用enum，或者if和else"),
    "default": ("no value is ever filled in unasked", "不会替填报人填写任何内容"),
    "examples": ('write them into the "description"', "请写进description"),
    "definitions": ('"$defs" is meant', "应当写$defs"),
    "dependencies": (
        '"dependentRequired" or "dependentSchemas" is meant',
        "应当写dependentRequired或dependentSchemas",
    ),
    "divisibleBy": ('"multipleOf" is meant', "应当写multipleOf"),
    "id": ('"$id" is meant', "应当写$id"),
    "extends": ('"$ref" is meant', "应当写$ref"),
    "disallow": ('write "enum"', "请用enum"),
    **dict.fromkeys(
        ("prefixItems", "additionalItems", "contains", "minContains", "maxContains", "unevaluatedItems"),
        ("a list holds paragraphs or rows, all of one kind", "列表里只能是段落或者行，要求都相同"),
    ),
    **dict.fromkeys(
        ("patternProperties", "propertyNames", "unevaluatedProperties", "minProperties", "maxProperties"),
        ('a part has the fields of its "properties"', "每部分的栏目都写在properties里"),
    ),
    **dict.fromkeys(
        ("$anchor", "$dynamicAnchor", "$dynamicRef", "$recursiveRef", "$recursiveAnchor", "$vocabulary"),
        ('refer by "$ref" to "#/$defs/…"', "请用$ref指向“#/$defs/…”"),
    ),
    **dict.fromkeys(
        ("deprecated", "readOnly", "writeOnly", "contentEncoding", "contentMediaType", "contentSchema"),
        ('for a note there is "$comment"', "要写说明请用$comment"),
    ),
}
"""Keywords of JSON Schema, of 2020-12 and before, that are not honoured, and what to do instead."""


def place_of(node: Mapping[str, Any]) -> str:
    """The place of the keywords that stand in the schema of a part: what the part is."""
    if is_rows(node):
        return ROWS
    kind = kind_of_field(node)
    return kind.name if kind else GROUP


def unknown_keywords(schema: object) -> Iterator[PackProblem]:
    """Every keyword of a schema as it is written, at any depth and in definitions too, that is not on the list."""
    for place, node in written_subschemas(schema):
        for name in node:
            if name not in KEYWORDS:
                english, chinese = _why_not(name)
                yield problem_in_schema((*place, name), english, chinese)


def written_subschemas(
    node: object, place: SchemaPlace = ()
) -> Iterator[tuple[SchemaPlace, Mapping[str, Any]]]:
    """Every schema within a schema as it is written, each with its place."""
    if not isinstance(node, Mapping):
        return
    yield place, node
    for key, value in node.items():
        if key in ("properties", "$defs", "dependentSchemas") and isinstance(value, Mapping):
            for name, child in value.items():
                yield from written_subschemas(child, (*place, key, name))
        elif key == "allOf" and isinstance(value, list):
            for index, child in enumerate(value):
                yield from written_subschemas(child, (*place, key, index))
        elif key in ("items", "if", "then", "else"):
            yield from written_subschemas(value, (*place, key))


def _why_not(name: str) -> tuple[str, str]:
    if name in _NOT_HONOURED:
        english, chinese = _NOT_HONOURED[name]
        return f'"{name}" is not honoured: {english}', f"不支持{name}：{chinese}"
    meant = closest(name, KEYWORDS)
    english, chinese = f'there is no keyword "{name}"', f"没有{name}这个关键字"
    return (f'{english}; is "{meant}" meant?', f"{chinese}，是不是{meant}？") if meant else (english, chinese)


def closest(name: str, known: Iterable[str]) -> str:
    """The known name that may have been meant by one that is not, or the empty string."""
    from difflib import get_close_matches

    plain = {_plain(each): each for each in known}
    close = get_close_matches(_plain(name), plain, n=1, cutoff=0.75)
    return plain[close[0]] if close else ""


def _plain(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())
