"""What a request did, written into the server's log of who did what."""

from __future__ import annotations

from functools import partial

from anyio import to_thread
from fastapi import Request

from reportfill.campaign.agencies.agency import Agency
from reportfill.web.house import House
from reportfill.web.security.audit_log import AuditEvent

_OFTEN = 3600.0


async def audit(
    request: Request, house: House, event: AuditEvent, about: str = "", *, number: int = 0, who: str = ""
) -> None:
    """Write down what was done about something, of how many: by who is said, else by the account that is signed in.
    Where the server has no campaign nobody is known, and nothing is written."""
    if house.database is not None:
        user = getattr(request.state, "user", None)
        who = who or (user.name if user else "")
        add = partial(
            house.database.audit.add, who=who, about=about, number=number, address=_address(request)
        )
        await to_thread.run_sync(add, event)


async def audit_seldom(request: Request, house: House, event: AuditEvent, *, who: str) -> None:
    """The same of what a program does time and again, written down once an hour."""
    if house.database is not None:
        known = house.database.audit.has_since
        if not await to_thread.run_sync(known, event, who, _address(request), _OFTEN):
            await audit(request, house, event, who=who)


def agency_in_log(agency: Agency | None) -> str:
    """How the log calls an agency; empty for one that is none any more."""
    return f"{agency.name}（{agency.code}）" if agency else ""


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
