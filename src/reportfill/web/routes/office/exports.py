"""Tables of exactly the agencies that a filter shows, to keep."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from anyio import to_thread
from fastapi import APIRouter, Request
from starlette.responses import Response

from reportfill.campaign.status.status_sheet import status_csv, status_tables
from reportfill.web.downloads import download
from reportfill.web.house import HouseHere
from reportfill.web.routes.office.dashboard import WishHere, index_of
from reportfill.web.security.audit_log import AuditEvent
from reportfill.web.security.auditing import audit
from reportfill.web.security.signed_in import ReaderHere
from reportfill.web.status_index import StatusIndex

_NAME = "填报进度"

router = APIRouter(include_in_schema=False)


class TableKind(StrEnum):
    """In which form a table is wanted."""

    XLSX = "xlsx"
    CSV = "csv"


@router.get("/office/export.{kind}")
async def exported(
    request: Request, house: HouseHere, user: ReaderHere, wish: WishHere, kind: TableKind
) -> Response:
    """A table of the agencies that are filtered, in the order in which they are seen."""
    index = await index_of(house)
    found = index.found(wish.agencies, wish.sorting, is_descending=wish.is_descending)
    content = await to_thread.run_sync(_table, index, found, kind)
    name = f"{_NAME}.{kind}"
    await audit(request, house, AuditEvent.EXPORTED, name, number=len(found))
    return download(content, name)


def _table(index: StatusIndex, found: Sequence[int], kind: TableKind) -> bytes:
    status = index.part(found)
    return status_csv(status) if kind is TableKind.CSV else status_tables(status).saved()
