"""Taking times: several things in turn, so that whatever slows the machine down slows all of them."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Work = Callable[[], object]
Timed = Callable[[], float]
"""Work that takes its own time and returns it in milliseconds."""


@dataclass(frozen=True, slots=True)
class Timing:
    """What was measured of one thing over its rounds, in milliseconds."""

    median: float
    fastest: float
    slowest: float
    rounds: int


def timed(work: Work) -> Timed:
    """The same work, returning how many milliseconds it took; garbage that others left is collected before."""

    def run() -> float:
        gc.collect()
        begin = time.perf_counter()
        work()
        return (time.perf_counter() - begin) * 1000

    return run


def in_turn(tasks: Mapping[str, Timed], rounds: int) -> dict[str, Timing]:
    """The timing of each task, all run in turn (A, B, C, A, B, C, …) after one round that does not count."""
    for task in tasks.values():
        task()
    gc.collect()
    gc.freeze()  # what is loaded for good need not be gone through before every run
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(rounds):
        for name, task in tasks.items():
            times[name].append(task())
    gc.unfreeze()
    return {name: timing_of(taken) for name, taken in times.items()}


def timing_of(times: list[float]) -> Timing:
    """Median and spread of these milliseconds."""
    return Timing(round(statistics.median(times), 3), round(min(times), 3), round(max(times), 3), len(times))
