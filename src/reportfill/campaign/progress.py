"""How far a piece of work has come, told to whoever shows it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

Progress = Callable[[int, int], None]
"""Is called with how many are done and how many there are: first with (0, total), then for each that is done."""


def unseen(done: int, total: int) -> None:
    """Progress that nobody sees."""


def steps(progress: Progress, total: int) -> Callable[[], None]:
    """What is to be called for each of so many that is done."""
    progress(0, total)
    done = count(1)
    return lambda: progress(next(done), total)
