"""reportfill doctor: one text to send to whoever helps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reportfill.version import __version__


def test_it_tells_versions_programs_and_the_kind_of_folder(
    reportfill: Callable[..., Any], tmp_path: Path
) -> None:
    done = reportfill("doctor", tmp_path / "OneDrive")
    assert done.status == 0
    told = dict(line.partition("：")[::2] for line in done.out.splitlines())
    assert told["reportfill"] == __version__
    assert "openpyxl 3." in told["程序库"]
    assert "LibreOffice " in told["LibreOffice"]
    assert "连续转换" in told["LibreOffice"]
    assert told["规定字体"] == "齐全" or told["规定字体"].startswith("缺少")
    assert "云盘同步文件夹" in told["文件夹"]
    assert "台账" not in told


def test_without_the_program_it_says_so(
    reportfill: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "LibreOffice：没有安装" in reportfill("doctor").out


def test_of_a_campaign_it_tells_the_ledger_and_the_lock_and_no_password(
    reportfill: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "2025年报"
    reportfill("campaign", "new", place, "--year", "2025", "--issuer", "清河县人民政府办公室")
    told = reportfill("doctor", place).out
    assert "已记入log中的0张表" in told
    assert "占用：没有被占用" in told
    monkeypatch.setenv("REPORTFILL_LEDGER", "postgresql+psycopg://office:secret@127.0.0.1:9/x")
    told = reportfill("doctor", place).out
    assert "secret" not in told
    assert "127.0.0.1" in told


@pytest.mark.parametrize(
    ("ledger", "told"),
    [
        ("nonsense", "台账的地址有误"),
        ("postgresql+psycopg://office:secret@server:port/x", "台账的地址有误"),
        ("mysql://office:secret@server/x", "台账只能存放在SQLite或PostgreSQL，不能用mysql"),
        ("postgresql+psycopg://office:secret@127.0.0.1:9/x", "无法连接存放台账的服务器"),
        ("sqlite:////nowhere/x.db", "占用：无法使用/nowhere/.x.next：文件无法打开。"),
    ],
)
def test_a_ledger_that_cannot_be_reached_ends_nothing(
    reportfill: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ledger: str, told: str
) -> None:
    place = tmp_path / "2025"
    reportfill("campaign", "new", place, "--year", "2025", "--issuer", "清河县人民政府办公室")
    monkeypatch.setenv("REPORTFILL_LEDGER", ledger)
    done = reportfill("doctor", place)
    assert done.status == 0
    assert told in done.out
    assert "rebuild" not in done.out
    assert "secret" not in done.out + done.err


def test_the_ledger_is_told_by_its_path(reportfill: Callable[..., Any], tmp_path: Path) -> None:
    place = tmp_path / "年报%20a"
    reportfill("campaign", "new", place, "--year", "2025", "--issuer", "清河县人民政府办公室")
    assert f"台账：{place / 'campaign.db'}：" in reportfill("doctor", place).out


def test_a_folder_that_is_not_there_is_told(
    reportfill: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "没有这个文件夹" in reportfill("doctor", tmp_path / "x").out
    assert "campaign.toml" in reportfill("doctor", "memory://x").out
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    done = reportfill("doctor")
    assert (done.status, "文件夹：没有这个文件或文件夹" in done.out) == (0, True)
    monkeypatch.chdir(tmp_path)
