"""Nothing in a schema is without effect: a keyword is honoured, and listed, or refused by its name."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pack.small_pack import Change, small_pack
from places import PACK_FOLDER

from reportfill import PackError
from reportfill.model.fields import fields_of
from reportfill.pack.check import pack_problems
from reportfill.pack.keywords import KEYWORDS, place_of
from reportfill.pack.pack import pack_from, read_parts
from reportfill.pack.problems import BrokenPackError
from reportfill.pack.rules import rules_of
from reportfill.pack.schema import read_schema, resolved

SMALL: dict[str, Any] = {
    "type": "object",
    "required": ["agency", "year"],
    "properties": {
        "agency": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}},
        "year": {"type": "integer"},
        "amount": {"type": "number"},
        "kind": {"type": "string"},
        "texts": {"type": "array", "items": {"type": "string"}},
        "one": {"type": "string", "enum": ["甲", "乙"]},
        "several": {"type": "array", "uniqueItems": True, "items": {"type": "string", "enum": ["甲", "乙"]}},
        "day": {"type": "string", "format": "date"},
        "month": {"type": "string", "format": "year-month"},
        "seal": {"type": "string", "format": "picture"},
        "page": {"type": "string", "format": "uri"},
        "answer": {"type": "boolean"},
        "units": {"type": "array", "items": {"type": "object", "properties": {"name": {"type": "string"}}}},
    },
}
PLACES: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "root": lambda s: s,
    "object": lambda s: s["properties"]["agency"],
    "integer": lambda s: s["properties"]["year"],
    "number": lambda s: s["properties"]["amount"],
    "string": lambda s: s["properties"]["kind"],
    "array": lambda s: s["properties"]["texts"],
    "paragraph": lambda s: s["properties"]["texts"]["items"],
    "choice": lambda s: s["properties"]["one"],
    "choices": lambda s: s["properties"]["several"],
    "option": lambda s: s["properties"]["several"]["items"],
    "date": lambda s: s["properties"]["day"],
    "year-month": lambda s: s["properties"]["month"],
    "picture": lambda s: s["properties"]["seal"],
    "uri": lambda s: s["properties"]["page"],
    "boolean": lambda s: s["properties"]["answer"],
    "rows": lambda s: s["properties"]["units"],
    "definition": lambda s: s.setdefault("$defs", {}).setdefault("unused", {"type": "string"}),
}
VALUES: dict[str, Any] = {
    "wordings": {"units": ["件"]},
    "$ref": "#/$defs/text",
    "$defs": {"text": {"type": "string"}},
    "properties": {"name": {"type": "string"}},
    "required": [],
    "additionalProperties": False,
    "items": {"type": "string"},
    "pattern_in_words": "六位数字",
    "enum": ["甲"],
    "const": "甲",
    "dependentRequired": {},
    "dependentSchemas": {},
    "if": {"properties": {"name": {"const": "甲"}}},
    "then": {"required": ["name"]},
    "else": {"required": ["name"]},
    "allOf": [{"required": ["name"]}],
    "balances": [],
    "mentions": [],
    "rollup": "none",
    "type": "string",
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "multipleOf": 2,
    "oneOf": [{"const": "甲", "title": "甲类"}],
    "format": "date",
    "earliest": "2025-01",
    "latest": "2025-01",
    "uniqueItems": True,
    "applies_when": {"year": 2023},
    "unique_by": ["/name"],
    "sorted_by": ["/name"],
    "prescribed": [{"name": "甲"}],
    "prefill": ["/name"],
    "listed_in": "units.name",
}


def told(schema: object) -> list[tuple[str, str, str]]:
    """Place, message and Chinese message of everything that is wrong with a schema."""
    try:
        resolved(read_schema(json.dumps(schema, ensure_ascii=False).encode()))
    except BrokenPackError as broken:
        return [(problem.place, problem.message, problem.chinese) for problem in broken.problems]
    return []


DRAFTS = ("Draft3", "Draft4", "Draft6", "Draft7", "Draft201909", "Draft202012")


def keywords_of_all_drafts() -> list[str]:
    """Every keyword that jsonschema knows in some draft, from 3 to 2020-12, or a meta-schema describes."""
    names: set[str] = set()
    for draft in DRAFTS:
        validator = getattr(jsonschema, f"{draft}Validator")
        names |= {*validator.VALIDATORS, *validator.META_SCHEMA.get("properties", {})}
    return sorted(names | ANNOTATIONS)


ANNOTATIONS = {
    *("$anchor", "$dynamicAnchor", "$recursiveAnchor", "$comment", "$defs", "$id", "$vocabulary", "id"),
    *("title", "description", "default", "deprecated", "examples", "readOnly", "writeOnly"),
    *("contentEncoding", "contentMediaType", "contentSchema", "minContains", "maxContains", "then", "else"),
}
"""Those that assert nothing by themselves, which 2019-09 and 2020-12 describe in schemas of their own."""


def test_the_small_schema_is_sound() -> None:
    assert told(SMALL) == []


@pytest.mark.parametrize("name", keywords_of_all_drafts())
def test_every_keyword_of_every_draft_is_listed_or_refused_by_its_name_at_any_depth(name: str) -> None:
    if name in KEYWORDS:
        return
    for place, node in PLACES.items():
        schema = copy.deepcopy(SMALL)
        node(schema)[name] = {}
        named = [message for where, message, _ in told(schema) if where.endswith(f"/{name}")]
        assert named, (place, name)
        assert f'"{name}"' in named[-1]


@pytest.mark.parametrize("name", KEYWORDS)
@pytest.mark.parametrize("place", [place for place in PLACES if place != "definition"])
def test_a_keyword_is_refused_where_it_would_have_no_effect(name: str, place: str) -> None:
    schema = copy.deepcopy(SMALL)
    node = PLACES[place](schema)
    if name not in node:
        node[name] = VALUES.get(name, 1 if name.startswith(("m", "e")) else "字")
    refused = any(f'"{name}" has no effect' in message for _, message, _ in told(schema))
    becomes = place if place in ("root", "object", "paragraph", "option") else place_of(node)
    honoured = {place, becomes, "object" if place == "root" else ""} & set(KEYWORDS[name].places)
    assert refused is not bool(honoured)


@given(
    name=st.sampled_from(sorted(name for name in KEYWORDS if len(name) > 4)),
    at=st.integers(0, 20),
    how=st.sampled_from(["drop", "double", "swap", "lower", "underscore"]),
)
def test_a_slip_of_the_pen_is_refused_with_what_was_meant(name: str, at: int, how: str) -> None:
    at %= len(name) - 1
    slips = {
        "drop": name[:at] + name[at + 1 :],
        "double": name[:at] + name[at] + name[at:],
        "swap": name[:at] + name[at + 1] + name[at] + name[at + 2 :],
        "lower": name.lower(),
        "underscore": name[: at + 1] + "_" + name[at + 1 :],
    }
    slip = slips[how]
    assume(slip not in KEYWORDS)
    schema = copy.deepcopy(SMALL)
    schema["properties"]["kind"][slip] = 1
    [(place, message, chinese)] = told(schema)
    assert place == f"schema.json#/properties/kind/{slip}"
    assert message == f'there is no keyword "{slip}"; is "{name}" meant?'
    assert chinese == f"没有{slip}这个关键字，是不是{name}？"


@pytest.mark.parametrize(
    ("change", "place", "said"),
    [
        (lambda s: s["required"].append("yaer"), "/required", 'is "year" meant?'),
        (
            lambda s: s.update(dependentRequired={"kind": ["amuont"]}),
            "/dependentRequired/kind",
            'is "amount" meant?',
        ),
        (
            lambda s: s.update(dependentSchemas={"kinds": {"required": ["kind"]}}),
            "/dependentSchemas/kinds",
            '"kind"',
        ),
        (lambda s: s.update({"if": {"properties": {"year": {"const": 2023}}}}), "/if", 'needs a "then"'),
        (lambda s: s.update(then={"required": ["kind"]}), "/then", 'needs an "if"'),
        (
            lambda s: s.update(
                {"if": {"properties": {"kind": {"const": "是"}}}, "then": {"required": ["amount"]}}
            ),
            "/if",
            'add "required": ["kind"]',
        ),
        (
            lambda s: s.update(
                {"if": {"properties": {"year": {"minimum": 1}}}, "then": {"required": ["kind"]}}
            ),
            "/if/properties/year/minimum",
            'by "const" or "enum"',
        ),
        (
            lambda s: s.update(
                {"if": {"properties": {"year": {"const": 1}, "agency": {}}}, "then": {"required": ["kind"]}}
            ),
            "/if",
            "one field",
        ),
        (
            lambda s: s.update(
                {"if": {"properties": {"year": {"const": "x"}}}, "then": {"required": ["kind"]}}
            ),
            "/if/properties/year/const",
            "not of the type integer",
        ),
        (
            lambda s: s.update(
                {
                    "if": {"properties": {"year": {"const": 1}}},
                    "then": {"properties": {"year": {"maxLength": 1}}},
                }
            ),
            "/then/properties/year/maxLength",
            "has no effect",
        ),
        (
            lambda s: s.update({"if": {"properties": {"year": {"const": 1}}}, "then": {}}),
            "/then",
            "nothing is asked",
        ),
        (
            lambda s: s["properties"]["kind"].update(enum=[1, "a"]),
            "/properties/kind/enum",
            "not of the type string",
        ),
        (lambda s: s["properties"]["year"].update(enum=[]), "/properties/year/enum", "empty"),
        (
            lambda s: s["properties"]["year"].update(minimum=5, maximum=1),
            "/properties/year",
            "is greater than",
        ),
        (
            lambda s: s["properties"]["kind"].update(pattern="((("),
            "/properties/kind/pattern",
            "no regular expression",
        ),
        (
            lambda s: s["properties"]["kind"].update(pattern_in_words="数字"),
            "/properties/kind",
            'needs a "pattern"',
        ),
        (lambda s: s["properties"].update(other=True), "/properties/other", "a schema of its own"),
        (lambda s: s["properties"].update({"a b": {"type": "string"}}), "/properties/a b", "no tag can name"),
        (lambda s: s["properties"].update({"a.b": {"type": "string"}}), "/properties/a.b", "no tag can name"),
        (
            lambda s: s["properties"]["year"].update(type=["integer", "null"]),
            "/properties/year/type",
            "must be object",
        ),
        (
            lambda s: s["properties"]["texts"].update(items={"type": "object"}),
            "/properties/texts/items",
            "the fields that it holds",
        ),
        (lambda s: s["properties"]["texts"].pop("items"), "/properties/texts/items", "paragraphs"),
        (lambda s: s.update(additionalProperties=True), "/additionalProperties", "must be false"),
        (lambda s: s.update({"$schema": "http://json-schema.org/draft-07/schema#"}), "/$schema", "2020-12"),
        (
            lambda s: (
                s.update({"$defs": {"n": {"type": "integer", "minimum": 9}}})
                or s["properties"]["year"].update({"$ref": "#/$defs/n", "minimum": 5})
            ),
            "/properties/year/minimum",
            "only one of them",
        ),
        (
            lambda s: s["properties"]["kind"].update(maxLength="3"),
            "/properties/kind/maxLength",
            "a whole number",
        ),
        (lambda s: s["properties"]["kind"].update(maxLength=True), "/properties/kind/maxLength", "true"),
        (lambda s: s.update(required={"year": None}), "/required", "must be a list"),
    ],
)
def test_what_would_have_no_effect_or_could_never_be_met_is_named_with_its_place(
    change: Callable[[dict[str, Any]], None], place: str, said: str
) -> None:
    schema = copy.deepcopy(SMALL)
    change(schema)
    found = told(schema)
    assert [where for where, _, _ in found] == [f"schema.json#{place}"]
    assert said in found[0][1]
    assert any("\u4e00" <= character <= "\u9fff" for character in found[0][2])
    for _, english, chinese in found:
        for python in ("None", "True", "False", "{'", "['", "Decimal"):
            assert python not in english + chinese


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"type": "object", "type": "object"}', '"type" stands more than once'),
        (b'{"minimum": NaN}', "NaN is no number"),
        (b'{"minimum": 1.5e9999}', "out of range"),
        (b'{"minimum": 1e99999999999999999999999}', "thousands of digits"),
        (b"[" * 100_000, "nested too deep"),
        (b"[]", "must be"),
    ],
)
def test_a_schema_that_says_a_thing_twice_or_what_no_number_is_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(PackError, match=said):
        resolved(read_schema(content))


def test_a_number_with_a_point_is_the_whole_number_that_it_denotes() -> None:
    schema = copy.deepcopy(SMALL)
    schema["properties"]["kind"]["maxLength"] = 5.0
    schema["properties"]["amount"]["multipleOf"] = 0.01
    parts = resolved(read_schema(json.dumps(schema).encode()))["properties"]
    assert (parts["kind"]["maxLength"], parts["amount"]["multipleOf"]) == (5, Decimal("0.01"))


def test_a_stricter_bound_beside_a_reference_holds_with_what_the_definition_asks() -> None:
    schema = copy.deepcopy(SMALL)
    schema["$defs"] = {"count": {"type": "integer", "minimum": 0, "maximum": 99, "title": "件数"}}
    schema["properties"]["year"] = {"$ref": "#/$defs/count", "minimum": 5, "title": "年度"}
    year = resolved(read_schema(json.dumps(schema).encode()))["properties"]["year"]
    assert year == {"type": "integer", "minimum": 5, "maximum": 99, "title": "年度"}


def test_load_pack_refuses_what_pack_check_refuses() -> None:
    parts = read_parts(PACK_FOLDER)
    schema = json.loads(parts["schema.json"])
    schema["properties"]["agency"]["properties"]["name"]["maxLenght"] = 3
    with pytest.raises(PackError, match='is "maxLength" meant') as refused:
        pack_from(parts | {"schema.json": json.dumps(schema).encode()})
    assert "是不是maxLength？" in refused.value.chinese


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-2, 10**20)
    | st.floats(-2, 2)
    | st.sampled_from(["", "year", "甲", "("]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*KEYWORDS, "year", "agency", "kind"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(
    name=st.sampled_from([*KEYWORDS, "oneOf", "maxLenght"]), place=st.sampled_from(sorted(PLACES)), value=JSON
)
def test_whatever_a_keyword_is_given_is_sound_or_refused_in_words(name: str, place: str, value: Any) -> None:
    schema = copy.deepcopy(SMALL)
    PLACES[place](schema)[name] = value
    for _, english, chinese in told(schema):
        assert english
        assert chinese
        assert not re.search(r"None|True|False|Decimal\(|\{'|\['", english + chinese)
    if not told(schema):
        rules_of(whole := resolved(read_schema(json.dumps(schema).encode())), fields_of(whole))


def doubled(kind: Callable[[str], dict[str, Any]]) -> Change:
    """A change that makes each of thirty definitions refer to the one before it several times."""

    def change(schema: dict[str, Any]) -> None:
        schema["$defs"] = {f"l{i}": kind(f"#/$defs/l{i - 1}") for i in range(1, 30)}
        schema["$defs"]["l0"] = {"type": "object", "title": "None", "properties": {}}
        schema["properties"]["many"] = {"$ref": "#/$defs/l29"}

    return change


@pytest.mark.parametrize(
    "change",
    [
        doubled(
            lambda ref: {"type": "object", "title": "G", "properties": {k: {"$ref": ref} for k in "abcd"}}
        ),
        doubled(lambda ref: {"type": "object", "title": "G", "allOf": [{"$ref": ref}] * 3}),
        doubled(
            lambda ref: {
                "type": "object",
                "title": "G",
                "dependentSchemas": {"a": {"$ref": ref}, "b": {"$ref": ref}},
            }
        ),
    ],
    ids=["properties", "allOf", "dependentSchemas"],
)
def test_references_that_multiply_are_refused_at_once(tmp_path: Path, change: Change) -> None:
    problem = pack_problems(small_pack(tmp_path, schema=change))[0]
    assert problem.message == 'its references ("$ref") together make more than 20000 schemas'
    assert "展开以后" in problem.in_chinese


def test_a_long_chain_of_references_is_refused(tmp_path: Path) -> None:
    def chained(schema: dict[str, Any]) -> None:
        schema["$defs"] = {f"a{i}": {"$ref": f"#/$defs/a{i + 1}"} for i in range(3000)}
        schema["properties"]["visits"]["properties"]["sites"] = {"$ref": "#/$defs/a0"}

    assert "nested too deep" in str(pack_problems(small_pack(tmp_path, schema=chained))[0])
