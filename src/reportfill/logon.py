"""What starts by itself when its user logs on: the place where the system looks for it, and what lies there."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import platformdirs

from reportfill.errors import UsageError
from reportfill.shortcuts import (
    Shortcut,
    as_value,
    command_line,
    entry_that_runs,
    windows_link,
    without_console,
)
from reportfill.text import Text
from reportfill.windows import STARTUP, is_python_of_store, known_folder

_TITLE = Text("监视收件文件夹", "Watch a folder for workbooks")
_PURPOSE = Text(
    "登录后自动监视收件文件夹，有填报表放入即处理",
    "Watch a folder from logging on, and do each workbook that comes into it",
)


def logon_command(arguments: Sequence[str]) -> list[str]:
    """This program with these arguments, as it starts without a console. -P: what lies in the folder where it starts is
    not imported."""
    python = without_console(sys.executable) if sys.platform == "win32" else sys.executable
    return [python, "-P", "-m", "reportfill", *arguments]


def logon_shortcut(name: str, arguments: Sequence[str], folder: str) -> Shortcut:
    """What starts this program with these arguments, in this folder, when its user logs on. Raises UsageError where
    that cannot be, and OSError."""
    program, *words = logon_command(arguments)
    place = logon_folder()
    if sys.platform == "win32":
        return Shortcut(place / f"{name}.lnk", windows_link(program, words, _PURPOSE, folder))
    line = command_line([program, *words])
    more = (f"Path={as_value(folder)}",)
    return Shortcut(place / f"{name}.desktop", entry_that_runs(_TITLE, _PURPOSE, line, more))


def logon_folder() -> Path:
    """Where this system looks for what starts when the user logs on. Raises UsageError where nothing that is put there
    would start, and OSError."""
    if sys.platform == "darwin":
        raise UsageError(
            "this is for Windows and Linux; how macOS starts it is in docs/watch.md",
            "只用于Windows和Linux；macOS的办法见docs/watch.md",
        )
    if sys.platform != "win32":
        return platformdirs.user_config_path() / "autostart"
    if is_python_of_store():
        raise UsageError(
            "this Python is the Microsoft Store's, and what it writes there Windows does not find; install the program "
            "with Python from python.org",
            "本机的Python来自微软应用商店，放入“启动”文件夹的内容不会生效；请改用python.org的Python重新安装本软件",
        )
    return known_folder(STARTUP)


def begun_at_logon() -> list[Path]:
    """What of ours starts when the user logs on. Raises UsageError and OSError."""
    return sorted(logon_folder().glob("reportfill-watch-*"))
