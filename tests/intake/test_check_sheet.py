"""The verdicts of the sheet 校验 as they are saved: nothing is called balanced before it is filled in."""

from __future__ import annotations

from typing import Any

from builders import figures_only

from reportfill import Pack, new_workbook
from reportfill.model.figures import with_values
from tools.make_cases.moving import opened

Rows = list[dict[str, Any]]


def balance_rows(workbook: bytes) -> Rows:
    """The rows of balances: the address of the place, and what stands beside it."""
    sheet = opened(workbook, data_only=True)["校验"]
    names = ("title", "place", "left", "right", "difference", "verdict")
    rows = [dict(zip(names, row, strict=True)) for row in sheet.iter_rows(15, max_col=6, values_only=True)]
    return [{**row, "place": str(row["place"]).split()[0]} for row in rows if row["title"]]


def row_at(rows: Rows, place: str, title: str = "") -> dict[str, Any]:
    """The row of a place; by a word of its title where a place has several."""
    return next(row for row in rows if row["place"] == place and title in row["title"])


def test_nothing_balances_in_an_empty_form_not_even_totals_of_totals(pack: Pack) -> None:
    assert {row["verdict"] for row in balance_rows(new_workbook(pack, year=2023))} == {"未填全", "无上年数据"}


def test_a_rule_waits_for_figures_that_take_part_within_a_sum(pack: Pack) -> None:
    data = figures_only(pack, {"requests.received.natural_person": 1})
    missing = with_values(data, {"requests.outcomes.other.other.natural_person": None})
    complete = balance_rows(new_workbook(pack, year=2023, data=data))
    incomplete = balance_rows(new_workbook(pack, year=2023, data=missing))
    assert row_at(complete, "表三!D7")["verdict"] == "不平"
    assert row_at(incomplete, "表三!D7")["verdict"] == "未填全"
    assert row_at(incomplete, "表三!E7")["verdict"] == "平"


def test_rules_that_name_last_year_say_so_where_it_is_unknown(pack: Pack) -> None:
    row = row_at(
        balance_rows(new_workbook(pack, year=2023, data=figures_only(pack, {}))), "表三!D8", "上年结转"
    )
    assert row["verdict"] == "无上年数据"
    assert (row["left"], row["right"], row["difference"]) == (None, None, None)


def test_last_years_totals_are_worked_out_where_its_data_lack_them(pack: Pack) -> None:
    last = figures_only(pack, {"requests.carried_forward.business": 3})
    rows = balance_rows(new_workbook(pack, year=2024, last=last, data={"year": 2024}))
    carried = row_at(rows, "表三!J8", "上年结转")
    assert (carried["left"], carried["right"], carried["verdict"]) == (3, 3, "平")


def test_a_stock_that_was_counted_anew_is_to_be_looked_at_and_keeps_nothing_back(pack: Pack) -> None:
    last = figures_only(pack, {"proactive.rules.in_force": 5})
    data = figures_only(pack, {"proactive.rules.in_force": 7})
    workbook = new_workbook(pack, year=2024, last=last, data=data)
    stock = row_at(balance_rows(workbook), "表二!D5")
    assert (stock["left"], stock["right"], stock["difference"], stock["verdict"]) == (7, 5, 2, "请核对")
    assert opened(workbook, data_only=True)["校验"]["B4"].value == 0


def test_disputes_without_any_request_are_to_be_looked_at_and_have_no_difference(pack: Pack) -> None:
    disputed = {"disputes.reconsideration.upheld": 2}
    row = row_at(balance_rows(new_workbook(pack, year=2023, data=figures_only(pack, disputed))), "表四!E6")
    assert (row["left"], row["right"], row["difference"], row["verdict"]) == (2, 0, None, "请核对")
