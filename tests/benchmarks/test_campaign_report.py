"""Campaigns are measured by running the program, and docs/scale.md says what was measured."""

from __future__ import annotations

import pytest

from benchmarks.campaign_report import DOCUMENT, document, load
from benchmarks.campaign_scale import COMMANDS, CampaignRun, CommandRun, campaign_scale


def test_what_is_in_git_is_what_was_measured() -> None:
    assert DOCUMENT.read_text("utf-8") == document(*load()), "run: make bench-campaign"


@pytest.mark.long
def test_every_command_is_measured_over_a_real_campaign() -> None:
    (run,) = campaign_scale([3])
    assert [one.command for one in run.commands] == list(COMMANDS)
    assert all(one.seconds > 0 and one.pace > 0 for one in run.commands)
    assert run.folder_mib > 0.2


def campaign(agencies: int, *, pace: float = 40.0) -> CampaignRun:
    """A campaign in which each command takes two seconds to start and ten milliseconds an agency."""
    commands = [CommandRun(agencies, label, 2 + agencies / 100, 90, 50, pace) for label in COMMANDS]
    return CampaignRun(agencies, commands, agencies / 10)


def rows_of(*runs: CampaignRun) -> dict[str, list[str]]:
    """The cells of each table row of the document behind the first, by the first."""
    machine, _ = load()
    rows = [line.strip("| ").split(" | ") for line in document(machine, runs).splitlines() if line[:1] == "|"]
    return {row[0]: row[1:] for row in rows}


def test_an_office_takes_what_a_command_takes_to_start_and_what_its_agencies_add() -> None:
    rows = rows_of(campaign(100), campaign(100_000))
    assert rows["a county"][1:4] == ["3 s", "3 s", "3 s"]
    assert rows["the nation"][1:4] == ["17 min", "17 min", "17 min"]


def test_a_budget_is_held_to_what_a_quiet_machine_would_take() -> None:
    slow, quick = (rows_of(campaign(100_000, pace=pace)) for pace in (80, 20))
    assert slow["`collect`, 100,000 agencies"] == [
        "at least 150 a second",
        "100 a second",
        "200 a second",
        "yes",
    ]
    assert quick["`collect`, 100,000 agencies"][1:] == ["100 a second", "100 a second", "**no**"]
