"""Who works on what was handed to the page: processes, each on one file at a time, whose loss costs nobody else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from anyio import to_thread

from reportfill.limits import Limits, Lost
from reportfill.workers import OneProcess, cores

Item = TypeVar("Item")
Result = TypeVar("Result")

FILE_LIMITS = Limits(seconds=30, memory=1 << 30)
"""What one file of a visitor may take, of which most take a hundredth of a second."""

_MOST_WAITING = 500
"""So many wait for a process at a time; more are asked to come again."""


class BusyError(Exception):
    """More is asked for than can be done soon."""


class Crew:
    """So many processes, or one a core; each begins with its first file, and again when it has ended."""

    def __init__(self, processes: int = 0, limits: Limits = FILE_LIMITS) -> None:
        self._every = [OneProcess(limits) for _ in range(processes or cores())]
        self._free: asyncio.LifoQueue[OneProcess] = asyncio.LifoQueue()
        for one in self._every:
            self._free.put_nowait(one)
        self._waiting = 0

    async def result(self, function: Callable[[Item], Result], item: Item) -> Result | Lost:
        """What a function gives for an item, in one of the processes; or why there is nothing, where that took too long
        or too much memory or ended the process. Raises what the function raises, and BusyError."""
        if self._waiting >= _MOST_WAITING:
            raise BusyError
        self._waiting += 1
        try:
            process = await self._free.get()
        finally:
            self._waiting -= 1
        work = asyncio.ensure_future(to_thread.run_sync(process.result, function, item))
        # A visitor who goes away must not give a process back that is still at work.
        work.add_done_callback(partial(self._given_back, process))
        return await asyncio.shield(work)

    def _given_back(self, process: OneProcess, work: asyncio.Future[Any]) -> None:
        self._free.put_nowait(process)
        if not work.cancelled():
            work.exception()  # whoever waited for it may have gone

    def close(self) -> None:
        """Let the processes end."""
        for one in self._every:
            one.close()
