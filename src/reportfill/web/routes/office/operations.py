"""Roll-up, comparison, publication and whatever else takes long: begun at a click, followed, stopped; their files."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any

from anyio import to_thread
from fastapi import APIRouter, Query, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from reportfill.campaign.access.roles import AccessRole
from reportfill.campaign.access.user import User
from reportfill.campaign.folder.parts import LINKS
from reportfill.campaign.storage.store import StoredFile
from reportfill.finding import SEVERITY_NAMES
from reportfill.outputs.kind import KINDS
from reportfill.text import Text
from reportfill.web.downloads import download
from reportfill.web.house import House, HouseHere
from reportfill.web.operations.asked import ANOTHER, office_file, operations_of
from reportfill.web.operations.kinds import OPERATION_KINDS
from reportfill.web.operations.records import STATE_NAMES, AnotherOperationError, Operation
from reportfill.web.page import address, page
from reportfill.web.posted import PostedForm, text_in
from reportfill.web.problems import ProblemError
from reportfill.web.routes.numbers import Number
from reportfill.web.security.audit_log import AuditEvent
from reportfill.web.security.auditing import audit
from reportfill.web.security.signed_in import CoordinatorHere, ReaderHere, served, user_of

router = APIRouter(include_in_schema=False, prefix="/office/operations")

_BETWEEN_LOOKS = 1.0
_LOOKS_PER_SESSION_CHECK = 30
_MOST_LEVELS = 9

_NO_PERMISSION = Text("填报链接的文件只供管理员下载。", "Files with links are for coordinators alone.")


@router.get("")
async def operations_page(request: Request, house: HouseHere, user: ReaderHere) -> Response:
    """What can be begun, what was, and the files that came of it."""
    return await _page(request, house, user)


@router.post("/begin/{kind}")
async def operation_begun(
    request: Request, house: HouseHere, user: CoordinatorHere, kind: str, form: PostedForm
) -> Response:
    """Begin an operation, and lead to where it is followed."""
    if kind not in OPERATION_KINDS or not OPERATION_KINDS[kind].is_there(house.setup):
        raise ProblemError(404)
    wish = _wish(form) | {"url": str(request.base_url)}
    try:
        number = await to_thread.run_sync(operations_of(house).begin, kind, wish, user.name)
    except AnotherOperationError:
        return await _page(request, house, user, refused=ANOTHER, status=409)
    await audit(request, house, AuditEvent.OPERATION_BEGUN, OPERATION_KINDS[kind].title.zh)
    return RedirectResponse(address(request, f"/office/operations/{number}"), 303)


@router.get("/file")
async def file_kept(
    request: Request,
    house: HouseHere,
    user: ReaderHere,
    path: Annotated[str, Query(max_length=1000)],
    digest: Annotated[str, Query(max_length=64)] = "",
) -> Response:
    """A file that was made for the office; the very one that an operation made, where its SHA-256 is said."""
    if not _may_have(user, path):
        raise ProblemError(403, _NO_PERMISSION)
    content = await office_file(house, path, digest)
    await audit(request, house, AuditEvent.DOWNLOADED, path)
    return download(content, path.rpartition("/")[2])


@router.post("/file/remove")
async def file_removed(
    request: Request, house: HouseHere, user: CoordinatorHere, form: PostedForm
) -> Response:
    """Remove a file with links, once these were sent."""
    path = text_in(form, "path")
    await to_thread.run_sync(served(house).campaign.remove_office_file, path)
    await audit(request, house, AuditEvent.FILE_REMOVED, path)
    return RedirectResponse(address(request, "/office/operations"), 303)


@router.get("/{number}")
async def operation_page(request: Request, house: HouseHere, user: ReaderHere, number: Number) -> Response:
    """How far an operation has come, or what came of it."""
    operation = await _operation(house, number)
    return page(
        request,
        "office/operation.html.jinja",
        operation=operation,
        title=OPERATION_KINDS[operation.kind].title,
        files=[file for file in operation.result.files if _may_have(user, file.path)],
        state_names=STATE_NAMES,
        severity_names=SEVERITY_NAMES,
    )


@router.post("/{number}/stop")
async def operation_stopped(
    request: Request, house: HouseHere, user: CoordinatorHere, number: Number, form: PostedForm
) -> Response:
    """Ask for an end of an operation: what it wrote so far is whole."""
    operation = await _operation(house, number)
    await to_thread.run_sync(operations_of(house).stop, number)
    await audit(request, house, AuditEvent.OPERATION_STOPPED, OPERATION_KINDS[operation.kind].title.zh)
    return RedirectResponse(address(request, f"/office/operations/{number}"), 303)


@router.get("/{number}/events", response_class=EventSourceResponse)
async def operation_events(
    request: Request, house: HouseHere, user: ReaderHere, number: Number
) -> AsyncIterator[ServerSentEvent]:
    """How far an operation has come, whenever that has changed, until it or the session or the server ends."""
    told, looks = None, 0
    while house.overview is not None and not house.overview.is_ending:
        if looks % _LOOKS_PER_SESSION_CHECK == 0 and await user_of(request, house) is None:
            return
        looks += 1
        operation = await to_thread.run_sync(operations_of(house).operation, number)
        now = None if operation is None else _progress(operation)
        if now is None or now != told:
            yield ServerSentEvent(data=now or {"isOver": True})
            told = now
        if now is None or now["isOver"]:
            return
        await asyncio.sleep(_BETWEEN_LOOKS)


def _progress(operation: Operation) -> dict[str, Any]:
    return {"done": operation.done, "total": operation.total, "isOver": not operation.is_running}


def _may_have(user: User, path: str) -> bool:
    """Whether somebody may have a file: links are passwords of agencies."""
    return user.role.may(AccessRole.COORDINATOR) or not path.startswith(f"{LINKS}/")


def _wish(form: FormData) -> dict[str, Any]:
    """What was chosen for an operation."""
    through = text_in(form, "through")
    return {
        "through": int(through) if through.isdecimal() and 1 <= int(through) <= _MOST_LEVELS else None,
        "of": text_in(form, "of"),
        "under": text_in(form, "under"),
        "until": text_in(form, "until"),
        "listed": [line.strip() for line in text_in(form, "listed").splitlines() if line.strip()],
        "kinds": [str(kind) for kind in form.getlist("kinds") if kind in KINDS],
    }


async def _operation(house: House, number: int) -> Operation:
    found = await to_thread.run_sync(operations_of(house).operation, number)
    if found is None or found.kind not in OPERATION_KINDS:
        raise ProblemError(404)
    return found


async def _page(
    request: Request, house: House, user: User, *, refused: Text | None = None, status: int = 200
) -> Response:
    campaign = served(house).campaign
    begun = await to_thread.run_sync(operations_of(house).newest)
    files: list[StoredFile] = await to_thread.run_sync(lambda: list(campaign.office_files))
    roster = await to_thread.run_sync(lambda: campaign.roster)
    return page(
        request,
        "office/operations.html.jinja",
        status,
        kinds={name: kind for name, kind in OPERATION_KINDS.items() if kind.is_there(house.setup)},
        may_begin=user.role.may(AccessRole.COORDINATOR),
        begun=[one for one in begun if one.kind in OPERATION_KINDS],
        under_way=next((one for one in begun if one.is_running), None),
        files=[file for file in files if _may_have(user, file.path)],
        levels=sorted({agency.level for agency in roster.agencies if agency.level <= _MOST_LEVELS}),
        output_kinds=[kind for kind in KINDS.values() if kind.is_installed],
        titles={name: kind.title for name, kind in OPERATION_KINDS.items()},
        state_names=STATE_NAMES,
        links=LINKS,
        is_closed=await to_thread.run_sync(lambda: campaign.is_closed),
        refused=refused,
    )
