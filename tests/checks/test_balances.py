"""Figures that must agree, in one report and from year to year."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack.small_pack import DATA, small_pack

from reportfill import PackError, load_pack
from reportfill.checks.check import check
from reportfill.finding import Severity
from reportfill.model.figures import value_at, with_values
from reportfill.model.submission import Submission
from reportfill.pack.pack import Pack
from reportfill.pack.validator import PackValidator
from reportfill.place import Cell

KINDS = (
    "natural_person",
    "business",
    "research_institution",
    "public_interest_organization",
    "legal_service",
    "other",
)


def broken_balances(
    pack: Pack, data: dict[str, Any], last: dict[str, Any] | None = None
) -> list[tuple[str, str]]:
    """Codes and fields of everything that does not balance."""
    found = check(Submission.from_data(pack, data), last)
    return [
        (f.code, f.field)
        for f in found
        if f.code.startswith(("balance.", "history.")) and f.code != "history.unknown"
    ]


def test_a_report_without_any_request_balances(pack: Pack, weihui: dict[str, Any]) -> None:
    assert broken_balances(pack, weihui) == []


def test_the_two_wrong_totals_that_hongze_published_are_found_and_nothing_else(
    pack: Pack, hongze: dict[str, Any]
) -> None:
    found = [f for f in check(Submission.from_data(pack, hongze)) if f.severity is not Severity.NOTE]
    assert [(f.code, f.field, f.value, f.expected) for f in found] == [
        ("balance.unequal", "disputes.reconsideration.total", 0, 11),
        ("balance.unequal", "disputes.litigation_after_reconsideration.total", 0, 5),
    ]


@pytest.mark.parametrize(
    ("changed", "broken"),
    [
        ("requests.received.total", {"requests.received.total"}),
        (
            "requests.outcomes.granted.business",
            {"requests.outcomes.granted.total", "requests.outcomes.total.business"},
        ),
        (
            "requests.outcomes.total.business",
            {
                "requests.outcomes.total.business",
                "requests.received.business",
                "requests.outcomes.total.total",
            },
        ),
        ("requests.received.other", {"requests.received.total", "requests.received.other"}),
        ("requests.carried_forward.other", {"requests.carried_forward.total", "requests.received.other"}),
        ("disputes.litigation_direct.pending", {"disputes.litigation_direct.total"}),
    ],
)
def test_one_figure_that_is_changed_breaks_every_rule_that_it_takes_part_in(
    pack: Pack, weihui: dict[str, Any], changed: str, broken: set[str]
) -> None:
    found = broken_balances(pack, with_values(weihui, {changed: 1}))
    assert {field for code, field in found if code == "balance.unequal"} == broken


def test_a_balance_names_both_sums_and_every_cell_that_takes_part(pack: Pack, weihui: dict[str, Any]) -> None:
    wrong = with_values(weihui, {"disputes.reconsideration.upheld": 7, "disputes.reconsideration.total": 2})
    places = {
        f"disputes.reconsideration.{key}": Cell("表四", 5, column)
        for key, column in (("upheld", 0), ("total", 4))
    }
    found = next(
        f for f in check(Submission.from_data(pack, wrong, places=places)) if f.code == "balance.unequal"
    )
    assert (found.value, found.expected, found.cell) == (2, 7, "表四!E6")
    assert {"表四!A6", "表四!E6"} <= set(found.cells)
    assert "相差5" in found.message.zh


def test_decimals_are_compared_as_decimals(pack: Pack, weihui: dict[str, Any]) -> None:
    assert Submission.from_data(pack, with_values(weihui, {"proactive.fees.amount": 7730.28})).figures[
        "proactive.fees.amount"
    ] == Decimal("7730.28")


def test_a_missing_total_is_worked_out(pack: Pack, hongze: dict[str, Any]) -> None:
    del hongze["disputes"]["reconsideration"]["total"]
    del hongze["requests"]["outcomes"]["total"]
    submission = Submission.from_data(pack, hongze)
    assert value_at(submission.exact_data, "disputes.reconsideration.total") == 11
    assert value_at(submission.exact_data, "requests.outcomes.total.total") == 21


def test_reconsiderations_without_any_request_are_doubtful(pack: Pack, weihui: dict[str, Any]) -> None:
    one = with_values(weihui, {"disputes.reconsideration.upheld": 1, "disputes.reconsideration.total": 1})
    assert ("balance.doubtful", "disputes.reconsideration.total") in broken_balances(pack, one)


def test_rules_across_years_are_skipped_and_said_to_be_without_last_years_report(
    pack: Pack, weihui: dict[str, Any]
) -> None:
    assert "history.unknown" in [f.code for f in check(Submission.from_data(pack, weihui))]
    assert "history.unknown" not in [f.code for f in check(Submission.from_data(pack, weihui), weihui)]


def test_what_was_carried_forward_last_year_must_be_carried_over_this_year(
    pack: Pack, weihui: dict[str, Any]
) -> None:
    last = with_values(
        weihui, {"requests.carried_forward.natural_person": 3, "requests.carried_forward.total": 3}
    )
    found = check(Submission.from_data(pack, weihui), last)
    unequal = {f.field: f for f in found if f.code == "history.unequal"}
    assert set(unequal) == {"requests.carried_over.natural_person", "requests.carried_over.total"}
    assert {f.severity for f in unequal.values()} == {Severity.ERROR}


def test_a_stock_of_documents_that_does_not_follow_is_only_a_warning(
    pack: Pack, hongze: dict[str, Any]
) -> None:
    last = with_values(hongze, {"proactive.normative_documents.in_force": 9})
    found = [f for f in check(Submission.from_data(pack, hongze), last) if f.code == "history.unequal"]
    assert [(f.field, f.severity, f.expected) for f in found] == [
        ("proactive.normative_documents.in_force", Severity.WARNING, 9)
    ]


def test_a_count_over_ten_times_last_years_is_doubtful(pack: Pack, hongze: dict[str, Any]) -> None:
    last = with_values(hongze, {"proactive.licensing.decisions": 54})
    assert ("history.doubtful", "proactive.licensing.decisions") in broken_balances(pack, hongze, last)
    last = with_values(hongze, {"proactive.licensing.decisions": 55})
    assert ("history.doubtful", "proactive.licensing.decisions") not in broken_balances(pack, hongze, last)


def test_figures_that_are_all_last_years_are_doubtful_unless_all_are_zero(
    pack: Pack, weihui: dict[str, Any], hongze: dict[str, Any]
) -> None:
    assert ("history.doubtful", "proactive.rules.issued") in broken_balances(pack, hongze, hongze)
    assert broken_balances(pack, weihui, weihui) == []


@pytest.mark.parametrize(
    ("right", "visits", "holds"),
    [
        (["/shops"], {"sites": 2, "shops": 2}, True),
        (["/shops"], {"sites": 2, "shops": 3}, False),
        ([], {"sites": 0, "shops": 3}, True),
        ([], {"sites": -1, "shops": 3}, False),
    ],
)
def test_a_sum_may_have_to_be_no_less_than_another_one_or_than_nothing(
    tmp_path: Path, right: list[str], visits: dict[str, int], holds: bool
) -> None:
    rule = {"id": "least", "title": "Enough", "relation": "at_least", "left": ["/sites"], "right": right}

    def ruled(schema: dict[str, Any]) -> None:
        schema["properties"]["visits"]["balances"].append(rule)
        schema["properties"]["visits"]["properties"]["sites"]["minimum"] = -99

    pack = load_pack(small_pack(tmp_path / "small", schema=ruled))
    found = [f.field for f in check(Submission.from_data(pack, DATA | {"visits": visits}))]
    assert found == ([] if holds else ["visits.sites"])


def test_no_other_relation_does_without_a_right_side(tmp_path: Path) -> None:
    rule = {"id": "none", "title": "None", "left": ["/sites"], "right": []}
    folder = small_pack(
        tmp_path / "small", schema=lambda schema: schema["properties"]["visits"]["balances"].append(rule)
    )
    with pytest.raises(PackError, match="right"):
        load_pack(folder)


@given(
    changes=st.dictionaries(
        st.sampled_from(["received", "carried_over", "carried_forward"]), st.integers(0, 9)
    )
)
def test_jsonschema_with_the_vocabulary_and_the_tool_agree_on_what_balances(
    pack: Pack, changes: dict[str, int]
) -> None:
    from builders import figures_only

    data = figures_only(pack, {f"requests.{row}.natural_person": value for row, value in changes.items()})
    submission = Submission.from_data(pack, data)
    by_tool = sum(f.code == "balance.unequal" for f in check(submission))
    by_library = sum(
        e.validator == "balances" for e in PackValidator(pack.schema).iter_errors(submission.exact_data)
    )
    doubtful = sum(f.code == "balance.doubtful" for f in check(submission))
    assert by_tool + doubtful == by_library
