"""What starts at a logon: the program without a console, with its arguments and in its folder, as others read it."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from LnkParse3.lnk_file import LnkFile

from reportfill import logon
from reportfill.errors import UsageError
from reportfill.logon import begun_at_logon, logon_command, logon_shortcut
from reportfill.shortcuts import put
from reportfill.windows import STARTUP
from tools.screen import wait_until

STORE = r"C:\Program Files\WindowsApps\PythonSoftwareFoundation.Python.3.12_3.12.2800.0_x64__qbz5n2kfra8p0"


@pytest.fixture
def startup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The Startup folder of Windows, and Python on a drive of it."""
    monkeypatch.setattr(logon, "known_folder", {STARTUP: tmp_path}.__getitem__)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "executable", r"C:\程序\python.exe")
    return tmp_path


@pytest.mark.parametrize(
    "folder", ["D:\\收 件", r"\\服务器\共享 & 100%\收件", r"D:\a'^=;,()!~#@{}", r"D:\𬭊\㸃"]
)
def test_on_windows_it_is_a_link_in_the_startup_folder(startup: Path, folder: str) -> None:
    shortcut = logon_shortcut("reportfill-watch-1", ["watch", folder, "-o", "D:\\out"], folder)
    assert shortcut.path == startup / "reportfill-watch-1.lnk"
    link = LnkFile(BytesIO(shortcut.content)).get_json()
    assert [item["primary_name"] for item in link["target"]["items"][2:]] == ["程序", "python.exe"]
    assert link["data"]["command_line_arguments"] == " ".join(
        ["-P -m reportfill watch", subprocess.list2cmdline([folder]), "-o", "D:\\out"]
    )
    assert link["data"]["working_directory"] == folder


def test_with_the_python_of_the_store_nothing_is_put_where_windows_does_not_look(
    startup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "base_prefix", STORE)
    with pytest.raises(UsageError) as refused:
        logon_shortcut("reportfill-watch-1", ["watch"], "D:\\")
    assert "python.org" in refused.value.chinese


def test_on_macos_it_says_where_the_way_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(UsageError, match=r"docs/watch\.md"):
        logon_shortcut("reportfill-watch-1", ["watch"], "/")


@pytest.mark.skipif(
    shutil.which("gio") is None and not os.environ.get("CI"), reason="nothing is there that launches an entry"
)
@pytest.mark.parametrize("name", ["收 件", "100% &'^", '$HOME `id` "x"', "a\\b\nc"])
def test_on_linux_it_is_an_entry_that_starts_the_program_in_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    folder, told = tmp_path / name, tmp_path / "told"
    folder.mkdir()
    program = tmp_path / "python"
    program.write_text(
        f'#!/bin/sh\n(printf \'%s\\0\' "$PWD" "$@") > {shlex.quote(str(told))}.new\n'
        f"mv {shlex.quote(str(told))}.new {shlex.quote(str(told))}\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(sys, "executable", str(program))
    shortcut = logon_shortcut("reportfill-watch-1", ["watch", str(folder)], str(folder))
    put(shortcut)
    assert shortcut.path == tmp_path / "config" / "autostart" / "reportfill-watch-1.desktop"
    assert begun_at_logon() == [shortcut.path]
    subprocess.run(["desktop-file-validate", shortcut.path], check=True)
    subprocess.run(["gio", "launch", shortcut.path], check=True)
    wait_until(told.exists)
    assert told.read_text().split("\0")[:-1] == [str(folder), *logon_command(["watch", str(folder)])[1:]]
