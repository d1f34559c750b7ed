"""Shortcuts: those that open the window, where they lie, and how a shortcut to any program is written."""

from __future__ import annotations

import ntpath
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from subprocess import list2cmdline
from typing import NamedTuple

import platformdirs

from reportfill.errors import UsageError
from reportfill.files import write_file
from reportfill.text import Text
from reportfill.windows import DESKTOP, SEND_TO, known_folder

TITLE = Text("填报表生成报告", "Workbooks to reports")
PURPOSE = Text(
    "校验填报表，没有错误的生成报告，有错误的标出",
    "Check workbooks; write the reports of sound ones and mark the mistakes of others",
)
ICON = Path(__file__).with_name("icon.ico")
"""The icon as Windows takes it; beside it lies that for other systems."""

WINDOW_CLASS = "Reportfill"
"""By which desktops of Linux know that a window belongs to its icon."""

_RUNS_WINDOW = ("-P", "-m", "reportfill.cli.window")
"""-P: what lies in the folder from which it is started is not imported."""

_MADE = datetime(2020, 1, 1)
"""When what a link names was made, as the link has it: links to one program are the same."""

_LAST_SINGLE = "\uffff"
"""Characters beyond, rare ones, are two to Windows, and one to the library that writes links."""

_LONGEST_PATH = 259
"""Characters of a path that a link holds as it is written."""


class _Counted(str):
    """A text that has the length that Windows counts."""

    def __len__(self) -> int:
        return len(self.encode("utf-16-le", "surrogatepass")) // 2


class Shortcut(NamedTuple):
    """A shortcut at its place."""

    path: Path
    content: bytes


def shortcuts() -> list[Shortcut]:
    """The shortcuts of this system: on the desktop, where there is one, and where programs for a file are offered.
    Raises UsageError on a system that has others, and OSError."""
    if sys.platform == "darwin":
        raise UsageError(
            "shortcuts are for Windows and Linux; here, run: reportfill-window FILE…",
            "图标只用于Windows和Linux；本系统请运行：reportfill-window 填报表",
        )
    if sys.platform == "win32":
        link = windows_link(without_console(sys.executable), _RUNS_WINDOW)
        return [Shortcut(known_folder(where) / f"{TITLE.zh}.lnk", link) for where in (DESKTOP, SEND_TO)]
    entry = desktop_entry([sys.executable, *_RUNS_WINDOW])
    desktop = platformdirs.user_desktop_path()
    folders = [*([desktop] if desktop.is_dir() else []), platformdirs.user_data_path() / "applications"]
    return [Shortcut(folder / "reportfill.desktop", entry) for folder in folders]


def put(shortcut: Shortcut) -> None:
    """Put a shortcut at its place, instead of one that an earlier version put there. Raises OutputError, OSError."""
    write_file(shortcut.path, shortcut.content, keep=False)
    shortcut.path.chmod(0o755)  # without it, desktops of Linux show it as text


def without_console(python: str) -> str:
    """The interpreter that opens no console, beside the one that does."""
    windowed = ntpath.join(ntpath.dirname(python), "pythonw.exe")
    return windowed if os.path.exists(windowed) else python


def windows_link(
    program: str, arguments: Sequence[str], purpose: Text = PURPOSE, folder: str | None = None
) -> bytes:
    """A Windows shortcut (.lnk) to a program, which gets the files dropped onto it behind its arguments and runs in a
    folder. It tells the program's place as Windows does itself: by the items that lead to it, and as a path. Raises
    UsageError where neither can be told."""
    import pylnk3  # only there on Windows

    by_items, by_path = _is_told_by_items(program), _is_told_by_path(program)
    if not (by_items or by_path):
        raise UsageError(
            f"{program}: no shortcut can hold this path; install the program into a folder of this computer",
            f"{program}：路径过长或者含有“%”，无法制作图标；请安装到本机的文件夹",
        )
    link = pylnk3.Lnk()
    link.link_flags.IsUnicode = True
    link.link_info = None
    link.creation_time = link.access_time = link.modification_time = _MADE
    link.description = purpose.zh
    link.arguments = _Counted(list2cmdline(arguments))
    link.work_dir = folder and _Counted(folder)
    link.icon = _Counted(ICON)
    if by_items:
        link.shell_item_id_list = pylnk3.LinkTargetIDList()
        link.shell_item_id_list.items = _items(program)
    if by_path:
        path = pylnk3.ExtraData_EnvironmentVariableDataBlock()
        path.target_ansi, path.target_unicode = program if program.isascii() else "", program
        link.extra_data = pylnk3.ExtraData(blocks=[path])
        link.link_flags.HasExpString = True
    content = BytesIO()
    link.write(content)
    return content.getvalue()


def _is_told_by_items(program: str) -> bool:
    """Whether the library can make the items of a path: it begins with a drive, and has no character miscounted."""
    return program[1:3] == ":\\" and max(program) <= _LAST_SINGLE


def _is_told_by_path(program: str) -> bool:
    """Whether a path fits into a link as it is written; in that, %words% stand for variables."""
    return len(program) <= _LONGEST_PATH and "%" not in program


def _items(program: str) -> list[object]:
    """The items by which Windows finds a program on a drive, level by level."""
    import pylnk3

    drive, *folders, file = program.split("\\")
    items = [pylnk3.RootEntry(pylnk3.ROOT_MY_COMPUTER), pylnk3.DriveEntry(drive)]
    kinds = [*[pylnk3.TYPE_FOLDER] * len(folders), pylnk3.TYPE_FILE]
    for kind, name in zip(kinds, [*folders, file], strict=True):
        item = pylnk3.PathSegmentEntry()
        item.type = kind if name.isascii() else f"{kind} (UNICODE)"  # which the library leaves to us
        item.full_name, item.file_size = name, 0
        item.created = item.modified = item.accessed = _MADE
        items.append(item)
    return items


def desktop_entry(command: Sequence[str]) -> bytes:
    """A desktop entry (freedesktop.org) of the window, which a command opens with the files dropped onto it. It names
    no types of files: by these, some desktops would take it for the program that opens workbooks."""
    more = ("Categories=Office;", f"StartupWMClass={WINDOW_CLASS}")
    return entry_that_runs(TITLE, PURPOSE, f"{command_line(command)} %F", more)


def entry_that_runs(title: Text, purpose: Text, line: str, more: Iterable[str]) -> bytes:
    """A desktop entry (freedesktop.org) that runs a command line; `more` are further keys of it."""
    lines = (
        "[Desktop Entry]",
        "Type=Application",
        f"Name={title.en}",
        f"Name[zh_CN]={title.zh}",
        f"Comment={purpose.en}",
        f"Comment[zh_CN]={purpose.zh}",
        f"Exec={line}",
        f"Icon={as_value(str(ICON.with_suffix('.png')))}",
        "Terminal=false",
        *more,
    )
    return os.fsencode("\n".join(lines) + "\n")


def command_line(command: Sequence[str]) -> str:
    """A command as the key Exec has it."""
    words = " ".join(map(_quoted, command))
    if "%" in command[0]:  # GLib looks for the first word as it stands, with %% for %
        words = f"nice -n 0 {words}"
    return words


def _quoted(argument: str) -> str:
    """An argument as the key Exec has it: quoted, and then written as the text of a value."""
    for sign in '\\"`$':
        argument = argument.replace(sign, f"\\{sign}")
    return f'"{as_value(argument.replace("%", "%%"))}"'


def as_value(text: str) -> str:
    """A text as the value of a key."""
    return text.replace("\\", "\\\\").replace("\n", "\\n")
