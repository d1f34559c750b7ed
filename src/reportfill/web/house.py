"""What routes work with: made when the server starts, and let go when it ends."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated, Any

from anyio import CapacityLimiter, to_thread
from fastapi import Depends, Request

from reportfill.campaign.campaign import Campaign
from reportfill.web.crew import FILE_LIMITS, Crew
from reportfill.web.ending import doing_when_told_to_end
from reportfill.web.kept_results import KeptResults
from reportfill.web.operations.operations import Operations
from reportfill.web.overview import Overview
from reportfill.web.page_outputs import PageOutputs
from reportfill.web.security.server_database import ServerDatabase
from reportfill.web.setup import ServerSetup
from reportfill.web.taker import Taker
from reportfill.workers import LastingWorkers

_LOG = logging.getLogger("reportfill.web")
_BETWEEN_SWEEPS = 60.0
_BETWEEN_BEGINNINGS = 5.0
_PASSWORDS_AT_ONCE = 2
"""So many passwords are looked at together: each takes 64 MiB and a tenth of a second."""


@dataclass(frozen=True, slots=True)
class House:
    """What a process of the server has; of a campaign only where it serves one."""

    setup: ServerSetup
    crew: Crew
    pages: PageOutputs
    kept: KeptResults
    passwords: CapacityLimiter
    campaign: Campaign | None = None
    database: ServerDatabase | None = None
    overview: Overview | None = None
    taker: Taker | None = None
    operations: Operations | None = None


@asynccontextmanager
async def opened_house(setup: ServerSetup) -> AsyncIterator[House]:
    """The house of a server that runs."""
    crew, pages, kept = Crew(setup.jobs), PageOutputs(setup.jobs), KeptResults(setup.kept)
    house = House(setup, crew, pages, kept, CapacityLimiter(_PASSWORDS_AT_ONCE))
    sweeping = partial(_swept, kept)
    if not setup.campaign:
        async with _at_work(sweeping):
            yield house
    else:
        workers = LastingWorkers(setup.jobs, FILE_LIMITS)
        campaign = Campaign.open(setup.campaign, workers=workers)
        database = ServerDatabase(setup.database or setup.own_database)
        overview, taker = Overview(campaign), Taker(campaign)
        operations = Operations(setup, database)
        await overview.look()
        with doing_when_told_to_end(overview.end):
            async with _at_work(sweeping, overview.run, taker.run):
                yield replace(
                    house,
                    campaign=campaign,
                    database=database,
                    overview=overview,
                    taker=taker,
                    operations=operations,
                )
        await to_thread.run_sync(operations.close)
        await to_thread.run_sync(workers.close)
        database.close()
    await to_thread.run_sync(crew.close)
    await to_thread.run_sync(pages.close)


@asynccontextmanager
async def _at_work(*every: Callable[[], Coroutine[Any, Any, None]]) -> AsyncIterator[None]:
    """What goes on beside all requests, for a while."""
    tasks = [asyncio.create_task(_lasting(one)) for one in every]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _lasting(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Work that goes on: begun anew where it failed, for nobody asks for it who would meet that."""
    while True:
        try:
            await work()
        except Exception:
            _LOG.exception("what goes on beside all requests failed, and is begun anew")
        await asyncio.sleep(_BETWEEN_BEGINNINGS)


async def _swept(kept: KeptResults) -> None:
    """Remove what has been kept for an hour, time and again."""
    while True:
        await to_thread.run_sync(kept.sweep)
        await asyncio.sleep(_BETWEEN_SWEEPS)


async def _house(request: Request) -> House:  # async, else FastAPI asks a thread for it
    house: House = request.app.state.house
    return house


HouseHere = Annotated[House, Depends(_house)]
