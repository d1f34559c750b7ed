"""How long a slow sender is waited for: each piece of a body, the whole body, and a request that does not come.

A connection costs little, but there is only room for so many: whoever holds one without asking for anything, or sends
so slowly that it never ends, is not waited for (slowloris). Time in which we ourselves are busy does not count.
"""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

LONGEST_SILENCE = 30.0
"""Seconds for which a piece of a body is waited for."""

LONGEST_START = 60.0
SLOWEST = 8 << 10
"""A whole body may take so many seconds, and one more for each so many bytes that have come."""

LONGEST_WITHOUT_REQUEST = 20.0
"""Seconds for which a connection may be open without a whole request's headers: before the first and between two."""

MOST_CONNECTIONS = 600
"""So many connections a process has, of the 1,024 files that systems allow it; beyond that, those are closed that have
waited longest without a request."""

_TIMEOUT = 408


class Patience:
    """Answers a request whose body comes too slowly by 408."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        awaited = _AwaitedBody(receive).message if scope["type"] == "http" else receive
        await self._app(scope, awaited, send)


class _AwaitedBody:
    """A body that is waited for as long as it comes fast enough."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._is_whole = False
        self._waited, self._size = 0.0, 0

    async def message(self) -> Message:
        """The next piece; after the last one whatever else there is, which takes as long as it takes."""
        if self._is_whole:
            return await self._receive()
        now = asyncio.get_running_loop().time
        left = LONGEST_START + self._size / SLOWEST - self._waited
        begun = now()
        try:
            message = await asyncio.wait_for(self._receive(), min(LONGEST_SILENCE, max(left, 0)))
        except TimeoutError as error:
            raise HTTPException(_TIMEOUT) from error
        self._waited += now() - begun
        self._size += len(message.get("body", b""))
        self._is_whole = not message.get("more_body", False)
        return message


class PatientProtocol(H11Protocol):
    """uvicorn's protocol, which closes a connection over which no request comes, whatever else comes over it."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.waits_since = 0.0
        self._limit: asyncio.TimerHandle | None = None

    @property
    def is_at_work(self) -> bool:
        """Whether a request is being answered."""
        return self.cycle is not None and not self.cycle.response_complete

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._wait()
        if len(self.connections) > MOST_CONNECTIONS:
            _close_longest_waiting(self.connections)

    def data_received(self, data: bytes) -> None:
        """Wait no more where a whole request has come."""
        super().data_received(data)
        if self.is_at_work:
            self._stop()

    def on_response_complete(self) -> None:
        """Wait for the next request, unless it is there already."""
        super().on_response_complete()
        if not self.is_at_work:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._stop()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._stop()
        self.waits_since = self.loop.time()
        self._limit = self.loop.call_later(LONGEST_WITHOUT_REQUEST, self.transport.close)

    def _stop(self) -> None:
        if self._limit is not None:
            self._limit.cancel()
            self._limit = None


def _close_longest_waiting(connections: set[Any]) -> None:
    """Make room: close the tenth of the connections that have waited longest without a request."""
    waiting = [one for one in connections if isinstance(one, PatientProtocol) and not one.is_at_work]
    for one in sorted(waiting, key=lambda one: one.waits_since)[: max(len(connections) // 10, 1)]:
        one.transport.close()
