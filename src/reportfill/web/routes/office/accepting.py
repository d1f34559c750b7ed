"""Accepting all reports without a mistake among the agencies that a filter shows: those and no others."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import NamedTuple

from anyio import to_thread
from fastapi import APIRouter, Request
from starlette.responses import Response

from reportfill.campaign.status.agency_status import STATE_NAMES, State
from reportfill.text import Text
from reportfill.web.house import House, HouseHere
from reportfill.web.page import page
from reportfill.web.posted import PostedForm, text_in
from reportfill.web.problems import ProblemError
from reportfill.web.routes.office.dashboard import DashboardWish, WishHere
from reportfill.web.security.audit_log import AuditEvent
from reportfill.web.security.auditing import audit
from reportfill.web.security.signed_in import ReviewerHere, served
from reportfill.web.status_index import StatusIndex

router = APIRouter(include_in_schema=False)

SEEN = "seen"
"""The field that says which reports somebody saw before accepting them."""

_ALL = "全部审核通过"
_CHANGED = Text(
    "打开本页以后情况有了变化，还没有审核通过任何单位：请看过下面的个数后再点“全部审核通过”。",
    "Something changed since this page was opened, and nothing was accepted: look at the numbers again.",
)


class ToAccept(NamedTuple):
    """What a filter would accept: the codes, a digest of these with their versions, and how many it would leave out, by
    why."""

    codes: tuple[str, ...]
    seen: str
    left_out: tuple[tuple[Text, int], ...]


def to_accept(index: StatusIndex, wish: DashboardWish) -> ToAccept:
    """What would be accepted of the agencies that a filter shows."""
    columns, found = index.status.columns, index.found(wish.agencies)
    sound = [place for place in found if columns.state[place] is State.SOUND]
    seen = "\n".join(f"{columns.code[place]} {columns.versions[place]}" for place in sound)
    others = Counter(columns.state[place] for place in found)
    left_out = [(name, others[state]) for state, name in STATE_NAMES.items() if state is not State.SOUND]
    return ToAccept(
        tuple(columns.code[place] for place in sound),
        sha256(seen.encode()).hexdigest(),
        tuple((name, count) for name, count in left_out if count),
    )


@router.get("/office/accept")
async def accepting_page(request: Request, house: HouseHere, user: ReviewerHere, wish: WishHere) -> Response:
    """How many would be accepted, and which would be left out."""
    return _asked(request, wish, await _to_accept(house, wish))


@router.post("/office/accept")
async def accepted(
    request: Request, house: HouseHere, user: ReviewerHere, wish: WishHere, form: PostedForm
) -> Response:
    """Accept what somebody saw, where it still is what it was."""
    wanted = await _to_accept(house, wish)
    if text_in(form, SEEN) != wanted.seen or not wanted.codes:
        return _asked(request, wish, wanted, _CHANGED)
    campaign = served(house).campaign
    done = await to_thread.run_sync(lambda: campaign.accept_all_sound(among=wanted.codes, by=user.name))
    await audit(request, house, AuditEvent.REVIEWED, _ALL, number=len(done.accepted))
    if house.overview is not None:
        await house.overview.look()
    return page(request, "office/accepted.html.jinja", wish=wish, done=done)


def _asked(request: Request, wish: DashboardWish, wanted: ToAccept, changed: Text | None = None) -> Response:
    status = 200 if changed is None else 409
    return page(request, "office/accept.html.jinja", status, wish=wish, wanted=wanted, changed=changed)


async def _to_accept(house: House, wish: DashboardWish) -> ToAccept:
    if house.overview is None:
        raise ProblemError(404)
    await house.overview.look()
    return to_accept(await house.overview.index(is_patient=True), wish)
