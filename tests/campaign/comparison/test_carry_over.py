"""What this year's report must take over from last year's, agency by agency."""

from __future__ import annotations

from campaign.two_years import (
    CARRIED_OVER,
    FORWARD,
    GRANTED,
    IN_FORCE,
    ISSUED,
    LETTERS,
    LICENSING,
    RECEIVED,
    UPHELD,
    WATER,
    comparison,
    figures,
)

from reportfill import Pack, Submission, check
from reportfill.campaign.comparison.agency_matching import AgencyMatch
from reportfill.campaign.comparison.compare import comparison_of
from reportfill.campaign.comparison.comparison import AgencyFigures
from reportfill.finding import Severity
from reportfill.place import Cell


def test_what_was_carried_over_must_be_what_was_carried_forward(pack: Pack) -> None:
    now = {f"{CARRIED_OVER}.natural_person": 2, f"{GRANTED}.natural_person": 2}
    last = {f"{RECEIVED}.natural_person": 5, f"{FORWARD}.natural_person": 5}
    found = comparison(
        pack, [WATER, LETTERS], [WATER, LETTERS], {"03": now, "04": {}}, {"03": last, "04": {}}
    )
    told = [
        (
            one.agency,
            one.balance.place,
            one.last,
            one.finding.expected,
            one.finding.value,
            one.finding.severity.value,
        )
        for one in found.breaks
    ]
    assert told == [
        (WATER, f"{CARRIED_OVER}.natural_person", 5, 5, 2, "error"),
        (WATER, f"{CARRIED_OVER}.total", 5, 5, 2, "error"),
    ]


def test_the_stock_of_documents_must_follow_and_comes_after_the_errors(pack: Pack) -> None:
    now = {"03": {IN_FORCE: 30, ISSUED: 4}, "04": {f"{CARRIED_OVER}.other": 1, f"{GRANTED}.other": 1}}
    last = {"03": {IN_FORCE: 20}, "04": {}}
    found = comparison(pack, [WATER, LETTERS], [WATER, LETTERS], now, last).breaks
    assert [(one.agency, one.finding.severity) for one in found] == [
        (LETTERS, Severity.ERROR),
        (LETTERS, Severity.ERROR),
        (WATER, Severity.WARNING),
    ]
    assert (found[-1].last, found[-1].finding.expected, found[-1].finding.value) == (20, 24, 30)


def test_an_agency_that_sends_last_years_figures_again_is_named(pack: Pack) -> None:
    same = {LICENSING: 12, UPHELD: 1, f"{RECEIVED}.other": 1, f"{GRANTED}.other": 1}
    found = comparison(pack, [WATER], [WATER], {"03": same}, {"03": same}).breaks
    assert [one.balance.title for one in found] == ["全部数据不应与上年度完全相同"]


def test_a_break_is_worded_as_the_check_of_the_agency_words_it(pack: Pack) -> None:
    now = figures(pack, {f"{CARRIED_OVER}.natural_person": 2, f"{GRANTED}.natural_person": 2})
    last = figures(pack, {f"{RECEIVED}.natural_person": 5, f"{FORWARD}.natural_person": 5})
    found = comparison_of(pack, 2023, [AgencyFigures(AgencyMatch(WATER, WATER), now, last)]).breaks
    data = {"requests": {"carried_over": {"natural_person": 2}}}
    places = {f"{CARRIED_OVER}.natural_person": Cell("表三", 7, 3)}
    alone = Submission.from_data(pack, data, places=places)
    own = next(one for one in check(alone, {"requests": {"carried_forward": {"natural_person": 5}}})
               if one.code == "history.unequal")  # fmt: skip
    assert (found[0].finding.message, found[0].finding.hint) == (own.message, own.hint)


def test_years_that_do_not_follow_each_other_carry_nothing_over(pack: Pack) -> None:
    found = comparison(pack, [WATER], [WATER], {"03": {IN_FORCE: 9}}, {"03": {}}, last_year=2021)
    assert found.breaks == []
    assert not found.is_checked
