"""How many uploads one address may send in a while: many, since a whole office has one address.

Each process of a server counts in memory, up to its part of what all of them together take: a flood is held off
without anything being written or asked for it. Programs on this computer may send what they like.
"""

from __future__ import annotations

from math import ceil
from time import monotonic

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from reportfill.web.problems import Problem, said_of, told_problem
from reportfill.web.setup import is_loopback

MOST_AT_ONCE, EACH_SECOND = 600, 5.0
"""So many uploads an address may send at once to all processes of a server, and so many each second when those are
used up."""

_MOST_ADDRESSES = 10_000
_UPLOADS = frozenset(("POST", "PUT", "PATCH"))
_TOO_MANY = 429


class UploadRate:
    """Answers an address that sends too much by 429, and says when it may come again."""

    def __init__(self, app: ASGIApp, *, processes: int) -> None:
        self._app = app
        self._at_once, self._each_second = max(MOST_AT_ONCE // processes, 1), EACH_SECOND / processes
        self._used: dict[str, tuple[float, float]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] in _UPLOADS:
            address = scope["client"][0] if scope.get("client") else ""
            wait = 0.0 if is_loopback(address) else self._seconds_to_wait(address)
            if wait:
                problem = Problem(_TOO_MANY, said_of(_TOO_MANY), headers=(("Retry-After", str(ceil(wait))),))
                await told_problem(Request(scope, receive), problem)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _seconds_to_wait(self, address: str) -> float:
        """How long an address has to wait; where that is nothing, one more of its uploads is counted."""
        now = monotonic()
        used = self._left(address, now)
        if used + 1 > self._at_once:
            return (used + 1 - self._at_once) / self._each_second
        if len(self._used) >= _MOST_ADDRESSES:
            self._used = {one: told for one, told in self._used.items() if self._left(one, now)}
        self._used[address] = (used + 1, now)
        return 0.0

    def _left(self, address: str, now: float) -> float:
        """How many of an address's uploads still count."""
        used, since = self._used.get(address, (0.0, now))
        return max(0.0, used - (now - since) * self._each_second)
