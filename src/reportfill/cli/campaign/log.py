"""reportfill campaign log: who handed in what, when, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from reportfill.campaign.records.campaign_folder import CampaignFolder, open_campaign_folder
from reportfill.cli.campaign.options import Folder, agency_named
from reportfill.cli.campaign.record import print_some
from reportfill.cli.console import print_line, print_table
from reportfill.cli.language import say
from reportfill.cli.options import Lang
from reportfill.cli.outcome import FINDINGS
from reportfill.errors import UsageError

if TYPE_CHECKING:
    from reportfill.campaign.records.journal import JournalEntry

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
    from reportfill.campaign.records.checked_journal import checked_journal
    from reportfill.campaign.records.journal import Event

    campaign = open_campaign_folder(folder)
    journal = checked_journal(campaign)
    entries = journal.entries if of is None else _of(campaign, journal.entries, of)
    names = {
        Event.HANDED_IN: say("交来", "handed in"),
        Event.ACCEPTED: say("通过", "accepted"),
        Event.SENT_BACK: say("退回", "sent back"),
        Event.RECODED: say("编码变更", "other code"),
        Event.RENAMED: say("更名确认", "other name"),
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
            entry.remark or _former(entry),
            entry.by,
        )
        for entry in entries
    ]
    print_some(journal.damage)
    if not rows and not journal.damage:
        print_line(say("还没有记录。", "there is no record yet."))
        return
    headings = say(
        "时间 事项 单位 第几次 文件 结果 说明 经办人", "Time Event Agency Version File Result Remark By"
    )
    print_table(headings.split(" "), rows)
    if journal.damage:
        raise typer.Exit(FINDINGS)


def _of(campaign: CampaignFolder, entries: Sequence[JournalEntry], of: str) -> list[JournalEntry]:
    """What the journal says of one agency, under whichever code and name it had; of one that the roster does not have
    any more, by the name or code that it had. Raises UsageError where nobody is called so."""
    from reportfill.campaign.agencies.holder_matching import match_holders
    from reportfill.campaign.records.history import holders_now

    roster, holders = campaign.roster(), holders_now(entries)
    recorded = match_holders(roster, holders)
    try:
        wanted = {agency_named(roster, of, also_closed=True).holder}
    except UsageError:
        wanted = {holder for holder in {*recorded.gone, *recorded.doubtful} if of in holder}
        if not wanted:
            raise
    return [
        entry
        for entry, holder in zip(entries, map(recorded.holder_now, holders), strict=True)
        if holder in wanted
    ]


def _former(entry: JournalEntry) -> str:
    """What an agency was called before, where that is what the entry tells."""
    if not entry.former_code:
        return ""
    return say(
        f"原来是{entry.former_name}（{entry.former_code}），现在是{entry.name}（{entry.code}）",
        f"was {entry.former_name} ({entry.former_code}), is now {entry.name} ({entry.code})",
    )
