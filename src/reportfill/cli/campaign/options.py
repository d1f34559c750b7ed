"""Options that the commands of a campaign share, and the agencies that people name in them."""

from __future__ import annotations

from difflib import get_close_matches
from operator import attrgetter
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
AgencyNameOrNone = Annotated[
    str | None,
    typer.Argument(
        metavar="CODE",
        help=say("单位编码，或者单位名称。", "An agency's code, or its name."),
        show_default=False,
    ),
]


def agency_named(roster: Roster, said: str, *, also_closed: bool = False) -> Agency:
    """The agency with that code, official name or short name. Raises UsageError where there is none, or several of
    that short name, or where it does not report any more and is not wanted then."""
    every = tuple(roster.all_by_code.values())
    named = next(filter(None, ([one for one in every if how(one) == said] for how in _KNOWN_BY)), [])
    named = [one for one in named if not one.is_closed] or named
    if len(named) > 1:
        names = "、".join(f"{agency.name}（{agency.code}）" for agency in named)
        raise UsageError(f"{said}: which of {names}?", f"“{said}”不止一个单位：{names}；请写单位编码")
    if not named:
        raise _unknown(said, [*roster.all_by_code, *(agency.name for agency in every)])
    (agency,) = named
    if agency.is_closed and not also_closed:
        raise UsageError(
            f"{agency.name} does not report any more: {roster.change(agency).en}",
            f"“{agency.name}”{roster.change(agency).zh}，不再填报",
        )
    return agency


_KNOWN_BY = (attrgetter("code"), attrgetter("name"), attrgetter("short_name"))
"""What people call an agency by, what is looked for first in front."""


def _unknown(said: str, known: list[str]) -> UsageError:
    near = get_close_matches(said, known, n=3)
    return UsageError(
        f"the roster has no agency {said}" + (f"; is it {' or '.join(near)}?" if near else ""),
        f"名册中没有“{said}”" + (f"，是不是“{'”“'.join(near)}”？" if near else ""),
    )
