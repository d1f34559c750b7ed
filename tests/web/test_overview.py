"""Whoever waits for news is told of them at once, and of the server's end."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
from web_campaign import ServedCampaign, served_campaign

from reportfill.web.overview import Overview

_LONG = 30.0


@pytest.fixture
def served(tmp_path: Path) -> ServedCampaign:
    return served_campaign(tmp_path)


def test_news_are_told_as_soon_as_they_are_recorded(served: ServedCampaign) -> None:
    async def told() -> tuple[str, str]:
        overview = Overview(served.campaign)
        await overview.look()
        before = overview.mark
        waiting = asyncio.create_task(overview.changed_from(before, _LONG))
        await asyncio.to_thread(served.campaign.extend, "04", until="2033-12-31")
        await overview.look()
        return before, await asyncio.wait_for(waiting, _LONG / 2)

    before, now = asyncio.run(told())
    assert now != before


def test_nobody_waits_for_news_when_the_server_ends(served: ServedCampaign) -> None:
    async def ended() -> float:
        overview = Overview(served.campaign)
        await overview.look()
        begin = time.monotonic()
        waiting = [asyncio.create_task(overview.changed_from(mark, _LONG)) for mark in (overview.mark, None)]
        await asyncio.sleep(0)
        await overview.end()
        await asyncio.gather(*waiting)
        return time.monotonic() - begin

    assert asyncio.run(ended()) < _LONG / 2


def test_how_it_stands_is_as_new_as_what_was_recorded(served: ServedCampaign) -> None:
    async def days() -> list[object]:
        overview = Overview(served.campaign)
        await overview.look()
        before = await overview.index()
        await asyncio.to_thread(served.campaign.extend, "04", until="2033-12-31")
        await overview.look()
        now = await overview.index(is_patient=True)
        assert now.mark != before.mark
        return [index.status.agencies[3].until for index in (before, now)]

    assert list(map(str, asyncio.run(days()))) == ["None", "2033-12-31"]
