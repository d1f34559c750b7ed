"""What several pages ask of a campaign, asked once for all of them: who has an account, and how everything stands.

Once a second the campaign's journal is looked at, whoever writes into it; what was asked counts until it differs.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from anyio import to_thread

from reportfill.campaign.campaign import Campaign
from reportfill.errors import ReportfillError
from reportfill.web.status_index import StatusIndex

if TYPE_CHECKING:
    from reportfill.campaign.access.user import User
    from reportfill.campaign.operations.log import Log

_BETWEEN_LOOKS = 1.0
_BETWEEN_RENEWALS = 60.0
_QUICK = 0.3
"""Seconds that somebody waits for how everything stands now; where it takes longer, how it stood is shown meanwhile."""


class Overview:
    """What is known of a campaign, and what tells that something was recorded."""

    def __init__(self, campaign: Campaign) -> None:
        self._campaign = campaign
        self.mark = ""
        self.is_ending = False
        self._changed = asyncio.Condition()
        self._users: tuple[str, Mapping[str, User]] | None = None
        self._log: tuple[str, Log] | None = None
        self._index: StatusIndex | None = None
        self._renewed_at = self._took = 0.0
        self._renewing: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Look at the journal, for as long as the server runs."""
        while True:
            await self.look()
            await asyncio.sleep(_BETWEEN_LOOKS)

    async def look(self) -> None:
        """Look at the journal now: something was recorded."""
        try:
            mark = await to_thread.run_sync(self._campaign.journal_mark)
        except (ReportfillError, OSError):
            return  # a share that is away for a moment
        if mark != self.mark:
            async with self._changed:
                self.mark = mark
                self._changed.notify_all()

    async def end(self) -> None:
        """Let nobody wait any more: the server ends."""
        async with self._changed:
            self.is_ending = True
            self._changed.notify_all()

    async def changed_from(self, mark: str | None, seconds: float) -> str:
        """What tells that something was recorded, as soon as it is another than that (None waits for no change), or
        after so many seconds, or when the server ends."""
        try:
            async with self._changed:
                await asyncio.wait_for(self._changed.wait_for(lambda: self._is_news(mark)), seconds)
        except TimeoutError:
            pass
        return self.mark

    def _is_news(self, mark: str | None) -> bool:
        return self.is_ending or (mark is not None and self.mark != mark)

    async def users(self) -> Mapping[str, User]:
        """Who has an account, by name."""
        known = self._users
        if known is None or known[0] != self.mark:
            mark = self.mark
            found = await to_thread.run_sync(lambda: self._campaign.users)
            known = self._users = (mark, {user.name: user for user in found})
        return known[1]

    async def log(self) -> Log:
        """All that the journal says."""
        known = self._log
        if known is None or known[0] != self.mark:
            mark = self.mark
            known = self._log = (mark, await to_thread.run_sync(self._campaign.log))
        return known[1]

    async def index(self, *, is_patient: bool = False) -> StatusIndex:
        """How everything stands; where that takes long, and nobody is patient, how it stood a little before."""
        if self._is_old and self._renewing is None:
            self._renewing = asyncio.create_task(self._renewed())
        if self._renewing is not None and (is_patient or self._index is None or self._took < _QUICK):
            await asyncio.shield(self._renewing)
        if self._index is None:  # which says what is wrong
            return StatusIndex(await to_thread.run_sync(self._campaign.status), self.mark)
        return self._index

    @property
    def _is_old(self) -> bool:
        """Whether something was recorded since, or time went by: days end, and the roster has its own hands."""
        known = self._index
        return (
            known is None
            or known.mark != self.mark
            or time.monotonic() - self._renewed_at > _BETWEEN_RENEWALS
        )

    async def _renewed(self) -> None:
        begin, mark = time.monotonic(), self.mark
        try:
            status = await to_thread.run_sync(self._campaign.status)
            await to_thread.run_sync(lambda: status.columns)
            self._index, self._renewed_at = StatusIndex(status, mark), time.monotonic()
        except (ReportfillError, OSError):
            pass  # who asks next meets it
        finally:
            self._took, self._renewing = time.monotonic() - begin, None
