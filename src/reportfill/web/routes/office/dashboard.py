"""How the whole year stands, on one page."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from reportfill.campaign.status.agency_status import STATE_NAMES
from reportfill.web.house import HouseHere
from reportfill.web.page import page
from reportfill.web.problems import ProblemError
from reportfill.web.security.signed_in import ReaderHere

router = APIRouter(include_in_schema=False)

A_PAGE = 100
"""So many agencies stand on a page."""


@router.get("/office")
async def dashboard(request: Request, house: HouseHere, user: ReaderHere, number: int = 1) -> Response:
    """Who has handed in, what is wrong, who is missing."""
    if house.overview is None:
        raise ProblemError(404)
    status = await house.overview.status()
    start = (max(number, 1) - 1) * A_PAGE
    return page(
        request,
        "office/dashboard.html.jinja",
        standing=status,
        counts={state: status.columns.state.count(state) for state in STATE_NAMES},
        state_names=STATE_NAMES,
        agencies=status.agencies[start : start + A_PAGE],
        number=max(number, 1),
        pages=-(-len(status.agencies) // A_PAGE),
    )
