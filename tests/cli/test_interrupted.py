"""Ctrl-C in the middle of many files: it is answered in words, and what was written is whole."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from campaign.office import AGENCIES, campaign_in, drop
from campaign.prepared import prepared
from places import SAMPLES
from watched_opens import interrupted_at

from reportfill.files import TEMPORARY

WHOLE = "已中断；已生成的文件均完整可用。"


def require_whole(folder: Path) -> None:
    """Whatever is below a folder is a whole package."""
    assert list(folder.rglob(TEMPORARY)) == []
    for path in folder.rglob("*.docx"):
        with ZipFile(path) as package:
            assert package.testzip() is None


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_filling_many_files_says_that_what_was_written_is_whole(tmp_path: Path, jobs: str) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number in range(40):
        shutil.copy(SAMPLES / "weihui-xinfang-2023.xlsx", inbox / f"{number:02}.xlsx")
    command = ["fill", inbox, "-o", tmp_path / "out", "--jobs", jobs]
    run = interrupted_at("20.xlsx", tmp_path / "hook", *command)
    assert (run.returncode, run.stderr) == (130, f"{WHOLE}\n")
    require_whole(tmp_path)


def test_collecting_says_so_and_the_next_run_takes_in_what_is_left(tmp_path: Path) -> None:
    campaign = campaign_in(tmp_path / "campaign")
    for number in range(20):
        drop(campaign, f"{number:02}.xlsx", prepared(AGENCIES[1], number))
    command = ["campaign", "collect", campaign.root, "--jobs", "2"]
    run = interrupted_at("inbox/10.xlsx", tmp_path / "hook", *command)
    assert (run.returncode, run.stderr) == (130, f"{WHOLE}\n")
    require_whole(campaign.root)
    again = interrupted_at("none", tmp_path / "again", *command)
    assert "20" in again.stdout, again.stderr


def test_watching_a_folder_stops_in_words(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    shutil.copy(SAMPLES / "weihui-xinfang-2023.xlsx", inbox / "in-hand.xlsx")
    run = interrupted_at("in-hand.xlsx", tmp_path / "hook", "watch", inbox, "-o", tmp_path / "out", "--poll")
    assert (run.returncode, "Traceback" in run.stderr) == (0, False)
    assert "已停止" in run.stderr
    require_whole(tmp_path)


@pytest.mark.parametrize("loaded", ["reportfill/cli/__pycache__/main", "typer/__pycache__/__init__"])
def test_it_is_answered_in_words_while_the_program_is_still_being_loaded(tmp_path: Path, loaded: str) -> None:
    run = interrupted_at(f"{loaded}.{sys.implementation.cache_tag}.pyc", tmp_path / "hook", "fill", "a.xlsx")
    assert (run.returncode, run.stdout, run.stderr) == (130, "", f"{WHOLE}\n")
