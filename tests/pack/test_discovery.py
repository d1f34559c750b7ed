"""Where packs are found: a folder, ./templates, the user's data folder, those shipped; by id or by year."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from places import PACK_FOLDER

from reportfill import PackError, load_pack
from reportfill.pack import discovery
from reportfill.pack.check import pack_problems
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
    shipped = sorted(path.name for path in discovery.shipped_folder().iterdir())
    assert sorted(found.manifest.id for found in discovery.find_packs()) == shipped
    for look in (load_pack, discovery.manifest_of):
        with pytest.raises(PackError, match=r"pack\.toml"):
            look(broken)


BROKEN = {
    "deep": b"a=" + b"[" * 5000,
    "deep-tables": b"[a" + b".a" * 5000 + b"]",
    "number": b"a = " + b"9" * 5000,
    "garbage": bytes(range(256)),
    "empty": b"",
    "large": b"# " + b"x" * (2 << 20),
    "utf-16": 'id = "x"'.encode("utf-16"),
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_manifest_in_the_working_folder_stops_nothing(elsewhere: Path, content: bytes) -> None:
    broken = elsewhere / "templates" / "a-broken-one"
    broken.mkdir(parents=True)
    (broken / "pack.toml").write_bytes(content)
    (elsewhere / "templates" / "no-pack").mkdir()
    os.mkfifo(elsewhere / "templates" / "pipe")
    assert load_pack(2023).id == "annual-report-2021"
    (error,) = discovery.unreadable_packs()
    assert "a-broken-one" in str(error)
    with pytest.raises(PackError):
        discovery.manifest_of(broken)
    assert any("pack.toml" in str(problem.place) for problem in pack_problems(broken))


def test_what_may_not_be_read_stops_nothing(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(shutil.copytree(PACK_FOLDER, elsewhere / "templates" / "other"))
    (elsewhere / "user" / "templates").mkdir(parents=True)
    forbid(
        monkeypatch, folder / "pack.toml", Path("templates/other/pack.toml"), elsewhere / "user" / "templates"
    )
    assert load_pack(2023).manifest.id == "annual-report-2021"
    assert len(discovery.unreadable_packs()) == 2
    with pytest.raises(PackError):
        load_pack(folder)


def forbid(monkeypatch: pytest.MonkeyPatch, *places: Path) -> None:
    """The system says of these places what it says to who may not look at them; tests may run as root, who may."""

    def forbidden(call: Callable[..., Any]) -> Callable[..., Any]:
        def refusing(place: Any, *more: Any, **named: Any) -> Any:
            if not isinstance(place, int) and Path(place) in places:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place))
            return call(place, *more, **named)

        return refusing

    for name in ("listdir", "scandir", "open"):
        monkeypatch.setattr(os, name, forbidden(getattr(os, name)))


@pytest.mark.parametrize(
    "part",
    [
        b'{"a":' * 5000 + b"1" + b"}" * 5000,
        b'{"a":' * 150 + b"1" + b"}" * 150,
        b'{"minimum": ' + b"9" * 5000 + b"}",
        b"\xff\xfe\x00",
        b"{" + b" " * (5 << 20) + b"}",
        b"[]",
    ],
    ids=["deep", "rather-deep", "number", "garbage", "large", "list"],
)
def test_a_broken_schema_is_an_error_of_the_pack(elsewhere: Path, part: bytes) -> None:
    folder = Path(shutil.copytree(PACK_FOLDER, elsewhere / "broken"))
    (folder / "schema.json").write_bytes(part)
    with pytest.raises(PackError, match=r"schema\.json"):
        load_pack(folder)
    assert any("schema.json" in str(problem.place) for problem in pack_problems(folder))


@pytest.mark.parametrize("name", ["schema.json", "intake.xlsx", "report.docx"])
def test_parts_of_a_pack_that_are_no_plain_or_too_large_files_are_not_read(
    elsewhere: Path, name: str
) -> None:
    folder = Path(shutil.copytree(PACK_FOLDER, elsewhere / "broken"))
    with (folder / name).open("wb") as part:
        part.truncate(1 << 30)
    with pytest.raises(PackError, match=name):
        load_pack(folder)
    (folder / name).unlink()
    os.mkfifo(folder / name)
    with pytest.raises(PackError, match=name):
        load_pack(folder)
    assert any(problem.place == name for problem in pack_problems(folder))


@pytest.mark.parametrize(
    "wanted", ["p" * 300, "模" * 90, "a\0b", "", "9" * 300, "9" * 5000, "\ud800", 0, -1, 99999]
)
def test_odd_names_and_years_are_no_packs(wanted: str | int) -> None:
    with pytest.raises(PackError, match="annual-report-2021") as said:
        load_pack(wanted)
    assert len(str(said.value)) < 300


ODD_IDS = [
    "{folder}",
    "{relative}",
    "templates/x/..",
    "..",
    ".",
    "/",
    "C:\\x",
    "\\\\host\\share",
    "2023",
    "a\0b",
    "",
    "x" * 9000,
]


@pytest.mark.parametrize("id", ODD_IDS)
def test_only_an_id_is_an_id(elsewhere: Path, id: str) -> None:
    folder = Path(shutil.copytree(PACK_FOLDER, elsewhere / "own"))
    with pytest.raises(PackError):
        discovery.find_pack_of_id(id.format(folder=folder, relative="own"))
    assert discovery.find_pack_of_id("annual-report-2021").is_dir()


def test_a_year_is_never_a_folder(elsewhere: Path) -> None:
    shutil.copytree(PACK_FOLDER, elsewhere / "2023")
    assert discovery.find_pack(2023) != elsewhere / "2023"
    assert discovery.find_pack("2023") == elsewhere / "2023"


def test_a_working_folder_that_was_removed_has_no_packs(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (elsewhere / "gone").mkdir()
    monkeypatch.chdir(elsewhere / "gone")
    (elsewhere / "gone").rmdir()
    assert load_pack(2023).id == "annual-report-2021"
    assert load_pack(PACK_FOLDER).id == "annual-report-2021"
    with pytest.raises(PackError):
        load_pack("own")
    monkeypatch.chdir(elsewhere)


def test_a_pack_says_which_years_it_serves() -> None:
    pack = load_pack("annual-report-2021")
    pack.require_year(2023)
    for year in (2020, 2100, 0, -1, 10**300):
        with pytest.raises(PackError, match="2021–2099"):
            pack.require_year(year)


def test_a_copy_is_a_pack_of_its_own_and_never_written_over_another(elsewhere: Path) -> None:
    copy_pack(PACK_FOLDER, elsewhere / "templates" / "other", "other")
    assert load_pack("other").id == "other"
    with pytest.raises(Exception, match="exists already"):
        copy_pack(PACK_FOLDER, elsewhere / "templates" / "other", "other")
