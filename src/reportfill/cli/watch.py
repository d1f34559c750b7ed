"""reportfill watch: a drop folder. A completed workbook dropped in gives its report or its marked copy."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from reportfill.batch.delivery import delivered
from reportfill.batch.drop_folder import LEDGER, Arrival, DropFolder
from reportfill.batch.marked_copies import is_unchanged_copy
from reportfill.batch.preparing import all_prepared
from reportfill.cli.console import print_error
from reportfill.cli.fill import tell
from reportfill.cli.inputs import wanted_pack
from reportfill.cli.language import say
from reportfill.cli.options import BlankAsZero, Lang, PackName, argument, flag, path_named, path_option
from reportfill.cli.outcome import passed_over
from reportfill.cli.waiting import LOOK_AGAIN, LOOK_ANYWAY, ToldOnce, stopped_by_signals, wait_for_change
from reportfill.errors import UsageError
from reportfill.files import make_folder

if TYPE_CHECKING:
    from reportfill.processing import Job

Inbox = Annotated[
    Path,
    argument("INBOX", "收件文件夹。", "The folder into which workbooks are dropped.", parser=path_named),
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

    例：reportfill watch 收件箱 -o 报告""",
    """Watch a folder: a completed workbook dropped in gives its report, or its marked copy, within two seconds.

    What is there at the start is done first, and nothing is done twice. Ctrl-C stops it.

    Example: reportfill watch inbox -o reports""",
)


def watch(
    inbox: Inbox,
    output: Output,
    pack: PackName = None,
    blank_as_zero: BlankAsZero = False,
    poll: Poll = False,
    lang: Lang = None,
) -> None:
    """Do what is dropped into a folder until the process is stopped."""
    from reportfill.processing import Job  # help does without

    if not os.path.isdir(inbox):
        raise UsageError(f"there is no such folder: {inbox}", f"没有这个文件夹：{inbox}")
    make_folder(output)
    if output.resolve() == inbox.resolve():
        raise UsageError("-o must be another folder than the inbox", "-o 不能是收件文件夹本身")
    job = Job(wanted_pack(pack), blank_as_zero=blank_as_zero)
    folder = DropFolder(inbox, output / LEDGER)
    stopped = stopped_by_signals()
    print_error(say(f"正在监视：{inbox}（按Ctrl-C停止）", f"watching {inbox} (Ctrl-C stops)"))
    awaited = ToldOnce()
    count = 0
    while not stopped.is_set():
        for arrival in folder.ready():
            if stopped.is_set():
                break
            count += _done(arrival, folder, job, output)
        awaited.tell(folder.awaited)
        longest = LOOK_AGAIN if None in folder.awaited.values() else LOOK_ANYWAY
        wait_for_change(inbox, stopped, poll=poll, longest=longest)
    print_error(say(f"已停止，共处理{count}个文件。", f"stopped; {count} files were done."))


def _done(arrival: Arrival, folder: DropFolder, job: Job, output: Path) -> bool:
    """Do one file; whether that came to an end. What could not be written is tried again later."""
    given = arrival.input
    if given.content and is_unchanged_copy(given.path, given.content):
        folder.finish(arrival)
        print_error(passed_over([given.path]))
        return True
    (prepared,) = all_prepared([given], job)
    outcome = delivered(prepared, output, output)
    if outcome.not_written:
        folder.put_off(given.path, outcome.not_written[0])
        return False
    tell(outcome, alone=False)
    folder.finish(arrival, outcome.written)
    return True
