"""Every keyword of a schema says the same of a workbook as of data: in words, with the cell, in both languages."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import PACK_FOLDER, ROOT

from reportfill import Finding, check, read_workbook
from reportfill.model.figures import value_at, with_values
from reportfill.model.submission import Submission
from reportfill.pack.keywords import KEYWORDS
from reportfill.pack.pack import Pack, pack_from, read_parts
from reportfill.pack.vocabulary import meta_schema
from tools.make_cases.moving import opened

PARTS = read_parts(PACK_FOLDER)
SAMPLE = (ROOT / "sample_inputs" / "weihui-xinfang-2023.xlsx").read_bytes()

Change = Callable[[dict[str, Any]], object]


def changed_pack(change: Change) -> Pack:
    """The annual report with its schema changed."""
    schema = json.loads(PARTS["schema.json"])
    change(schema)
    return pack_from(PARTS | {"schema.json": json.dumps(schema, ensure_ascii=False).encode()})


def node(schema: dict[str, Any], path: str) -> dict[str, Any]:
    """The part of a schema for a path."""
    root = schema
    for key in path.split("."):
        child = schema["properties"][key]
        if "$ref" in child:
            definition = root["$defs"][child.pop("$ref").rpartition("/")[2]]
            child = schema["properties"][key] = copy.deepcopy(definition) | child
        schema = child
    return schema


def put(path: str, **keywords: Any) -> Change:
    """A change that adds keywords to the schema of a path."""
    return lambda schema: node(schema, path).update(keywords)


def workbook(pack: Pack, values: dict[str, Any]) -> bytes:
    """The sample with other values typed into the first cells of fields; paragraphs down their rows."""
    book = opened(SAMPLE)
    for path, value in values.items():
        cells = pack.form.inputs[path]
        typed = value if isinstance(value, list) else [value]
        for index, cell in enumerate(cells):
            book[cell.sheet][cell.address] = typed[index] if index < len(typed) else None
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def of_workbook(pack: Pack, values: dict[str, Any]) -> list[Finding]:
    """What is found in the sample with those values typed."""
    return of_both(pack, values)[0]


def of_both(pack: Pack, values: dict[str, Any]) -> tuple[list[Finding], list[Finding]]:
    """What is found in the sample with those values typed, and in its data with them, None standing for what is left
    out."""
    read = read_workbook(workbook(pack, values), pack)
    data = with_values(sample_data(), values)
    for path in [path for path, value in values.items() if value is None]:
        above, _, key = path.rpartition(".")
        (value_at(data, above) if above else data).pop(key)
    return check(read), check(Submission.from_data(pack, data, places=read.places))


@cache
def sample_data() -> dict[str, Any]:
    """The data of the sample."""
    return read_workbook(SAMPLE).exact_data


def of_fields(findings: list[Finding], field: str) -> list[tuple[str, str, str, str]]:
    """What is an error or warning about a field: code, cell and both messages."""
    return [
        (f.code, f.cell, f.message.zh, f.message.en)
        for f in findings
        if f.field == field and f.severity.value != "note" and not f.code.startswith("workbook.")
    ]


def dated(**keywords: Any) -> Change:
    """A change that makes the code of the agency a day or a month."""

    def change(schema: dict[str, Any]) -> None:
        of_code = node(schema, CODE)
        for key in ("minLength", "maxLength", "pattern", "pattern_in_words"):
            of_code.pop(key, None)
        of_code.update(keywords)

    return change


AMOUNT, COUNT, CODE, NAME = "proactive.fees.amount", "proactive.rules.issued", "agency.code", "agency.name"
PREAMBLE, OTHER, PROBLEMS = "preamble", "other_matters", "problems_and_improvements"
PARAGRAPH = "本机关按照要求推进各项政府信息公开工作。"

KINDS: list[tuple[str, Change, dict[str, Any], str, str, str]] = [
    (
        "enum",
        put(NAME, enum=["甲局", "乙局"]),
        {},
        NAME,
        "cell.not_listed",
        "“卫辉市信访局”不在可选的内容中",
    ),
    (
        "enum",
        put(NAME, enum=["甲市信访局", "乙局"]),
        {NAME: "信访局"},
        NAME,
        "cell.not_listed",
        "“信访局”不在可选的内容中，是不是“甲市信访局”？",
    ),
    ("const", put(NAME, const="甲局"), {}, NAME, "cell.not_listed", "不在可选的内容中"),
    (
        "oneOf",
        put(NAME, oneOf=[{"const": "a", "title": "甲局"}, {"const": "b"}]),
        {NAME: "丙局"},
        NAME,
        "cell.not_listed",
        "“丙局”不在可选的内容中",
    ),
    ("format", dated(format="date"), {CODE: "2025-02-30"}, CODE, "cell.not_a_day", "没有这一天"),
    ("format", dated(format="year-month"), {CODE: "5月"}, CODE, "cell.not_a_day", "缺少年份"),
    (
        "earliest",
        dated(format="date", earliest="year+1-01-01"),
        {CODE: "2023-12-31"},
        CODE,
        "day.too_early",
        "2023年12月31日早于2024年1月1日",
    ),
    (
        "latest",
        dated(format="year-month", latest="year-12"),
        {CODE: "2024-01"},
        CODE,
        "day.too_late",
        "2024年1月晚于2023年12月",
    ),
    ("enum", put(AMOUNT, enum=[0, 10.5]), {AMOUNT: 3}, AMOUNT, "schema.invalid", "只能是0或10.5，现为3。"),
    ("const", put(COUNT, const=0), {COUNT: 5}, COUNT, "schema.invalid", "只能是0，现为5。"),
    ("minimum", put("year", minimum=2024), {}, "year", "schema.invalid", "不能小于2024，现为2023。"),
    ("minimum", put(AMOUNT), {AMOUNT: -1}, AMOUNT, "cell.negative", "-1是负数。"),
    ("maximum", put(COUNT, maximum=4), {COUNT: 5}, COUNT, "cell.too_large", "5过大。"),
    (
        "exclusiveMinimum",
        put(AMOUNT, exclusiveMinimum=0),
        {},
        AMOUNT,
        "schema.invalid",
        "必须大于0，现为0。",
    ),
    (
        "exclusiveMaximum",
        put(AMOUNT, exclusiveMaximum=9.5),
        {AMOUNT: 9.5},
        AMOUNT,
        "schema.invalid",
        "必须小于9.5，",
    ),
    (
        "multipleOf",
        put(AMOUNT, multipleOf=0.01),
        {AMOUNT: 0.125},
        AMOUNT,
        "schema.invalid",
        "最多2位小数，现为0.125。",
    ),
    (
        "multipleOf",
        put(COUNT, multipleOf=10),
        {COUNT: 15},
        COUNT,
        "schema.invalid",
        "必须是10的倍数，现为15。",
    ),
    ("type", put(COUNT), {COUNT: 1.5}, COUNT, "cell.fraction", "1.5不是整数。"),
    ("minLength", put(CODE, minLength=3), {CODE: "A1"}, CODE, "schema.invalid", "至少3个字，现为“A1”。"),
    ("maxLength", put(CODE, maxLength=2), {CODE: "A10"}, CODE, "cell.too_long", "共3个字，超过2个字的上限。"),
    (
        "pattern",
        put(CODE, pattern=r"^\d{6}$", pattern_in_words="六位数字"),
        {CODE: "A10"},
        CODE,
        "schema.invalid",
        "要符合规定的格式（六位数字），现为“A10”。",
    ),
    (
        "pattern",
        put(CODE, pattern="^[A-Z]"),
        {CODE: "a10"},
        CODE,
        "schema.invalid",
        "要符合规定的格式，现为“a10”。",
    ),
    ("maxItems", put(PROBLEMS, maxItems=1), {}, PROBLEMS, "schema.invalid", "最多1段，现为2段。"),
    ("minItems", put(PROBLEMS, minItems=5), {}, PROBLEMS, "schema.invalid", "至少5段，现为2段。"),
    ("minItems", put(OTHER), {OTHER: []}, OTHER, "text.empty", "没有填写。"),
    ("required", put(NAME), {NAME: ""}, NAME, "text.empty", "没有填写。"),
    (
        "items",
        put(PREAMBLE, items={"type": "string", "maxLength": 5000, "minLength": 5}),
        {PREAMBLE: [PARAGRAPH, "短"]},
        PREAMBLE,
        "schema.invalid",
        "前言第2段：至少5个字，现为“短”。",
    ),
    (
        "dependentRequired",
        lambda s: s.update(dependentRequired={"year": [PREAMBLE]}),
        {PREAMBLE: []},
        PREAMBLE,
        "schema.needed",
        "前言：没有填写；填写了“报告年度”的，必须填写。",
    ),
    (
        "dependentRequired",
        lambda s: node(s, "agency").update(dependentRequired={"name": ["code"]}),
        {CODE: None},
        CODE,
        "schema.needed",
        "单位编码：没有填写；填写了“单位名称”的，必须填写。",
    ),
    (
        "dependentSchemas",
        lambda s: s.update(dependentSchemas={"year": {"required": [PREAMBLE]}}),
        {PREAMBLE: []},
        PREAMBLE,
        "schema.needed",
        "填写了“报告年度”的",
    ),
    (
        "then",
        lambda s: s.update(
            {"if": {"properties": {"year": {"const": 2023}}}, "then": {"required": [PREAMBLE]}}
        ),
        {PREAMBLE: []},
        PREAMBLE,
        "schema.needed",
        "前言：没有填写；“报告年度”是2023的，必须填写。",
    ),
    (
        "else",
        lambda s: s.update(
            {"if": {"properties": {"year": {"enum": [2024, 2025]}}}, "else": {"required": [PREAMBLE]}}
        ),
        {PREAMBLE: []},
        PREAMBLE,
        "schema.needed",
        "“报告年度”不是2024或2025的，必须填写。",
    ),
    (
        "if",
        lambda s: s.update(
            {
                "if": {"properties": {"agency": {"properties": {"name": {"const": "甲局"}}}}},
                "then": {"properties": {"agency": {"required": ["code"]}}},
            }
        ),
        {NAME: "甲局", CODE: None},
        CODE,
        "schema.needed",
        "“单位名称”是“甲局”的，必须填写。",
    ),
    (
        "allOf",
        lambda s: s.update(
            allOf=[
                {"if": {"properties": {"year": {"const": 2022}}}, "then": {"required": [PREAMBLE]}},
                {
                    "if": {"properties": {"year": {"const": 2023}}},
                    "then": {"properties": {OTHER: {"minItems": 9}}},
                },
            ]
        ),
        {},
        OTHER,
        "schema.invalid",
        "“报告年度”是2023的，至少9段，现为",
    ),
]


@pytest.mark.parametrize(("keyword", "change", "values", "field", "code", "said"), KINDS)
def test_a_workbook_and_data_get_the_same_finding(
    keyword: str, change: Change, values: dict[str, Any], field: str, code: str, said: str
) -> None:
    pack = changed_pack(change)
    in_workbook, in_data = of_both(pack, values)
    [found] = of_fields(in_workbook, field)
    assert of_fields(in_data, field) == [found]
    assert (found[0], said in found[2]) == (code, True), found
    assert "!" in found[1]


def test_every_keyword_that_asks_something_of_a_value_was_tried() -> None:
    structure = {"$schema", "$id", "$comment", "$defs", "$ref", "title", "description", "properties"}
    own = set(meta_schema()["properties"])
    tried = {kind[0] for kind in KINDS} | {"additionalProperties"}  # of data alone: test_structure.py
    assert tried - own == set(KEYWORDS) - structure - own - {"uniqueItems"}  # whose second entry is left out


@pytest.mark.parametrize(
    ("change", "values"),
    [
        (put(NAME, enum=["甲局", "卫辉市信访局"]), {}),
        (put(AMOUNT, multipleOf=0.01), {AMOUNT: Decimal("0.07")}),
        (put(AMOUNT, multipleOf=0.1, exclusiveMaximum=0.4), {AMOUNT: Decimal("0.3")}),
        (put(CODE, pattern=r"^\d{6}$"), {CODE: "410781"}),
        (put(CODE, pattern=r"^\d{6}$"), {CODE: None}),
        (lambda s: s.update(dependentRequired={PREAMBLE: [OTHER]}), {PREAMBLE: []}),
        (lambda s: node(s, "agency").update(dependentRequired={"code": ["name"]}), {CODE: "A1"}),
        (put(PREAMBLE, minItems=3), {PREAMBLE: []}),
        (
            lambda s: s.update(
                {"if": {"properties": {"year": {"const": 1}}}, "then": {"required": [PREAMBLE]}}
            ),
            {},
        ),
    ],
)
def test_what_is_as_it_must_be_has_no_finding_in_a_workbook_or_in_data(
    change: Change, values: dict[str, Any]
) -> None:
    pack = changed_pack(change)
    for findings in of_both(pack, values):
        assert [f.code for f in findings if f.severity.value == "error"] == []


def test_a_value_that_was_tidied_is_judged_all_the_same() -> None:
    pack = changed_pack(put(NAME, enum=["甲局", "乙局"]))
    found = of_workbook(pack, {NAME: "　丙局 "})
    assert ("cell.not_listed", NAME) in [(f.code, f.field) for f in found]


def test_a_value_of_several_that_is_wrong_is_named_each_time() -> None:
    pack = changed_pack(put(PREAMBLE, items={"type": "string", "maxLength": 5000, "minLength": 5}))
    found = of_fields(of_workbook(pack, {PREAMBLE: ["短", PARAGRAPH, "也短"]}), PREAMBLE)
    assert [(code, cell) for code, cell, *_ in found if code == "schema.invalid"] == [
        ("schema.invalid", "总体情况!B4"),
        ("schema.invalid", "总体情况!B6"),
    ]


def test_a_pattern_that_takes_too_long_is_given_up_with_a_warning_that_names_it() -> None:
    pack = changed_pack(
        put(PREAMBLE, items={"type": "string", "maxLength": 5000, "pattern": "^(公|公开|开)+$"})
    )
    found = of_workbook(pack, {PREAMBLE: ["公开" * 500 + "。", "公开" * 500 + "！"]})
    [(code, cell, *_)] = of_fields(found, PREAMBLE)
    assert (code, cell) == ("schema.given_up", "总体情况!B4")
    warning = next(f for f in found if f.code == "schema.given_up")
    assert warning.severity.value == "warning"
    assert "^(公|公开|开)+$" in warning.hint.zh


PROGRAM = re.compile(
    r"\b(None|True|False|Decimal|dict|enum|const|pattern|minLength|maxLength|minItems|maxItems|multipleOf|minimum"
    r"|maximum|exclusiveM\w+|required|dependent\w+|additionalProperties|if/then)\b|[{\[]'|'[}\]]|\{\}|\[\]"
)
"""What no clerk should have to read: names of Python's and of keywords, and values as Python spells them."""

ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 10**16)
    | st.decimals(-5, 5, places=3)
    | st.sampled_from(["", "文字", "1"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["甲", "x"]), inner, max_size=2)
    ),
    max_leaves=4,
)


@pytest.fixture(scope="module")
def strict() -> Pack:
    """A pack that asks much."""
    return changed_pack(
        lambda s: [
            put(NAME, enum=["甲局", "乙局"])(s),
            put(CODE, pattern="^[A-Z]+$", minLength=2)(s),
            put(AMOUNT, multipleOf=0.01, exclusiveMaximum=100)(s),
            put("year", const=2023)(s),
            put(PROBLEMS, maxItems=2)(s),
            s.update({"if": {"properties": {"year": {"const": 2023}}}, "then": {"required": [PREAMBLE]}}),
        ]
    )


@given(
    path=st.sampled_from([NAME, CODE, AMOUNT, COUNT, "year", PROBLEMS, PREAMBLE, "overview", "proactive"]),
    value=ANYTHING,
)
def test_no_message_speaks_as_programs_do(strict: Pack, path: str, value: Any) -> None:
    for found in check(Submission.from_data(strict, with_values(sample_data(), {path: value}))):
        if found.field == "schema.unknown":
            continue
        for words in (found.message, found.hint):
            assert not PROGRAM.search(words.zh), words.zh
            assert not PROGRAM.search(words.en), words.en
        json.dumps(found.as_dict("zh"))
