"""reportfill campaign status: who has handed in, what is wrong, who is missing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from reportfill.campaign.campaign import Campaign
from reportfill.campaign.status.agency_status import STATE_NAMES, State
from reportfill.cli.campaign.options import Folder
from reportfill.cli.campaign.printing import (
    SHOWN,
    StrayLines,
    at_work,
    print_held,
    print_names,
    print_record,
    print_written,
)
from reportfill.cli.console import print_findings, print_line, print_said, print_table
from reportfill.cli.language import say, told
from reportfill.cli.options import Lang, flag
from reportfill.text import how_many

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportfill.campaign.status.agency_status import CampaignStatus
    from reportfill.text import Text

HELP = say(
    """查看进度：已报送、有错误和未报送的单位，距报送截止日期的天数。同时生成status.html和status.xlsx。

    加上--remind，还生成催报邮件草稿和群通知；软件不发送任何内容。

    例：reportfill campaign status 2025年报 --remind""",
    """See who has handed in, whose report has mistakes, who is missing, and how many days are left. Writes
    status.html and status.xlsx as well.

    With --remind it also writes drafts of reminding mails and a text for chat groups; nothing is sent.

    Example: reportfill campaign status reports-2025 --remind""",
)


def show_status(
    folder: Folder,
    remind: Annotated[
        bool,
        flag(
            "--remind",
            "生成催报邮件草稿（.eml）和群通知。",
            "Write drafts of reminders (.eml) and a text for chats.",
        ),
    ] = False,
    lang: Lang = None,
) -> None:
    """Show how the campaign stands."""
    campaign = Campaign.open(folder)
    print_findings(campaign.roster.findings)
    status = campaign.status()
    exit_status = print_record(campaign, status)
    _print_status(status)
    if campaign.is_closed:
        print_said("已经封存，不再生成文件。", "the campaign is closed: no file is written.")
        raise typer.Exit(exit_status)
    written = campaign.write_status(status)
    for place in written.places:
        print_written(place)
    held = (*written.held, *(_write_reminders(campaign, status) if remind else ()))
    raise typer.Exit(max(exit_status, print_held(held)))


def _write_reminders(campaign: Campaign, status: CampaignStatus) -> Sequence[Text]:
    """Write drafts and say where they are; what could not be written."""
    with at_work(campaign, say("生成催报草稿", "Writing reminders")) as working:
        written = working.remind(status)
    print_said(
        f"已生成催报邮件草稿{written.mails}封和群通知（均未发送）：{written.place}",
        f"written: {how_many(written.mails, 'draft')} of a reminder and a text for chats, in {written.place} "
        "(nothing was sent)",
    )
    return written.held


def _print_status(status: CampaignStatus) -> None:
    known = status.columns
    states = Counter(known.state)
    shown = (State.SOUND, State.ACCEPTED, State.DISPUTED, State.SENT_BACK, State.FAULTY, State.MISSING)
    rows = [(told(STATE_NAMES[state]), str(states[state])) for state in shown if states[state]]
    rows += [(say("应报送", "all"), str(len(status.agencies)))]
    rows += [(say("未识别文件", "files of unknown agencies"), str(len(status.strays)))]
    print_table((say("状态", "State"), say("数量", "Number")), rows)
    left = status.days_left
    if left is not None:
        print_line(
            say(f"距报送截止日期还有{left}天。", f"{how_many(left, 'day')} to the deadline.")
            if left >= 0
            else say(f"已逾期{-left}天。", f"The deadline was {how_many(-left, 'day')} ago.")
        )
    for state in (State.MISSING, State.FAULTY, State.SENT_BACK, State.DISPUTED):
        print_names(
            told(STATE_NAMES[state]),
            [name for name, own in zip(known.name, known.state, strict=True) if own is state],
        )
    print_names(
        say("延期", "with more time"),
        [
            f"{name}{say('（', ' (')}{until}{say('）', ')')}"
            for name, until in zip(known.name, known.until, strict=True)
            if until
        ],
    )
    strays = StrayLines()
    for stray in status.strays[:SHOWN]:
        strays.print(stray.file, stray.reason)
