"""The log of a command that nobody looks at: what it would say on a screen, line by line, with the time of each."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout, suppress
from datetime import datetime
from io import TextIOBase
from pathlib import Path
from traceback import print_exc

from reportfill.cli.console import print_error
from reportfill.cli.language import told
from reportfill.errors import ReportfillError
from reportfill.system_words import in_one_line

LONGEST = 500_000
"""Bytes to which a log grows; the one before is kept, as `….old.log`."""


@contextmanager
def lines_logged(log: Path) -> Iterator[None]:
    """Let what is said meanwhile go into a log, with what ends it."""
    with closing(_LogStream(log)) as stream, redirect_stdout(stream), redirect_stderr(stream):
        try:
            yield
        except (ReportfillError, OSError, MemoryError, RecursionError) as error:
            print_error(f"reportfill: {told(in_one_line(error))}")
            raise
        except Exception:  # a fault of ours, which nobody would see
            print_exc()
            raise


class _LogStream(TextIOBase):
    """A stream whose lines go into a log. It never raises: there is nobody to tell that the disk is full."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._rest = ""

    def write(self, text: str) -> int:
        """Take in a piece of text; its whole lines are written."""
        *lines, self._rest = (self._rest + text).split("\n")
        with suppress(OSError):
            self._append(f"{datetime.now():%Y-%m-%d %H:%M:%S} {line}\n" for line in lines if line)
        return len(text)

    def close(self) -> None:
        """Write what is left of a line."""
        if self._rest:
            self.write("\n")
        super().close()

    def _append(self, lines: Iterator[str]) -> None:
        self._log.parent.mkdir(parents=True, exist_ok=True)
        if os.path.exists(self._log) and self._log.stat().st_size > LONGEST:
            os.replace(self._log, self._log.with_suffix(".old.log"))
        with open(self._log, "a", encoding="utf-8-sig", errors="replace") as file:
            file.writelines(lines)
