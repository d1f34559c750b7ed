"""Every kind of field has its input, and what is typed there is the value that was shown."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from reportfill import load_pack
from reportfill.model.kinds.table import KINDS
from reportfill.web.form.inputs import INPUTS, input_of


def test_no_kind_is_missing() -> None:
    assert set(INPUTS) == {kind.name for kind in KINDS}


@pytest.mark.parametrize(
    "pack", ["annual-report-2021", "law-enforcement-statistics", "university-disclosure"]
)
def test_a_sample_of_any_field_comes_back(pack: str) -> None:
    for field in load_pack(pack).fields.values():
        for long in (False, True):
            sample = field.kind.sample(field, long=long)
            asked = input_of(field)
            value = asked.value(field, asked.texts(field, sample))
            assert field.kind.is_laid or value == sample, field.path


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12", 12),
        (" 12 ", 12),
        ("0.10", Decimal("0.1")),
        ("-3", -3),
        ("1,234", "1,234"),
        ("12件", "12件"),
        ("１２", "１２"),
        ("1e5", "1e5"),
        ("9" * 41, "9" * 41),
        ("", None),
        ("  ", None),
    ],
)
def test_a_figure_is_a_number_where_that_is_plain_and_else_what_was_typed(typed: str, value: Any) -> None:
    field = load_pack("annual-report-2021").fields["proactive.fees.amount"]
    assert input_of(field).value(field, [typed]) == value


def test_a_day_that_no_calendar_has_is_shown_as_it_was_typed() -> None:
    field = load_pack("law-enforcement-statistics").fields["issued"]
    asked = input_of(field)
    assert asked.attributes(field, ["2025-03-01"]) == asked.attributes(field, []) == {"type": "date"}
    for typed in ("2025-02-30", "3月1日", "2025-03"):
        assert asked.attributes(field, [typed]) == {}


def test_what_is_none_of_the_choices_is_offered_as_it_was_typed() -> None:
    field = load_pack("law-enforcement-statistics").fields["bodies.kind"]
    assert input_of(field).value(field, ["别的"]) == "别的"
