"""A quick look whether data are valid without doubt, so that jsonschema has to go through the others only, and need not
be loaded where there are none.

It knows the few keywords of which the schemas of packs, and of the settings of packs and campaigns, are made. Where the
schema has any other, or the data are anything but plainly right, it says nothing, and jsonschema decides: this is no
second validator.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from reportfill.decimals import is_finite, is_number, is_whole
from reportfill.model.formats import is_of_format
from reportfill.model.visible import is_blank
from reportfill.pack.keywords import ABOUT

Test = Callable[[Any], bool]
"""Whether a value is valid without doubt."""

_ABOUT = ABOUT | {
    "unit",
    "rollup",
    "balances",
    "mentions",
    "wordings",
    "pattern_in_words",
    "earliest",
    "latest",
    "unique_by",
    "sorted_by",
    "listed_in",
    "prescribed",
    "prefill",
}
"""Keywords that assert nothing of a value's structure."""


_NOTHING: tuple[object, ...] = (None, "", [])
"""What a field holds that nobody filled in."""


def _is_there(value: Any) -> bool:
    """Whether a value that another one asks for is there without doubt."""
    if type(value) is list:
        return bool(value) and all(map(_is_there, value))
    return not is_blank(value) if type(value) is str else is_number(value)


def plain_test(schema: Mapping[str, Any]) -> Test | None:
    """The quick look for a schema whose references are resolved; None where it uses other keywords than known here."""
    makers = {"object": _object_test, "array": _array_test, "string": _string_test, "boolean": _boolean_test}
    kind = schema.get("type")
    if kind in ("integer", "number"):
        return _number_test(schema)
    if isinstance(kind, str) and kind in makers:
        return makers[kind](schema)
    return _untyped_test(schema) if kind is None else None


def _known(schema: Mapping[str, Any], *keywords: str) -> bool:
    return set(schema) <= {*_ABOUT, "type", *keywords}


def _number_test(schema: Mapping[str, Any]) -> Test | None:
    if not _known(schema, "minimum", "maximum", "enum"):
        return None
    least, most, listed = schema.get("minimum"), schema.get("maximum"), schema.get("enum")
    fits = is_whole if schema["type"] == "integer" else is_finite

    def test(value: Any) -> bool:
        is_number = type(value) is int or (type(value) is Decimal and fits(value))
        is_within = is_number and (least is None or value >= least) and (most is None or value <= most)
        return is_within and (listed is None or value in listed)

    return test


def _boolean_test(schema: Mapping[str, Any]) -> Test | None:
    return (lambda value: type(value) is bool) if _known(schema) else None


def _untyped_test(schema: Mapping[str, Any]) -> Test | None:
    """A schema without a type: one of several words, or whatever there is."""
    words = schema.get("enum", ())
    if not _known(schema, "enum") or not all(type(word) is str for word in words):
        return None
    return (lambda value: type(value) is str and value in words) if "enum" in schema else (lambda value: True)


def _string_test(schema: Mapping[str, Any]) -> Test | None:
    keywords = ("minLength", "maxLength", "pattern", "enum", "const", "format")
    if not _known(schema, *keywords) or {"enum", "const"} <= set(schema):
        return None
    least, most = schema.get("minLength", 0), schema.get("maxLength")
    listed = schema.get("enum", [schema["const"]] if "const" in schema else None)
    choices = listed and frozenset(word for word in listed if type(word) is str)
    pattern = re.compile(schema["pattern"]) if "pattern" in schema else None
    form = schema.get("format")

    def test(value: Any) -> bool:
        return (
            isinstance(value, str)
            and len(value) >= least
            and (most is None or len(value) <= most)
            and (pattern is None or pattern.search(value) is not None)
            and (choices is None or value in choices)
            and (form is None or is_of_format(value, form))
        )

    return test


def _array_test(schema: Mapping[str, Any]) -> Test | None:
    items = plain_test(schema.get("items", {}))
    if items is None or not _known(schema, "items", "minItems", "maxItems", "uniqueItems"):
        return None
    least, most = schema.get("minItems", 0), schema.get("maxItems")
    is_set = schema.get("uniqueItems") is True

    def test(value: Any) -> bool:
        fits = type(value) is list and len(value) >= least and (most is None or len(value) <= most)
        return fits and all(map(items, value)) and not (is_set and len(set(value)) < len(value))

    return test


def _object_test(schema: Mapping[str, Any]) -> Test | None:
    if not _known(schema, "properties", "required", "additionalProperties", "dependentRequired"):
        return None
    others = schema.get("additionalProperties")
    test_other = plain_test(others) if isinstance(others, Mapping) else None
    if others is not False and test_other is None:
        return None
    tests = {key: plain_test(child) for key, child in schema.get("properties", {}).items()}
    if None in tests.values():
        return None
    required = frozenset(schema.get("required", ()))
    dependent = schema.get("dependentRequired", {})

    def test(value: Any) -> bool:
        if type(value) is not dict or not required <= value.keys():
            return False
        for key, needed in dependent.items():
            if value.get(key) not in _NOTHING and not all(_is_there(value.get(other)) for other in needed):
                return False
        for key, child in value.items():  # a loop, because `all` takes half as long again
            test_child = tests.get(key, test_other)
            if test_child is None or not test_child(child):
                return False
        return True

    return test
