"""The last evening of a campaign is measured on a server that runs, and everybody's workbook is taken in."""

from __future__ import annotations

from benchmarks.last_evening import last_evening


def test_everybody_has_handed_in_once_and_everything_is_measured() -> None:
    evening = last_evening(4, minutes=0.02)
    assert len(evening.page) == len(evening.receipt) == 4
    assert evening.events
    assert min(*evening.dashboard, *evening.sign_in, *evening.receipt) > 0
