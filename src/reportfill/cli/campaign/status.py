"""reportfill campaign status: who has handed in, what is wrong, who is missing."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from typing import Annotated

import typer

from reportfill.campaign.folder.parts import REMINDERS
from reportfill.campaign.records.campaign_folder import CampaignFolder, open_campaign_folder
from reportfill.campaign.status.agency_status import OUTSTANDING, CampaignStatus, State
from reportfill.cli.campaign.options import Folder
from reportfill.cli.campaign.record import print_record
from reportfill.cli.console import print_findings, print_line, print_table, progress
from reportfill.cli.language import language, say
from reportfill.cli.options import Lang

HELP = say(
    """查看进度：谁交了、谁有错误、谁没交、还有几天。同时写出status.html和status.xlsx。

    加上--remind，还写出催报邮件的草稿和发到工作群里的通知；程序不发送任何东西。

    例：reportfill campaign status 2025年报 --remind""",
    """See who has handed in, whose report has mistakes, who is missing, and how many days are left. Writes
    status.html and status.xlsx as well.

    With --remind it also writes drafts of reminding mails and a text for chat groups; nothing is sent.

    Example: reportfill campaign status reports-2025 --remind""",
)
SHOWN = 20
"""So many agencies are named on the screen; status.html has all."""


def show_status(
    folder: Folder,
    remind: Annotated[
        bool,
        typer.Option(
            "--remind",
            help=say(
                "写出催报邮件草稿（.eml）和群通知。", "Write drafts of reminders (.eml) and a text for chats."
            ),
        ),
    ] = False,
    lang: Lang = None,
) -> None:
    """Show how the campaign stands."""
    from reportfill.campaign.status.campaign_status import campaign_status

    campaign = open_campaign_folder(folder)
    with _without_garbage_collection():
        roster = campaign.roster()
        print_findings(roster.findings)
        status = print_record(campaign)
        standing = campaign_status(campaign, date.today(), roster)
        _print_status(standing)
        if campaign.is_sealed:
            print_line(say("已经封存，不再写出文件。", "the campaign is closed: no file is written."))
            raise typer.Exit(status)
        for path in _written(campaign, standing):
            print_line(say(f"已写出：{path}", f"written: {path}"))
    if remind:
        _write_reminders(campaign, standing)
    raise typer.Exit(status)


def write_status(campaign: CampaignFolder) -> list[str]:
    """Write status.html and status.xlsx; where they lie."""
    from reportfill.campaign.status.campaign_status import campaign_status

    with _without_garbage_collection():
        return _written(campaign, campaign_status(campaign, date.today()))


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Let no time go into looking for garbage: what is made for a hundred thousand agencies is needed to the end."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _written(campaign: CampaignFolder, standing: CampaignStatus) -> list[str]:
    from reportfill.campaign.status.status_page import status_page
    from reportfill.campaign.status.status_sheet import status_tables

    page, sheet = "status.html", "status.xlsx"
    tables = status_tables(standing)
    with ThreadPoolExecutor(1) as pool:
        # Compressing, and waiting for the disk, need no interpreter: meanwhile it makes the page.
        written = pool.submit(lambda: campaign.store.write(sheet, tables.saved()))
        campaign.store.write(page, status_page(standing))
        written.result()
    return [campaign.store.place(page), campaign.store.place(sheet)]


def _write_reminders(campaign: CampaignFolder, standing: CampaignStatus) -> None:
    from reportfill.campaign.sending.reminders import reminders
    from reportfill.campaign.storage.putting_away import free_folder

    folder = free_folder(campaign.store, f"{REMINDERS}/{standing.today.isoformat()}")
    number = 0
    owing = sum(one.state in OUTSTANDING for one in standing.agencies)
    with progress(owing, say("写催报草稿", "Writing reminders")) as bar:
        for reminder in reminders(campaign, standing):
            campaign.store.write(f"{folder}/{reminder.name}", reminder.content)
            number += reminder.is_mail
            bar.advance()
    place = campaign.store.place(folder)
    print_line(
        say(
            f"已写出：催报邮件草稿{number}封和群通知，在{place}（没有发送）",
            f"written: {number} drafts of reminders and a text for chats, in {place} (nothing was sent)",
        )
    )


def _print_status(standing: CampaignStatus) -> None:
    known = standing.columns
    states = Counter(known.state)
    names = {
        State.SOUND: say("报告已生成", "report made"),
        State.ACCEPTED: say("已通过", "accepted"),
        State.SENT_BACK: say("已退回", "sent back"),
        State.FAULTY: say("有错误", "with mistakes"),
        State.MISSING: say("未交", "missing"),
    }
    rows = [(name, str(states[state])) for state, name in names.items() if states[state]]
    rows += [(say("应交", "all"), str(len(standing.agencies)))]
    rows += [(say("不明文件（不能确定单位）", "files of unknown agencies"), str(len(standing.strays)))]
    print_table((say("状态", "State"), say("数量", "Number")), rows)
    left = standing.days_left
    if left is not None:
        print_line(
            say(f"离截止日期还有{left}天。", f"{left} days to the deadline.")
            if left >= 0
            else say(f"已过截止日期{-left}天。", f"The deadline was {-left} days ago.")
        )
    for state in (State.MISSING, State.FAULTY, State.SENT_BACK):
        print_names(
            names[state], [name for name, own in zip(known.name, known.state, strict=True) if own is state]
        )
    for stray in standing.strays[:SHOWN]:
        reason = stray.reason.phrase(language())
        print_line(say(f"？ {stray.file}：{reason}", f"?  {stray.file}: {reason}"))


def print_names(what: str, names: list[str]) -> None:
    """Name agencies on one line, as many as fit; nothing where there are none."""
    if names:
        more = len(names) - SHOWN
        shown = say("、", ", ").join(names[:SHOWN])
        print_line(f"{what}{say('：', ': ')}{shown}" + (say(f"等{len(names)}个", " …") if more > 0 else ""))
