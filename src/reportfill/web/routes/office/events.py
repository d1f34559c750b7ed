"""How it stands, told to open pages as soon as something was recorded (server-sent events)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from fastapi import APIRouter, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from reportfill.web.house import HouseHere
from reportfill.web.security.signed_in import ReaderHere, user_of
from reportfill.web.status_index import StatusIndex

router = APIRouter(include_in_schema=False)

_BETWEEN_EVENTS = 2.0
_BETWEEN_LOOKS_AT_SESSION = 15.0
_BEFORE_COMING_AGAIN = 5_000
"""Milliseconds after which a browser comes again whose connection was lost."""


@router.get("/office/events", response_class=EventSourceResponse)
async def events(request: Request, house: HouseHere, user: ReaderHere) -> AsyncIterator[ServerSentEvent]:
    """The counts now, and whenever they may differ, until the session or the server ends."""
    overview = house.overview
    told = None
    while overview is not None and not overview.is_ending and await user_of(request, house) is not None:
        index = await overview.index(is_patient=True)
        if index.mark != told:
            told = index.mark
            yield ServerSentEvent(data=_counted(index), retry=_BEFORE_COMING_AGAIN)
        await overview.changed_from(None, _BETWEEN_EVENTS)
        await overview.changed_from(told, _BETWEEN_LOOKS_AT_SESSION)


def _counted(index: StatusIndex) -> dict[str, Any]:
    return {"mark": index.mark, "counts": {**index.counts, **index.timing_counts}}
