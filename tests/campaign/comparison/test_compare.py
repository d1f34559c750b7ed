"""Two years compared: sums over the same agencies, jumps by how much they say, and what does not carry over."""

from __future__ import annotations

from decimal import Decimal

import pytest
from campaign.two_years import (
    ARCHIVE,
    DATA,
    FEES,
    GRANTED,
    LETTERS,
    LICENSING,
    RECEIVED,
    WATER,
    comparison,
    figures,
)

from reportfill import Pack
from reportfill.campaign.comparison.agency_matching import AgencyMatch
from reportfill.campaign.comparison.compare import comparison_of
from reportfill.campaign.comparison.comparison import AgencyFigures, Comparison, FigureChange, main_paths


def change(changes: list[FigureChange], path: str) -> tuple[object, object, object]:
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
    assert FigureChange("a", 0, 12).percent is None
    assert FigureChange("a", 0, 12).difference == 12
    assert FigureChange("a", 12, 0).percent == -100.0
    assert FigureChange("a", None, 12).difference is None


def test_an_agency_that_its_superior_counts_is_not_added_again(pack: Pack) -> None:
    counted = WATER._replace(is_counted_by_superior=True)
    typed = {"02": {LICENSING: 3}, "03": {LICENSING: 5}}
    found = comparison(pack, [ARCHIVE, counted], [ARCHIVE, WATER], typed, typed)
    assert change(found.in_both, LICENSING) == (3, 3, 0.0)
    assert change(found.over_all, LICENSING)[:2] == (8, 3)
    assert found.added_in_both == 1


def test_a_figure_that_last_years_form_did_not_have_is_compared_with_nothing(pack: Pack) -> None:
    before = figures(pack, {})
    del before[LICENSING]
    found = comparison_of(
        pack, 2023, [AgencyFigures(AgencyMatch(WATER, WATER), figures(pack, {LICENSING: 500}), before)]
    )
    assert change(found.in_both, LICENSING) == (None, 500, None)
    assert found.jumps == []


def test_totals_that_are_missing_are_worked_out(pack: Pack) -> None:
    typed = {f"{RECEIVED}.natural_person": 300, f"{GRANTED}.natural_person": 300}
    now = figures(pack, typed)
    bare = {path: figure for path, figure in now.items() if path not in pack.rules.derived}
    whole, without = (
        comparison_of(pack, 2023, [AgencyFigures(AgencyMatch(WATER, WATER), given, figures(pack, {}))])
        for given in (now, bare)
    )
    assert whole.jumps == without.jumps
    assert [one.now for one in whole.agencies] == [one.now for one in without.agencies]


def test_each_agency_keeps_its_main_figures(two_years: Comparison) -> None:
    column = main_paths(two_years.pack).index(LICENSING)
    told = [
        (one.match.agency.code, one.last and one.last[column], one.now and one.now[column])
        for one in two_years.agencies
    ]
    assert told == [("02", 200, 900), ("03", 50, 50), ("05", None, 7), ("04", 1000, None)]
