"""What a campaign's commands refuse: one clear line, exit status 2, and nothing written."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import docx
import pytest
from campaign.office import AGENCIES, ISSUER, campaign_in, completed, drop, taken
from places import PACK_FOLDER, ROOT, deep

from reportfill import Pack
from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.agencies.roster_sheet import blank_roster
from reportfill.campaign.folder.parts import LEDGER

NEW = ("campaign", "new", "2025年报", "--lang", "zh")
USUAL = ("--year", "2025", "--issuer", ISSUER)


def everything_in(folder: Path) -> dict[Path, bytes | None]:
    """All that is below a folder, with the content of files."""
    return {path: path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "--year"),
        (("--year", "2025"), "--issuer"),
        (("--year", "去年", "--issuer", ISSUER), "--year"),
        (("--year", "1999", "--issuer", ISSUER), "1999"),
        (("--year", "2025", "--issuer", "局" * 61), "单位名称共61个字，超过60个字的上限"),
        (("--year", "2025", "--issuer", "\udcc4\udcfa"), "不是UTF-8编码，无法写入"),
        ((*USUAL, "--contact", "\udcc4\udcfa"), "不是UTF-8编码，无法写入"),
        (("--year", "2025", "--issuer", "　"), "--issuer的值不对：是空的"),
        ((*USUAL, "--deadline", "明天"), "不是日期"),
        ((*USUAL, "--deadline", ""), "--deadline的值不对：是空的"),
        ((*USUAL, "--deadline", "2026-02-30"), "不是日期"),
        ((*USUAL, "--deadline", "2024-12-31"), "早于报告年度"),
        ((*USUAL, "--pack", "no-such"), "no-such"),
        ((*USUAL, "--pack", "annual-report-2019"), "annual-report-2019"),
        ((*USUAL, "--pack", ""), "--pack的值不对：是空的"),
        ((*USUAL, "--pack", "broken"), "schema.json"),
        ((*USUAL, "--pack", "failing"), "除数为0"),
        ((*USUAL, "--colour"), "--colour"),
    ],
)
def test_a_new_campaign_that_cannot_be_is_refused(
    reportfill: Callable[..., Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(PACK_FOLDER, tmp_path / "broken")
    (tmp_path / "broken" / "schema.json").write_text("{", "utf-8")
    shutil.copytree(PACK_FOLDER, tmp_path / "failing")
    report = docx.Document(str(tmp_path / "failing" / "report.docx"))
    report.add_paragraph("{{ year / 0 }}")
    report.save(str(tmp_path / "failing" / "report.docx"))
    before = everything_in(tmp_path)
    run = reportfill(*NEW, *options)
    assert (run.status, len(run.err.strip().splitlines())) == (2, 1), run.err
    assert said in run.err
    assert everything_in(tmp_path) == before


def test_a_campaign_is_not_made_over_another(
    reportfill: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert reportfill(*NEW, *USUAL).status == 0
    before = everything_in(tmp_path)
    run = reportfill(*NEW, "--year", "2024", "--issuer", "另一个单位")
    assert (run.status, "已经是年度报告工作的文件夹" in run.err) == (2, True)
    assert everything_in(tmp_path) == before


def test_a_campaign_is_not_made_where_a_file_stands(
    reportfill: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "2025年报").write_bytes(b"a file")
    run = reportfill(*NEW, *USUAL)
    assert (run.status, len(run.err.strip().splitlines())) == (2, 1), run.err
    assert everything_in(tmp_path) == {tmp_path / "2025年报": b"a file"}


def damaged_settings(root: Path) -> None:
    """Settings that are no TOML."""
    (root / "campaign.toml").write_text("pack = 3 4", "utf-8")


def no_roster(root: Path) -> None:
    """No roster."""
    (root / "roster.xlsx").unlink()


def lost_pack(root: Path) -> None:
    """A pack that is nowhere."""
    text = (root / "campaign.toml").read_text("utf-8")
    (root / "campaign.toml").write_text(text.replace("annual-report-2021", "no-such-pack"), "utf-8")


def sealed(root: Path) -> None:
    """A campaign that is closed."""
    (root / "封存清单.json").write_text("{}", "utf-8")


def too_long(root: Path) -> None:
    """A name that no workbook takes."""
    (root / "roster.xlsx").write_bytes(blank_roster((*AGENCIES, Agency("09", "局" * 61))))


@pytest.mark.parametrize(
    ("spoil", "options", "said"),
    [
        (None, ("--last", "nowhere"), "nowhere"),
        (None, ("--last", "2023"), "不早于2023年度"),
        (None, ("--last", "2024"), "不早于2023年度"),
        (None, ("--jobs", "many"), "--jobs"),
        (None, ("--jobs", "-1"), "--jobs"),
        (damaged_settings, (), "campaign.toml"),
        (no_roster, (), "roster.xlsx"),
        (lost_pack, (), "no-such-pack"),
        (sealed, (), "已经封存"),
        (too_long, (), "名册"),
    ],
)
def test_a_distribution_that_cannot_be_is_refused(
    reportfill: Callable[..., Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    spoil: Callable[[Path], None] | None,
    options: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    campaign_in(tmp_path / "2023")
    campaign_in(tmp_path / "2024", year=2024)
    if spoil:
        spoil(tmp_path / "2023")
    before = everything_in(tmp_path)
    run = reportfill("campaign", "distribute", "2023", "--lang", "zh", *options)
    assert run.status == 2, run.out + run.err
    assert said in run.err
    # A ledger that holds nothing, and its lock, are no outcome of anything.
    found = everything_in(tmp_path)
    assert {one: found[one] for one in found if not one.name.startswith((".", "campaign.db"))} == before


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--year", "2023", "--pack", "annual-report-2019"), "annual-report-2019"),
        (("--year", "2023", "--agency", "局" * 61), "单位名称共61个字，超过60个字的上限"),
        (("--year", "2023", "--code", "0" * 41), "单位编码共41个字，超过40个字的上限"),
        (("--year", "2023", "-o", ""), "-o"),
        (("--year", "2023", "--data", str(ROOT / "README.md")), "README.md"),
        (("--year", "2023", "--last", str(ROOT / "README.md")), "README.md"),
    ],
)
def test_a_blank_workbook_that_cannot_be_is_refused(
    reportfill: Callable[..., Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    run = reportfill("new", "--lang", "zh", *options)
    assert run.status == 2, run.out + run.err
    assert said in run.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("change", "command"),
    [
        ("UPDATE versions SET seen = '去年'", "status"),
        ("UPDATE versions SET findings = 'x'", "status"),
        ("UPDATE versions SET findings = '[1]'", "status"),
        ("UPDATE readings SET figures = '[1]'", "rollup"),
        ("UPDATE paths SET paths = '{'", "rollup"),
    ],
)
def test_a_ledger_that_somebody_changed_by_hand_is_said_to_be_made_anew(
    reportfill: Callable[..., Any], tmp_path: Path, pack: Pack, change: str, command: str
) -> None:
    campaign = campaign_in(tmp_path / "2023")
    drop(campaign, "a.xlsx", completed(pack, AGENCIES[1]))
    taken(campaign)
    with closing(sqlite3.connect(campaign.root / LEDGER)) as ledger, ledger:
        ledger.execute(change)
    run = reportfill("campaign", command, campaign.root)
    assert (run.status, len(run.err.splitlines())) == (2, 1), run.err
    assert "reportfill campaign rebuild" in run.err
    assert reportfill("campaign", "rebuild", campaign.root).status == 0
    assert reportfill("campaign", command, campaign.root).status != 2


def test_of_files_of_no_agency_it_is_said_what_to_do_once_for_all_of_a_kind(
    reportfill: Callable[..., Any], tmp_path: Path
) -> None:
    campaign = campaign_in(tmp_path / "2023")
    for name in ("a.rar", "b.rar"):
        drop(campaign, name, b"Rar!\x1a\x07\x00")
    drop(campaign, "c.txt", "说明".encode())
    run = reportfill("campaign", "collect", campaign.root)
    lines = run.out.splitlines()
    assert lines[:3] == [
        "？ inbox/a.rar：RAR压缩包无法直接读取",
        "    请解压后把填报表放入收件文件夹（inbox），或者改为.zip压缩包。",
        "？ inbox/b.rar：RAR压缩包无法直接读取",
    ]
    assert lines[4].startswith("    不用接收的文件可以从inbox移走；")
    shown = reportfill("campaign", "status", campaign.root).out.splitlines()
    assert lines[:5] == shown[shown.index(lines[0]) :][:5]


@pytest.mark.parametrize(("length", "room"), [(131, 60), (132, 59), (200, 0)])
def test_a_new_campaign_in_a_deep_folder_says_how_much_room_names_have(
    reportfill: Callable[..., Any], tmp_path: Path, length: int, room: int
) -> None:
    run = reportfill("campaign", "new", deep(tmp_path, length), *USUAL)
    assert run.status == 0
    assert (f"给文件名只留下{room}个字符" in run.out) == (room < 60)
