"""reportfill campaign review: the coordinator's own word on a report."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from reportfill.campaign.place.folder import opened
from reportfill.cli.campaign.options import AgencyName, By, Folder, agency_named
from reportfill.cli.campaign.record import print_record
from reportfill.cli.console import print_line
from reportfill.cli.language import say
from reportfill.cli.options import Lang
from reportfill.errors import UsageError

HELP = say(
    """审核一个单位的报告：通过，或者写明意见退回。意见写进退回的填报表，连同时间和经办人记入台账。

    例：reportfill campaign review 2025年报 清河县档案馆 --return "第三部分过于简单，请补充" --by 王芳""",
    """Say your own word on an agency's report: accept it, or send it back with a remark, which the agency finds in its
    marked workbook. It is kept with time and name.

    Example: reportfill campaign review reports-2025 清河县档案馆 --return "第三部分过于简单，请补充" --by 王芳""",
)


def review_report(
    folder: Folder,
    code: AgencyName,
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
    by: By = "",
    lang: Lang = None,
) -> None:
    """Accept an agency's report or send it back."""
    from reportfill.campaign.records.review import review

    if accept == (send_back is not None):
        raise UsageError(
            "say either --accept or --return WHY", "请写明--accept（通过）或者--return 意见（退回），二者选一"
        )
    if send_back is not None and not send_back.strip():
        raise UsageError("say why it is sent back", "退回时请写明意见")
    campaign = opened(folder)
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
    print_record(campaign)
