"""How options are described, and those that several commands share."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from reportfill.catalogue import LANGUAGES
from reportfill.cli.language import say, speak
from reportfill.cli.shell_paths import path_meant, path_named
from reportfill.outputs.kind import KINDS


def _speak(chosen: str | None) -> str | None:
    if chosen is not None:
        if chosen not in LANGUAGES:
            raise typer.BadParameter(say("只能是zh或en", "must be zh or en"))
        speak(chosen)
    return chosen


def argument(metavar: str, chinese: str, english: str, **more: Any) -> Any:
    """An argument; `more` are settings of typer's."""
    return typer.Argument(metavar=metavar, help=say(chinese, english), show_default=False, **more)


def path_argument(metavar: str, chinese: str, english: str, parser: Any = path_meant) -> Any:
    """An argument that names paths, or what else may stand for one; `parser` makes it a Path or leaves it a text."""
    return argument(metavar, chinese, english, parser=parser)


def option(names: str, metavar: str, chinese: str, english: str, **more: Any) -> Any:
    """An option with a value, under one name or, with a blank between them, several; `more` are settings of typer's."""
    settings = {"show_default": False} | more
    return typer.Option(*names.split(), metavar=metavar, help=say(chinese, english), **settings)


def path_option(names: str, metavar: str, chinese: str, english: str, **more: Any) -> Any:
    """An option that names a path; with another parser, what else may stand for one."""
    return option(names, metavar, chinese, english, **{"parser": path_named} | more)


def flag(name: str, chinese: str, english: str) -> Any:
    """An option that is there or not."""
    return typer.Option(name, help=say(chinese, english))


def kinds_option(chinese: str, english: str, kinds: Iterable[str] = KINDS) -> Any:
    """--to, for the annotation of a parameter: which kinds there are, and which is made where none is named."""
    names = tuple(kinds)
    return option(
        "--to",
        "KINDS",
        f"输出格式，用逗号分隔；默认{chinese}。可用的：{'、'.join(names)}。",
        f"What to make, separated by commas. Default: {english}. There are {', '.join(names)}.",
    )


Files = Annotated[
    list[str],
    path_argument(
        "FILE...",
        "填好的填报表（.xlsx .xlsm .xls .xlsb .ods）或数据（.json）；也可以是文件夹。",
        "Completed workbooks (.xlsx .xlsm .xls .xlsb .ods) or data (.json); a folder means all in it.",
    ),
]
PackName = Annotated[
    str | None,
    path_option(
        "--pack",
        "PACK",
        "模板包的编号、文件夹或者适用年度；默认按填报表中的标识选用。",
        "The pack: its id, folder or year. Default: the one that the workbook names.",
        parser=path_meant,
    ),
]
Last = Annotated[
    Path | None,
    path_option(
        "--last",
        "FILE",
        "同一单位上年度的填报表或者数据，用于跨年度核对。",
        "The same agency's workbook or data of last year, for the rules across years.",
    ),
]
BlankAsZero = Annotated[
    bool,
    flag(
        "--blank-as-zero",
        "没有填写的数字按0计，并逐个单元格说明。",
        "Count number cells left blank as 0, with a note for each.",
    ),
]
Returned = Annotated[
    Path | None,
    path_option(
        "--returned",
        "DIR",
        "退回的填报表输出到这个文件夹。",
        "Write workbooks with errors into this folder, with their mistakes marked.",
    ),
]
Jobs = Annotated[
    int,
    option(
        "--jobs",
        "N",
        "同时处理的进程数；0表示按处理器核数。",
        "Processes that work side by side; 0 means one a core.",
        min=0,
        show_default=True,
    ),
]
Fonts = Annotated[
    Path | None,
    path_option(
        "--fonts",
        "DIR",
        "PDF使用这个文件夹中的字体文件（.ttf .ttc .otf），不用安装；Windows和macOS请直接安装字体。",
        "Use the font files (.ttf .ttc .otf) of this folder for PDFs; on Windows and macOS install them instead.",
    ),
]
OnlyPrescribedFonts = Annotated[
    bool,
    flag(
        "--only-prescribed-fonts",
        "缺少规定字体的不生成PDF，不用其他字体代替；用于签发的文本。",
        "Make no PDF where a prescribed typeface is missing, rather than one with stand-ins; for the signed copy.",
    ),
]
AtLogon = Annotated[
    bool,
    flag(
        "--at-logon",
        "从现在起、以后每次登录后都在后台监视，不显示窗口；不需要管理员权限。",
        "Watch from now on, and whenever this user logs on, without a window; no administrator is needed.",
    ),
]
NotAtLogon = Annotated[
    bool,
    flag("--not-at-logon", "停止后台监视，以后登录也不再开始。", "Stop that, and do not start it any more."),
]
Unattended = Annotated[
    bool,
    flag(
        "--unattended",
        "无人值守：文件夹暂时打不开的一直等待，显示的内容写入运行记录（用doctor查看位置）。",
        "Nobody looks on: wait for folders that are not there yet, and write what is said into a log file, which "
        "`reportfill doctor` names.",
    ),
]
Lang = Annotated[
    str | None,
    option(
        "--lang",
        "zh|en",
        "提示所用的语言；默认按系统。",
        "The language of messages. Default: the system's.",
        callback=_speak,
        is_eager=True,
    ),
]


class Format(StrEnum):
    """How results are printed."""

    TEXT = "text"
    JSON = "json"


FormatOption = Annotated[
    Format,
    typer.Option(
        "--format",
        help=say(
            "text供人阅读，json供程序读取（每个文件一行一个对象）。",
            "text for people; json for programs, one object a file and line.",
        ),
    ),
]
