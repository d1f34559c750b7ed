"""reportfill campaign collect: take in what came back, once or whenever something comes."""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportfill.campaign.campaign import Campaign
from reportfill.campaign.folder.parts import INBOX
from reportfill.cli.campaign.options import Cluster, Folder
from reportfill.cli.campaign.printing import StrayLines, at_work, print_record
from reportfill.cli.console import print_error, print_line, print_said
from reportfill.cli.language import language, say, told
from reportfill.cli.options import (
    AtLogon,
    Fonts,
    Jobs,
    Lang,
    NotAtLogon,
    OnlyPrescribedFonts,
    Unattended,
    flag,
)
from reportfill.cli.outcome import FINDINGS, print_worked_in
from reportfill.cli.waiting import LOOK_AGAIN, LOOK_ANYWAY, ToldOnce, stopped_by_signals, wait_for_change
from reportfill.errors import ReportfillError
from reportfill.finding import errors_in
from reportfill.system_words import in_one_line
from reportfill.text import Text, how_many

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportfill.campaign.operations.collected_batch import Collected
    from reportfill.campaign.operations.inbox_watch import InboxWatch
    from reportfill.campaign.records.history import Version
    from reportfill.campaign.storage.store import StoredFile

HELP = say(
    """接收填报表：读取inbox文件夹中的全部文件（包括压缩包和邮件），没有错误的生成报告，有错误的标出错误，输出到returned文件夹。

    同一个文件只处理一次；每次报送的都在received文件夹中编号保存。

    例：reportfill campaign collect 2025年报

    例：reportfill campaign collect 2025年报 --at-logon""",
    """Take in everything in inbox/, archives and mails too: sound workbooks become reports, others are marked and put
    into returned/.

    The same file is taken in once; every version is kept and numbered under received/.

    Example: reportfill campaign collect reports-2025

    Example: reportfill campaign collect reports-2025 --at-logon""",
)
_ERRORS_TOLD = 3
_ALL_TOLD = 200
"""With more files than these only those are told of that something is wrong with."""


def collect_workbooks(
    folder: Folder,
    watch: Annotated[
        bool,
        flag(
            "--watch",
            "监视inbox文件夹，自动接收，并更新进度；按Ctrl-C停止。",
            "Watch inbox/, take in what comes and keep the status up to date; Ctrl-C stops.",
        ),
    ] = False,
    at_logon: AtLogon = False,
    not_at_logon: NotAtLogon = False,
    unattended: Unattended = False,
    fonts: Fonts = None,
    only_prescribed_fonts: OnlyPrescribedFonts = False,
    jobs: Jobs = 0,
    cluster: Cluster = "",
    lang: Lang = None,
) -> None:
    """Take in what came back, now, whenever something comes, or whenever it does from each logon on."""
    opened = partial(Campaign.open, folder, fonts=fonts, only_prescribed_fonts=only_prescribed_fonts)
    if at_logon or not_at_logon or unattended:
        _without_window(folder, opened, at_logon, not_at_logon, jobs, cluster)
        return
    with at_work(opened(), say("接收填报表", "Collecting"), jobs, cluster) as campaign:
        if watch:
            inbox = _inbox_of(campaign)
            stopped = stopped_by_signals()
            print_error(say(f"正在监视：{inbox}（按Ctrl-C停止）", f"watching {inbox} (Ctrl-C stops)"))
            _watch(campaign, stopped)
            return
        print_worked_in([Path(file) for file in campaign.watch().worked_in()])
        taken = _taken_in(campaign)
    _print_sum(taken)
    status = print_record(campaign)
    raise typer.Exit(status if all(one.version and one.version.is_sound for one in taken) else FINDINGS)


def _taken_in(
    campaign: Campaign,
    wanted: Callable[[StoredFile], bool] = lambda file: True,
    *,
    tells_of_held: bool = True,
) -> tuple[Collected, ...]:
    expected: list[int] = []
    strays = StrayLines()

    def show(done: int, total: int) -> None:
        expected.append(total)
        campaign.progress(done, total)

    def print_one(collected: Collected) -> None:
        if collected.is_held and not tells_of_held:
            return
        are_few = expected[-1] <= _ALL_TOLD
        if are_few or collected.version is None or not collected.version.is_sound:
            if collected.reason is not None:
                strays.print(collected.file, collected.reason)
            elif collected.version is not None:
                _print_version(collected.agency, collected.version, with_errors=are_few)

    return replace(campaign, progress=show).collect(wanted=wanted, each=print_one)


def _inbox_of(campaign: Campaign) -> Path:
    """The folder that is watched. What is wrong with the roster is told before anything is waited for."""
    inbox = campaign.folder.root / INBOX
    campaign.folder.roster()
    return inbox


