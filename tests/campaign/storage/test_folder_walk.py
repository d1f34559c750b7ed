"""What lies below a folder, while others move it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from campaign.closed_folder import closed_folder

from reportfill.campaign.records.leftovers import HELD, remove_leftovers
from reportfill.campaign.storage.folder_walk import files_below
from reportfill.campaign.storage.store import FolderStore
from reportfill.errors import CampaignError
from reportfill.files import TEMPORARY
from reportfill.finding import Finding


def removed_when_it_is_opened(monkeypatch: pytest.MonkeyPatch, folder: Path, *, leaves_file: bool) -> None:
    """Let somebody take a folder away after its name was read and before it is looked into."""
    scan = os.scandir

    def scandir(path: str) -> object:
        if Path(path) == folder and folder.is_dir():
            folder.rmdir()
            if leaves_file:
                folder.touch()
        return scan(path)

    monkeypatch.setattr(os, "scandir", scandir)


@pytest.mark.parametrize("leaves_file", [False, True])
def test_a_folder_that_vanishes_meanwhile_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, leaves_file: bool
) -> None:
    gone = tmp_path / "inbox" / "甲局"
    gone.mkdir(parents=True)
    (tmp_path / "inbox" / "1.xlsx").touch()
    removed_when_it_is_opened(monkeypatch, gone, leaves_file=leaves_file)
    store = FolderStore(tmp_path)
    assert [(file.path, file.trouble) for file in store.files("inbox", unreadable=True)] == [
        ("inbox/1.xlsx", None)
    ]
    assert gone.exists() == leaves_file


def test_a_folder_that_nobody_may_look_into_is_still_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed_folder(tmp_path, monkeypatch)
    ((_, name, what),) = files_below(tmp_path, lambda error: pytest.fail(str(error)))
    assert isinstance(what, Finding)
    assert (name, what.code) == ("甲局", "stray.folder_unreadable")
    assert what.phrase() == "文件夹无法读取：没有权限，或者文件正被其他程序打开"
    assert what.phrase("en") == "The folder cannot be read: Permission denied"
    store = FolderStore(tmp_path)
    assert [file.path for file in store.files(unreadable=True)] == ["甲局"]
    with pytest.raises(CampaignError, match="甲局: The folder cannot be read: Permission denied"):
        store.files()


def test_leftovers_are_removed_while_a_folder_beside_them_vanishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "received" / "a"
    gone.mkdir(parents=True)
    leftover = tmp_path / "received" / "b" / TEMPORARY.replace("*", "0")
    leftover.parent.mkdir()
    leftover.touch()
    removed_when_it_is_opened(monkeypatch, gone, leaves_file=False)
    remove_leftovers(tmp_path, *HELD, others_write=False)
    assert (gone.exists(), leftover.exists()) == (False, False)
