"""Who came in, by what, and what they did on this server: for coordinators, a page and a table to keep."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import urlencode

from anyio import to_thread
from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from reportfill.office.workbook.csv_table import csv_table
from reportfill.web.downloads import download
from reportfill.web.house import HouseHere
from reportfill.web.page import page
from reportfill.web.routes.office.dashboard import A_PAGE
from reportfill.web.security.audit_log import (
    AUDIT_EVENT_NAMES,
    AuditEntry,
    AuditEvent,
    AuditFilter,
    AuditLog,
)
from reportfill.web.security.auditing import audit
from reportfill.web.security.signed_in import CoordinatorHere, served

router = APIRouter(include_in_schema=False)

_FILE = "访问记录.csv"
_HEADINGS = ("时间", "事项", "账号或单位", "对象", "数量", "地址")


def _wanted(
    event: AuditEvent | Literal[""] = "", text: Annotated[str, Query(max_length=200)] = ""
) -> AuditFilter:
    return AuditFilter(event or None, text.strip())


FilterHere = Annotated[AuditFilter, Depends(_wanted)]


@router.get("/office/audit")
async def audit_page(
    request: Request,
    house: HouseHere,
    user: CoordinatorHere,
    wanted: FilterHere,
    number: Annotated[int, Query(ge=1)] = 1,
) -> Response:
    """What the server remembers, the newest first."""
    log = served(house).database.audit
    found = await to_thread.run_sync(log.count, wanted)
    pages = max(1, -(-found // A_PAGE))
    number = min(number, pages)
    first = (number - 1) * A_PAGE
    return page(
        request,
        "office/audit.html.jinja",
        wanted=wanted,
        query=urlencode({"event": wanted.event or "", "text": wanted.text}),
        found=found,
        entries=await to_thread.run_sync(lambda: list(log.entries(wanted, first, A_PAGE))),
        number=number,
        pages=pages,
        audit_event_names=AUDIT_EVENT_NAMES,
    )


@router.get("/office/audit.csv")
async def audit_table(
    request: Request, house: HouseHere, user: CoordinatorHere, wanted: FilterHere
) -> Response:
    """The same as a table, all of it; that it was taken is remembered too."""
    log = served(house).database.audit
    content = await to_thread.run_sync(_table, log, wanted)
    await audit(
        request, house, AuditEvent.EXPORTED, _FILE, number=await to_thread.run_sync(log.count, wanted)
    )
    return download(content, _FILE)


def _table(log: AuditLog, wanted: AuditFilter) -> bytes:
    return csv_table([_HEADINGS, *map(_row, log.entries(wanted))])


def _row(entry: AuditEntry) -> tuple[str | int, ...]:
    at, event, who, about, number, address = entry
    return (
        at.isoformat(sep=" ", timespec="seconds"),
        AUDIT_EVENT_NAMES[event].zh,
        *(who, about, number or "", address),
    )
