"""All that the API answers."""

from __future__ import annotations

from fastapi import APIRouter

from reportfill.web.routes.api import packs, reports

PREFIX = "/api/v1"


def api_router() -> APIRouter:
    """The API of a server."""
    router = APIRouter(prefix=PREFIX)
    for one in (reports.router, packs.router):
        router.include_router(one)
    return router
