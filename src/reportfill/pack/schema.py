"""Reading schema.json: JSON with decimals kept exact, and its references resolved once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from reportfill.decimals import LARGEST_EXPONENT, is_number, reduced
from reportfill.errors import PackError
from reportfill.model.fields import Schema
from reportfill.pack.keywords import ABOUT
from reportfill.pack.placement import misplaced_keywords
from reportfill.pack.problems import BrokenPackError, SchemaPlace, broken, place_in_schema
from reportfill.pack.vocabulary import KNOWN, digests_in, schema_digest, schema_problems

_OVERRIDING = ABOUT | {"unit", "rollup"}
"""Keywords that stand beside a `$ref` in the place of the definition's."""

_LEAST = ("minimum", "exclusiveMinimum", "minLength", "minItems")
_MOST = ("maximum", "exclusiveMaximum", "maxLength", "maxItems")

_DEEPEST = 100
"""So many times no schema nests, with the report that it describes."""

_MOST_SCHEMAS = 20_000
"""So many schemas no report needs: definitions that refer to each other several times each make exponentially many."""


def read_schema(content: bytes) -> Schema:
    """The schema as it is written, checked against the vocabulary's meta-schema.

    Raises PackError, with every place named, when it is not JSON or breaks the vocabulary.
    """
    try:
        schema = json.loads(
            content, parse_float=_number, parse_constant=_no_number, object_pairs_hook=_without_duplicates
        )
    except UnicodeDecodeError as error:
        raise _unreadable(f"it is not UTF-8 text (byte {error.start})", "不是UTF-8编码的文字") from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        chinese = f"第{error.lineno}行第{error.colno}列写法不对"
        raise _unreadable(f"{where}: {error.msg}", chinese) from error
    except RecursionError as error:
        raise _too_deep() from error
    except (ValueError, ArithmeticError) as error:
        raise _unreadable("it holds a number of thousands of digits", "里有几千位的数字") from error
    if is_deeper(schema, _DEEPEST):
        raise _too_deep()
    problems = [] if schema_digest(content) in digests_in(KNOWN) else schema_problems(schema)
    if problems:
        raise BrokenPackError(problems)
    if not isinstance(schema, dict):
        raise _unreadable("a schema must be an object", "最外层必须是{ … }")
    return schema


def _unreadable(english: str, chinese: str) -> PackError:
    return broken("schema.json", english, chinese)


def _number(digits: str) -> int | Decimal:
    """The exact number; 60.0 is the whole number that it denotes."""
    number = Decimal(digits)
    if abs(number.adjusted()) > LARGEST_EXPONENT:
        raise _unreadable(f"{digits} is out of range", f"{digits}超出了范围")
    return reduced(number)


def _no_number(constant: str) -> Any:
    raise _unreadable(f"{constant} is no number of JSON", f"{constant}不是JSON的数字")


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; a key twice in it would leave the first without effect."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in found if names.count(name) > 1)
        raise _unreadable(
            f'"{twice}" stands more than once in one object', f"同一个{{ … }}里“{twice}”不止一个"
        )
    return found


def _too_deep() -> PackError:
    return _unreadable("it is nested too deep", "嵌套过深")


def is_deeper(value: Any, most: int) -> bool:
    """Whether objects and lists of JSON stand within one another more times than that."""
    level: list[Any] = [[value]]
    for _ in range(most + 1):
        below = (child.values() if isinstance(child, dict) else child for child in level)
        level = [child for children in below for child in children if isinstance(child, dict | list | tuple)]
        if not level:
            return False
    return True


def resolved(schema: Schema) -> Schema:
    """The schema with every local `$ref` replaced by what it names.

    A title or the like beside a `$ref` stands in the place of the definition's, and so does a stricter bound. Raises
    PackError for a reference to elsewhere, to nowhere or to itself, for a keyword that contradicts the definition's,
    and for one without effect.
    """
    node = _resolved(schema, schema, (), (), iter(range(_MOST_SCHEMAS)))
    problems = list(misplaced_keywords(node))
    if problems:
        raise BrokenPackError(problems)
    return node


def _resolved(
    node: Mapping[str, Any], root: Schema, place: SchemaPlace, within: tuple[str, ...], left: Iterator[int]
) -> Schema:
    """One schema with those within it resolved; `within` are the references that led here, `left` counts down how many
    schemas there may still be."""
    if next(left, None) is None:
        raise _unreadable(
            f'its references ("$ref") together make more than {_MOST_SCHEMAS} schemas',
            f"$ref展开以后超过了{_MOST_SCHEMAS}项",
        )
    node, within = _followed(node, root, place, within)

    def inside(child: Any, *keys: str | int) -> Any:
        return _resolved(child, root, (*place, *keys), within, left) if isinstance(child, Mapping) else child

    found: Schema = {}
    for key, value in node.items():
        if key in ("properties", "dependentSchemas") and isinstance(value, Mapping):
            found[key] = {name: inside(child, key, name) for name, child in value.items()}
        elif key == "allOf" and isinstance(value, list):
            found[key] = [inside(child, key, index) for index, child in enumerate(value)]
        elif key in ("items", "if", "then", "else"):
            found[key] = inside(value, key)
        elif key != "$defs":
            found[key] = value
    return found


def _followed(
    node: Mapping[str, Any], root: Schema, place: SchemaPlace, within: tuple[str, ...]
) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    """What a schema refers to, with what it says itself, and the references that led there."""
    while isinstance(node.get("$ref"), str):
        reference = node["$ref"]
        if reference in within:
            raise _wrong_reference(place, f"{reference} refers to itself", f"{reference}引用了自己")
        if len(within) > _DEEPEST:
            raise _too_deep()
        node = _merged(_named(reference, root, place), node, place)
        within = (*within, reference)
    return node, within


def _merged(
    definition: Mapping[str, Any], beside: Mapping[str, Any], place: SchemaPlace
) -> Mapping[str, Any]:
    """A definition with what stands beside the reference to it."""
    for key, value in beside.items():
        allowed = key in (*_OVERRIDING, "$ref") or key not in definition or definition[key] == value
        if not allowed and not _is_stricter(key, value, definition[key]):
            raise _wrong_reference(
                (*place, key),
                f'"{key}" stands here and in {beside["$ref"]}, and only one of them could have an effect',
                f"{key}在这里和{beside['$ref']}里都有，只有一个能起作用",
            )
    return {**definition, **{key: value for key, value in beside.items() if key != "$ref"}}


def _is_stricter(key: str, value: Any, other: Any) -> bool:
    """Whether a bound leaves less than another, so that it alone says all that the two ask."""
    if not is_number(value) or not is_number(other):
        return False
    return value > other if key in _LEAST else key in _MOST and value < other


def _named(reference: str, root: Schema, place: SchemaPlace) -> Mapping[str, Any]:
    target: Any = root
    if not reference.startswith("#/"):
        raise _wrong_reference(
            place,
            f'"$ref" must point into this file ("#/…"), not to {reference}',
            f"$ref只能指向本文件里的内容（“#/…”），不能指向{reference}",
        )
    for key in reference[2:].split("/"):
        key = key.replace("~1", "/").replace("~0", "~")
        target = target.get(key) if isinstance(target, Mapping) else None
    if not isinstance(target, Mapping):
        raise _wrong_reference(place, f"{reference} points to nowhere", f"找不到{reference}")
    return target


def _wrong_reference(place: SchemaPlace, english: str, chinese: str) -> PackError:
    return broken(place_in_schema(place), english, chinese)
