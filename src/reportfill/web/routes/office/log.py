"""Who did what and when, the newest first: all of it, or what is about one agency."""

from __future__ import annotations

from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from reportfill.campaign.operations.log import Log
from reportfill.campaign.records.entry_words import EVENT_NAMES, remark_in_words, result_in_words
from reportfill.errors import UsageError
from reportfill.text import Text
from reportfill.web.house import House, HouseHere
from reportfill.web.page import page
from reportfill.web.problems import told_of
from reportfill.web.routes.office.dashboard import A_PAGE
from reportfill.web.security.signed_in import ReaderHere, served

router = APIRouter(include_in_schema=False)


@router.get("/office/log")
async def log_page(
    request: Request,
    house: HouseHere,
    user: ReaderHere,
    of: Annotated[str, Query(max_length=200)] = "",
    number: Annotated[int, Query(ge=1)] = 1,
) -> Response:
    """What the journal says."""
    of = of.strip()
    unknown: Text | None = None
    try:
        log = await _log(house, of)
    except UsageError as error:
        log, unknown = Log((), ()), told_of(error)
    pages = max(1, -(-len(log.entries) // A_PAGE))
    number = min(number, pages)
    newest = log.entries[::-1]
    return page(
        request,
        "office/log.html.jinja",
        of=of,
        unknown=unknown,
        found=len(newest),
        entries=newest[(number - 1) * A_PAGE : number * A_PAGE],
        damage=log.damage,
        number=number,
        pages=pages,
        event_names=EVENT_NAMES,
        result_in_words=result_in_words,
        remark_in_words=remark_in_words,
    )


async def _log(house: House, of: str) -> Log:
    """The journal, read once for all who look at it whole."""
    if not of and house.overview is not None:
        return await house.overview.log()
    return await to_thread.run_sync(served(house).campaign.log, of or None)
