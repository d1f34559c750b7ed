"""What a library that is not written in Python prints to standard error by itself, past `sys.stderr`.

calamine is written in Rust. Where a file makes it panic, the runtime of that language prints so before Python learns of
it, and nothing can tell it not to.
"""

from __future__ import annotations

import os
import re
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_STANDARD_ERROR = 2
_MOST_KEPT = 1 << 20
"""Bytes of the file after which it is begun anew."""

_PANIC = re.compile(
    rb"\n?thread '[^\n]*' (?:\(\d+\) )?panicked at [^\n]*\n"  # where it was
    rb"[^\n]*\n(?:  ?(?:left|right): [^\n]*\n)*"  # why
)
"""What Rust writes of a panic, at once."""

_ADVICE = re.compile(rb"note: [^\n]*RUST_BACKTRACE[^\n]*\n")
"""What it writes after the first one, perhaps later than another thread something else."""

_BACKTRACE = "RUST_BACKTRACE"
"""The variable by which developers ask for all calls that led to a panic. They are written in pieces, in the midst of
which another thread's words could not be told from them."""


class _Held:
    """Standard error, led into a file as long as any thread is within a native library.

    Each writes behind what is there. A thread that began to write before standard error was led back ends after it;
    so the file is only read, and what came late is told with the next.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process = 0
        self._file = -1
        self._told = 0
        self._threads = 0
        self._own = -1
        self._asked = ""

    def begin(self) -> None:
        """Lead standard error into the file. Raises OSError where there is none, or no room for a file."""
        with self._lock:
            if self._threads == 0:
                file = self._file_of_process()
                self._own = os.dup(_STANDARD_ERROR)
                os.dup2(file, _STANDARD_ERROR)
                self._asked = os.environ.get(_BACKTRACE, "")
                if self._asked:
                    os.environ[_BACKTRACE] = "0"
            self._threads += 1

    def end(self) -> None:
        """Lead it back, and say what was said meanwhile, but for panics."""
        with self._lock:
            self._threads -= 1
            if self._threads:
                return
            os.dup2(self._own, _STANDARD_ERROR)
            os.close(self._own)
            if self._asked:
                os.environ[_BACKTRACE] = self._asked
            for line in _without_panics(self._said()).splitlines(keepends=True):
                os.write(_STANDARD_ERROR, line)  # a pipe takes a line as a whole, and not many of them

    def _said(self) -> bytes:
        """What was said and not told yet; while somebody is still writing, without the line that has no end."""
        size = os.fstat(self._file).st_size
        if size == self._told:
            return b""
        said = os.pread(self._file, size - self._told, self._told)
        if os.fstat(self._file).st_size > size:
            said = said[: said.rfind(b"\n") + 1]
        self._told += len(said)
        return said

    def _file_of_process(self) -> int:
        """The file, which no other process shares."""
        is_own = self._process == os.getpid()
        if not is_own or self._told > _MOST_KEPT:
            if is_own:
                os.close(self._file)
            with tempfile.TemporaryFile("ab") as file:
                self._file = os.dup(file.fileno())
            self._process, self._told = os.getpid(), 0
        return self._file


def _without_panics(said: bytes) -> bytes:
    """What was said, but for what Rust says of panics."""
    return _ADVICE.sub(b"", _PANIC.sub(b"", said))


_HELD = _Held()


@contextmanager
def native_messages_held() -> Iterator[None]:
    """Keep back what native code prints of its panics, in whichever thread; whatever else is printed comes after."""
    try:
        _HELD.begin()
    except OSError:
        yield
        return
    try:
        yield
    finally:
        with suppress(OSError):
            _HELD.end()
