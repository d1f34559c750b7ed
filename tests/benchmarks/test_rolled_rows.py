"""The benchmark of rolled-up rows adds up what the agencies reported, and takes as long for each of more of them."""

from __future__ import annotations

from pathlib import Path

from benchmarks.rolled_rows import made_campaign, milliseconds, rolled_up, tasks
from reportfill import read_workbook


def test_every_row_is_in_the_roll_up(tmp_path: Path) -> None:
    campaign = made_campaign(tmp_path, 3, 4)
    sums = rolled_up(campaign)
    assert len(sums.others["units"]) == 12
    workbook = tasks(campaign)["workbook"]()
    assert isinstance(workbook, bytes)
    read = read_workbook(workbook, sums.pack)
    assert (read.figures["sum"], len(read.rows["units"])) == (sums.sums["sum"], 12)


def test_the_time_grows_with_the_number_of_agencies_alone() -> None:
    few, many = (milliseconds(agencies, 20, 3) for agencies in (20, 80))
    assert {name: many[name] / few[name] < 8 for name in few} == dict.fromkeys(few, True)
