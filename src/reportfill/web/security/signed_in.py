"""Who asks: somebody with an account and a role, or an agency by its link."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Annotated, Any, NamedTuple

from anyio import to_thread
from fastapi import Depends, Request
from starlette.responses import Response

from reportfill.campaign.access.link import Link
from reportfill.campaign.access.roles import AccessRole
from reportfill.campaign.access.user import User
from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.campaign import Campaign
from reportfill.text import Text
from reportfill.web.house import House, HouseHere
from reportfill.web.problems import ProblemError
from reportfill.web.security.audit_log import AuditEvent
from reportfill.web.security.auditing import agency_in_log, audit
from reportfill.web.security.cookies import cookie_of, forget_cookie, set_cookie
from reportfill.web.security.server_database import ServerDatabase, Session, SessionKind

SESSION = "session"
LINK_REFUSED = Text(
    "填报链接无效、已停用或者已到期：请向主管部门索取新的链接。",
    "This link is none, was withdrawn or has expired: ask the office that sent it for a new one.",
)
LINK_NEEDED = Text(
    "请先打开填报链接，或者在首页输入填报码。",
    "Open the link that you were sent first, or type its code on the first page.",
)


class SignInNeededError(Exception):
    """Nobody is signed in who might see this."""


class VisitingAgency(NamedTuple):
    """An agency that came by its link."""

    agency: Agency
    link: Link


class CampaignServed(NamedTuple):
    """A campaign, and what the server remembers of its visitors."""

    campaign: Campaign
    database: ServerDatabase


def served(house: House) -> CampaignServed:
    """The campaign of a server. Raises ProblemError where it has none: such addresses do not exist then."""
    if house.campaign is None or house.database is None:
        raise ProblemError(404)
    return CampaignServed(house.campaign, house.database)


async def begin_session(request: Request, response: Response, house: House, session: Session) -> None:
    """Sign somebody in, under a token that nobody had before."""
    database = served(house).database
    old = cookie_of(request, SESSION)
    if old:
        await to_thread.run_sync(database.end_session, old)
    set_cookie(request, response, SESSION, await to_thread.run_sync(database.begin_session, session))


async def end_session(request: Request, response: Response, house: House) -> None:
    """Sign somebody out."""
    session = await _session(request, house)
    if session is not None:
        await audit(request, house, AuditEvent.SIGNED_OUT, who=await _name_of(house, session))
    await to_thread.run_sync(served(house).database.end_session, cookie_of(request, SESSION))
    forget_cookie(request, response, SESSION)


async def _name_of(house: House, session: Session) -> str:
    """Whose a session is, for people."""
    if session.kind is SessionKind.USER:
        return session.whose
    link = await to_thread.run_sync(served(house).campaign.link_with_digest, session.whose)
    return agency_in_log(link.agency) if link else ""


async def _session(request: Request, house: House) -> Session | None:
    token = cookie_of(request, SESSION)
    return await to_thread.run_sync(served(house).database.session_of, token) if token else None


async def user_of(request: Request, house: House) -> User | None:
    """Who is signed in with an account that still is what it was; None where nobody is."""
    session = await _session(request, house)
    if session is None or session.kind is not SessionKind.USER or house.overview is None:
        return None
    user = (await house.overview.users()).get(session.whose)
    return user if user is not None and user.stamp == session.stamp else None


def may(role: AccessRole) -> Callable[[Request, House], Coroutine[Any, Any, User]]:
    """A dependency that gives who is signed in, where that role or a greater one is theirs."""

    async def allowed(request: Request, house: HouseHere) -> User:
        user = await user_of(request, house)
        if user is None:
            raise SignInNeededError
        request.state.user = user
        if not user.role.may(role):
            await audit(request, house, AuditEvent.NOT_ALLOWED, request.url.path)
            raise ProblemError(403, Text("您的角色没有这项权限。", "Your role does not allow this."))
        return user

    return allowed


async def _agency(request: Request, house: HouseHere) -> VisitingAgency:
    session = await _session(request, house)
    if session is None or session.kind is not SessionKind.AGENCY:
        raise ProblemError(401, LINK_NEEDED)
    link = await to_thread.run_sync(served(house).campaign.link_with_digest, session.whose)
    if link is None or not link.is_open or link.agency is None:
        raise ProblemError(401, LINK_REFUSED)
    request.state.agency = link.agency
    return VisitingAgency(link.agency, link)


ReaderHere = Annotated[User, Depends(may(AccessRole.READER))]
ReviewerHere = Annotated[User, Depends(may(AccessRole.REVIEWER))]
CoordinatorHere = Annotated[User, Depends(may(AccessRole.COORDINATOR))]
AgencyHere = Annotated[VisitingAgency, Depends(_agency)]
