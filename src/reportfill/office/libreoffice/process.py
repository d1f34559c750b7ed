"""A process of LibreOffice with all that it starts: begun in a folder of its own, and ended with everything in it."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from threading import Timer
from typing import Any

_PROFILE, _TEMPORARY = "profile", "tmp"
_ROOM = 2 << 20
"""Bytes that LibreOffice needs for a small PDF and what is temporary."""


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder for one process, which goes with all that is in it."""
    folder = Path(mkdtemp(prefix="reportfill-"))
    try:
        (folder / _TEMPORARY).mkdir()
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def require_space(folder: Path) -> None:
    """Raise OSError where the disk of a folder is full: LibreOffice itself says nothing of that."""
    if shutil.disk_usage(folder).free < _ROOM:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))


def profile_in(folder: Path) -> Path:
    """Where the profile of the LibreOffice is that works in a folder."""
    return folder / _PROFILE


def pipe_name(folder: Path) -> str:
    """The name of the pipe at which the LibreOffice listens that works in a folder."""
    return folder.name


def foreign_environment(folder: Path | None = None) -> dict[str, str]:
    """What a program that is not ours finds around it: nothing that is meant for our Python, and its own place for what
    is temporary."""
    found = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    places = {} if folder is None else dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder / _TEMPORARY))
    return found | places


class OfficeProcess:
    """A process that works in a folder, apart from our terminal: Ctrl-C there reaches us alone. It is a context, with
    whose end all ends that was started."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self._folder = folder
        self.is_late = False
        self._is_ended = False
        apart: dict[str, Any] = {"start_new_session": True}
        if sys.platform == "win32":
            apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            errors="replace",
            env=foreign_environment(folder),
            **apart,
        )

    def __enter__(self) -> OfficeProcess:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        for stream in filter(None, (self._process.stdin, self._process.stdout)):
            with suppress(OSError):
                stream.close()

    def tell(self, line: str) -> None:
        """Tell it something, where it still listens."""
        assert self._process.stdin is not None
        with suppress(OSError):
            self._process.stdin.write(f"{line}\n")
            self._process.stdin.flush()

    def next_line(self, seconds: float) -> str:
        """What it says next; the empty string where it has ended, or was ended because that took too long."""
        assert self._process.stdout is not None
        clock = Timer(seconds, self._end_late)
        clock.daemon = True
        clock.start()
        try:
            return str(self._process.stdout.readline())
        finally:
            clock.cancel()

    def status(self) -> int:
        """With which status it ended by itself, as soon as it has said all."""
        return self._process.wait()

    def kill(self) -> None:
        """End it and all that it has started, whatever they are doing, and remove what LibreOffice leaves outside its
        folder."""
        if self._is_ended:
            return  # another process may have its number by now
        if sys.platform == "win32":
            command = ["taskkill", "/T", "/F", "/PID", str(self._process.pid)]
            subprocess.run(command, capture_output=True, check=False)
        else:
            with suppress(ProcessLookupError, PermissionError):  # nothing is left of it
                os.killpg(self._process.pid, signal.SIGKILL)
            for pipe in pipes_of(self._folder):
                pipe.unlink(missing_ok=True)
        self._process.wait()
        self._is_ended = True

    def _end_late(self) -> None:
        self.is_late = True
        self.kill()


def pipes_of(folder: Path) -> list[Path]:
    """What a LibreOffice that works in a folder leaves outside it where it is killed: its own pipe, and the one by
    which a second start with its profile would find it, whose name has the digest of that profile."""
    if sys.platform == "win32":
        return []
    profile = profile_in(folder).as_uri().encode("utf-16-le")
    digest = "".join(f"{byte:x}" for byte in hashlib.md5(profile, usedforsecurity=False).digest())
    names = (pipe_name(folder), f"SingleOfficeIPC_{digest}")
    return [Path(f"/tmp/OSL_PIPE_{os.getuid()}_{name}") for name in names]
