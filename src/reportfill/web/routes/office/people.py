"""Who may come in: one's own password, and for coordinators the accounts and the keys of programs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from anyio import to_thread
from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from reportfill.campaign.access.roles import AccessRole
from reportfill.campaign.access.user import GivenKey, User
from reportfill.errors import ReportfillError
from reportfill.text import Text
from reportfill.web.house import House, HouseHere
from reportfill.web.page import address, page
from reportfill.web.posted import PostedForm, text_in
from reportfill.web.problems import problem_of
from reportfill.web.routes.sign_in import account_with
from reportfill.web.security.audit_log import AuditEvent
from reportfill.web.security.auditing import audit
from reportfill.web.security.signed_in import CoordinatorHere, ReaderHere, served

router = APIRouter(include_in_schema=False, prefix="/office/people")

_WRONG = Text("原密码不对。", "The present password is wrong.")
_DIFFERS = Text("两次输入的新密码不一致。", "The new password was typed differently the second time.")
_ONESELF = Text(
    "不能删除自己的账号，也不能变更自己的角色：请由其他管理员办理。",
    "Nobody removes their own account or changes their own role: ask another coordinator.",
)


@router.get("")
async def people_page(request: Request, house: HouseHere, user: ReaderHere) -> Response:
    """One's own account; for coordinators everybody's, and the keys."""
    return await _page(request, house, user)


@router.post("/password")
async def password_changed(
    request: Request, house: HouseHere, user: ReaderHere, form: PostedForm
) -> Response:
    """Change one's own password: whoever is signed in with the former one is signed out, oneself too."""
    campaign = served(house).campaign
    former, new, again = (str(form.get(name) or "") for name in ("former", "new", "again"))
    if await account_with(request, house, user.name, former) is None:
        return await _page(request, house, user, refused=_WRONG, status=422)
    if new != again:
        return await _page(request, house, user, refused=_DIFFERS, status=422)
    change = partial(campaign.change_password, user.name, new, by=user.name)
    return await _decided(request, house, user, AuditEvent.PASSWORD_CHANGED, user.name, change)


@router.post("/accounts")
async def account_added(
    request: Request, house: HouseHere, user: CoordinatorHere, form: PostedForm
) -> Response:
    """Make an account."""
    name, role, password = text_in(form, "name"), text_in(form, "role"), str(form.get("password") or "")
    add = partial(served(house).campaign.add_user, name, password, role, by=user.name)
    return await _decided(request, house, user, AuditEvent.ACCOUNT_ADDED, name, add)


@router.post("/accounts/change")
async def account_changed(
    request: Request, house: HouseHere, user: CoordinatorHere, form: PostedForm
) -> Response:
    """Give somebody another role, or remove the account; not one's own."""
    campaign, name = served(house).campaign, text_in(form, "name")
    if name == user.name:
        return await _page(request, house, user, refused=_ONESELF, status=422)
    if "remove" in form:
        remove = partial(campaign.remove_user, name, by=user.name)
        return await _decided(request, house, user, AuditEvent.ACCOUNT_REMOVED, name, remove)
    change = partial(campaign.change_role, name, text_in(form, "role"), by=user.name)
    return await _decided(request, house, user, AuditEvent.ROLE_CHANGED, name, change)


@router.post("/keys")
async def key_given(request: Request, house: HouseHere, user: CoordinatorHere, form: PostedForm) -> Response:
    """Give a program a key, which is shown once."""
    name, role = text_in(form, "name"), text_in(form, "role")
    try:
        given = await to_thread.run_sync(
            partial(served(house).campaign.add_key, name, role, by=user.name), limiter=house.passwords
        )
    except ReportfillError as error:
        problem = problem_of(error)
        return await _page(request, house, user, refused=problem.detail, status=problem.status)
    await audit(request, house, AuditEvent.KEY_GIVEN, given.name)
    return await _page(request, house, user, given=given)


@router.post("/keys/withdraw")
async def key_withdrawn(
    request: Request, house: HouseHere, user: CoordinatorHere, form: PostedForm
) -> Response:
    """Let a program have no key any more."""
    name = text_in(form, "name")
    withdraw = partial(served(house).campaign.withdraw_key, name, by=user.name)
    return await _decided(request, house, user, AuditEvent.KEY_WITHDRAWN, name, withdraw)


async def _decided(
    request: Request, house: House, user: User, event: AuditEvent, about: str, decide: Callable[[], object]
) -> Response:
    """Where a decision leads: to the page as it is now, or to the same with why it could not be."""
    try:
        await to_thread.run_sync(decide, limiter=house.passwords)
    except ReportfillError as error:
        problem = problem_of(error)
        return await _page(request, house, user, refused=problem.detail, status=problem.status)
    await audit(request, house, event, about)
    if house.overview is not None:
        await house.overview.look()
    return RedirectResponse(address(request, "/office/people"), 303)


async def _page(
    request: Request,
    house: House,
    user: User,
    *,
    refused: Text | None = None,
    given: GivenKey | None = None,
    status: int = 200,
) -> Response:
    campaign = served(house).campaign
    is_coordinator = user.role.may(AccessRole.COORDINATOR)
    return page(
        request,
        "office/people.html.jinja",
        status,
        is_coordinator=is_coordinator,
        users=await to_thread.run_sync(lambda: campaign.users) if is_coordinator else (),
        keys=await to_thread.run_sync(lambda: campaign.keys) if is_coordinator else (),
        is_closed=await to_thread.run_sync(lambda: campaign.is_closed),
        refused=refused,
        given=given,
    )
