"""reportfill campaign review: the coordinator's own word on a report."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from reportfill.campaign.records.campaign_folder import CampaignFolder, open_campaign_folder
from reportfill.cli.campaign.options import AgencyNameOrNone, By, Folder, agency_named
from reportfill.cli.campaign.record import print_record
from reportfill.cli.campaign.status import print_names
from reportfill.cli.console import print_line
from reportfill.cli.language import say
from reportfill.cli.options import Lang
from reportfill.errors import UsageError

HELP = say(
    """审核一个单位的报告：通过，或者写明意见退回。意见写进退回的填报表，连同时间和经办人记入台账。

    --accept --all-sound 一次通过全部没有错误、还没有审核的；--under 只限一个单位和它的下级。

    例：reportfill campaign review 2025年报 清河县档案馆 --return "第三部分过于简单，请补充" --by 王芳""",
    """Say your own word on an agency's report: accept it, or send it back with a remark, which the agency finds in its
    marked workbook. It is kept with time and name.

    --accept --all-sound accepts all that have no mistake and were not looked at yet; --under only those of one agency
    and below it.

    Example: reportfill campaign review reports-2025 清河县档案馆 --return "第三部分过于简单，请补充" --by 王芳""",
)


def review_report(
    folder: Folder,
    code: AgencyNameOrNone = None,
    accept: Annotated[bool, typer.Option("--accept", help=say("通过。", "Accept it."))] = False,
    send_back: Annotated[
        str | None,
        typer.Option(
            "--return",
            metavar="WHY",
            help=say("退回，并写明意见。", "Send it back, with this remark."),
            show_default=False,
        ),
    ] = None,
    all_sound: Annotated[
        bool,
        typer.Option(
            "--all-sound",
            help=say("全部没有错误、还没有审核的。", "All without a mistake that were not looked at yet."),
        ),
    ] = False,
    under: Annotated[
        str | None,
        typer.Option(
            "--under",
            metavar="CODE",
            help=say(
                "只限这个单位和它的各级下级（没有错误、还没有审核的）。",
                "This agency and all below it (without a mistake and not looked at yet).",
            ),
            show_default=False,
        ),
    ] = None,
    by: By = "",
    lang: Lang = None,
) -> None:
    """Accept an agency's report or send it back."""
    from reportfill.campaign.operations.review import review

    if accept == (send_back is not None):
        raise UsageError(
            "say either --accept or --return WHY", "请写明--accept（通过）或者--return 意见（退回），二者选一"
        )
    if send_back is not None and not send_back.strip():
        raise UsageError("say why it is sent back", "退回时请写明意见")
    campaign = open_campaign_folder(folder)
    if all_sound or under is not None:
        _accept_many(campaign, code, under, by, is_accepted=accept)
        return
    if code is None:
        raise UsageError(
            "say which agency, or --all-sound, or --under CODE",
            "请写明单位，或者写--all-sound、--under 单位编码",
        )
    agency = agency_named(campaign.roster(), code)
    done = review(
        campaign, agency.code, is_accepted=accept, remark=send_back or "", by=by, now=datetime.now()
    )
    if done.former is not None:
        former = f"{done.former.name}（{done.former.code}）"
        print_line(
            say(
                f"这一份是“{former}”交来的；经确认，“{agency.name}”就是它，已记录在案。报告上仍是原名称。",
                f"it was handed in as {former}; that {agency.name} is the same agency is on record now. The report "
                "still bears the former name.",
            )
        )
    number, place = done.review.number, campaign.store.place(done.review.file)
    if accept:
        print_line(
            say(
                f"已通过：{agency.name}，第{number}次；报告在{place}",
                f"accepted: {agency.name}, version {number}; the report is {place}",
            )
        )
    else:
        print_line(
            say(
                f"已退回：{agency.name}，第{number}次；请把{place}发给该单位",
                f"sent back: {agency.name}, version {number}; send {place} to the agency",
            )
        )
    raise typer.Exit(print_record(campaign))


def _accept_many(
    campaign: CampaignFolder, code: str | None, under: str | None, by: str, *, is_accepted: bool
) -> None:
    """Accept all that are sound, or those of one agency and below it, and say which were left out and why."""
    from reportfill.campaign.operations.bulk_review import accept_all_sound

    if not is_accepted:
        raise UsageError(
            "--all-sound and --under go with --accept; reports are sent back one by one",
            "--all-sound和--under只能与--accept一起用；退回要逐个进行，写明各自的意见",
        )
    if code is not None:
        raise UsageError(
            f"say either the agency {code} or --all-sound and --under",
            f"已经写明单位“{code}”，就不要再写--all-sound或者--under",
        )
    roster = campaign.roster()
    top = agency_named(roster, under, also_closed=True).code if under is not None else ""
    done = accept_all_sound(
        campaign,
        by,
        datetime.now(),
        lambda agency: not top or top in (agency.code, *(above.code for above in roster.above(agency))),
    )
    left_out = sum(map(len, done.left_out.values()))
    print_line(
        say(
            f"已通过{len(done.accepted)}个单位，没有动的{left_out}个。",
            f"{len(done.accepted)} agencies accepted, {left_out} left out.",
        )
    )
    for (chinese, english), agencies in done.left_out.items():
        print_names(say(chinese, english), [agency.name for agency in agencies])
    raise typer.Exit(print_record(campaign))
