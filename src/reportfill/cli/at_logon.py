"""Watching from each logon on, without a window: begun now and for then, and left off."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from reportfill.cli.console import print_error, print_said
from reportfill.cli.language import language, say
from reportfill.cli.line_log import lines_logged
from reportfill.cli.waiting import stopped_by_signals
from reportfill.files import remove_file
from reportfill.logon import begun_at_logon, logon_command, logon_shortcut
from reportfill.shortcuts import Shortcut, put
from reportfill.watchers import Watcher, ask_all_to_stop

_PATIENCE = 20.0
"""Seconds that one who watches already may take for the file in hand."""


def begin_at_logon(watcher: Watcher, inbox: Path, command: Sequence[str]) -> None:
    """Let a command that watches an inbox run whenever this user logs on, and from now on. Raises UsageError where
    nothing starts at a logon, OutputError and OSError."""
    arguments = [*command, "--lang", language(), "--unattended"]
    shortcut = logon_shortcut(watcher.name, arguments, os.getcwd())
    put(shortcut)
    print_said(f"已设置登录后自动监视：{shortcut.path}", f"watched from each logon on: {shortcut.path}")
    print_said(f"运行记录：{watcher.log}", f"log: {watcher.log}")
    if watcher.is_stopped_within(_PATIENCE):
        _start(shortcut, arguments)
        print_said(f"已在后台开始监视：{inbox}", f"watching, in the background: {inbox}")
    else:
        print_error(
            say(
                "另一个程序仍在监视，并输出到同一个文件夹；下次登录时按新的设置在后台开始。",
                "another process still watches, and writes into the same output folder; this begins at the next logon.",
            )
        )


@contextmanager
def watching_unattended(watcher: Watcher) -> Iterator[threading.Event]:
    """Watch where nobody looks on, with what is said in the log, until the event is set: by a request to end, of the
    system or of `leave_off`."""
    with lines_logged(watcher.log), watcher.held():
        stopped = stopped_by_signals()
        watcher.set_when_asked(stopped)
        yield stopped


def leave_off(watcher: Watcher) -> None:
    """Let it be watched no more, neither now in the background nor from the next logon on."""
    shortcut = logon_shortcut(watcher.name, [], os.getcwd())
    if os.path.exists(shortcut.path):
        remove_file(shortcut.path)
        print_said(
            f"已取消登录后自动监视：{shortcut.path}", f"watched no more from a logon on: {shortcut.path}"
        )
    else:
        print_error(say("没有设置登录后自动监视。", "nothing was to be watched from a logon on."))
    if watcher.is_running():
        watcher.ask_to_stop()
        print_error(
            say(
                "后台监视处理完当前文件后停止。",
                "what watches in the background ends after the file in hand.",
            )
        )


def leave_all_off() -> None:
    """Let nothing be watched any more, whatever its folders: before the program is taken away."""
    for path in begun_at_logon():
        remove_file(path)
    ask_all_to_stop()


def _start(shortcut: Shortcut, arguments: Sequence[str]) -> None:
    """Start now what starts at a logon."""
    if sys.platform == "win32":
        os.startfile(shortcut.path)
    else:
        command = logon_command(arguments)
        nowhere = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_RDWR, 0) for stream in range(3)]
        os.posix_spawn(command[0], command, os.environ, file_actions=nowhere, setsid=True)
