"""The switch between the languages of the page."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from reportfill.web.page import LANGUAGE, address
from reportfill.web.security.cookies import set_cookie

router = APIRouter(include_in_schema=False)

_A_YEAR = 365 * 24 * 3600


@router.get("/language/{language}")
async def switched(request: Request, language: Literal["zh", "en"], back: str = "/") -> Response:
    """The page one came from, in another language."""
    response = RedirectResponse(own_path(request, back), 303)
    set_cookie(request, response, LANGUAGE, language, _A_YEAR)
    return response


def own_path(request: Request, path: str) -> str:
    """A path that was sent along, where it is one of ours; else that of the first page. Browsers take // and /\\ for
    another server."""
    is_own = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if is_own else address(request, "/")
