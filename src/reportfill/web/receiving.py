"""What an agency hands in, received: acknowledged when the disk has it, and taken in then."""

from __future__ import annotations

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from reportfill.web.house import House
from reportfill.web.page import address
from reportfill.web.security.signed_in import served

_PATIENCE = 4.0
"""Seconds for which somebody waits to see what became of a file; it was acknowledged before."""


async def handed_in_now(request: Request, house: House, code: str, content: bytes, name: str) -> Response:
    """Where the receipt is for what an agency hands in."""
    campaign = served(house).campaign
    receipt = await to_thread.run_sync(lambda: campaign.hand_in(code, content, file_name=name))
    if house.taker is not None and await house.taker.tried(receipt, _PATIENCE) and house.overview is not None:
        await house.overview.look()
    return RedirectResponse(address(request, f"/agency/receipts/{receipt.number}"), 303)
