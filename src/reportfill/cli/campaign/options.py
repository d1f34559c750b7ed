"""Options that the commands of a campaign share, and how those of one command are described."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from reportfill.cli.language import say


def option(name: str, metavar: str, chinese: str, english: str, **more: Any) -> Any:
    """An option with a value; `more` are settings of typer's."""
    return typer.Option(name, metavar=metavar, help=say(chinese, english), show_default=False, **more)


def flag(name: str, chinese: str, english: str) -> Any:
    """An option that is there or not."""
    return typer.Option(name, help=say(chinese, english))


Folder = Annotated[
    str,
    typer.Argument(
        metavar="DIR",
        help=say("年报工作的文件夹，或者它的URL。", "The campaign's folder, or its URL."),
        show_default=False,
    ),
]
LAST = option("--last", "DIR", "上年年报工作的文件夹。", "The folder of last year's campaign.")
Cluster = Annotated[
    str,
    option(
        "--cluster",
        "ADDRESS",
        "由Dask集群处理：调度程序的地址（tcp://…），或者local；默认用本机的多个进程。",
        "Let a Dask cluster do it: a scheduler's address (tcp://…), or local. Default: processes of this machine.",
    ),
]
By = Annotated[str, option("--by", "NAME", "经办人姓名。", "The name of who does it.")]
