"""Requests that change something are taken from our own pages and from programs, never from other websites' pages.

Browsers say with each such request where it comes from: Sec-Fetch-Site (Fetch Metadata), or where that is not sent, as
over plain http within an intranet, Origin. A program such as curl sends neither.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from reportfill.web.security.own_answers import Answer

_SAFE_METHODS = frozenset(("GET", "HEAD", "OPTIONS", "TRACE"))
_FROM_HERE = frozenset(("same-origin", "none"))
_FORBIDDEN, _UNKNOWN = 403, 400


class SameOrigin:
    """Answers requests of other websites' pages with a refusal."""

    def __init__(self, app: ASGIApp, *, answer: Answer) -> None:
        self._app, self._answer = app, answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        changes = scope["type"] == "http" and scope["method"] not in _SAFE_METHODS
        if changes and not comes_from_here(Headers(scope=scope)):
            refusal = await self._answer(Request(scope, receive), _FORBIDDEN)
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)


class KnownNames:
    """Answers requests that call this server by a name that is not its own: so another website's page asks whose name
    was made to lead here (DNS rebinding)."""

    def __init__(self, app: ASGIApp, *, names: Sequence[str], answer: Answer) -> None:
        self._app, self._names, self._answer = app, frozenset(name.lower() for name in names), answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] == "http"
            and name_asked_for(Headers(scope=scope).get("host", "")) not in self._names
        ):
            refusal = await self._answer(Request(scope, receive), _UNKNOWN)
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send)


def name_asked_for(host: str) -> str:
    """The name in a Host header, without the port."""
    return _PORT.sub("", host).lower()


_PORT = re.compile(r":\d+$")


def comes_from_here(headers: Headers) -> bool:
    """Whether a request is one of our own pages, or of no page at all."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in _FROM_HERE
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == headers.get("host", "").lower()