def _without_window(
    folder: str, opened: Callable[[], Campaign], at_logon: bool, not_at_logon: bool, jobs: int, cluster: str
) -> None:
    """Watch where nobody looks on, or begin that at each logon, or leave it off."""
    from reportfill.cli.at_logon import begin_at_logon, leave_off, watching_unattended  # few runs need it
    from reportfill.watchers import Watcher

    watcher = Watcher(Path(folder))
    if not_at_logon:
        leave_off(watcher)
    elif at_logon:
        campaign = opened()
        inbox = _inbox_of(campaign)
        named = ["--cluster", cluster] if cluster else []
        named += ["--fonts", os.path.abspath(campaign.fonts)] if campaign.fonts else []
        named += ["--only-prescribed-fonts"] if campaign.only_prescribed_fonts else []
        arguments = ["collect", os.path.abspath(folder), "--watch", "--jobs", str(jobs), *named]
        begin_at_logon(watcher, inbox, ["campaign", *arguments])
    else:
        with watching_unattended(watcher) as stopped:
            awaited = _awaited(folder, opened, stopped)
            if awaited is not None:
                with at_work(awaited, "", jobs, cluster) as campaign:
                    print_error(say(f"正在监视：{folder}", f"watching {folder}"))
                    _watch(campaign, stopped)


def _awaited(folder: str, opened: Callable[[], Campaign], stopped: threading.Event) -> Campaign | None:
    """The campaign in a folder, as soon as it is there: a network drive may be there later than who has logged on. None
    where that is to end before."""
    awaited = ToldOnce()
    while not stopped.is_set():
        try:
            campaign = opened()
            campaign.folder.roster()
        except (OSError, ReportfillError) as error:
            awaited.tell({Path(folder): in_one_line(error)})
            stopped.wait(LOOK_ANYWAY / 1000)
        else:
            awaited.tell({})
            return campaign
    return None


def _watch(campaign: Campaign, stopped: threading.Event) -> None:
    """Take in files until that is to end."""
    inbox = campaign.folder.root / INBOX
    watch, awaited, count, is_status_due = campaign.watch(), ToldOnce(), 0, False
    while not stopped.is_set():
        campaign.folder.require_open()
        troubles: dict[Path, Text | None] = {}
        if not os.path.isdir(inbox):
            troubles[inbox] = Text("没有这个文件夹", "there is no such folder")
        try:
            taken = _taken_in_now(campaign, watch)
            count += len(taken)
            is_status_due = is_status_due or bool(taken)
            if is_status_due:
                held = campaign.write_status(campaign.status()).held
                print_record(campaign)
                is_status_due = bool(held)
                if held:
                    troubles[campaign.folder.root] = held[0]
        except (
            OSError,
            ReportfillError,
        ) as error:  # made up for by a later look: a file is open, a network blinks
            watch.begin_again()
            troubles[campaign.folder.root] = in_one_line(error)
        waits = {campaign.folder.root / path: why for path, why in watch.awaited.items()}
        awaited.tell(waits | troubles)
        longest = LOOK_AGAIN if None in waits.values() else LOOK_ANYWAY
        wait_for_change(inbox, stopped, poll=False, longest=longest, recursive=True)
    print_error(say(f"已停止，共接收{count}个文件。", f"stopped; taken in: {how_many(count, 'file')}."))


def _taken_in_now(campaign: Campaign, watch: InboxWatch) -> Sequence[Collected]:
    """What has settled in the inbox, taken in; what could not be is put off."""
    wanted = watch.settled()
    taken = _taken_in(campaign, wanted, tells_of_held=False) if wanted else ()
    for one in taken:
        if one.is_held and one.reason is not None:
            watch.put_off(one.file, one.reason.message)
    return [one for one in taken if not one.is_held]


def _print_version(agency: str, version: Version, *, with_errors: bool) -> None:
    which = say(f"{agency}，第{version.number}次", f"{agency}, version {version.number}")
    if version.is_sound:
        print_said(f"√ {which}：{version.report}", f"ok {which}: {version.report}")
        return
    errors = len(errors_in(version.findings))
    place = version.returned or version.file
    print_said(f"× {which}：错误{errors}处，{place}", f"x  {which}: {how_many(errors, 'error')}, {place}")
    for line in _why_not(version) if with_errors else ():
        print_line(line)


def _why_not(version: Version) -> list[str]:
    """The first of the errors for which a workbook was refused, each with its cell, and how many there are besides."""
    errors = errors_in(version.findings)
    between = say("：", ": ")
    told = [(error.cell, error.message.in_language(language())) for error in errors[:_ERRORS_TOLD]]
    lines = [f"    {between.join(filter(None, parts))}" for parts in told]
    rest = len(errors) - len(lines)
    if rest:
        where = say("退回的填报表", "the marked workbook") if version.returned else "status.xlsx"
        lines.append(say(f"    其余{rest}处见{where}", f"    {rest} more: see {where}"))
    return lines


def _print_sum(taken: tuple[Collected, ...]) -> None:
    from reportfill.campaign.operations.collected_batch import collected_in_words  # few commands need it

    for line in collected_in_words(taken):
        print_line(told(line))
