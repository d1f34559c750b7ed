"""One agency for the office: what it handed in, what is wrong with it, and what is decided about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from anyio import to_thread
from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from reportfill.campaign.access.link import LINK_STATES
from reportfill.campaign.access.roles import AccessRole
from reportfill.campaign.access.user import User
from reportfill.campaign.comparison.two_versions import ChangedValue, changed_values
from reportfill.campaign.operations.agency_history import AgencyHistory
from reportfill.campaign.operations.review import OvertakenError, SeenHistory
from reportfill.errors import ReportfillError
from reportfill.outputs.page_pictures import page_pictures
from reportfill.text import Text
from reportfill.web.downloads import shown
from reportfill.web.dropped import named_in_addresses
from reportfill.web.house import House, HouseHere
from reportfill.web.page import address_of_agency, page
from reportfill.web.posted import PostedForm, text_in
from reportfill.web.problems import ProblemError, not_lost, problem_of, told_of
from reportfill.web.routes.agency import verdict_on, version_file, workbook_file
from reportfill.web.routes.numbers import Number
from reportfill.web.routes.results import findings_by_sheet, kinds_of_reports
from reportfill.web.security.audit_log import AuditEvent
from reportfill.web.security.auditing import agency_in_log, audit
from reportfill.web.security.signed_in import CoordinatorHere, ReaderHere, ReviewerHere, served

router = APIRouter(include_in_schema=False, prefix="/office/agencies/{code:path}")

_PDF = "pdf"
_NEEDS_REMARK = Text(
    "退回时请写明审核意见：填报单位按照意见修改。",
    "Say why it is sent back: the agency corrects it by that.",
)


@router.get("/changes")
async def changes_page(
    request: Request, house: HouseHere, user: ReaderHere, code: str, before: int, now: int
) -> Response:
    """What differs between two versions."""
    history = await _history(house, code)
    changes = await _changes(house, code, before, now)
    return page(
        request,
        "office/agency_changes.html.jinja",
        agency=history.agency,
        versions=history.versions,
        before=before,
        now=now,
        changes=changes,
    )


@router.get("/workbook")
async def workbook_of_agency(request: Request, house: HouseHere, user: ReaderHere, code: str) -> Response:
    """The workbook that was made for the agency."""
    history = await _history(house, code)
    file = await workbook_file(house, history)
    await audit(request, house, AuditEvent.DOWNLOADED, f"{agency_in_log(history.agency)}，填报表")
    return file


@router.get("/versions/{number}/pages")
async def report_pages(
    request: Request, house: HouseHere, user: ReaderHere, code: str, number: Number
) -> Response:
    """The pages of a version's report, to look at."""
    history = await _history(house, code)
    report = next((one.report for one in history.versions if one.number == number), "")
    if not report:
        raise ProblemError(404)
    content = await to_thread.run_sync(served(house).campaign.content_of, report)
    pdf = (await house.pages.outputs(content, _PDF))[0].content
    pictures = not_lost(await house.crew.result(page_pictures, pdf))
    files = {f"{page_number}.jpg": picture for page_number, picture in enumerate(pictures, 1)}
    token = await to_thread.run_sync(house.kept.put, files)
    return page(
        request,
        "office/agency_pages.html.jinja",
        agency=history.agency,
        number=number,
        token=token,
        page_count=len(pictures),
    )


@router.get("/pages/{token}/{page_number}.jpg")
async def page_picture(
    house: HouseHere, user: ReaderHere, code: str, token: str, page_number: Number
) -> Response:
    """One of these pages as a picture."""
    return shown(await to_thread.run_sync(house.kept.read, token, f"{page_number}.jpg"), ".jpg")


@router.get("/versions/{number}/{name}")
async def file_of_version(
    request: Request, house: HouseHere, user: ReaderHere, code: str, number: Number, name: str
) -> Response:
    """What the agency handed in, or what came of it."""
    history = await _history(house, code)
    file = await version_file(house, history, number, name)
    about = f"{agency_in_log(history.agency)}，第{number}次，{name}"
    await audit(request, house, AuditEvent.DOWNLOADED, about)
    return file


@router.post("/review")
async def reviewed(
    request: Request, house: HouseHere, user: ReviewerHere, code: str, form: PostedForm
) -> Response:
    """Accept the version that was looked at, or send it back."""
    campaign, remark, seen = served(house).campaign, text_in(form, "remark"), _seen(form)
    if text_in(form, "decision") == "accept":
        decide: Callable[[], object] = partial(campaign.accept, code, by=user.name, seen=seen)
    elif remark:
        decide = partial(campaign.send_back, code, remark, by=user.name, seen=seen)
    else:
        return await _page(request, house, user, code, refused=_NEEDS_REMARK, status=422)
    return await _decided(request, house, user, code, AuditEvent.REVIEWED, decide, remark)


