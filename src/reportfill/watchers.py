"""Who watches for an output folder on this computer, so that nobody does it twice and one without a window can be found
and stopped."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import platformdirs

from reportfill.errors import UsageError
from reportfill.files import write_file
from reportfill.held_files import removed

_LOOK_AGAIN = 0.5
"""Seconds from one look to the next whether one has ended, or is asked to."""


def folder_of_logs() -> Path:
    """Where the logs are, in this user's own folder."""
    return platformdirs.user_log_path("reportfill", appauthor=False)


def ask_all_to_stop() -> None:
    """Ask every one of this user that runs without a window to end."""
    for lock in folder_of_logs().glob("reportfill-watch-*.lock"):
        write_file(lock.with_suffix(".stop"), b"", keep=False)


class Watcher:
    """The one that writes into an output folder, while it runs and before. What is kept of it lies with its user: a
    share may be gone. Where nothing can be kept there, nothing is, and watching goes on."""

    def __init__(self, output: Path) -> None:
        self.output = output
        whole = os.path.normcase(os.path.abspath(output))
        self.name = f"reportfill-watch-{sha256(whole.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
        self.log = folder_of_logs() / f"{self.name}.log"
        self._lock, self._wish = (self.log.with_suffix(suffix) for suffix in (".lock", ".stop"))

    @contextmanager
    def held(self) -> Iterator[None]:
        """Be the one. Raises UsageError where another is; a system lets go however a process ends."""
        connection = self._locked()
        removed(self._wish)
        try:
            yield
        finally:
            if connection is not None:
                connection.close()

    def is_running(self) -> bool:
        """Whether there is one now."""
        try:
            connection = self._locked()
        except UsageError:
            return True
        if connection is not None:
            connection.close()
        return False

    def _locked(self) -> sqlite3.Connection | None:
        """A hold on the lock; None where there can be none. Raises UsageError where another has it."""
        connection = None
        try:
            self._lock.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self._lock, timeout=0, isolation_level=None)
            connection.execute("BEGIN EXCLUSIVE")
        except (OSError, sqlite3.Error) as error:
            if connection is not None:
                connection.close()
            if getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_BUSY:
                return None
            raise UsageError(
                "another process watches already, and writes into the same output folder",
                "另一个程序正在监视，并输出到同一个文件夹",
            ) from error
        return connection

    def ask_to_stop(self) -> None:
        """Ask the one that runs without a window to end. Raises OutputError where that cannot be written down."""
        write_file(self._wish, b"", keep=False)

    def is_stopped_within(self, seconds: float) -> bool:
        """Whether there is none, or one that ends within so many seconds when it is asked to."""
        give_up = time.monotonic() + seconds
        while self.is_running():
            if time.monotonic() > give_up:
                return False
            self.ask_to_stop()
            time.sleep(_LOOK_AGAIN)
        return True

    def set_when_asked(self, stopped: threading.Event) -> None:
        """Set an event when somebody asks this one to end."""

        def look() -> None:
            while not stopped.wait(_LOOK_AGAIN):
                if os.path.exists(self._wish):
                    stopped.set()

        threading.Thread(target=look, daemon=True).start()
