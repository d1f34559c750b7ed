"""What a cell accepts follows from the schema, also where that leaves a side open."""

from __future__ import annotations

from dataclasses import replace

import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from reportfill import Pack
from reportfill.intake import prompts
from reportfill.pack.fields import Field


@pytest.fixture
def count(pack: Pack) -> Field:
    """A count: a whole number from 0 to 999999999."""
    return pack.fields["requests.received.natural_person"]


def rule_of(field: Field, last: int | None = None) -> DataValidation:
    """The rule of a field in one cell, with last year's figure if it is known."""
    said = prompts.rule_of(field, {} if last is None else {field.path: last})
    return prompts.validation(said, ["D7"])


def test_a_figure_without_bounds_may_be_negative(count: Field) -> None:
    rule = rule_of(replace(count, minimum=None, maximum=None))
    assert (rule.operator, rule.formula1, rule.formula2) == ("between", "-999999999999999", "999999999999999")
    assert rule.error == "这里只能填整数；没有发生的填0。"


def test_the_message_names_the_bounds(count: Field) -> None:
    assert rule_of(count).error == "这里只能填不小于0、不大于999999999的整数；没有发生的填0。"
    assert rule_of(replace(count, maximum=None)).error == "这里只能填不小于0的整数；没有发生的填0。"


def test_wrong_figures_are_stopped_and_blanks_are_not(count: Field) -> None:
    rule = rule_of(count)
    assert rule.errorStyle in (None, "stop")
    assert (rule.showErrorMessage, rule.showInputMessage, rule.allow_blank) == (True, True, True)


def test_last_years_figure_is_in_the_prompt_also_when_it_was_nothing(count: Field) -> None:
    assert "上年" not in str(rule_of(count).prompt)
    assert str(rule_of(count, 0).prompt).endswith("单位：件。上年：0件。")


def test_a_long_description_is_cut_where_excel_takes_no_more(count: Field) -> None:
    rule = rule_of(replace(count, titles=("长" * 40,), descriptions=("长" * 300,)))
    assert (len(str(rule.promptTitle)), len(str(rule.prompt))) == (32, 255)
