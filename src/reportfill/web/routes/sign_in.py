"""How visitors of a campaign come in: with an account, or by an agency's link or the code on it."""

from __future__ import annotations

from urllib.parse import quote

from anyio import to_thread
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from reportfill.campaign.access.kept import folded_name
from reportfill.campaign.access.link import Link
from reportfill.campaign.access.user import User
from reportfill.text import Text
from reportfill.web.house import House, HouseHere
from reportfill.web.page import address, address_asked, page
from reportfill.web.posted import PostedForm, text_in
from reportfill.web.problems import ProblemError
from reportfill.web.routes.languages import own_path
from reportfill.web.security.audit_log import AuditEvent
from reportfill.web.security.auditing import agency_in_log, audit
from reportfill.web.security.mistakes import (
    FREE_FOR_ACCOUNT,
    FREE_FOR_ADDRESS,
    key_of_address,
    note_mistakes,
    require_waited,
)
from reportfill.web.security.server_database import Session, SessionKind
from reportfill.web.security.signed_in import LINK_REFUSED, begin_session, end_session, served

router = APIRouter(include_in_schema=False)

_WRONG = Text("账号或密码不对。", "The account or the password is wrong.")


@router.get("/sign-in")
async def sign_in_page(request: Request, house: HouseHere, back: str = "") -> Response:
    """Where somebody with an account signs in."""
    served(house)
    return page(request, "sign_in.html.jinja", back=back, wrong=None)


@router.post("/sign-in")
async def sign_in(request: Request, house: HouseHere, form: PostedForm) -> Response:
    """Sign in with an account."""
    user = await account_with(request, house, text_in(form, "name"), str(form.get("password") or ""))
    if user is None:
        return page(request, "sign_in.html.jinja", 401, back=text_in(form, "back"), wrong=_WRONG)
    response = RedirectResponse(own_path(request, text_in(form, "back") or address(request, "/office")), 303)
    await begin_session(request, response, house, Session(SessionKind.USER, user.name, user.stamp))
    await audit(request, house, AuditEvent.SIGNED_IN, who=user.name)
    if house.overview is not None:
        await house.overview.look()
    return response


@router.post("/sign-out")
async def sign_out(request: Request, house: HouseHere, form: PostedForm) -> Response:
    """Sign out, whoever it is."""
    response = RedirectResponse(address(request, "/"), 303)
    await end_session(request, response, house)
    return response


@router.get("/a/{code}")
async def link_opened(request: Request, house: HouseHere, code: str) -> Response:
    """An agency's link, opened: it shows what is, and hands in nothing."""
    return await _came_by_code(request, house, code)


@router.post("/code")
async def code_typed(request: Request, house: HouseHere, form: PostedForm) -> Response:
    """The code of a link, typed from paper."""
    return await _came_by_code(request, house, text_in(form, "code"))


async def _came_by_code(request: Request, house: House, code: str) -> Response:
    link = await _link_of(request, house, code)
    whose = agency_in_log(link.agency) if link else ""
    if link is None or not link.is_open:
        await audit(request, house, AuditEvent.LINK_REFUSED, who=whose)
        raise ProblemError(403, LINK_REFUSED)
    response = RedirectResponse(address(request, "/agency"), 303)
    await begin_session(request, response, house, Session(SessionKind.AGENCY, link.digest, ""))
    await audit(request, house, AuditEvent.LINK_OPENED, who=whose)
    return response


async def _link_of(request: Request, house: House, code: str) -> Link | None:
    keys = {key_of_address(request): FREE_FOR_ADDRESS}
    await require_waited(house, keys)
    link = await to_thread.run_sync(served(house).campaign.link_of, code)
    if link is None:
        await note_mistakes(house, keys)
    return link


async def account_with(request: Request, house: House, name: str, password: str) -> User | None:
    """Who has an account, by its password; None where nobody has, which is written down. So few are looked at together
    that who tries many passwords at once is not wrong more often than one after the other. Raises ProblemError where
    somebody has to wait who was wrong too often with that account, or from there."""
    campaign, database = served(house)
    account = f"account {folded_name(name)}"
    keys = {account: FREE_FOR_ACCOUNT, key_of_address(request): FREE_FOR_ADDRESS}
    async with house.passwords:
        await require_waited(house, keys)
        user = await to_thread.run_sync(campaign.user_with, name, password)
        if user is None:
            await note_mistakes(house, keys)
    if user is None:
        await audit(request, house, AuditEvent.SIGN_IN_REFUSED, who=await _account_of(house, name))
    else:
        await to_thread.run_sync(database.forget_mistakes, account)
    return user


async def _account_of(house: House, typed: str) -> str:
    """The account that somebody meant; empty where there is none, for what was typed may be a password."""
    known = await house.overview.users() if house.overview is not None else {}
    return next((name for name in known if folded_name(name) == folded_name(typed)), "")


def sign_in_address(request: Request) -> str:
    """Where somebody signs in who comes back here then."""
    return f"{address(request, '/sign-in')}?back={quote(address_asked(request), safe='')}"
