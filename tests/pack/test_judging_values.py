"""jsonschema, as it is configured here, and the quick look say of every value what is right: an oracle that reckons
with fractions says the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from often import often

from reportfill.pack.plain_schema import plain_test
from reportfill.pack.validator import PackValidator

OFTEN = [
    0,
    5,
    50,
    -5,
    10**40,
    *map(Decimal, ("5.0", "5.5", "5E+1", "-5.00", "-0.0", "1.13", "1.130", "1E+40")),
]
"""Numbers of which several are the same, so that bounds, choices and values meet."""
NUMBERS = st.one_of(
    st.sampled_from(OFTEN),
    st.integers(-(10**40), 10**40),
    st.decimals(-20, 20, places=2),
    st.builds(
        lambda digits, power: Decimal(digits).scaleb(power), st.integers(-9999, 9999), st.integers(-9, 30)
    ),
)
STEPS = st.sampled_from([1, 2, 10**20, Decimal("0.01"), Decimal("0.1"), Decimal("2.5"), Decimal("1E-9")])
WORDS = st.text("ab文-", max_size=4)
PATTERNS = ("^a", "b$", "^[ab]*$", "文")
NO_NUMBERS = st.sampled_from([Decimal("NaN"), Decimal("Infinity"), float("nan"), float("-inf"), True, None])
VALUES = st.recursive(
    st.one_of(NUMBERS, WORDS, NO_NUMBERS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
    ),
    max_leaves=6,
)


def some(**keywords: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """One or two of these keywords, or none: with more of them hardly any value is right."""
    names = st.sets(st.sampled_from(sorted(keywords)), max_size=2)
    return names.flatmap(
        lambda chosen: st.fixed_dictionaries({name: keywords[name] for name in sorted(chosen)})
    )


NUMBER = st.builds(
    lambda kind, more: {"type": kind, **more},
    st.sampled_from(["integer", "number"]),
    some(
        minimum=NUMBERS,
        maximum=NUMBERS,
        exclusiveMinimum=NUMBERS,
        exclusiveMaximum=NUMBERS,
        multipleOf=STEPS,
        enum=st.lists(NUMBERS, min_size=1, max_size=3),
        const=NUMBERS,
    ),
)
TEXT = some(
    minLength=st.integers(0, 3),
    maxLength=st.integers(0, 3),
    pattern=st.sampled_from(PATTERNS),
    enum=st.lists(WORDS, min_size=1, max_size=3),
    const=WORDS,
).map(lambda more: {"type": "string", **more})
NO_MORE = {"type": "string"}
CLOSED = {"type": "object", "additionalProperties": False}
SCHEMAS = st.recursive(
    st.one_of(NUMBER, TEXT),
    lambda inner: st.one_of(
        some(items=inner, minItems=st.integers(0, 2), maxItems=st.integers(0, 2)).map(
            lambda more: {"type": "array", **more}
        ),
        some(
            properties=st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
            required=st.lists(st.sampled_from("abc"), max_size=2, unique=True),
            dependentRequired=st.just({"a": ["b"]}),
        ).flatmap(lambda more: st.sampled_from([{"type": "object", **more}, {**CLOSED, **more}])),
    ),
    max_leaves=5,
)


def is_right(schema: Mapping[str, Any], value: Any) -> bool:
    """What JSON Schema 2020-12 says of a value, the numbers as the fractions that they are."""
    judges = {"array": of_array, "object": of_object, "string": of_text}
    return judges.get(schema["type"], of_number)(schema, value)


def of_number(schema: Mapping[str, Any], value: Any) -> bool:
    """An integer is a number without a fraction (validation 6.1.1); a multiple gives one when divided (6.2.1)."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return False
    if isinstance(value, Decimal) and not value.is_finite():
        return False
    number = Fraction(value)

    def of(key: str, otherwise: Fraction) -> Fraction:
        return Fraction(schema[key]) if key in schema else otherwise

    return (
        (schema["type"] == "number" or number.denominator == 1)
        and of("minimum", number) <= number <= of("maximum", number)
        and of("exclusiveMinimum", number - 1) < number < of("exclusiveMaximum", number + 1)
        and (number / of("multipleOf", number or Fraction(1))).denominator == 1
        and number in map(Fraction, schema.get("enum", [number]))
        and number == of("const", number)
    )


