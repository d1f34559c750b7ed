"""Options that several commands share, each described once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reportfill.cli.language import CHOICES, say, speak


def _speak(chosen: str | None) -> str | None:
    if chosen is not None:
        if chosen not in CHOICES:
            raise typer.BadParameter(say("只能是zh或en", "must be zh or en"))
        speak(chosen)
    return chosen


def path_named(said: str | Path) -> Path:
    """The path that an option or argument names. Raises BadParameter for an empty one, which would be the current
    folder."""
    if not str(said).strip():
        raise typer.BadParameter(
            say("是空的；当前文件夹请写成 .", "an empty name is no path; this folder is written .")
        )
    return Path(said)


Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE...",
        help=say(
            "填好的填报表（.xlsx .xlsm .xls .xlsb .ods）或数据（.json）；可以是文件夹。",
            "Completed workbooks (.xlsx .xlsm .xls .xlsb .ods) or data (.json); a folder means all in it.",
        ),
        show_default=False,
    ),
]
PackName = Annotated[
    str | None,
    typer.Option(
        "--pack",
        metavar="PACK",
        help=say(
            "模板：编号、文件夹或年度；默认由填报表自己说明。",
            "The pack: its id, folder or year. Default: the one that the workbook names.",
        ),
        show_default=False,
    ),
]
Last = Annotated[
    Path | None,
    typer.Option(
        "--last",
        parser=path_named,
        metavar="FILE",
        help=say(
            "同一单位上年的填报表或数据，用于跨年度核对。",
            "The same agency's workbook or data of last year, for the rules across years.",
        ),
        show_default=False,
    ),
]
BlankAsZero = Annotated[
    bool,
    typer.Option(
        "--blank-as-zero",
        help=say(
            "没有填的数字按0计，并逐格说明。", "Count number cells left blank as 0, with a note for each."
        ),
    ),
]
Returned = Annotated[
    Path | None,
    typer.Option(
        "--returned",
        parser=path_named,
        metavar="DIR",
        help=say(
            "有错误的填报表标出错误后写到这个文件夹。",
            "Write workbooks with errors into this folder, with their mistakes marked.",
        ),
        show_default=False,
    ),
]
Jobs = Annotated[
    int,
    typer.Option(
        "--jobs",
        metavar="N",
        min=0,
        help=say(
            "同时工作的进程数；0为处理器的个数。", "Processes that work side by side; 0 means one a core."
        ),
    ),
]
Lang = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="zh|en",
        callback=_speak,
        is_eager=True,
        help=say("提示所用的语言；默认按系统。", "The language of messages. Default: the system's."),
        show_default=False,
    ),
]
