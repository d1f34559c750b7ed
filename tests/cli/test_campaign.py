"""reportfill campaign: from an empty folder to who is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from campaign.office import AGENCIES, FAULTY, ISSUER, campaign_in, completed, drop

from reportfill import Pack
from reportfill.campaign.folder import opened
from reportfill.campaign.roster_sheet import blank_roster
from reportfill.cli.language import speak
from reportfill.cli.main import status_of


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """Exit status of a run in Chinese, and all that it printed."""
    speak("zh")
    status = status_of(["campaign", *arguments])
    printed = capsys.readouterr()
    assert "Traceback" not in printed.err
    return status, printed.out + printed.err


def test_a_campaign_from_its_folder_to_its_status(
    tmp_path: Path, pack: Pack, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "2023年报"
    status, printed = said(capsys, "new", str(folder), "--year", "2023", "--issuer", ISSUER)
    assert status == 0
    assert "roster.xlsx" in printed
    campaign = opened(folder)
    campaign.roster_file.write_bytes(blank_roster(AGENCIES))

    status, printed = said(capsys, "distribute", str(folder))
    assert (status, "新做4份" in printed) == (0, True)
    status, printed = said(capsys, "distribute", str(folder))
    assert (status, "没有变动4份" in printed) == (0, True)

    drop(campaign, "a.xlsx", completed(pack, AGENCIES[1]))
    drop(campaign, "b.xlsx", completed(pack, AGENCIES[2], FAULTY))
    status, printed = said(capsys, "collect", str(folder), "--jobs", "1")
    assert status == 1
    assert "√ 清河县档案馆，第1次：reports/" in printed
    assert "× 清河县民政局，第1次：错误" in printed
    assert "新收到2个文件：生成报告1份，需要修改1个，不能确定单位的0个。" in printed
    status, printed = said(capsys, "collect", str(folder))
    assert (status, "新收到0个文件" in printed) == (0, True)

    status, printed = said(capsys, "status", str(folder))
    assert status == 0
    assert "未交：清河县人民政府办公室、清河县信访局" in printed
    assert "有错误：清河县民政局" in printed
    assert (folder / "status.html").read_text("utf-8").count("清河县信访局") >= 1
    assert (folder / "status.xlsx").is_file()


def test_the_roll_up_is_written_and_says_who_is_missing(
    tmp_path: Path, pack: Pack, capsys: pytest.CaptureFixture[str]
) -> None:
    campaign = campaign_in(tmp_path / "c")
    drop(campaign, "a.xlsx", completed(pack, AGENCIES[1]))
    said(capsys, "collect", str(campaign.root))
    status, printed = said(capsys, "rollup", str(campaign.root))
    assert status == 1
    assert "已汇总1个单位，缺3个，不汇总0个。" in printed
    assert [path.name for path in sorted((campaign.root / "rollup").iterdir())] == [
        f"{ISSUER}2023年汇总填报表（部分汇总）.xlsx",
        f"{ISSUER}2023年汇总明细（部分汇总）.xlsx",
    ]
    status, printed = said(capsys, "rollup", str(campaign.root), "--of", "02")
    assert (status, "已汇总1个单位，缺0个" in printed) == (0, True)
    status, printed = said(capsys, "rollup", str(campaign.root), "--of", "77")
    assert (status, "77" in printed) == (2, True)


def test_a_roster_with_mistakes_is_named_and_nothing_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "c"
    said(capsys, "new", str(folder), "--year", "2023", "--issuer", ISSUER)
    opened(folder).roster_file.write_bytes(blank_roster([AGENCIES[0], AGENCIES[0]]))
    status, printed = said(capsys, "distribute", str(folder))
    assert status == 1
    assert "名册" in printed
    assert list((folder / "outgoing").iterdir()) == []


def test_a_folder_that_is_no_campaign_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("distribute", "collect", "status"):
        status, printed = said(capsys, command, str(tmp_path))
        assert status == 2
        assert len(printed.splitlines()) == 1
    status, printed = said(capsys, "new", str(tmp_path / "c"), "--year", "1850", "--issuer", ISSUER)
    assert status == 2