def of_text(schema: Mapping[str, Any], value: Any) -> bool:
    """Lengths are counted in characters (6.3); a pattern may fit anywhere."""
    return (
        isinstance(value, str)
        and schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value))
        and re.search(schema.get("pattern", ""), value) is not None
        and value in schema.get("enum", [value])
        and value == schema.get("const", value)
    )


def of_array(schema: Mapping[str, Any], value: Any) -> bool:
    """6.4."""
    return (
        isinstance(value, list)
        and schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value))
        and all(is_right(schema["items"], item) for item in value if "items" in schema)
    )


def of_object(schema: Mapping[str, Any], value: Any) -> bool:
    """6.5, and what is not named is anything, unless nothing else is allowed."""
    if not isinstance(value, dict):
        return False
    known = schema.get("properties", {})
    return (
        set(schema.get("required", ())) <= set(value)
        and (schema.get("additionalProperties", True) or set(value) <= set(known))
        and not ("dependentRequired" in schema and "a" in value and "b" not in value)
        and all(is_right(known[key], child) for key, child in value.items() if key in known)
    )


def agrees(schema: Mapping[str, Any], value: Any) -> None:
    """Both say what is right; the quick look may leave it to the other."""
    right = is_right(schema, value)
    assert PackValidator(schema).is_valid(value) is right
    look = plain_test(schema)
    if look is not None:
        assert look(value) is right


def of_that_kind(schema: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """Values that are what a schema asks for in kind, and hold in part what else it asks."""
    if schema["type"] == "array":
        return st.lists(of_that_kind(schema.get("items", NO_MORE)), max_size=3)
    if schema["type"] == "object":
        parts = schema.get("properties", {})
        return st.fixed_dictionaries(
            {}, optional={key: of_that_kind(parts.get(key, NO_MORE)) for key in "abc"}
        )
    return WORDS if schema["type"] == "string" else NUMBERS


@settings(max_examples=often(400))
@given(data=st.data(), schema=SCHEMAS)
def test_every_value_is_judged_rightly(data: st.DataObject, schema: dict[str, Any]) -> None:
    agrees(schema, data.draw(of_that_kind(schema)))
    agrees(schema, data.draw(VALUES))


@settings(max_examples=often(1000))
@given(schema=NUMBER, value=st.one_of(NUMBERS, NO_NUMBERS))
def test_every_number_is_judged_exactly(schema: dict[str, Any], value: Any) -> None:
    agrees(schema, value)


@pytest.mark.parametrize(
    ("schema", "value", "right"),
    [
        ({"type": "integer"}, Decimal("5.0"), True),
        ({"type": "integer"}, Decimal("5E+1"), True),
        ({"type": "integer"}, Decimal("5.5"), False),
        ({"type": "integer"}, True, False),
        ({"type": "number"}, Decimal("NaN"), False),
        ({"type": "number", "multipleOf": Decimal("0.01")}, Decimal("1.13"), True),
        ({"type": "number", "multipleOf": 0.01}, Decimal("1.13"), True),
        ({"type": "number", "multipleOf": Decimal("0.01")}, Decimal("1.135"), False),
        ({"type": "number", "multipleOf": Decimal("0.1")}, 0.3, True),
        ({"type": "number", "maximum": Decimal("1.13")}, Decimal("1.130"), True),
    ],
)
def test_what_a_number_is_does_not_depend_on_how_it_is_written(
    schema: dict[str, Any], value: Any, right: bool
) -> None:
    assert PackValidator(schema).is_valid(value) is right
    look = plain_test(schema)
    assert look is None or look(value) is right
