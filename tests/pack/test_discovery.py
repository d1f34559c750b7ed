"""Where packs are found: a folder, ./templates, the user's data folder, those shipped; by id or by year."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from places import PACK_FOLDER

from reportfill import PackError, load_pack
from reportfill.pack import discovery
from reportfill.pack.scaffold import copy_pack


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder and a user's data folder without any pack."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(discovery, "user_folder", lambda: tmp_path / "user" / "templates")
    return tmp_path


@pytest.mark.parametrize("wanted", ["annual-report-2021", 2021, "2023", 2030, str(PACK_FOLDER), PACK_FOLDER])
def test_a_pack_is_found_by_id_year_and_folder(wanted: str | int | Path) -> None:
    assert load_pack(wanted).id == "annual-report-2021"
    assert discovery.manifest_of(wanted) == load_pack(wanted).manifest


@pytest.mark.parametrize("wanted", ["annual-report", 1999, "no/such/folder"])
def test_what_is_not_there_is_refused_with_what_there_is(wanted: str | int) -> None:
    for look in (load_pack, discovery.manifest_of):
        with pytest.raises(PackError, match="annual-report-2021"):
            look(wanted)


def test_a_pack_in_the_working_folder_comes_before_the_users_and_the_shipped_one(elsewhere: Path) -> None:
    for folder in (elsewhere / "user" / "templates", elsewhere / "templates"):
        shutil.copytree(PACK_FOLDER, folder / "annual-report-2021")
        assert discovery.find_packs()[0].folder.resolve() == folder / "annual-report-2021"


def test_a_folder_whose_pack_cannot_be_read_does_not_hide_the_others(elsewhere: Path) -> None:
    broken = Path(shutil.copytree(PACK_FOLDER, elsewhere / "templates" / "broken"))
    (broken / "pack.toml").write_text("id = ", encoding="utf-8")
    assert [found.manifest.id for found in discovery.find_packs()] == ["annual-report-2021"]
    for look in (load_pack, discovery.manifest_of):
        with pytest.raises(PackError, match=r"pack\.toml"):
            look(broken)


def test_a_copy_is_a_pack_of_its_own_and_never_written_over_another(elsewhere: Path) -> None:
    copy_pack(PACK_FOLDER, elsewhere / "templates" / "other", "other")
    assert load_pack("other").id == "other"
    with pytest.raises(Exception, match="exists already"):
        copy_pack(PACK_FOLDER, elsewhere / "templates" / "other", "other")
