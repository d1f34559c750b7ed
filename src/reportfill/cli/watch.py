"""reportfill watch: a drop folder. A completed workbook dropped in gives its report or its marked copy."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from reportfill.cli.console import print_error
from reportfill.cli.drop_folder import LEDGER, DropFolder
from reportfill.cli.fill import tell
from reportfill.cli.inputs import wanted_pack
from reportfill.cli.language import say
from reportfill.cli.marked_copies import is_unchanged_copy, passed_over
from reportfill.cli.options import BlankAsZero, Lang, PackName, path_named
from reportfill.cli.outcome import Outcome, delivered
from reportfill.cli.preparing import Prepared, prepared
from reportfill.cli.waiting import LOOK_AGAIN, LOOK_ANYWAY, stopped_by_signals, wait_for_change
from reportfill.errors import UsageError
from reportfill.files import make_folder

Inbox = Annotated[
    Path,
    typer.Argument(
        parser=path_named,
        metavar="INBOX",
        help=say("收件文件夹。", "The folder into which workbooks are dropped."),
        show_default=False,
    ),
]
Output = Annotated[
    Path,
    typer.Option(
        "-o",
        "--output",
        parser=path_named,
        metavar="DIR",
        help=say(
            "报告和标出错误的填报表写到这个文件夹。",
            "The folder for reports and for workbooks with marked mistakes.",
        ),
        show_default=False,
    ),
]
Poll = Annotated[
    bool,
    typer.Option(
        "--poll",
        help=say(
            "定时查看，不依赖系统通知；用于网络驱动器。",
            "Look at the folder time and again instead of waiting for events; for network drives.",
        ),
    ),
]
HELP = say(
    """守着收件文件夹：放进来的填报表，两秒内生成报告，或者标出错误。

    开始时先处理已有的文件；做过的不重做。按Ctrl-C停止。

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
        raise UsageError(say(f"没有这个文件夹：{inbox}", f"there is no such folder: {inbox}"))
    make_folder(output)
    if output.resolve() == inbox.resolve():
        raise UsageError(say("-o 不能是收件文件夹本身", "-o must be another folder than the inbox"))
    job = Job(wanted_pack(pack), blank_as_zero=blank_as_zero)
    folder = DropFolder(inbox, output / LEDGER)
    stopped = stopped_by_signals()
    print_error(say(f"正在守候：{inbox}（按Ctrl-C停止）", f"watching {inbox} (Ctrl-C stops)"))
    count = 0
    while not stopped.is_set():
        for path, digest in folder.ready():
            if stopped.is_set():
                break
            if is_unchanged_copy(path):
                folder.finish(path, digest, Outcome(Prepared(path)))
                print_error(passed_over([path]))
                continue
            outcome = delivered(prepared(path, job), output, output)
            folder.finish(path, digest, outcome)
            tell(outcome, alone=False)
            count += 1
        wait_for_change(inbox, stopped, poll=poll, longest=LOOK_AGAIN if folder.waiting else LOOK_ANYWAY)
    print_error(say(f"已停止，共处理{count}个文件。", f"stopped; {count} files were done."))
