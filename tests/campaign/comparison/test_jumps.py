"""A jump is what says much: by the difference and by the ratio, the largest first."""

from __future__ import annotations

from decimal import Decimal

import pytest
from campaign.two_years import (
    ARCHIVE,
    GRANTED,
    LETTERS,
    LICENSING,
    RECEIVED,
    UPHELD,
    WATER,
    comparison,
    figures,
)

from reportfill import Pack
from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.comparison.agency_matching import AgencyMatch
from reportfill.campaign.comparison.compare import comparison_of
from reportfill.campaign.comparison.comparison import AgencyFigures, FigureChange
from reportfill.campaign.comparison.jumps import MOST_JUMPS, jump_size


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
        (ARCHIVE, FigureChange(LICENSING, 200, 900)),
        (LETTERS, FigureChange(LICENSING, 70, 0)),
        (WATER, FigureChange(LICENSING, 12, 40)),
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
        AgencyFigures(AgencyMatch(one, one), {**before, LICENSING: 100 + number}, before)
        for number, one in enumerate(agencies)
    )
    found = comparison_of(pack, 2023, pairs)
    assert found.jump_count == MOST_JUMPS + 50
    assert [one.change.now for one in found.jumps] == list(range(MOST_JUMPS + 149, 149, -1))
