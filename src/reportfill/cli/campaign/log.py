"""reportfill campaign log: who handed in what, when, and what became of it."""

from __future__ import annotations

from typing import Annotated

import typer

from reportfill.campaign.place.folder import opened
from reportfill.cli.campaign.options import Folder, agency_named
from reportfill.cli.console import print_line, print_table
from reportfill.cli.language import say
from reportfill.cli.options import Lang

HELP = say(
    """查看记录：谁在什么时候交来什么，结果怎样，谁审核、封存。按发生的先后列出。

    例：reportfill campaign log 2025年报 --of 清河县档案馆""",
    """Show the record: who handed in what and when, what became of it, who accepted, sent back or closed, in order.

    Example: reportfill campaign log reports-2025 --of 清河县档案馆""",
)


def show_log(
    folder: Folder,
    of: Annotated[
        str | None,
        typer.Option(
            "--of",
            metavar="CODE",
            help=say("只看这个单位。", "Only this agency."),
            show_default=False,
        ),
    ] = None,
    lang: Lang = None,
) -> None:
    """Print the journal."""
    from reportfill.campaign.records.journal import Event, entries_of

    campaign = opened(folder)
    code = agency_named(campaign.roster(), of, also_closed=True).code if of is not None else None
    names = {
        Event.HANDED_IN: say("交来", "handed in"),
        Event.ACCEPTED: say("通过", "accepted"),
        Event.SENT_BACK: say("退回", "sent back"),
        Event.CLOSED: say("封存", "closed"),
        Event.REOPENED: say("启封", "reopened"),
    }
    rows = [
        (
            entry.at.isoformat(sep=" ", timespec="seconds"),
            names[entry.event],
            entry.name,
            str(entry.number or ""),
            entry.file,
            entry.result,
            entry.remark,
            entry.by,
        )
        for entry in entries_of(campaign.store)
        if code in (None, entry.code)
    ]
    if not rows:
        print_line(say("还没有记录。", "there is no record yet."))
        return
    headings = say(
        "时间 事项 单位 第几次 文件 结果 说明 经办人", "Time Event Agency Version File Result Remark By"
    )
    print_table(headings.split(" "), rows)
