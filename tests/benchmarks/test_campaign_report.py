"""Campaigns are measured by running the program, and docs/scale.md says what was measured."""

from __future__ import annotations

from benchmarks.campaign_report import DOCUMENT, document, load
from benchmarks.campaign_scale import COMMANDS, campaign_scale


def test_what_is_in_git_is_what_was_measured() -> None:
    assert DOCUMENT.read_text("utf-8") == document(*load()), "run: make bench-campaign"


def test_every_command_is_measured_over_a_real_campaign() -> None:
    (run,) = campaign_scale([9])
    assert [one.command for one in run.commands] == [label for label, _ in COMMANDS]
    assert all(one.seconds > 0 for one in run.commands)
    assert run.folder_mib > 0.5
