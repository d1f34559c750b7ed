"""Which pack serves a year: within a series the year chooses, between series only somebody's word does."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import platformdirs
import pytest
from places import DATA, PACK_FOLDER

from reportfill import PackError, load_pack
from reportfill.intake.data import read_data
from reportfill.pack import discovery, series
from reportfill.pack.check import series_problems
from reportfill.pack.manifest import read_manifest
from reportfill.pack.series import Choice, FoundPack, UndecidedPackError, choice_for

MANIFEST = read_manifest((PACK_FOLDER / "pack.toml").read_bytes())


def pack(id: str, of: str = "", first: int = 2021, last: int | None = None) -> FoundPack:
    """A pack that was found."""
    return FoundPack(Path(id), replace(MANIFEST, id=id, series=of or id, first_year=first, last_year=last))


@pytest.fixture(autouse=True)
def nobody_prefers_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder without packs, and a user without settings; the file in which they would be."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(series.SERIES_VARIABLE, raising=False)
    monkeypatch.setattr(platformdirs, "user_config_path", lambda *_, **__: tmp_path)
    monkeypatch.setattr(discovery, "user_folder", lambda: tmp_path / "user" / "templates")
    return tmp_path / "settings.toml"


OLD, NEW = pack("report-2014", "annual-report", 2014, 2020), pack("report-2021", "annual-report")
ASSETS, WATER = pack("assets"), pack("water", "waters")


def test_within_a_series_the_year_chooses() -> None:
    assert choice_for(2019, [NEW, OLD]) == Choice(OLD)
    assert choice_for(2021, [NEW, OLD]) == Choice(NEW)
    assert choice_for(2000, [NEW, OLD]) is None


def test_a_pack_that_alone_serves_a_year_is_taken_whatever_its_series() -> None:
    assert choice_for(2023, [ASSETS]) == Choice(ASSETS)


def test_without_settings_the_series_of_the_tool_is_taken_and_the_others_are_known() -> None:
    assert choice_for(2023, [ASSETS, NEW, WATER]) == Choice(NEW, (ASSETS, WATER))


def test_between_other_series_nothing_is_chosen_and_all_are_listed() -> None:
    with pytest.raises(UndecidedPackError, match="--pack") as refused:
        choice_for(2023, [ASSETS, WATER])
    for said in (refused.value.english, refused.value.chinese):
        assert "\n" not in said
        assert all(part in said for part in ("assets", "water", MANIFEST.title, "2021–", "2023", "--pack"))


def test_two_of_one_series_for_one_year_are_refused_with_both() -> None:
    with pytest.raises(UndecidedPackError, match="series annual-report"):
        choice_for(2020, [replace_first(NEW, 2020), OLD])
    with pytest.raises(UndecidedPackError, match=r"report-2021.*report-copy"):
        choice_for(2023, [NEW, pack("report-copy", "annual-report"), ASSETS])


def replace_first(found: FoundPack, first: int) -> FoundPack:
    """The pack as it would be if it began to serve in another year."""
    return replace(found, manifest=replace(found.manifest, first_year=first))


@pytest.mark.parametrize("named", ["waters", "water"])
def test_the_users_settings_choose_by_series_or_id(
    nobody_prefers_anything: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    nobody_prefers_anything.write_text(f'series = "{named}"\n', encoding="utf-8")
    assert choice_for(2023, [ASSETS, NEW, WATER]) == Choice(WATER, (ASSETS, NEW))
    with pytest.raises(UndecidedPackError):
        choice_for(2023, [ASSETS, NEW])
    monkeypatch.setenv(series.SERIES_VARIABLE, "assets")
    assert choice_for(2023, [ASSETS, NEW, WATER]) == Choice(ASSETS, (NEW, WATER))


@pytest.mark.parametrize(
    "content", [b"series = ", b"\xff", b"series = 3", b'serie = "x"', b"a=" + b"[" * 5000]
)
def test_settings_that_cannot_be_read_are_named(nobody_prefers_anything: Path, content: bytes) -> None:
    nobody_prefers_anything.write_bytes(content)
    with pytest.raises(PackError, match=re.escape(str(nobody_prefers_anything))):
        choice_for(2023, [ASSETS, WATER])
    assert choice_for(2019, [NEW, OLD]) == Choice(OLD)


@pytest.fixture
def second_pack(tmp_path: Path) -> Callable[..., Path]:
    """A function that puts a copy of the annual report under another id, and series, into ./templates."""

    def put(id: str, of: str | None) -> Path:
        folder = Path(shutil.copytree(PACK_FOLDER, tmp_path / "templates" / id))
        text = (folder / "pack.toml").read_text("utf-8").replace("annual-report-2021", id)
        line = f'series = "{of}"\n' if of else ""
        (folder / "pack.toml").write_text(re.sub(r"(?m)^series.*\n", line, text), encoding="utf-8")
        return folder

    return put


def test_load_pack_by_year_refuses_where_nothing_chooses(second_pack: Callable[..., Path]) -> None:
    second_pack("other-report", "annual-report")
    with pytest.raises(PackError, match=r"other-report.*annual-report-2021|annual-report-2021.*other-report"):
        load_pack(2023)
    assert load_pack("other-report").id == "other-report"


def test_data_say_which_pack_they_were_read_by_where_others_serve_their_year(
    second_pack: Callable[..., Path],
) -> None:
    content = (DATA / "weihui-2023.json").read_bytes()
    second_pack("assets", None)
    submission = read_data(content)
    assert submission.pack is load_pack("annual-report-2021")
    [said] = [found for found in submission.findings if found.code == "schema.pack_chosen"]
    assert said.message.zh == "按2023年度选用了模板包annual-report-2021；assets也适用于该年度。"
    second_pack("copy", "annual-report")
    discovery._choice_for_year.cache_clear()
    with pytest.raises(UndecidedPackError):
        read_data(content)


def test_of_the_packs_that_come_with_the_tool_nothing_is_said() -> None:
    serving = [found.manifest.id for found in discovery.find_packs() if found.manifest.serves(2023)]
    assert len(serving) > 1
    assert discovery.choice_for_year(2023).others == ()
    submission = read_data((DATA / "weihui-2023.json").read_bytes())
    assert [found for found in submission.findings if found.code == "schema.pack_chosen"] == []


def test_pack_check_names_the_other_pack_of_a_series_for_the_same_years(
    second_pack: Callable[..., Path],
) -> None:
    folder = second_pack("other-report", "annual-report")
    [problem] = series_problems(folder)
    assert (problem.place, "annual-report-2021" in problem.message) == ("pack.toml years", True)
    assert series_problems(second_pack("assets", None)) == []
    text = (folder / "pack.toml").read_text("utf-8").replace("first = 2021", "first = 2008\nlast = 2018")
    (folder / "pack.toml").write_text(text, encoding="utf-8")
    assert series_problems(folder) == []


def test_packs_that_are_hidden_by_their_id_are_known(
    second_pack: Callable[..., Path], tmp_path: Path
) -> None:
    assert discovery.hidden_packs() == []
    second_pack("annual-report-2021", "annual-report")
    assert [hidden.folder for hidden in discovery.hidden_packs()] == [
        discovery.shipped_folder() / "annual-report-2021"
    ]


def test_the_commands_ask_for_a_pack_or_say_which_was_taken(
    second_pack: Callable[..., Path], reportfill_run: Callable[..., Any], tmp_path: Path
) -> None:
    data = tmp_path / "data.json"
    data.write_bytes((DATA / "weihui-2023.json").read_bytes())
    year, office = ("--year", "2023"), ("--issuer", "某市人民政府办公室")
    second_pack("assets", None)
    for command in (("new", "--agency", "甲局", *year), ("campaign", "new", tmp_path / "c1", *year, *office)):
        status, out, err = reportfill_run(*command)
        assert (status, "annual-report-2021" in err, "assets" in err, "--pack" in err) == (
            0,
            True,
            True,
            True,
        )
    status, out, err = reportfill_run("check", data, "--format", "json")
    assert (status, "schema.pack_chosen" in json.dumps(json.loads(out))) == (0, True)
    second_pack("copy", "annual-report")
    discovery._choice_for_year.cache_clear()
    for command in (
        ("new", "--agency", "乙局", *year),
        ("campaign", "new", tmp_path / "c2", *year, *office),
        ("check", data),
        ("fill", data),
    ):
        status, out, err = reportfill_run(*command)
        assert (status, "annual-report-2021" in err, "copy" in err, "--pack" in err) == (2, True, True, True)
    assert not (tmp_path / "c2").exists()
    assert reportfill_run("new", "--agency", "丙局", *year, "--pack", "copy")[0] == 0
    status, out, err = reportfill_run("pack", "list")
    assert (status, out.count("annual-report") >= 3) == (0, True)


@pytest.fixture
def reportfill_run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """A function that runs the program: its exit status, and what it printed."""
    from reportfill.cli.main import status_of

    def run(*arguments: object) -> tuple[int, str, str]:
        status = status_of([*map(str, arguments), "--lang", "en"])
        return (status, *capsys.readouterr())

    return run


def test_a_year_as_the_name_of_a_pack_chooses_as_a_year_does(
    second_pack: Callable[..., Path], reportfill_run: Callable[..., Any], tmp_path: Path
) -> None:
    second_pack("assets", None)
    data = tmp_path / "data.json"
    data.write_bytes((DATA / "weihui-2023.json").read_bytes())
    for command in (("new", "--year", "2023", "--pack", "2023"), ("check", data, "--pack", "2023")):
        status, _, err = reportfill_run(*command)
        assert (status, "annual-report-2021" in err, "assets" in err) == (0, True, True)
    status, _, err = reportfill_run("check", data, "--pack", "annual-report-2021")
    assert (status, err) == (0, "")


def test_last_years_data_are_of_the_series_with_which_they_are_compared(
    second_pack: Callable[..., Path], reportfill_run: Callable[..., Any], tmp_path: Path
) -> None:
    assets, last = second_pack("assets", None), tmp_path / "last.json"
    last.write_bytes((DATA / "weihui-2023.json").read_bytes())
    assert read_data(last.read_bytes(), like=load_pack(assets)).pack is load_pack(assets)
    text = (assets / "pack.toml").read_text("utf-8")
    (assets / "pack.toml").write_text(text.replace("first = 2021", "first = 2024"), encoding="utf-8")
    before = second_pack("assets-before", "assets")
    text = (before / "pack.toml").read_text("utf-8").replace("first = 2021", "first = 2021\nlast = 2023")
    (before / "pack.toml").write_text(text, encoding="utf-8")
    status, _, err = reportfill_run("new", "--year", "2024", "--pack", "assets", "--last", last)
    assert (status, err) == (0, "")
    status, _, err = reportfill_run("check", last, "--pack", "annual-report-2021", "--last", last)
    assert (status, err) == (0, "")
    data = tmp_path / "data.json"
    data.write_text(last.read_text("utf-8").replace('"year": 2023', '"year": 2024'), encoding="utf-8")
    status, _, err = reportfill_run("check", data, "--last", last)
    assert (status, "--last" in err, "assets-before" in err) == (0, True, True)
