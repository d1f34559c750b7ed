"""Campaigns that version 0.1.0 left (tools/make_former_campaign.py) go on: the ledger is made anew, and all the rest
finds what it needs in the folder."""

from __future__ import annotations

import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from campaign.office import completed
from places import ROOT

from reportfill import Pack
from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.records.campaign_folder import open_campaign_folder
from reportfill.campaign.records.last_figures import read_last_figures

AFFAIRS = Agency("03", "青禾县民政局")
ISSUER = "青禾县人民政府办公室"

Run = Callable[..., Any]


@pytest.fixture
def former(tmp_path: Path) -> Path:
    """The folder with both campaigns, 2022 and 2023, on a computer with other paths."""
    with tarfile.open(ROOT / "tests/data/campaigns-of-0.1.0.tar.xz") as archive:
        archive.extractall(tmp_path / "另一台电脑", filter="data")
    return tmp_path / "另一台电脑"


def test_a_campaign_without_its_ledger_goes_on(former: Path, reportfill: Run) -> None:
    campaign = former / "2023"
    (campaign / "campaign.db").unlink()
    assert "审核退回：青禾县档案馆" in reportfill("campaign", "status", campaign).out
    assert reportfill("campaign", "distribute", campaign).status == 0


def test_a_campaign_of_0_1_0_is_refused_in_one_line_that_says_rebuild(former: Path, reportfill: Run) -> None:
    campaign = former / "2023"
    for command in (("status",), ("collect", "--jobs", "1"), ("rollup", "--jobs", "1"), ("distribute",)):
        run = reportfill("campaign", command[0], campaign, *command[1:])
        (line,) = (run.out + run.err).splitlines()
        assert run.status != 0
        assert "reportfill campaign rebuild" in line


def test_a_campaign_of_0_1_0_goes_on_once_its_ledger_is_made_anew(
    former: Path, pack: Pack, reportfill: Run
) -> None:
    campaign = former / "2023"
    shutil.copy(campaign / "campaign.toml", campaign / ".roster.json")  # whatever an older version left there
    assert reportfill("campaign", "rebuild", campaign, "--jobs", "1").status == 0
    stray = reportfill("campaign", "collect", campaign, "--jobs", "1")
    assert "名册中没有“青禾县不存在的局”" in stray.out
    assert "是2022年度的填报表，本次填报为2023年度" in stray.out
    sound = {"requests.carried_over.natural_person": 3, "requests.outcomes.granted.natural_person": 3}
    (campaign / "inbox" / "改好的.xlsx").write_bytes(completed(pack, AFFAIRS, sound))
    run = reportfill("campaign", "collect", campaign, "--jobs", "1")
    assert "√ 青禾县民政局，第2次" in run.out
    told = reportfill("campaign", "status", campaign)
    assert "审核退回：青禾县档案馆" in told.out
    assert "未报送：青禾县信访局、青禾县气象局" in told.out
    log = reportfill("campaign", "log", campaign).out
    assert "第五部分过于简单，请补充" in log
    assert "王芳" in log
    assert "已汇总3个单位，缺3个" in reportfill("campaign", "rollup", campaign, "--jobs", "1").out
    assert reportfill("campaign", "close", campaign, "--by", "王芳").status == 0
    assert reportfill("campaign", "verify", campaign).status == 0


@pytest.mark.parametrize("is_lost", [False, True])
def test_a_closed_campaign_of_0_1_0_is_last_year_to_a_new_one_on_another_computer(
    former: Path, tmp_path: Path, reportfill: Run, *, is_lost: bool
) -> None:
    closed, coming = former / "2022", tmp_path / "今年"
    if is_lost:
        (closed / "campaign.db").unlink()
    assert reportfill("campaign", "verify", closed).status == 0
    assert reportfill("campaign", "new", coming, "--year", "2023", "--issuer", ISSUER).status == 0
    (coming / "roster.xlsx").unlink()
    shutil.copy(former / "2023" / "roster.csv", coming)
    if not is_lost:
        refused = reportfill("campaign", "distribute", coming, "--last", closed, "--jobs", "1")
        assert "reportfill campaign rebuild" in refused.err
        assert list((coming / "outgoing").rglob("*.xlsx")) == []
        assert reportfill("campaign", "rebuild", closed, "--jobs", "1").status == 0
    run = reportfill("campaign", "distribute", coming, "--last", closed, "--jobs", "1")
    assert run.status == 0
    last = read_last_figures(open_campaign_folder(coming).store)
    known = {holder.code: last.figures_of(holder) or {} for holder in last.reports}
    carried = "requests.carried_forward.natural_person"
    assert {code: figures[carried] for code, figures in known.items()} == {"01": 1, "02": 2, "03": 3}
    compared = reportfill("campaign", "compare", former / "2023", "--last", closed, "--jobs", "1")
    assert "reportfill campaign rebuild" in compared.err
    assert reportfill("campaign", "rebuild", former / "2023", "--jobs", "1").status == 0
    compared = reportfill("campaign", "compare", former / "2023", "--last", closed, "--jobs", "1")
    assert compared.status in (0, 1)
    assert reportfill("campaign", "verify", closed).status == 0
