"""Which figures are compared, and which of them a report comes to."""

from __future__ import annotations

from campaign.two_years import (
    GRANTED,
    LICENSING,
    RECEIVED,
    UPHELD,
)

from reportfill import Pack
from reportfill.campaign.aggregation.added_up import summed_paths
from reportfill.campaign.comparison.comparison import main_paths


def test_main_figures_are_those_that_are_part_of_no_sum(pack: Pack) -> None:
    main = main_paths(pack)
    assert {
        LICENSING,
        f"{RECEIVED}.total",
        "requests.outcomes.total.total",
        "disputes.reconsideration.total",
    } <= set(main)
    assert not {f"{RECEIVED}.business", f"{GRANTED}.total", UPHELD, "year"} & set(main)
    assert set(main) < set(summed_paths(pack))
