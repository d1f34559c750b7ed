"""reportfill desktop: where the icons go, that they open the window, and that they go again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from LnkParse3.lnk_file import LnkFile
from places import SAMPLES

from reportfill import shortcuts
from tools.screen import screen, wait_until

NAME = "reportfill.desktop"


def lines_of(entry: Path) -> dict[str, str]:
    """The keys of a desktop entry."""
    return dict(line.split("=", 1) for line in entry.read_text("utf-8").splitlines() if "=" in line)


def test_on_linux_an_icon_lies_on_the_desktop_and_in_the_menu(
    reportfill: Callable[..., Any], home: Path
) -> None:
    run = reportfill("desktop")
    places = [home / "数据" / "桌面" / NAME, home / ".local" / "share" / "applications" / NAME]
    assert run == (0, "".join(f"已放置图标：{place}\n" for place in places), "")
    for place in places:
        assert os.access(place, os.X_OK)
        assert lines_of(place)["Name[zh_CN]"] == "填报表生成报告"
        assert "MimeType" not in lines_of(place)  # it must not become what opens workbooks


def test_run_again_it_changes_nothing_and_mends_what_is_old(
    reportfill: Callable[..., Any], home: Path
) -> None:
    reportfill("desktop")
    icon = home / "数据" / "桌面" / NAME
    new = icon.read_bytes()
    icon.write_bytes(new.replace(sys.executable.encode(), b"/gone/python"))
    icon.chmod(0o644)
    assert reportfill("desktop").status == 0
    assert icon.read_bytes() == new
    assert os.access(icon, os.X_OK)
    assert [path.name for path in icon.parent.iterdir()] == [NAME]


def test_without_a_desktop_the_icon_is_in_the_menu_only(reportfill: Callable[..., Any], home: Path) -> None:
    (home / "数据" / "桌面").rmdir()
    run = reportfill("desktop")
    assert run.status == 0
    assert run.out == f"已放置图标：{home / '.local' / 'share' / 'applications' / NAME}\n"
    assert "没有桌面文件夹" in run.err
    assert not (home / "数据" / "桌面").exists()


def test_icons_go_again(reportfill: Callable[..., Any], home: Path) -> None:
    reportfill("desktop")
    assert reportfill("desktop", "--remove").out.count("已删除图标：") == 2
    assert list(home.rglob(NAME)) == []
    assert reportfill("desktop", "--remove") == (0, "", "没有可以删除的图标。\n")


@pytest.mark.skipif(
    shutil.which("gio") is None and not os.environ.get("CI"), reason="nothing is there that launches an entry"
)
@pytest.mark.usefixtures("display")
def test_what_is_dropped_onto_the_icon_is_filled(
    reportfill: Callable[..., Any], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dropped = [home / "100% '填' ^&.xlsx", home / "收件"]
    dropped[1].mkdir()
    shutil.copy(SAMPLES / "weihui-xinfang-2023.xlsx", dropped[0])
    shutil.copy(SAMPLES / "typical-mistakes-2023.xlsx", dropped[1] / "b.xlsx")
    reportfill("desktop")
    (home / "random.py").write_text("raise SystemExit")  # what lies about is not imported
    with screen() as display:
        monkeypatch.setenv("DISPLAY", display)
        subprocess.run(["gio", "launch", home / "数据" / "桌面" / NAME, *dropped], check=True, cwd=home)
        wait_until((dropped[1] / "b-需修改.xlsx").exists)
    assert (home / "卫辉市信访局2023年政府信息公开工作年度报告.docx").is_file()


def test_on_windows_links_lie_on_the_desktop_and_in_send_to(
    reportfill: Callable[..., Any], windows: Path
) -> None:
    run = reportfill("desktop")
    places = [windows / "OneDrive - 县政府" / "桌面", windows / "SendTo"]
    assert run == (0, "".join(f"已放置图标：{place / '填报表生成报告.lnk'}\n" for place in places), "")
    for place in places:
        (link,) = place.iterdir()
        with link.open("rb") as stream:
            read = LnkFile(stream).get_json()
        names = [item["primary_name"] for item in read["target"]["items"][2:]]
        assert names == sys.executable.split("\\")[1:]
        assert read["data"]["command_line_arguments"] == "-P -m reportfill.cli.window"
    assert reportfill("desktop") == run
    assert [len(list(place.iterdir())) for place in places] == [1, 1]
    assert reportfill("desktop", "--remove").status == 0
    assert [list(place.iterdir()) for place in places] == [[], []]


def test_on_windows_the_interpreter_without_a_console_is_taken(
    reportfill: Callable[..., Any], windows: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    windowed = sys.executable.replace("python.exe", "pythonw.exe")
    monkeypatch.chdir(windows)
    (windows / windowed).touch()  # here the whole path is a name
    reportfill("desktop")
    with (windows / "SendTo" / "填报表生成报告.lnk").open("rb") as stream:
        assert LnkFile(stream).get_json()["target"]["items"][-1]["primary_name"] == "pythonw.exe"


def test_on_macos_it_says_what_to_run(
    reportfill: Callable[..., Any], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shortcuts.sys, "platform", "darwin")
    run = reportfill("desktop")
    assert run.status == 2
    assert "reportfill-window" in run.err
    assert list(home.rglob(NAME)) == []


def test_without_tkinter_no_icon_is_put_anywhere(
    reportfill: Callable[..., Any], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "tkinter", None)
    run = reportfill("desktop")
    assert run.status == 2
    assert "sudo apt install python3-tk" in run.err
    assert run.err.count("\n") == 1
    assert list(home.rglob(NAME)) == []


def test_a_desktop_that_takes_no_files_is_said_in_one_line(
    reportfill: Callable[..., Any], home: Path
) -> None:
    (home / ".local").write_text("no folder")
    run = reportfill("desktop")
    assert run.status == 2
    assert run.err.startswith("reportfill: 无法写入")
    assert run.err.count("\n") == 1


def test_with_the_python_of_the_store_it_says_that_send_to_does_not_show_the_icon(
    reportfill: Callable[..., Any], windows: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert reportfill("desktop").err == ""
    monkeypatch.setattr(
        sys,
        "base_prefix",
        r"C:\Program Files\WindowsApps\PythonSoftwareFoundation.Python.3.12_3.12.2800.0_x64__qbz5n2kfra8p0",
    )
    run = reportfill("desktop")
    assert run.status == 0
    assert "微软应用商店" in run.err
    assert "请使用桌面上的图标" in run.err
