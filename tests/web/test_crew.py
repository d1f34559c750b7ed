"""A file that hangs, swells or ends its process costs that process alone."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from reportfill.limits import Limits, Lost
from reportfill.web.crew import Crew

LIMITS = Limits(seconds=1, memory=1 << 30)


def _ended(number: int) -> int:
    os._exit(number)


def _asleep(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def _swollen(size: int) -> int:
    return len(bytearray(size))


@asynccontextmanager
async def _crew(processes: int) -> AsyncIterator[Crew]:
    crew = Crew(processes, LIMITS)
    try:
        yield crew
    finally:
        crew.close()


async def _codes(crew: Crew, function: Callable[[int], int], item: int) -> str:
    result = await crew.result(function, item)
    return result.why.code if isinstance(result, Lost) else str(result)


def test_others_go_on_while_one_process_ends() -> None:
    async def tried() -> list[str]:
        async with _crew(2) as crew:
            every = [_codes(crew, _ended, 1), *(_codes(crew, abs, -number) for number in range(10))]
            results = await asyncio.gather(*every)
            return [*results, await _codes(crew, abs, -99)]

    first, *others = asyncio.run(tried())
    assert first == "file.process_ended"
    assert others == [*map(str, range(10)), "99"]


def test_a_file_that_hangs_or_swells_is_told_so() -> None:
    async def tried() -> tuple[str, str, str]:
        async with _crew(1) as crew:
            hung = await crew.result(_asleep, 30)
            assert isinstance(hung, Lost)
            return hung.why.code, await _codes(crew, _swollen, 4 << 30), await _codes(crew, abs, -1)

    assert asyncio.run(tried()) == ("file.too_slow", "file.too_much_memory", "1")


def test_a_visitor_who_goes_away_leaves_the_process_to_the_next() -> None:
    async def tried() -> str:
        async with _crew(1) as crew:
            await crew.result(abs, -1)
            waiting = asyncio.ensure_future(crew.result(_asleep, 0.5))
            await asyncio.sleep(0.1)
            waiting.cancel()
            return await _codes(crew, abs, -2)

    assert asyncio.run(tried()) == "2"
