"""reportfill watch: a drop folder. A completed workbook dropped in gives its report or its marked copy."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from reportfill.batch.delivery import delivered
from reportfill.batch.drop_folder import LEDGER, Arrival, DropFolder
from reportfill.batch.marked_copies import is_unchanged_copy
from reportfill.batch.page_outputs import with_pages
from reportfill.batch.preparing import all_prepared
from reportfill.cli.console import print_error
from reportfill.cli.fill import tell
from reportfill.cli.inputs import kinds_wanted, publication_for, wanted_pack
from reportfill.cli.language import say
from reportfill.cli.options import (
    AtLogon,
    BlankAsZero,
    Lang,
    NotAtLogon,
    PackName,
    Unattended,
    flag,
    kinds_option,
    path_argument,
    path_option,
)
from reportfill.cli.outcome import passed_over, print_stand_ins
from reportfill.cli.shell_paths import path_named
from reportfill.cli.waiting import LOOK_AGAIN, LOOK_ANYWAY, ToldOnce, stopped_by_signals, wait_for_change
from reportfill.errors import OutputError, UsageError
from reportfill.files import make_folder
from reportfill.outputs.kind import KINDS
from reportfill.outputs.page_making import PageMaker, page_maker
from reportfill.text import Text, how_many

if TYPE_CHECKING:
    from reportfill.processing import Job

Inbox = Annotated[
    Path,
    path_argument("INBOX", "收件文件夹。", "The folder into which workbooks are dropped.", path_named),
]
Output = Annotated[
    Path,
    path_option(
        "-o --output",
        "DIR",
        "报告和退回的填报表输出到这个文件夹。",
        "The folder for reports and for workbooks with marked mistakes.",
    ),
]
Poll = Annotated[
    bool,
    flag(
        "--poll",
        "定时查看，不依赖系统通知；用于网络驱动器。",
        "Look at the folder time and again instead of waiting for events; for network drives.",
    ),
]
HELP = say(
    """监视收件文件夹，有填报表放入即自动处理：两秒内生成报告，或者标出错误。

    开始时先处理已有的文件；已处理的不重复。按Ctrl-C停止。

    例：reportfill watch 收件箱 -o 报告

    例：reportfill watch 收件箱 -o 报告 --at-logon""",
    """Watch a folder: a completed workbook dropped in gives its report, or its marked copy, within two seconds.

    What is there at the start is done first, and nothing is done twice. Ctrl-C stops it.

    Example: reportfill watch inbox -o reports

    Example: reportfill watch inbox -o reports --at-logon""",
)


def watch(
    inbox: Inbox,
    output: Output,
    to: Annotated[list[str] | None, kinds_option("docx", "docx")] = None,
    pack: PackName = None,
    blank_as_zero: BlankAsZero = False,
    poll: Poll = False,
    at_logon: AtLogon = False,
    not_at_logon: NotAtLogon = False,
    unattended: Unattended = False,
    lang: Lang = None,
) -> None:
    """Do what is dropped into a folder until the process is stopped, or see to it that this begins at each logon."""
    from reportfill.cli.at_logon import begin_at_logon, leave_off, watching_unattended  # help does without
    from reportfill.watchers import Watcher

    watcher = Watcher(output)
    if not_at_logon:
        leave_off(watcher)
    elif at_logon:
        job = _job(to, pack, blank_as_zero)
        _require_folders(inbox, output)
        folders = [os.path.abspath(inbox), "-o", os.path.abspath(output)]
        named = ["--pack", pack] if pack else []
        named += ["--to", ",".join(job.kinds)] if to else []
        flags = [name for name, is_set in (("--blank-as-zero", blank_as_zero), ("--poll", poll)) if is_set]
        begin_at_logon(watcher, inbox, ["watch", *folders, *named, *flags])
    elif unattended or sys.stdout is None:
        with watching_unattended(watcher) as stopped:
            _await_folders(inbox, output, stopped)
            if not stopped.is_set():
                _require_folders(inbox, output)
                print_error(say(f"正在监视：{inbox}", f"watching {inbox}"))
                _until_stopped(inbox, output, _job(to, pack, blank_as_zero), stopped, poll)
    else:
        job = _job(to, pack, blank_as_zero)
        _require_folders(inbox, output)
        with watcher.held():
            stopped = stopped_by_signals()
            print_error(say(f"正在监视：{inbox}（按Ctrl-C停止）", f"watching {inbox} (Ctrl-C stops)"))
            _until_stopped(inbox, output, job, stopped, poll)


def _job(to: Sequence[str] | None, pack: str | None, blank_as_zero: bool) -> Job:
    from reportfill.processing import Job  # help does without

    kinds = tuple(kind.name for kind in kinds_wanted(to))
    publication = publication_for(kinds)
    return Job(wanted_pack(pack), blank_as_zero=blank_as_zero, kinds=kinds, publication=publication)


def _require_folders(inbox: Path, output: Path) -> None:
    """Raise UsageError where these are no two folders, and OutputError where the second cannot be made."""
    if not os.path.isdir(inbox):
        raise UsageError(f"there is no such folder: {inbox}", f"没有这个文件夹：{inbox}")
    make_folder(output)
    if output.resolve() == inbox.resolve():
        raise UsageError("-o must be another folder than the inbox", "-o 不能是收件文件夹本身")


def _await_folders(inbox: Path, output: Path, stopped: threading.Event) -> None:
    """Wait until both folders are there: a network drive may be there later than who has logged on."""
    awaited = ToldOnce()
    while not stopped.is_set() and (lacking := _lacking(inbox, output)):
        awaited.tell(lacking)
        stopped.wait(LOOK_ANYWAY / 1000)
    awaited.tell({})


def _lacking(inbox: Path, output: Path) -> dict[Path, Text]:
    """Which of the folders is not there, with what people are told of it."""
    if not os.path.isdir(inbox):
        return {inbox: Text("没有这个文件夹", "there is no such folder")}
    try:
        make_folder(output)
    except OutputError as error:
        return {output: Text(error.chinese, error.english)}
    return {}


def _until_stopped(inbox: Path, output: Path, job: Job, stopped: threading.Event, poll: bool) -> None:
    """Do what is dropped into the inbox until that is to end."""
    folder = DropFolder(inbox, output / LEDGER)
    awaited = ToldOnce()
    count, stood_in = 0, 0
    with page_maker([KINDS[name] for name in job.kinds]) as pages:
        while not stopped.is_set():
            for arrival in folder.ready():
                if stopped.is_set():
                    break
                count += _done(arrival, folder, job, output, pages)
            pages.rest()
            if len(pages.stand_ins) > stood_in:
                stood_in = len(pages.stand_ins)
                print_stand_ins(pages)
            awaited.tell(folder.awaited)
            longest = LOOK_AGAIN if None in folder.awaited.values() else LOOK_ANYWAY
            wait_for_change(inbox, stopped, poll=poll, longest=longest)
    print_error(say(f"已停止，共处理{count}个文件。", f"stopped; done: {how_many(count, 'file')}."))


def _done(arrival: Arrival, folder: DropFolder, job: Job, output: Path, pages: PageMaker) -> bool:
    """Do one file; whether that came to an end. What could not be written is tried again later."""
    given = arrival.input
    if given.content and is_unchanged_copy(given.path, given.content):
        folder.finish(arrival)
        print_error(passed_over([given.path]))
        return True
    (prepared,) = with_pages(pages, all_prepared([given], job))
    outcome = delivered(prepared, output, output)
    if outcome.not_written:
        folder.put_off(given.path, outcome.not_written[0])
        return False
    tell(outcome, alone=False)
    folder.finish(arrival, outcome.written)
    return True
