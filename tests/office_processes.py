"""The LibreOffices that a process has started, seen from outside."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path


def own_offices() -> list[int]:
    """Their process numbers, of the program itself and not of what starts it."""
    return offices_of(os.getpid())


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
