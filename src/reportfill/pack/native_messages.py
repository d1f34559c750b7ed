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
_PANIC = re.compile(rb"thread '.*' (?:\(\d+\) )?panicked at ")
"""How the first line begins that Rust prints of a panic; the next one says why."""

_DETAIL = re.compile(rb"\s*\Z|stack backtrace:|\s+\d+: |\s+at |note: .*RUST_BACKTRACE|  ?(?:left|right): ")
"""How further lines of it begin."""


class _Held:
    """Standard error, led into a file as long as any thread is within a native library."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process = 0
        self._file = -1
        self._threads = 0
        self._own = -1

    def begin(self) -> None:
        """Lead standard error into the file. Raises OSError where there is none, or no room for a file."""
        with self._lock:
            if self._threads == 0:
                file = self._file_of_process()
                self._own = os.dup(_STANDARD_ERROR)
                os.dup2(file, _STANDARD_ERROR)
            self._threads += 1

    def end(self) -> None:
        """Lead it back, and say what was said meanwhile, but for panics."""
        with self._lock:
            self._threads -= 1
            if self._threads:
                return
            os.dup2(self._own, _STANDARD_ERROR)
            os.close(self._own)
            size = os.fstat(self._file).st_size
            if size:
                os.lseek(self._file, 0, os.SEEK_SET)
                said = _without_panics(os.read(self._file, size))
                os.lseek(self._file, 0, os.SEEK_SET)
                os.ftruncate(self._file, 0)
                if said:
                    os.write(_STANDARD_ERROR, said)

    def _file_of_process(self) -> int:
        """The file, which no other process shares."""
        if self._process != os.getpid():
            with tempfile.TemporaryFile() as file:
                self._file = os.dup(file.fileno())
            self._process = os.getpid()
        return self._file


def _without_panics(said: bytes) -> bytes:
    """What was said, line by line, but for what Rust says of panics."""
    kept, is_reason, has_panic = [], False, False
    for line in said.splitlines(keepends=True):
        is_panic = _PANIC.match(line) is not None
        has_panic |= is_panic
        if not (is_panic or is_reason or (has_panic and _DETAIL.match(line))):
            kept.append(line)
        is_reason = is_panic
    return b"".join(kept).lstrip(b"\n") if has_panic else said


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
