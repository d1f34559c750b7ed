"""Cookies of ours: for this server alone, never for scripts, over https alone where that is how we are reached."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

_PREFIX = "__Host-"
"""Browsers take a cookie of such a name from https alone, and for the very host that set it."""


def cookie_of(request: Request, name: str) -> str:
    """The value of a cookie; empty where there is none."""
    return request.cookies.get(_full_name(request, name), "")


def set_cookie(
    request: Request, response: Response, name: str, value: str, seconds: int | None = None
) -> None:
    """Let the browser keep a cookie, for so many seconds, or until it is closed."""
    response.set_cookie(
        _full_name(request, name),
        value,
        max_age=seconds,
        path="/",
        secure=_is_https(request),
        httponly=True,
        samesite="lax",
    )


def forget_cookie(request: Request, response: Response, name: str) -> None:
    """Let the browser forget a cookie."""
    response.delete_cookie(
        _full_name(request, name), path="/", secure=_is_https(request), httponly=True, samesite="lax"
    )


def _is_https(request: Request) -> bool:
    """By how the server was set up: a cookie must not change its name by what a single request says."""
    return bool(request.app.state.setup.is_https)


def _full_name(request: Request, name: str) -> str:
    return f"{_PREFIX}{name}" if _is_https(request) else name