@router.post("/extension")
async def extended(
    request: Request, house: HouseHere, user: CoordinatorHere, code: str, form: PostedForm
) -> Response:
    """Give the agency more time, or take it back."""
    campaign, why = served(house).campaign, text_in(form, "why")
    until = text_in(form, "until")
    if "withdraw" in form:
        settings = await to_thread.run_sync(lambda: campaign.settings)
        until = str(settings.agency_deadline or "")
    if not until:
        needed = Text("请选择延期到哪一天。", "Choose the day until which it may hand in.")
        return await _page(request, house, user, code, refused=needed, status=422)
    decide = partial(campaign.extend, code, until=until, why=why, by=user.name)
    return await _decided(request, house, user, code, AuditEvent.EXTENDED, decide)


@router.post("/link")
async def link_changed(
    request: Request, house: HouseHere, user: CoordinatorHere, code: str, form: PostedForm
) -> Response:
    """Give the agency a new link, which is shown once, or withdraw the one that it has."""
    campaign = served(house).campaign
    if "withdraw" in form:
        withdraw = partial(campaign.withdraw_links, code, by=user.name)
        return await _decided(request, house, user, code, AuditEvent.LINK_WITHDRAWN, withdraw)
    given = await to_thread.run_sync(
        lambda: campaign.give_links(code, until=text_in(form, "until") or None, renew=True, by=user.name)
    )
    await audit(request, house, AuditEvent.LINK_GIVEN, agency_in_log(given.links[0].agency))
    await _look(house)
    return await _page(request, house, user, code, new_code=given.links[0].code)


@router.get("")  # the last of these: a code may have / in it
async def agency_page(request: Request, house: HouseHere, user: ReaderHere, code: str) -> Response:
    """All that is on record of an agency, and what can be decided."""
    return await _page(request, house, user, code)


async def _decided(
    request: Request,
    house: House,
    user: User,
    code: str,
    event: AuditEvent,
    decide: Callable[[], object],
    remark: str = "",
) -> Response:
    """Where a decision leads: to the agency as it is now; where it could not be, to the same with why, and what was
    typed."""
    try:
        await to_thread.run_sync(decide)
    except OvertakenError as error:
        why = told_of(error)
        return await _page(request, house, user, code, refused=why, remark=remark, status=409)
    except ReportfillError as error:
        problem = problem_of(error)
        return await _page(
            request, house, user, code, refused=problem.detail, remark=remark, status=problem.status
        )
    finally:
        await _look(house)
    await audit(request, house, event, agency_in_log((await _history(house, code)).agency))
    return RedirectResponse(address_of_agency(request, code), 303)


async def _page(
    request: Request,
    house: House,
    user: User,
    code: str,
    *,
    refused: Text | None = None,
    remark: str = "",
    new_code: str = "",
    status: int = 200,
) -> Response:
    campaign = served(house).campaign
    history, roster = await _history(house, code), await to_thread.run_sync(lambda: campaign.roster)
    settings, above = await to_thread.run_sync(lambda: campaign.settings), history.agency.superior
    newest = history.versions[-1] if history.versions else None
    link = await to_thread.run_sync(campaign.link_given_to, history.agency.code)
    return page(
        request,
        "office/agency.html.jinja",
        status,
        agency=history.agency,
        superior=roster.by_code[above].name if above in roster.by_code else above,
        history=history,
        newest=newest,
        sheets=findings_by_sheet(newest.findings) if newest else {},
        verdict=verdict_on(history),
        seen=SeenHistory.of(history.versions, history.reviews),
        pending=await to_thread.run_sync(campaign.pending_of, history.agency.code),
        deadline=settings.agency_deadline,
        is_closed=await to_thread.run_sync(lambda: campaign.is_closed),
        link=link,
        link_states=LINK_STATES,
        new_code=new_code,
        new_link=str(request.url_for("link_opened", code=new_code)) if new_code else "",
        kinds=kinds_of_reports(),
        named=named_in_addresses,
        refused=refused,
        remark=remark,
        may_review=user.role.may(AccessRole.REVIEWER),
        may_coordinate=user.role.may(AccessRole.COORDINATOR),
    )


def _seen(form: FormData) -> SeenHistory:
    """What the decision was about: it is told, not overwritten, where there is more by now."""
    try:
        return SeenHistory(int(text_in(form, "versions")), int(text_in(form, "reviews")))
    except ValueError:
        raise ProblemError(422) from None


async def _changes(house: House, code: str, before: int, now: int) -> Sequence[ChangedValue]:
    versions = await to_thread.run_sync(served(house).campaign.versions_of, code, before, now)
    return not_lost(await house.crew.result(changed_values, versions))


async def _history(house: House, code: str) -> AgencyHistory:
    return await to_thread.run_sync(served(house).campaign.history_of, code)


async def _look(house: House) -> None:
    if house.overview is not None:
        await house.overview.look()
