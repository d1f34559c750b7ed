"""Options that the commands of a campaign share, and the agencies that people name in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from reportfill.cli.language import say
from reportfill.errors import UsageError

if TYPE_CHECKING:
    from reportfill.campaign.agencies.agency import Agency
    from reportfill.campaign.agencies.roster import Roster

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
AgencyName = Annotated[
    str,
    typer.Argument(
        metavar="CODE",
        help=say("单位编码，或者单位名称。", "An agency's code, or its name."),
        show_default=False,
    ),
]


def agency_named(roster: Roster, said: str) -> Agency:
    """The agency with that code, official name or short name. Raises UsageError where there is none, or several of
    that short name."""
    if said in roster.by_code:
        return roster.by_code[said]
    named = [agency for agency in roster.agencies if agency.name == said]
    named = named or [agency for agency in roster.agencies if agency.short_name == said]
    if len(named) == 1:
        return named[0]
    if named:
        names = "、".join(f"{agency.name}（{agency.code}）" for agency in named)
        raise UsageError(f"{said}: which of {names}?", f"“{said}”不止一个单位：{names}；请写单位编码")
    raise UsageError(f"the roster has no agency {said}", f"名册中没有“{said}”")
