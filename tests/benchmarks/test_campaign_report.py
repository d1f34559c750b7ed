"""Campaigns are measured by running the program, and docs/scale.md says what was measured."""

from __future__ import annotations

from benchmarks.campaign_report import DOCUMENT, document, load
from benchmarks.campaign_scale import COMMANDS, CampaignRun, CommandRun, campaign_scale


def test_what_is_in_git_is_what_was_measured() -> None:
    assert DOCUMENT.read_text("utf-8") == document(*load()), "run: make bench-campaign"


def test_every_command_is_measured_over_a_real_campaign() -> None:
    (run,) = campaign_scale([9])
    assert [one.command for one in run.commands] == [label for label, _ in COMMANDS]
    assert all(one.seconds > 0 for one in run.commands)
    assert run.folder_mib > 0.5


def test_an_office_takes_what_a_command_takes_to_start_and_what_its_agencies_add() -> None:
    runs = [
        CampaignRun(
            many, [CommandRun(many, label, 2 + many / 100, 90, 50) for label, _ in COMMANDS], many / 10
        )
        for many in (100, 100_000)
    ]
    machine, _ = load()
    rows = [line.split(" | ") for line in document(machine, runs).splitlines() if line.startswith("| ")]
    found = {row[0].lstrip("| "): row[2:5] for row in rows}
    assert found["a county"] == ["3 s", "3 s", "3 s"]
    assert found["the nation"] == ["17 min", "17 min", "17 min"]
