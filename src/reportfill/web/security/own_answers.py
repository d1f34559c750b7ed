"""Where the program failed, or the framework answers in its own words, the visitor gets an answer of ours.

A request whose Content-Length is more than its route takes is answered by Starlette 1.10 itself, in plain text,
whatever the application would have said (findings/starlette-own-answer-to-large-bodies.sh). This stands within what
adds headers, where the framework's last answer to a bug would stand outside.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

Answer = Callable[[Request, int], Awaitable[Response]]
"""What is answered to a request that ends with a status of HTTP."""

_LOG = logging.getLogger("reportfill.web")
_TOO_LARGE, _FAILED = 413, 500


class OwnAnswers:
    """Answers in the framework's place."""

    def __init__(self, app: ASGIApp, *, answer: Answer) -> None:
        self._app, self._answer = app, answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        sent = _Sent(send)
        status = 0
        try:
            await self._app(scope, receive, sent)
        except ClientDisconnect:
            return  # whoever asked has gone
        except Exception:
            _LOG.exception("a request could not be answered")  # without its address, which may hold a code
            status = _FAILED
        status = _TOO_LARGE if sent.is_withheld else status
        if status and not sent.has_begun:
            answer = await self._answer(Request(scope, receive), status)
            await answer(scope, receive, send)


class _Sent:
    """What an application sends, without what the framework says of a body that is too large."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.has_begun = self.is_withheld = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            kind = Headers(raw=message["headers"]).get("content-type", "")
            self.is_withheld = message["status"] == _TOO_LARGE and kind.startswith("text/plain")
            self.has_begun = not self.is_withheld
        if not self.is_withheld:
            await self._send(message)
