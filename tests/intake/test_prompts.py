"""What a cell accepts follows from the schema, also where that leaves a side open."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree
from openpyxl.worksheet.datavalidation import DataValidation
from places import PACK_FOLDER

from reportfill import Pack, load_pack
from reportfill.intake import prompts
from reportfill.model.fields import Field
from reportfill.model.kinds.amount import Amount
from reportfill.model.options import options_of
from reportfill.office.workbook.cell_xml import rules_xml


@pytest.fixture
def count(pack: Pack) -> Field:
    """A count: a whole number from 0 to 999999999."""
    return pack.fields["requests.received.natural_person"]


def rule_of(field: Field, last: int | None = None) -> DataValidation:
    """The rule of a field in one cell, with last year's figure if it is known."""
    rule = prompts.rule_of(field, load_pack(PACK_FOLDER))
    said = prompts.with_last(rule, field, {} if last is None else {field.path: last})
    xml = rules_xml({said: ["D7"]})
    made: DataValidation = DataValidation.from_tree(etree.fromstring(xml))
    assert str(made.sqref) == "D7"
    return made


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
    assert str(rule_of(count, 0).prompt).endswith("单位：件。上年度：0件。")


def test_a_long_description_is_cut_where_excel_takes_no_more(count: Field) -> None:
    rule = rule_of(replace(count, titles=("长" * 40,), descriptions=("长" * 300,)))
    assert (len(str(rule.promptTitle)), len(str(rule.prompt))) == (32, 255)


@pytest.mark.parametrize(
    ("bounds", "rule", "error"),
    [
        ({"more_than": 0}, ("whole", "between", "1", "999999999"), "不小于0、大于0、不大于999999999的整数"),
        ({"less_than": 10}, ("whole", "between", "0", "9"), "不小于0、不大于999999999、小于10的整数"),
        ({"choices": options_of({"enum": [0, 5]})}, ("list", "between", '"0,5"', None), "“0”或“5”。"),
    ],
)
def test_excel_stops_what_the_schema_excludes(
    count: Field, bounds: dict[str, Any], rule: tuple[str | None, ...], error: str
) -> None:
    made = rule_of(replace(count, **bounds))
    assert (made.type, made.operator, made.formula1, made.formula2) == rule
    assert error in str(made.error)


@pytest.mark.parametrize(
    ("bounds", "rule"),
    [
        ({"more_than": Decimal("0.5")}, ("decimal", "greaterThan", "0.5", None)),
        ({"less_than": 9}, ("decimal", "lessThan", "9", None)),
        ({"more_than": 0, "maximum": 9}, ("decimal", "between", "0", "9")),
        ({"more_than": 0, "less_than": 9}, ("decimal", "between", "0", "9")),
    ],
)
def test_an_amount_may_be_anything_but_its_excluded_bounds(
    count: Field, bounds: dict[str, Any], rule: tuple[str | None, ...]
) -> None:
    amount = replace(count, kind=Amount(), minimum=None, maximum=None)
    made = rule_of(replace(amount, **bounds))
    assert (made.type, made.operator, made.formula1, made.formula2) == rule


def test_a_text_is_chosen_from_a_list_and_has_its_lengths_where_there_is_none(pack: Pack) -> None:
    name = pack.fields["agency.name"]
    assert (rule_of(name).type, rule_of(name).formula1, rule_of(name).formula2) == ("textLength", "2", "60")
    assert rule_of(name).error == "这里要填2到60个字；长的内容请分成几段，一行填一段。"
    chosen = rule_of(replace(name, choices=options_of({"enum": ["甲局", "A&B<局>"]})))
    assert (chosen.type, chosen.formula1) == ("list", '"甲局,A&B<局>"')


def test_the_form_of_a_text_is_said_in_its_prompt(pack: Pack) -> None:
    code = replace(pack.fields["agency.code"], pattern="^[0-9]{6}$", pattern_in_words="六位数字")
    assert str(rule_of(code).prompt).endswith("格式：六位数字。")
