"""Processes that end in the middle of their work: at a moment, or before a certain step."""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn

from sqlalchemy import Engine, event

_STEPS = frozenset(("os.rename", "os.remove", "os.mkdir", "shutil.move"))
"""What changes a folder, as Python tells of it before it does so. A new file that is begun is a step as well, and so is
whatever a ledger commits."""


def killed_after(seconds: float, change: Callable[[], object]) -> bool:
    """Let a process of its own make a change, and kill it after some time; whether it was still at it."""
    child = started(change)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return was_killed(child)


def killed_at_step(number: int, change: Callable[[], object]) -> bool:
    """Let a process of its own make a change, killed before it takes this step, counted from 1; whether it came so
    far."""

    def counted() -> None:
        _count_steps(number)
        change()

    return was_killed(started(counted))


def started(change: Callable[[], object]) -> int:
    """A process of its own that makes a change."""
    child = os.fork()
    if child == 0:
        _run(change)
    return child


def _run(change: Callable[[], object]) -> NoReturn:
    status = 1
    try:
        with suppress(SystemExit):
            change()
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def was_killed(child: int) -> bool:
    """Wait for a process to end; whether it was killed. Nothing else may end it before it is done."""
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0, "the change failed by itself"
    return False


def _count_steps(number: int) -> None:
    left = number

    def step() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def audit(what: str, about: tuple[Any, ...]) -> None:
        if what in _STEPS or (what == "open" and about[1] == "x"):
            step()

    event.listen(Engine, "commit", lambda connection: step())
    sys.addaudithook(audit)
