"""No command reads a file from disk twice, so that what it says, what is marked and what is kept are one content."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from campaign.office import AGENCIES, campaign_in, drop
from campaign.prepared import prepared
from places import SAMPLES
from watched_opens import opens_of

from reportfill.processing import Job, process

NAMES = ("typical-mistakes-2023.xlsx", "weihui-xinfang-2023.xlsx")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A folder with a sound workbook, a faulty one and a marked copy that somebody has worked in."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    for name in NAMES:
        shutil.copy(SAMPLES / name, folder / name)
    shutil.copy(SAMPLES / "hongze-2023.xlsx", folder / "甲-需修改.xlsx")
    return folder


@pytest.mark.parametrize("command", ["fill", "check"])
@pytest.mark.parametrize("is_alone", [True, False], ids=["one", "several"])
def test_each_workbook_is_opened_once(inbox: Path, tmp_path: Path, command: str, is_alone: bool) -> None:
    given = inbox / NAMES[0] if is_alone else inbox
    opened = opens_of(inbox, tmp_path / "hook", command, given, "--returned", tmp_path / "marked")
    assert opened == dict.fromkeys(
        [NAMES[0]] if is_alone else [path.name for path in inbox.glob("*.xlsx")], 1
    )


def test_an_unchanged_marked_copy_is_opened_once_to_see_that(inbox: Path, tmp_path: Path) -> None:
    marked = process((inbox / NAMES[0]).read_bytes(), Job()).artefacts
    (inbox / "乙-需修改.xlsx").write_bytes(next(iter(marked.values())))
    opened = opens_of(inbox, tmp_path / "hook", "fill", inbox, "-o", tmp_path, "--returned", tmp_path)
    assert opened == dict.fromkeys((path.name for path in inbox.iterdir()), 1)


def test_last_years_report_is_opened_once(inbox: Path, tmp_path: Path) -> None:
    last = tmp_path / "last.xlsx"
    shutil.copy(SAMPLES / NAMES[1], last)
    opened = opens_of(tmp_path, tmp_path / "hook", "check", inbox / NAMES[1], "--last", last)
    assert opened == {NAMES[1]: 1, "last.xlsx": 1}


def test_a_watched_folder_opens_what_arrives_once(inbox: Path, tmp_path: Path) -> None:
    opened = opens_of(
        inbox, tmp_path / "hook", "watch", inbox, "-o", tmp_path / "out", "--poll", until="甲-需修改.xlsx"
    )
    assert opened == dict.fromkeys((path.name for path in inbox.iterdir()), 1)


def test_collecting_and_rebuilding_open_each_workbook_once(tmp_path: Path) -> None:
    campaign = campaign_in(tmp_path / "campaign")
    for number in range(3):
        drop(campaign, f"{number}.xlsx", prepared(AGENCIES[1], number))
    root = campaign.root
    assert opens_of(root / "inbox", tmp_path / "hook", "campaign", "collect", root) == {
        f"{number}.xlsx": 1 for number in range(3)
    }
    received = {path.name: 1 for path in (root / "received").rglob("*.xlsx")}
    assert len(received) == 3
    assert opens_of(root / "received", tmp_path / "hook", "campaign", "rebuild", root) == received
