"""A workbook that was collected is opened by no command again: what was read of it is in the ledger."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from campaign.office import AGENCIES, FAULTY, campaign_in, completed, drop

from reportfill import Pack
from reportfill.campaign.operations.distribute import distribute
from reportfill.campaign.records.campaign_folder import CampaignFolder

_CLOSED: list[str] = []
"""Folders of which no file may be opened; a hook cannot be taken back, but has nothing to say without them."""


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and isinstance(arguments[0], str | bytes | Path):
        path = str(arguments[0])
        assert not any(path.startswith(folder) for folder in _CLOSED), f"{path} is opened again"


@contextmanager
def closed(folder: Path) -> Iterator[None]:
    """Nobody opens a file of a folder meanwhile."""
    if not _CLOSED:
        sys.addaudithook(_refuse)
    _CLOSED.append(str(folder))
    try:
        yield
    finally:
        _CLOSED.remove(str(folder))


@pytest.fixture
def campaign(tmp_path: Path, pack: Pack, reportfill: Callable[..., Any]) -> CampaignFolder:
    """A campaign that was collected: two agencies are sound, one is faulty, one is missing."""
    campaign = campaign_in(tmp_path / "2023")
    distribute(campaign)
    for agency, figures in zip(AGENCIES, ({}, {"proactive.licensing.decisions": 7}, FAULTY), strict=False):
        drop(campaign, f"{agency.code}.xlsx", completed(pack, agency, figures))
    assert reportfill("campaign", "collect", campaign.root, "--jobs", "1").status == 1
    return campaign


def test_after_collecting_no_command_opens_what_was_handed_in(
    campaign: CampaignFolder, tmp_path: Path, reportfill: Callable[..., Any]
) -> None:
    last, coming = tmp_path / "2022", campaign_in(tmp_path / "2024", year=2024)
    shutil.copytree(campaign.root, last)
    settings = (last / "campaign.toml").read_text("utf-8")
    (last / "campaign.toml").write_text(settings.replace("year = 2023", "year = 2022"), "utf-8")
    assert reportfill("campaign", "rebuild", last, "--jobs", "1").status == 0
    for command in (
        ("status", campaign.root),
        ("review", campaign.root, "--accept", "--all-sound", "--by", "王芳"),
        ("rollup", campaign.root, "--jobs", "1"),
        ("compare", campaign.root, "--last", last, "--jobs", "1"),
        ("distribute", coming.root, "--last", campaign.root, "--jobs", "1"),
        ("collect", campaign.root, "--jobs", "1"),
        ("log", campaign.root),
    ):
        with closed(campaign.root / "received"), closed(last / "received"):
            run = reportfill("campaign", *command)
        assert run.status in (0, 1), (command, run.err)
        assert "opened again" not in run.out + run.err


def test_the_hook_sees_what_is_opened(campaign: CampaignFolder) -> None:
    copy = next((campaign.root / "received").rglob("*.xlsx"))
    with closed(campaign.root / "received"), pytest.raises(AssertionError, match="opened again"):
        copy.read_bytes()
