"""What the keywords of JSON Schema ask of a value, and values themselves, in words that people use.

jsonschema's own messages spell values as Python does, and name keywords that whoever filled in a form never saw.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from reportfill.decimals import exact, is_number, plain
from reportfill.text import Text, cut, how_many, listed_words

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

_LONGEST_SHOWN = 40
"""Characters of a value that are shown."""

_MOST_SHOWN = 8
"""So many of the values from which one is chosen are shown."""


_TYPES: Mapping[str, Text] = {
    "integer": Text("整数", "a whole number"),
    "number": Text("数字", "a number"),
    "string": Text("文字", "a text"),
    "array": Text("列表", "a list"),
    "object": Text("一组数据", "a group of values"),
    "boolean": Text("真或假（true、false）", "true or false"),
    "null": Text("空值", "nothing"),
}


def value_in_words(value: Any) -> Text:
    """A value as people see it."""
    if value is None:
        return Text("空值", "nothing")
    if isinstance(value, bool):
        return Text("真", "true") if value else Text("假", "false")
    if isinstance(value, str):
        shown = cut(value, _LONGEST_SHOWN)
        return Text(f"“{shown}”", f'"{shown}"')
    if is_number(value):
        return Text(*[plain(exact(value))] * 2)
    if isinstance(value, Mapping):
        return _TYPES["object"]
    if not isinstance(value, list):
        return Text("", "")
    number = len(value)
    return Text(f"列表（{number}项）", f"a list of {how_many(number, 'entry', 'entries')}")


def one_of(values: Iterable[Any]) -> Text:
    """Values from which one is chosen: “甲”“乙”或“丙”."""
    all_of_them = list(values)
    shown = [value_in_words(value) for value in all_of_them[:_MOST_SHOWN]]
    if len(all_of_them) > _MOST_SHOWN:
        more = len(all_of_them)
        return Text(
            listed_words(value.zh for value in shown) + f"等{more}项之一",
            ", ".join(value.en for value in shown) + f", … (one of {more})",
        )
    zh, en = [value.zh for value in shown], [value.en for value in shown]
    return Text(
        "或".join(filter(None, (listed_words(zh[:-1]), zh[-1]))) if zh else "",
        " or ".join(filter(None, (", ".join(en[:-1]), en[-1]))) if en else "",
    )


Demand = Callable[[Any, Mapping[str, Any]], Text]
"""What a keyword asks, in words, from its value and the schema in which it stands."""


def _of_number(zh: str, en: str) -> Demand:
    """The demand that these words make with a number in the place of {}."""
    return lambda asked, _: Text(zh.format(plain(exact(asked))), en.format(plain(exact(asked))))


def _or_none(demand: Demand) -> Demand:
    """A demand for at most so many, which is one for none where that is 0."""
    return lambda asked, node: demand(asked, node) if asked else Text("不应填写", "must be left blank")


def _type(asked: Any, node: Mapping[str, Any]) -> Text:
    kinds = [_TYPES[kind] for kind in ([asked] if isinstance(asked, str) else asked)]
    return Text(
        f"应当是{'或'.join(kind.zh for kind in kinds)}", f"must be {' or '.join(kind.en for kind in kinds)}"
    )


def _choice(asked: Any, node: Mapping[str, Any]) -> Text:
    choices = one_of(asked)
    return Text(f"只能是{choices.zh}", f"must be {choices.en}")


def _multiple(asked: Any, node: Mapping[str, Any]) -> Text:
    step = Decimal(plain(exact(asked)))
    _, digits, exponent = step.as_tuple()
    if digits == (1,) and isinstance(exponent, int) and exponent < 0:
        return Text(f"最多{-exponent}位小数", f"must have at most {how_many(-exponent, 'decimal')}")
    return Text(f"必须是{plain(step)}的倍数", f"must be a multiple of {plain(step)}")


def _pattern(asked: Any, node: Mapping[str, Any]) -> Text:
    form = node.get("pattern_in_words", "")
    return Text(
        f"要符合规定的格式{f'（{form}）' if form else ''}",
        f"must have the prescribed form{f' ({form})' if form else ''}",
    )


_DEMANDS: Mapping[str, Demand] = {
    "type": _type,
    "enum": _choice,
    "const": lambda asked, node: _choice([asked], node),
    "minimum": _of_number("不能小于{}", "must be at least {}"),
    "maximum": _of_number("不能大于{}", "must be at most {}"),
    "exclusiveMinimum": _of_number("必须大于{}", "must be more than {}"),
    "exclusiveMaximum": _of_number("必须小于{}", "must be less than {}"),
    "multipleOf": _multiple,
    "minLength": _of_number("至少{}个字", "must have {} or more characters"),
    "maxLength": _of_number("最多{}个字", "must have no more characters than {}"),
    "minItems": _of_number("至少{}项", "must have {} or more entries"),
    "maxItems": _of_number("最多{}项", "must have no more entries than {}"),
    "pattern": _pattern,
}

OF_PARAGRAPHS: Mapping[str, Demand] = {
    "minItems": _of_number("至少{}段", "must have {} or more paragraphs"),
    "maxItems": _of_number("最多{}段", "must have no more paragraphs than {}"),
}
"""What is asked of the field of a report that is a list."""

OF_ROWS: Mapping[str, Demand] = {
    "minItems": _of_number("至少{}行", "must have {} or more rows"),
    "maxItems": _or_none(_of_number("最多{}行", "must have no more rows than {}")),
}
"""What is asked of the rows of a report."""


def requirement(keyword: str, asked: Any, node: Mapping[str, Any]) -> Text:
    """What a keyword of a schema, `node`, asks of a value; without naming the keyword."""
    make = _DEMANDS.get(keyword)
    return make(asked, node) if make else Text("不符合要求", "is not as it must be")


def problem_in_words(error: ValidationError) -> Text:
    """What jsonschema has against a file of settings or a schema, in words and without Python's spelling."""
    keyword = error.validator
    asked: Any = error.validator_value
    instance: Any = error.instance
    if keyword == "required":
        missing = [name for name in asked if name not in instance]
        return Text(f"缺少{_quoted_zh(missing)}", f"{_quoted_en(missing)} is missing")
    node = error.schema if isinstance(error.schema, Mapping) else {}
    if keyword == "additionalProperties":
        unknown = [name for name in instance if name not in node.get("properties", {})]
        return Text(f"没有{_quoted_zh(unknown)}这样的项", f"{_quoted_en(unknown)} is not known")
    if keyword is None:
        return Text("这一项不该写在这里", "this does not belong here")
    wanted, found = requirement(str(keyword), asked, node), value_in_words(instance)
    return Text(f"{wanted.zh}，现在是{found.zh}", f"{wanted.en}, and is {found.en}")


def _quoted_zh(names: Iterable[str]) -> str:
    return listed_words(f"“{name}”" for name in names)


def _quoted_en(names: Iterable[str]) -> str:
    return ", ".join(json.dumps(name, ensure_ascii=False) for name in names)
