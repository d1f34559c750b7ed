"""What JSON Schema finds, in the words of the catalogue."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from reportfill.checks.check import check
from reportfill.model.figures import with_values
from reportfill.model.submission import Submission
from reportfill.pack.pack import Pack


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("proactive.rules.issued", -1, "cell.negative"),
        ("proactive.rules.issued", Decimal("1.5"), "cell.fraction"),
        ("proactive.rules.issued", True, "cell.boolean"),
        ("proactive.rules.issued", [12], "schema.type"),
        ("proactive.rules.issued", "12人", "cell.not_a_number"),
        ("proactive.rules.issued", "3 5", "cell.several_numbers"),
        ("proactive.rules.issued", "无", "cell.no_figure"),
        ("proactive.rules.issued", None, "cell.blank"),
        ("proactive.rules.issued", "\u3000", "cell.blank"),
        ("proactive.fees.amount", 10**300, "cell.too_large"),
        ("proactive.fees.amount", 1e300, "cell.too_large"),
        ("agency.name", None, "text.empty"),
        ("agency.name", "\u3000\u3000", "text.empty"),
        ("agency.name", "\u200b\u3164", "text.empty"),
        ("agency.name", True, "cell.boolean"),
        ("overview.platform", None, "text.empty"),
        ("overview.platform", ["\u200b", "\u2060\xad", None], "text.empty"),
        ("overview.platform", [True], "cell.boolean"),
        ("overview.platform", [["一段文字"]], "schema.type"),
        ("proactive.rules.issued", 10**12, "cell.too_large"),
        ("proactive.fees.amount", Decimal("-0.01"), "cell.negative"),
        ("proactive.rulez", 1, "schema.unknown"),
        ("agency.name", "", "text.empty"),
        ("agency.name", "局" * 61, "cell.too_long"),
        ("year", 1999, "schema.invalid"),
        ("overview.platform", "一段文字", "schema.type"),
    ],
)
def test_a_value_that_cannot_be_is_named_by_its_field(
    pack: Pack, weihui: dict[str, Any], path: str, value: object, code: str
) -> None:
    found = check(Submission.from_data(pack, with_values(weihui, {path: value})))
    assert (code, path) in [(f.code, f.field) for f in found]
    assert len([f for f in found if f.field == path and f.severity.value == "error"]) == 1


def test_every_field_that_is_missing_is_named_by_its_label(pack: Pack, weihui: dict[str, Any]) -> None:
    del weihui["proactive"]["licensing"]["decisions"]
    del weihui["disputes"]
    found = {
        f.field: f.message.zh for f in check(Submission.from_data(pack, weihui)) if f.code == "schema.missing"
    }
    assert found == {
        "proactive.licensing.decisions": "缺少“行政许可 · 本年处理决定数量”。",
        "disputes": "缺少“四、政府信息公开行政复议、行政诉讼情况”。",
    }


def test_decimals_with_many_places_are_allowed_for_fees(pack: Pack, weihui: dict[str, Any]) -> None:
    found = check(
        Submission.from_data(pack, with_values(weihui, {"proactive.fees.amount": Decimal("7730.283")}))
    )
    assert [f.code for f in found] == ["history.unknown"]


def test_a_finding_speaks_both_languages(pack: Pack, weihui: dict[str, Any]) -> None:
    found = check(Submission.from_data(pack, with_values(weihui, {"proactive.rules.issued": -1})))
    negative = next(f for f in found if f.code == "cell.negative")
    assert negative.as_dict("zh")["message"] == "规章 · 本年制发件数：-1是负数。"
    assert negative.as_dict("en")["message"] == "规章 · 本年制发件数: -1 is negative."


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity")])
def test_what_is_no_finite_number_is_no_figure(pack: Pack, weihui: dict[str, Any], value: object) -> None:
    found = check(Submission.from_data(pack, with_values(weihui, {"proactive.fees.amount": value})))
    assert ("cell.not_a_number", "proactive.fees.amount") in [(f.code, f.field) for f in found]


@pytest.mark.parametrize(
    ("path", "value", "cure"),
    [
        ("agency.name", "局" * 61, "请缩短到60个字以内。"),
        ("overview.platform", ["长" * 5001], "请缩短到5000个字以内，或者把长段分成几行，一行填一段。"),
    ],
)
def test_only_a_field_of_several_rows_is_said_to_be_divided(
    pack: Pack, weihui: dict[str, Any], path: str, value: object, cure: str
) -> None:
    found = check(Submission.from_data(pack, with_values(weihui, {path: value})))
    assert [f.as_dict("zh")["hint"] for f in found if f.code == "cell.too_long"] == [cure]
