"""What handing in costs is measured in a campaign that is one, and every file is taken in."""

from __future__ import annotations

from pathlib import Path

from benchmarks.handing_in import handing_in, recorded
from reportfill.campaign.status.agency_status import State


def test_each_step_is_measured() -> None:
    steps = {one.step for one in handing_in(30, files=3) if one.first > 0 and one.then > 0}
    assert steps == {"hand_in", "pending_of", "take_in", "history_of", "journal_mark"}


def test_of_each_agency_it_is_on_record_that_it_handed_in(tmp_path: Path) -> None:
    status = recorded(tmp_path / "campaign", 60).status()
    assert {one.state for one in status.agencies} == {State.SOUND}
