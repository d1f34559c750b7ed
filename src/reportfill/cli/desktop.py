"""reportfill desktop: an icon for whoever does not type commands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportfill.cli.console import print_error, print_said
from reportfill.cli.language import say, told
from reportfill.cli.options import Lang, flag
from reportfill.cli.outcome import DONE, UNUSABLE
from reportfill.cli.window import require_windows
from reportfill.files import noting, remove_file
from reportfill.text import Text

if TYPE_CHECKING:
    from reportfill.shortcuts import Shortcut

Remove = Annotated[bool, flag("--remove", "删除图标。", "Take the icons away.")]

HELP = say(
    """把图标放到桌面，Windows上还放进右键菜单的“发送到”；不需要管理员权限。

    填报表或者文件夹拖到图标上，或者选中后点“发送到”，就会校验并生成报告；窗口中列出生成的文件和需要修改的单元格。
    双击图标可以选择文件。可以重复运行；移动或者重新安装本程序后，请再运行一次。

    例：reportfill desktop

    例：reportfill desktop --remove""",
    """Put an icon on the desktop, on Windows into "Send to" as well; no administrator is needed.

    Workbooks and folders that are dropped onto it, or sent to it, are checked and filled; a window lists what was
    written and the cells to be corrected. A double click lets choose files. It may be run again, and has to be where
    this program was moved or installed anew.

    Example: reportfill desktop

    Example: reportfill desktop --remove""",
)


def desktop(remove: Remove = False, lang: Lang = None) -> None:
    """Put shortcuts on the desktop and where programs for a file are offered, or take them away."""
    from reportfill.shortcuts import shortcuts  # help does without

    held: list[Text] = []
    if remove:
        _remove([one.path for one in shortcuts()], held)
    else:
        require_windows()
        _put(shortcuts(), held)
    for why in held:
        print_error(told(why))
    raise typer.Exit(UNUSABLE if held else DONE)


def _put(placed: Sequence[Shortcut], held: list[Text]) -> None:
    from reportfill.shortcuts import put
    from reportfill.windows import is_python_of_store

    for one in placed:
        with noting(held):
            put(one)
            print_said(f"已放置图标：{one.path}", f"icon: {one.path}")
    if len(placed) == 1:
        print_error(
            say("没有桌面文件夹，图标只在程序菜单中。", "there is no desktop; the icon is in the menu only.")
        )
    if is_python_of_store():
        print_error(
            say(
                "本机的Python来自微软应用商店，“发送到”中看不到图标，请使用桌面上的图标；"
                "需要“发送到”的，请改用python.org的Python重新安装本软件。",
                'this Python is the Microsoft Store\'s: Windows does not show the icon in "Send to"; for that, install '
                "the program with Python from python.org.",
            )
        )


def _remove(places: Iterable[Path], held: list[Text]) -> None:
    there = [path for path in places if path.is_file()]
    for path in there:
        with noting(held):
            remove_file(path)
            print_said(f"已删除图标：{path}", f"removed: {path}")
    if not there:
        print_error(say("没有可以删除的图标。", "there are no icons to remove."))
