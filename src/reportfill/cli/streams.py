"""The standard streams, and the encoding of names: what is done where a stream is closed, full, or read by nobody any
more, and where there are no Chinese names."""

from __future__ import annotations

import codecs
import os
import sys
from contextlib import suppress
from io import TextIOWrapper
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


def with_chinese_names() -> None:
    """Begin the process anew in Python's UTF-8 mode (PEP 540) where the system's encoding has no Chinese, as that of
    LANG=C with this mode shut off, or Latin-1: of files with Chinese names none could be written, and those that are
    there would not be known."""
    try:
        "年".encode(sys.getfilesystemencoding())
    except UnicodeEncodeError:
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


NEAREST = "reportfill.nearest"
"""How what an encoding lacks is written: by the character that comes nearest, else by a question mark."""


def _nearest(error: UnicodeError) -> tuple[str, int]:
    """What stands for characters that an encoding lacks: GBK has no minus sign (U+2212)."""
    assert isinstance(error, UnicodeEncodeError)
    lacking = error.object[error.start : error.end]
    return "".join("-" if character == "−" else "?" for character in lacking), error.end


codecs.register_error(NEAREST, _nearest)


def settle_encodings() -> None:
    """See to it that what reads the streams understands them. A terminal shows every character; a file or a pipe gets
    what PYTHONIOENCODING names, else the console's code page, which `more`, `findstr` and PowerShell's `>` take it to
    be in. A character that an encoding lacks becomes a question mark: better one wrong than none."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding=_encoding_of(stream), errors=NEAREST)


def _encoding_of(stream: TextIOWrapper) -> str:
    if stream.isatty():
        return "utf-8"
    is_chosen = os.environ.get("PYTHONIOENCODING", "").partition(":")[0]
    return stream.encoding if is_chosen else _code_page() or stream.encoding


def _code_page() -> str:
    """The encoding of the console's output on Windows; empty where there is no console, and elsewhere."""
    if os.name != "nt":
        return ""
    from reportfill.windows import console_code_page

    number = console_code_page()
    return f"cp{number}" if number else ""


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
