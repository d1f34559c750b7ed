"""The LibreOffices that a process has started, seen from outside."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

SHARED = b"/libreoffice/profile"
"""Where the profile lies of the LibreOffice that tests share."""


def own_offices() -> list[int]:
    """Their process numbers, of the program itself and not of what starts it; without the one that all tests of a run
    share (tests/libreoffice.py)."""
    return [number for number in offices_of(os.getpid()) if SHARED not in _command_of(number)]


def _command_of(number: int) -> bytes:
    try:
        return (Path("/proc") / str(number) / "cmdline").read_bytes()
    except OSError:
        return b""


def offices_of(asker: int) -> list[int]:
    """The same of those that another process has started."""
    stats = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = path.read_text("utf-8").partition(") ")
        except OSError:
            continue
        stats[int(path.parent.name)] = name.partition("(")[2], rest.split()
    return sorted(
        number
        for number, (name, rest) in stats.items()
        if name == "soffice.bin" and rest[0] != "Z" and asker in _ancestors(number, stats)
    )


def _ancestors(number: int, stats: dict[int, tuple[str, list[str]]]) -> list[int]:
    found = []
    while number in stats and number != 1:
        number = int(stats[number][1][1])
        found.append(number)
    return found


def comes_true(condition: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether something comes true in time of which nothing tells this process."""
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.05)
    return condition()
