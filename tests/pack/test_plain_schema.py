"""What the quick look calls valid, jsonschema calls valid; what it cannot tell is left to jsonschema."""

from __future__ import annotations

import copy
import subprocess
import sys
from decimal import Decimal
from typing import Any

import pytest
from builders import figures_only
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from places import ROOT

from reportfill import Pack
from reportfill.checks.values_schema import without_blanks
from reportfill.model.figures import value_at, with_values
from reportfill.pack.plain_schema import plain_test

ODD = [
    None,
    True,
    0,
    -1,
    1.0,
    1.5,
    10**12,
    Decimal("0.5"),
    Decimal("NaN"),
    "",
    "文",
    "x" * 6000,
    "a",
    [],
    [""],
    ["a"],
    [1],
    {},
    {"a": 1},
]


def test_a_sound_report_is_valid_without_doubt(pack: Pack, weihui: dict[str, Any]) -> None:
    test = plain_test(pack.schema)
    assert test is not None
    assert test(weihui)
    assert test(figures_only(pack, {}) | {"year": 2023}) is False  # totals are missing: jsonschema says so


@given(number=st.integers(0, 10_000), odd=st.sampled_from(ODD), what=st.sampled_from(["put", "drop", "add"]))
def test_what_it_calls_valid_jsonschema_calls_valid(
    request: pytest.FixtureRequest, number: int, odd: object, what: str
) -> None:
    pack, data = request.getfixturevalue("pack"), copy.deepcopy(request.getfixturevalue("weihui"))
    paths = list(pack.fields)
    path = paths[number % len(paths)]
    if what == "put":
        data = with_values(data, {path: odd})
    else:
        above, _, key = path.rpartition(".")
        holder = value_at(data, above) if above else data
        if what == "drop":
            holder.pop(key, None)
        else:
            holder["unknown"] = odd
    test = plain_test(pack.schema)
    assert test is not None
    if test(data):
        assert Draft202012Validator(pack.schema).is_valid(data)


SMALL = {
    "type": "object",
    "additionalProperties": False,
    "required": ["word"],
    "properties": {
        "word": {"enum": ["a", "文"]},
        "flag": {"type": "boolean"},
        "list": {"type": "array"},
        "choice": {"type": "string", "enum": ["a", "文", 1]},
        "only": {"type": "string", "const": "文"},
        "any": {},
    },
}


@given(
    data=st.dictionaries(st.sampled_from([*SMALL["properties"], "other"]), st.sampled_from(ODD), max_size=4)
)
def test_words_flags_and_what_may_be_anything_are_looked_at_as_well(data: dict[str, Any]) -> None:
    test = plain_test(SMALL)
    assert test is not None
    assert test({"word": "文", "flag": False, "list": [1], "any": None})
    if test(data):
        assert Draft202012Validator(SMALL).is_valid(data)


WITH_OTHERS: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "dependentRequired": {"first": ["second"], "second": ["first", "number"]},
    "properties": {
        "first": {"type": "array", "items": {"type": "string"}},
        "second": {"type": "array", "items": {"type": "string"}},
        "number": {"type": "integer"},
    },
}


@given(
    data=st.fixed_dictionaries(
        {},
        optional={
            "first": st.sampled_from([[], [""], ["　"], ["文"], ["文", "\u200b"]]),
            "second": st.sampled_from([[], ["文"], [" "]]),
            "number": st.sampled_from([0, 3]),
        },
    )
)
def test_what_needs_another_part_needs_one_that_is_not_blank(data: dict[str, Any]) -> None:
    test = plain_test(WITH_OTHERS)
    assert test is not None
    assert test({"first": [], "second": [], "number": 1})
    assert test({"first": ["文"], "second": ["文"], "number": 0})
    if test(data):
        assert Draft202012Validator(WITH_OTHERS).is_valid(without_blanks(data, WITH_OTHERS))


NAMED = {
    "type": "object",
    "properties": {"word": {"enum": ["a"]}},
    "additionalProperties": {"type": "object", "additionalProperties": {"type": "string"}},
}


@given(
    data=st.dictionaries(
        st.sampled_from(["word", "other", "another"]),
        st.sampled_from([*ODD, {"a": "b"}, {"a": "b", "c": "d"}]),
        max_size=3,
    )
)
def test_keys_that_no_schema_names_are_looked_at_by_their_own(data: dict[str, Any]) -> None:
    test = plain_test(NAMED)
    assert test is not None
    assert test({"word": "a", "other": {"a": "b"}, "another": {}})
    if test(data):
        assert Draft202012Validator(NAMED).is_valid(data)


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "object", "properties": {}},
        {"enum": ["a", 1]},
        {"type": "boolean", "enum": [True]},
        {"type": ["string", "null"]},
        {"type": "string", "contentEncoding": "base64"},
        {"type": "integer", "multipleOf": 2},
        {"type": "object", "additionalProperties": False, "properties": {"a": {"enum": [1]}}},
        {"type": "array", "items": {"const": 1}},
    ],
)
def test_of_a_schema_with_other_keywords_it_says_nothing(schema: dict[str, Any]) -> None:
    assert plain_test(schema) is None


def test_the_packs_that_come_with_the_tool_are_read_without_jsonschema() -> None:
    shipped = [str(place.parent) for place in (ROOT / "templates").glob("*/pack.toml")]
    program = """
import sys
from reportfill.pack.pack import load_pack
for place in sys.argv[1:]:
    load_pack(place)
assert "jsonschema" not in sys.modules
"""
    assert subprocess.run([sys.executable, "-c", program, *shipped], check=False).returncode == 0
