"""Two years compared: sums over the same agencies, jumps by how much they say, and what does not carry over."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from campaign.two_years import (
    CARRIED_OVER,
    FEES,
    FORWARD,
    GRANTED,
    IN_FORCE,
    ISSUED,
    LICENSING,
    RECEIVED,
    UPHELD,
    comparison,
    figures,
)

from reportfill import Pack, Submission, check
from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.sums.compare import (
    MOST_JUMPS,
    Change,
    Comparison,
    Pair,
    compared,
    compared_paths,
    jump_size,
    main_paths,
    paired,
)
from reportfill.campaign.sums.compare_matches import Match, matched

ARCHIVE, WATER, LETTERS, DATA = (
    Agency("02", "清河县档案馆"),
    Agency("03", "清河县水利局"),
    Agency("04", "清河县信访局"),
    Agency("05", "清河县数据局"),
)


def change(changes: list[Change], path: str) -> tuple[object, object, object]:
    """Last year, this year and the percentage of a figure."""
    found = next(one for one in changes if one.path == path)
    return found.last, found.now, found.percent


@pytest.fixture
def two_years(pack: Pack) -> Comparison:
    """The archive and the water bureau in both years, the petition office gone, the data bureau new."""
    return comparison(
        pack,
        [ARCHIVE, WATER, DATA],
        [ARCHIVE, WATER, LETTERS],
        now={
            "02": {LICENSING: 900, FEES: Decimal("0.3"), f"{RECEIVED}.natural_person": 4, f"{RECEIVED}.business": 1},
            "03": {LICENSING: 50, FEES: Decimal("0.3")},
            "05": {LICENSING: 7},
        },
        last={
            "02": {LICENSING: 200, FEES: Decimal("0.1"), f"{RECEIVED}.natural_person": 2},
            "03": {LICENSING: 50, FEES: Decimal("0.2")},
            "04": {LICENSING: 1000},
        },
    )  # fmt: skip


def test_sums_are_over_the_agencies_of_both_years_and_over_all(two_years: Comparison) -> None:
    assert change(two_years.in_both, LICENSING) == (250, 950, 280.0)
    assert change(two_years.over_all, LICENSING) == (1250, 957, pytest.approx(100 * (957 - 1250) / 1250))
    assert two_years.added_in_both == 2


def test_sums_are_exact_and_their_totals_worked_out(two_years: Comparison) -> None:
    assert change(two_years.in_both, FEES)[:2] == (Decimal("0.3"), Decimal("0.6"))
    assert change(two_years.in_both, f"{RECEIVED}.total") == (2, 5, 150.0)


def test_a_change_from_zero_has_no_percentage() -> None:
    assert Change("a", 0, 12).percent is None
    assert Change("a", 0, 12).difference == 12
    assert Change("a", 12, 0).percent == -100.0
    assert Change("a", None, 12).difference is None


def test_an_agency_that_its_superior_counts_is_not_added_again(pack: Pack) -> None:
    counted = replace(WATER, is_counted_by_superior=True)
    typed = {"02": {LICENSING: 3}, "03": {LICENSING: 5}}
    found = comparison(pack, [ARCHIVE, counted], [ARCHIVE, WATER], typed, typed)
    assert change(found.in_both, LICENSING) == (3, 3, 0.0)
    assert change(found.over_all, LICENSING)[:2] == (8, 3)
    assert found.added_in_both == 1


def test_a_figure_that_last_years_form_did_not_have_is_compared_with_nothing(pack: Pack) -> None:
    before = figures(pack, {})
    del before[LICENSING]
    found = compared(pack, 2023, [Pair(Match(WATER, WATER), figures(pack, {LICENSING: 500}), before)])
    assert change(found.in_both, LICENSING) == (None, 500, None)
    assert found.jumps == []


def test_totals_that_are_missing_are_worked_out(pack: Pack) -> None:
    typed = {f"{RECEIVED}.natural_person": 300, f"{GRANTED}.natural_person": 300}
    now = figures(pack, typed)
    bare = {path: figure for path, figure in now.items() if path not in pack.rules.derived}
    whole, without = (
        compared(pack, 2023, [Pair(Match(WATER, WATER), given, figures(pack, {}))]) for given in (now, bare)
    )
    assert whole.jumps == without.jumps
    assert [one.now for one in whole.agencies] == [one.now for one in without.agencies]


@pytest.mark.parametrize(
    ("larger", "smaller"),
    [
        ((200, 900), (12, 40)),
        ((200, 900), (0, 30)),
        ((0, 60), (60, 120)),
        ((60, 0), (60, 30)),
        ((900, 200), (900, 400)),
        ((0, 1000), (0, 100)),
    ],
)
def test_a_jump_is_larger_the_larger_the_difference_and_the_ratio(
    larger: tuple[int, int], smaller: tuple[int, int]
) -> None:
    assert jump_size(*larger) > jump_size(*smaller) > 0


@pytest.mark.parametrize(("last", "now"), [(200, 900), (0, 50), (7, 100)])
def test_a_fall_is_as_large_as_the_rise_that_undoes_it(last: int, now: int) -> None:
    assert jump_size(last, now) == jump_size(now, last)


@pytest.mark.parametrize(
    ("last", "now"), [(1, 3), (0, 9), (1_000_000, 1_020_000), (100, 199), (5, 5), (Decimal("0.1"), Decimal(9))]
)  # fmt: skip
def test_small_differences_and_small_ratios_are_no_jumps(last: int, now: int) -> None:
    assert jump_size(last, now) == 0


def test_a_figure_below_zero_can_jump() -> None:
    assert jump_size(-40, 60) == jump_size(0, 100)


def test_jumps_come_largest_first_and_say_both_figures(pack: Pack) -> None:
    now = {"02": {LICENSING: 900, UPHELD: 3}, "03": {LICENSING: 40}, "04": {LICENSING: 0}}
    last = {"02": {LICENSING: 200, UPHELD: 1}, "03": {LICENSING: 12}, "04": {LICENSING: 70}}
    agencies = [WATER, LETTERS, ARCHIVE]
    found = comparison(pack, agencies, agencies, now, last)
    assert [(one.agency, one.change) for one in found.jumps] == [
        (ARCHIVE, Change(LICENSING, 200, 900)),
        (LETTERS, Change(LICENSING, 70, 0)),
        (WATER, Change(LICENSING, 12, 40)),
    ]
    assert (found.jump_count, found.jump_agencies) == (3, 3)


def test_a_part_that_is_the_whole_jump_of_its_sum_is_told_once(pack: Pack) -> None:
    now = {f"{RECEIVED}.natural_person": 80, f"{RECEIVED}.business": 5, f"{GRANTED}.business": 85}
    last = {f"{RECEIVED}.natural_person": 10, f"{RECEIVED}.business": 5, f"{GRANTED}.business": 15}
    found = comparison(pack, [WATER], [WATER], {"03": now}, {"03": last})
    assert {one.change.path for one in found.jumps} == {
        f"{RECEIVED}.total",
        "requests.outcomes.total.total",
    }


def test_of_very_many_jumps_the_largest_are_kept_and_all_counted(pack: Pack) -> None:
    agencies = [Agency(str(number), f"第{number}所") for number in range(MOST_JUMPS + 50)]
    before = figures(pack, {})
    pairs = (
        Pair(Match(one, one), {**before, LICENSING: 100 + number}, before)
        for number, one in enumerate(agencies)
    )
    found = compared(pack, 2023, pairs)
    assert found.jump_count == MOST_JUMPS + 50
    assert [one.change.now for one in found.jumps] == list(range(MOST_JUMPS + 149, 149, -1))


def test_what_was_carried_over_must_be_what_was_carried_forward(pack: Pack) -> None:
    now = {f"{CARRIED_OVER}.natural_person": 2, f"{GRANTED}.natural_person": 2}
    last = {f"{RECEIVED}.natural_person": 5, f"{FORWARD}.natural_person": 5}
    found = comparison(
        pack, [WATER, LETTERS], [WATER, LETTERS], {"03": now, "04": {}}, {"03": last, "04": {}}
    )
    told = [(one.agency, one.path, one.last, one.expected, one.now, one.severity) for one in found.breaks]
    assert told == [
        (WATER, f"{CARRIED_OVER}.natural_person", 5, 5, 2, "error"),
        (WATER, f"{CARRIED_OVER}.total", 5, 5, 2, "error"),
    ]


def test_the_stock_of_documents_must_follow_and_comes_after_the_errors(pack: Pack) -> None:
    now = {"03": {IN_FORCE: 30, ISSUED: 4}, "04": {f"{CARRIED_OVER}.other": 1, f"{GRANTED}.other": 1}}
    last = {"03": {IN_FORCE: 20}, "04": {}}
    found = comparison(pack, [WATER, LETTERS], [WATER, LETTERS], now, last).breaks
    assert [(one.agency, one.severity) for one in found] == [
        (LETTERS, "error"),
        (LETTERS, "error"),
        (WATER, "warning"),
    ]
    assert (found[-1].last, found[-1].expected, found[-1].now) == (20, 24, 30)


def test_an_agency_that_sends_last_years_figures_again_is_named(pack: Pack) -> None:
    same = {LICENSING: 12, UPHELD: 1, f"{RECEIVED}.other": 1, f"{GRANTED}.other": 1}
    found = comparison(pack, [WATER], [WATER], {"03": same}, {"03": same}).breaks
    assert [one.title for one in found] == ["全部数据不应与上年完全相同"]


def test_a_break_is_worded_as_the_check_of_the_agency_words_it(pack: Pack) -> None:
    now = figures(pack, {f"{CARRIED_OVER}.natural_person": 2, f"{GRANTED}.natural_person": 2})
    last = figures(pack, {f"{RECEIVED}.natural_person": 5, f"{FORWARD}.natural_person": 5})
    found = compared(pack, 2023, [Pair(Match(WATER, WATER), now, last)]).breaks
    data = {"requests": {"carried_over": {"natural_person": 2}}}
    cells = {f"{CARRIED_OVER}.natural_person": "表三!D8"}
    alone = Submission.from_data(pack, data, cells=cells)
    own = next(one for one in check(alone, {"requests": {"carried_forward": {"natural_person": 5}}})
               if one.code == "history.unequal")  # fmt: skip
    assert (found[0].message, found[0].hint) == (own.message.zh, own.hint.zh)


def test_years_that_do_not_follow_each_other_carry_nothing_over(pack: Pack) -> None:
    found = comparison(pack, [WATER], [WATER], {"03": {IN_FORCE: 9}}, {"03": {}}, last_year=2021)
    assert found.breaks == []
    assert not found.is_checked


def test_main_figures_are_those_that_are_part_of_no_sum(pack: Pack) -> None:
    main = main_paths(pack)
    assert {
        LICENSING,
        f"{RECEIVED}.total",
        "requests.outcomes.total.total",
        "disputes.reconsideration.total",
    } <= set(main)
    assert not {f"{RECEIVED}.business", f"{GRANTED}.total", UPHELD, "year"} & set(main)
    assert set(main) < set(compared_paths(pack))


def test_each_agency_keeps_its_main_figures(two_years: Comparison) -> None:
    column = main_paths(two_years.pack).index(LICENSING)
    told = [
        (one.match.agency.code, one.last and one.last[column], one.now and one.now[column])
        for one in two_years.agencies
    ]
    assert told == [("02", 200, 900), ("03", 50, 50), ("05", None, 7), ("04", 1000, None)]


def test_figures_are_paired_as_they_come_in(pack: Pack) -> None:
    matches = matched([ARCHIVE, WATER, DATA], [ARCHIVE, WATER, LETTERS])
    now, last = iter([("03", {"a": 1}), ("05", {"a": 2})]), iter([("02", {"a": 3}), ("04", {"a": 4})])
    assert list(paired(matches, now, last)) == [
        Pair(matches[0], None, {"a": 3}),
        Pair(matches[1], {"a": 1}, None),
        Pair(matches[2], {"a": 2}, None),
        Pair(matches[3], None, {"a": 4}),
    ]


def test_figures_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="02"):
        list(paired(matched([ARCHIVE, WATER], []), [("03", {}), ("02", {})], []))
