"""What agencies hand in, taken in: batch after batch, by this process or whichever has the campaign."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from contextlib import suppress

from anyio import to_thread

from reportfill.campaign.campaign import Campaign
from reportfill.campaign.records.receipts import HandedInFile
from reportfill.errors import CampaignError, ReportfillError

_LOG = logging.getLogger("reportfill.web")
_BETWEEN_LOOKS = 30.0
"""Seconds between looks at all that was handed in: another process may have ended before it took in its own."""


class Taker:
    """Takes in what was handed in, as soon as it is told to, and from time to time."""

    def __init__(self, campaign: Campaign) -> None:
        self._campaign = campaign
        self._new: list[HandedInFile] = []
        self._wanted = asyncio.Event()
        self._done = asyncio.Condition()
        self._begun = self._ended = 0

    async def run(self) -> None:
        """Take in, for as long as the server runs."""
        looked = -_BETWEEN_LOOKS
        while True:
            files, self._new = self._new, []
            looks_at_all = time.monotonic() - looked > _BETWEEN_LOOKS
            self._wanted.clear()
            self._begun += 1
            if files or looks_at_all:
                await to_thread.run_sync(self._take_in, None if looks_at_all else files)
            looked = time.monotonic() if looks_at_all else looked
            async with self._done:
                self._ended = self._begun
                self._done.notify_all()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wanted.wait(), _BETWEEN_LOOKS)

    async def tried(self, file: HandedInFile, seconds: float) -> bool:
        """Whether it was tried within so many seconds to take in a file that was handed in just now."""
        self._new.append(file)
        wanted = self._begun + 1
        self._wanted.set()
        try:
            async with self._done:
                await asyncio.wait_for(self._done.wait_for(lambda: self._ended >= wanted), seconds)
        except TimeoutError:
            return False
        return True

    def _take_in(self, files: Sequence[HandedInFile] | None) -> None:
        try:
            if not self._campaign.is_closed:
                self._campaign.take_in(files)
        except CampaignError:
            pass  # another process has the campaign, or it was closed: the next look finds what is left
        except (ReportfillError, OSError):
            _LOG.exception("what was handed in could not be taken in")
