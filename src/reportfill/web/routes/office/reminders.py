"""Reminders for those who owe something among the agencies that a filter shows: texts to copy, drafts of mails."""

from __future__ import annotations

from anyio import to_thread
from fastapi import APIRouter, Request
from starlette.responses import Response

from reportfill.campaign.status.agency_status import OUTSTANDING, CampaignStatus
from reportfill.text import Text
from reportfill.web.downloads import download
from reportfill.web.house import House, HouseHere
from reportfill.web.page import page
from reportfill.web.problems import ProblemError
from reportfill.web.routes.office.dashboard import DashboardWish, WishHere, index_of
from reportfill.web.security.audit_log import AuditEvent
from reportfill.web.security.auditing import audit
from reportfill.web.security.signed_in import ReaderHere, served

router = APIRouter(include_in_schema=False)

MOST_DRAFTS = 500
"""So many drafts, each with a workbook, are made for one press."""

_DRAFTS = "催报邮件.zip"
_TOO_MANY = Text(
    f"一次最多下载{MOST_DRAFTS}个单位的邮件草稿，请先筛选，例如按上级单位。",
    f"At most {MOST_DRAFTS} drafts at a time: filter first, by superior for instance.",
)


@router.get("/office/reminders")
async def reminders_page(request: Request, house: HouseHere, user: ReaderHere, wish: WishHere) -> Response:
    """The texts for chat groups, and where the drafts are."""
    part, owing = await _filtered(house, wish)
    campaign = served(house).campaign
    return page(
        request,
        "office/reminders.html.jinja",
        wish=wish,
        owing=owing,
        texts=await to_thread.run_sync(campaign.texts_to_remind, part),
        most=MOST_DRAFTS,
        too_many=_TOO_MANY,
    )


@router.get("/office/reminders.zip")
async def drafts(request: Request, house: HouseHere, user: ReaderHere, wish: WishHere) -> Response:
    """Drafts of mails, which the office's mail program opens."""
    part, owing = await _filtered(house, wish)
    if owing > MOST_DRAFTS:
        raise ProblemError(422, _TOO_MANY)
    made = await to_thread.run_sync(served(house).campaign.drafts_to_remind, part)
    await audit(request, house, AuditEvent.EXPORTED, _DRAFTS, number=owing)
    return download(made.archive, _DRAFTS)


async def _filtered(house: House, wish: DashboardWish) -> tuple[CampaignStatus, int]:
    """How the agencies stand that are filtered, and how many of them owe something."""
    index = await index_of(house)

    def found() -> tuple[CampaignStatus, int]:
        part = index.part(index.found(wish.agencies))
        return part, sum(state in OUTSTANDING for state in part.columns.state)

    return await to_thread.run_sync(found)  # of a hundred thousand it takes a second
