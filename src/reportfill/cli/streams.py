"""The standard streams: what is done where one of them is closed, full, or read by nobody any more."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TextIO

from reportfill.cli.console import print_error
from reportfill.cli.language import told
from reportfill.cli.outcome import UNUSABLE
from reportfill.errors import OutputError
from reportfill.system_words import in_one_line


def with_standard_streams() -> None:
    """See to it that the first three descriptors are taken: a file that is opened later must not get the number of a
    stream that was closed, where libraries would write into it."""
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def speak_utf8() -> None:
    """Windows consoles and pipes may have an encoding that lacks some characters; better one wrong than none."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def require_output() -> None:
    """Raise OutputError where there is nowhere to print to."""
    if sys.stdout is None:
        raise OutputError("the standard output is closed", "标准输出已经关闭")


def let_go(status: int) -> int:
    """The exit status when the last of what was printed has gone; a stream that takes no more is given up."""
    for stream in (sys.stdout, sys.stderr):
        if stream is None:
            continue
        try:
            stream.flush()
        except OSError as error:
            _give_up(stream)
            if status != UNUSABLE and not isinstance(error, BrokenPipeError):
                print_error(f"reportfill: {told(in_one_line(error))}")
            status = UNUSABLE
    return status


def _give_up(stream: TextIO) -> None:
    """Lead a stream nowhere, so that the interpreter has nothing to complain of at its end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        stream.flush()
