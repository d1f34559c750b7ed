"""Options that the commands of a campaign share."""

from __future__ import annotations

from typing import Annotated

import typer

from reportfill.cli.language import say

Folder = Annotated[
    str,
    typer.Argument(
        metavar="DIR",
        help=say("年报工作的文件夹，或者它的URL。", "The campaign's folder, or its URL."),
        show_default=False,
    ),
]
Last = Annotated[
    str | None,
    typer.Option(
        "--last",
        metavar="DIR",
        help=say("上年年报工作的文件夹。", "The folder of last year's campaign."),
        show_default=False,
    ),
]
Cluster = Annotated[
    str,
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        help=say(
            "由Dask集群处理：调度程序的地址（tcp://…），或者local；默认用本机的多个进程。",
            "Let a Dask cluster do it: a scheduler's address (tcp://…), or local. Default: processes of this machine.",
        ),
        show_default=False,
    ),
]
By = Annotated[
    str,
    typer.Option(
        "--by",
        metavar="NAME",
        help=say("经办人姓名。", "The name of who does it."),
        show_default=False,
    ),
]
AgencyNameOrNone = Annotated[
    str | None,
    typer.Argument(
        metavar="CODE",
        help=say("单位编码，或者单位名称。", "An agency's code, or its name."),
        show_default=False,
    ),
]
