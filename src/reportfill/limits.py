"""How long one file may take and how much memory: what hangs or swells costs itself, and none of the others.

The clock holds wherever the system has timer signals, which is everywhere but on Windows, and in a process's main
thread, which is where files are worked on. It stops Python code and regular expressions. What a library does in its own
code cannot be stopped from within; a process that was started for the work is therefore ended by a second clock, also
on Windows. Memory is bounded on Linux, the one system that keeps to what a process asks for itself.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from types import FrameType
from typing import NoReturn, TypeVar

from reportfill.finding import Finding, finding

Item = TypeVar("Item")
Result = TypeVar("Result")

_PATIENCE = 1.5
"""So many times its time a process has before it is ended."""

_AGAIN = 1.0
"""Seconds after which a file is told once more to end, where something has swallowed the first telling."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many seconds a file may take, of which most take a hundredth of one, and how many bytes beyond what the
    process had before its first one."""

    seconds: float = 120
    memory: int = 2 << 30


GENEROUS = Limits()


class _OutOfTime(BaseException):
    """A file has had its time. It is no Exception, so that nothing on the way takes it for a fault of the file."""


@dataclass(frozen=True, slots=True)
class Lost:
    """There is no result for an item, and the finding that says why."""

    why: Finding


def within_limits(limits: Limits, function: Callable[[Item], Result], item: Item) -> Result | Lost:
    """What a function gives for an item where that does not take too long or too much memory."""
    try:
        with _bounded_memory(limits.memory), _bounded_time(limits.seconds):
            return function(item)
    except _OutOfTime:
        return Lost(finding("file.too_slow", expected=limits.seconds))
    except MemoryError:
        return Lost(finding("file.too_much_memory"))


def end_if_stuck(limits: Limits) -> None:
    """From now on this process ends unless it is done in good time: for one that was started for the work."""
    faulthandler.dump_traceback_later(limits.seconds * _PATIENCE, exit=True, file=_nowhere())


def may_rest() -> None:
    """This process has nothing to do and may stay."""
    faulthandler.cancel_dump_traceback_later()


@cache
def _nowhere() -> int:
    return os.open(os.devnull, os.O_WRONLY)


@contextmanager
def _bounded_time(seconds: float) -> Iterator[None]:
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _end)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _end(number: int, frame: FrameType | None) -> NoReturn:
    raise _OutOfTime


@contextmanager
def _bounded_memory(memory: int) -> Iterator[None]:
    if sys.platform != "linux":
        yield
        return
    import resource  # which Windows lacks

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = min(one for one in (_taken_before() + memory, soft, hard) if one != resource.RLIM_INFINITY)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@cache
def _taken_before() -> int:
    """How many bytes of addresses this process had when it was first asked."""
    with open("/proc/self/statm", encoding="ascii") as stream:
        return int(stream.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
