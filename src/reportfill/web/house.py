"""What routes work with: made when the server starts, and let go when it ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Annotated

from anyio import to_thread
from fastapi import Depends, Request

from reportfill.campaign.campaign import Campaign
from reportfill.web.crew import Crew
from reportfill.web.kept_results import KeptResults
from reportfill.web.page_outputs import PageOutputs
from reportfill.web.setup import ServerSetup

_BETWEEN_SWEEPS = 60.0


@dataclass(frozen=True, slots=True)
class House:
    """What a process of the server has."""

    setup: ServerSetup
    crew: Crew
    pages: PageOutputs
    kept: KeptResults
    campaign: Campaign | None = None


@asynccontextmanager
async def opened_house(setup: ServerSetup) -> AsyncIterator[House]:
    """The house of a server that runs."""
    campaign = Campaign.open(setup.campaign) if setup.campaign else None
    house = House(setup, Crew(setup.jobs), PageOutputs(setup.jobs), KeptResults(setup.kept), campaign)
    sweeping = asyncio.create_task(_swept(house.kept))
    try:
        yield house
    finally:
        sweeping.cancel()
        with suppress(asyncio.CancelledError):
            await sweeping
        await to_thread.run_sync(house.crew.close)
        await to_thread.run_sync(house.pages.close)


async def _swept(kept: KeptResults) -> None:
    """Remove what has been kept for an hour, time and again."""
    while True:
        await to_thread.run_sync(kept.sweep)
        await asyncio.sleep(_BETWEEN_SWEEPS)


def _house(request: Request) -> House:
    house: House = request.app.state.house
    return house


HouseHere = Annotated[House, Depends(_house)]
