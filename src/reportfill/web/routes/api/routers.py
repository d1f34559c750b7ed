"""All that the API answers."""

from __future__ import annotations

from fastapi import APIRouter

from reportfill.web.routes.api import campaigns, packs, reports, rollups

PREFIX = "/api/v1"


def api_router(*, serves_campaign: bool) -> APIRouter:
    """The API of a server."""
    router = APIRouter(prefix=PREFIX)
    for room in (reports, packs, *([campaigns, rollups] if serves_campaign else [])):
        router.include_router(room.router)
    return router
