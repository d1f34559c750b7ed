"""reportfill watch without a window: from a logon on, without any stream, on folders that are not there yet."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from held import Held
from LnkParse3.lnk_file import LnkFile
from places import SAMPLES

from reportfill.watchers import Watcher
from tools.screen import wait_until

WEIHUI = SAMPLES / "weihui-xinfang-2023.xlsx"
REPORT = "卫辉市信访局2023年政府信息公开工作年度报告.docx"


def told_by(watcher: Watcher) -> str:
    """What the log of a watcher says; nothing where there is none."""
    return watcher.log.read_text("utf-8-sig") if watcher.log.exists() else ""


@contextmanager
def ended(output: Path) -> Iterator[Watcher]:
    """The watcher of an output folder, which is asked to end behind the test."""
    watcher = Watcher(output)
    try:
        yield watcher
    finally:
        assert watcher.is_stopped_within(20)


def start_without_streams(*arguments: str | Path) -> subprocess.Popen[bytes]:
    """Start the program with its three streams closed, as pythonw does."""
    command = shlex.join([sys.executable, "-m", "reportfill", *map(str, arguments)])
    return subprocess.Popen(["bash", "-c", f"exec {command} <&- >&- 2>&-"])


def test_from_now_and_from_each_logon_on_it_is_watched_until_that_is_left_off(
    reportfill: Callable[..., Any], home: Path
) -> None:
    inbox, out = home / "100% '收' ^&", home / "报 告"
    inbox.mkdir()
    with ended(out) as watcher:
        run = reportfill("watch", inbox, "-o", out, "--at-logon")
        entry = home / ".config" / "autostart" / f"{watcher.name}.desktop"
        assert run == (
            0,
            f"已设置登录后自动监视：{entry}\n运行记录：{watcher.log}\n已在后台开始监视：{inbox}\n",
            "",
        )
        subprocess.run(["desktop-file-validate", entry], check=True)
        shutil.copy(WEIHUI, inbox)
        wait_until((out / REPORT).exists)
        assert reportfill("watch", inbox, "-o", out).err == (
            "reportfill: 另一个程序正在监视，并输出到同一个文件夹\n"
        )
        assert f"登录后自动监视：{entry}" in reportfill("doctor").out
        assert f"运行记录：{watcher.log.parent}" in reportfill("doctor").out
        run = reportfill("watch", inbox, "-o", out, "--not-at-logon")
        assert run.out == f"已取消登录后自动监视：{entry}\n"
        wait_until(lambda: not watcher.is_running())
    assert not entry.exists()
    assert "已停止，共处理1个文件。" in told_by(watcher)
    run = reportfill("watch", inbox, "-o", out, "--not-at-logon")
    assert run == (0, "", "没有设置登录后自动监视。\n")


@pytest.mark.skipif(
    shutil.which("gio") is None and not os.environ.get("CI"), reason="nothing is there that launches an entry"
)
def test_what_was_put_there_watches_when_the_system_starts_it(
    reportfill: Callable[..., Any], home: Path
) -> None:
    inbox, out = home / "收件", home / "报告"
    inbox.mkdir()
    with ended(out) as watcher:
        reportfill("watch", inbox, "-o", out, "--at-logon")
        assert watcher.is_stopped_within(20)
        inbox.rmdir()
        subprocess.run(
            ["gio", "launch", home / ".config" / "autostart" / f"{watcher.name}.desktop"], check=True
        )
        wait_until(lambda: f"{inbox}：没有这个文件夹" in told_by(watcher))
        inbox.mkdir()  # the share is there now
        shutil.copy(WEIHUI, inbox)
        wait_until((out / REPORT).exists)
    assert told_by(watcher).count("没有这个文件夹") == 1


def test_without_any_stream_it_does_what_comes_and_writes_a_log(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORTFILL_LANG", "zh")
    inbox, out = home / "收件", home / "报告"
    inbox.mkdir()
    shutil.copy(WEIHUI, inbox)
    with ended(out) as watcher, start_without_streams("watch", inbox, "-o", out) as process:
        wait_until((out / REPORT).exists)
        watcher.ask_to_stop()
        assert process.wait(20) == 0
    assert f"报告：{out / REPORT}" in told_by(watcher)


def test_without_any_stream_a_refusal_is_in_the_log(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPORTFILL_LANG", "zh")
    out = home / "报告"
    with start_without_streams("watch", home, "-o", out, "--pack", "none") as process:
        assert process.wait(20) == 2
    assert "reportfill: 没有模板包“none”" in told_by(Watcher(out))


def test_set_again_the_one_before_gives_way(reportfill: Callable[..., Any], home: Path) -> None:
    first, second, out = home / "一", home / "二", home / "报告"
    for inbox in (first, second):
        inbox.mkdir()
    with ended(out) as watcher:
        reportfill("watch", first, "-o", out, "--at-logon")
        wait_until(lambda: f"正在监视：{first}" in told_by(watcher))
        assert reportfill("watch", second, "-o", out, "--at-logon").status == 0
        wait_until(lambda: f"正在监视：{second}" in told_by(watcher))
        assert "已停止" in told_by(watcher)
    assert len(list((home / ".config" / "autostart").iterdir())) == 1


def test_one_in_a_window_is_left_alone(
    reportfill: Callable[..., Any], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportfill.cli.at_logon._PATIENCE", 0.1)
    (home / "in").mkdir()
    with Watcher(home / "out").held():
        run = reportfill("watch", home / "in", "-o", home / "out", "--at-logon")
    assert run.status == 0
    assert "另一个程序仍在监视" in run.err


@pytest.mark.parametrize(
    ("inbox", "output", "said"), [("none", "out", "没有这个文件夹"), ("in", "in", "不能是收件文件夹本身")]
)
def test_what_could_not_be_watched_now_is_not_watched_at_a_logon(
    reportfill: Callable[..., Any], home: Path, inbox: str, output: str, said: str
) -> None:
    (home / "in").mkdir()
    run = reportfill("watch", home / inbox, "-o", home / output, "--at-logon")
    assert run.status == 2
    assert said in run.err
    assert not (home / ".config" / "autostart").exists()


def test_a_campaign_is_watched_from_each_logon_on_too(
    reportfill: Callable[..., Any], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORTFILL_LANG", "zh")
    office = home / "2025年报"
    reportfill("campaign", "new", office, "--year", "2025", "--issuer", "清河县人民政府办公室")
    (office / "roster.xlsx").unlink()
    (office / "roster.csv").write_text("单位编码,单位名称\n1,清河县教育局\n", "utf-8-sig")
    with ended(office) as watcher:
        run = reportfill("campaign", "collect", office, "--at-logon", "--only-prescribed-fonts")
        entry = home / ".config" / "autostart" / f"{watcher.name}.desktop"
        assert run.out.startswith(f"已设置登录后自动监视：{entry}\n")
        words = entry.read_text("utf-8")
        asked = '"--watch" "--jobs" "0" "--only-prescribed-fonts" "--lang" "zh" "--unattended"'
        assert f'"campaign" "collect" "{office}" {asked}' in words
        wait_until(lambda: "正在监视" in told_by(watcher))
        (office / "inbox" / "a.xlsx").write_bytes(b"no workbook")
        wait_until((office / "status.html").exists)
        assert reportfill("campaign", "collect", office, "--not-at-logon").status == 0
        wait_until(lambda: "已停止，共接收1个文件。" in told_by(watcher))
        assert not entry.exists()


def test_a_campaign_that_is_not_there_yet_is_waited_for(
    reportfill: Callable[..., Any], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORTFILL_LANG", "zh")
    office = home / "2025年报"
    assert reportfill("campaign", "collect", office, "--at-logon").status == 2
    with (
        ended(office) as watcher,
        start_without_streams("campaign", "collect", office, "--unattended") as process,
    ):
        wait_until(lambda: str(office) in told_by(watcher))
        reportfill("campaign", "new", office, "--year", "2025", "--issuer", "清河县人民政府办公室")
        (office / "roster.xlsx").unlink()
        (office / "roster.csv").write_text("单位编码,单位名称\n1,清河县教育局\n", "utf-8-sig")
        wait_until(lambda: "正在监视" in told_by(watcher))
        watcher.ask_to_stop()
        assert process.wait(20) == 0


def test_an_entry_that_is_held_is_said_in_one_line_and_goes_when_it_is_let_go(
    reportfill: Callable[..., Any], home: Path, held: Held
) -> None:
    (home / "in").mkdir()
    with ended(home / "out") as watcher:
        reportfill("watch", home / "in", "-o", home / "out", "--at-logon")
        held.hold(".desktop", calls=["unlink"])
        run = reportfill("watch", home / "in", "-o", home / "out", "--not-at-logon")
        assert run.status == 2
        assert run.err.startswith("reportfill: 无法写入")
        assert run.err.count("\n") == 1
        held.let_go()
        assert reportfill("watch", home / "in", "-o", home / "out", "--not-at-logon").status == 0
        wait_until(lambda: not watcher.is_running())
    assert list((home / ".config" / "autostart").iterdir()) == []


def test_on_windows_the_link_is_started_that_lies_in_the_startup_folder(
    reportfill: Callable[..., Any], home: Path, windows: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Path] = []
    monkeypatch.setattr(os, "startfile", started.append, raising=False)
    inbox, out = home / "收 件", home / "报告"
    inbox.mkdir()
    run = reportfill(
        "watch", inbox, "-o", out, "--at-logon", "--poll", "--blank-as-zero", "--pack", "annual-report-2021"
    )
    assert run.status == 0
    (link,) = (windows / "Startup").iterdir()
    assert started == [link]
    with link.open("rb") as stream:
        data = LnkFile(stream).get_json()["data"]
    assert data["command_line_arguments"] == (
        f'-P -m reportfill watch "{inbox}" -o "{out}" --pack annual-report-2021 --blank-as-zero --poll '
        "--lang zh --unattended"
    )
    assert data["working_directory"] == os.getcwd()
    assert reportfill("watch", inbox, "-o", out, "--not-at-logon").status == 0
    assert list((windows / "Startup").iterdir()) == []
