"""The form to fill in in the browser: drawn anew by each of its buttons, so that it works without a script."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from anyio import to_thread
from fastapi import APIRouter, Request
from starlette.datastructures import FormData, UploadFile
from starlette.responses import RedirectResponse, Response

from reportfill.errors import PackError
from reportfill.finding import Finding, has_errors
from reportfill.model.submission import Submission
from reportfill.pack.discovery import find_pack_of_id
from reportfill.pack.pack import Pack, pack_in
from reportfill.text import Text
from reportfill.web.downloads import download
from reportfill.web.dropped import DroppedFile
from reportfill.web.form.drawn_form import NO_LAST, drawn_form
from reportfill.web.form.form_page import (
    FormFile,
    TypedForm,
    begun_form,
    checked_form,
    contents_of_file,
    json_download,
    workbook_download,
)
from reportfill.web.form.posted import data_of
from reportfill.web.form.rows import with_row_added, with_row_removed
from reportfill.web.house import House, HouseHere
from reportfill.web.page import address, page
from reportfill.web.posted import PostedEntries, text_in
from reportfill.web.problems import ProblemError, not_lost
from reportfill.web.routes.start import keep_result, place_for_results

router = APIRouter(include_in_schema=False)

LARGEST_FORM = 64 << 20
"""So many bytes a form has with its pictures."""

_FILE = "file"
_HAND_IN = Text("生成报告", "Make the report")

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class FormPlace:
    """Where a form is filled in: of which pack, where its buttons lead, by what the browser knows its draft, what
    handing it in is called and does, the same agency's report of the year before where that is known, and what the page
    stands in."""

    folder: Path
    action: str
    draft: str
    hand_in: Text
    handed_in: Callable[[FormVisit], Awaitable[Response]]
    last: Submission | None = None
    frame: str = "base.html.jinja"

    @property
    def pack(self) -> Pack:
        """The form's pack."""
        return pack_in(self.folder)


@dataclass(frozen=True, slots=True)
class FormVisit:
    """A form that was posted: by whom, where, and what was typed into it."""

    request: Request
    house: House
    place: FormPlace
    posted: FormData
    data: Mapping[str, Any]

    @property
    def typed(self) -> TypedForm:
        """What was typed."""
        return TypedForm(self.place.folder, self.data, self.place.last)


@router.get("/form/{pack_id}")
async def blank_form(
    request: Request, pack_id: str, year: int = 0, agency: str = "", code: str = ""
) -> Response:
    """The form as it begins."""
    place = await to_thread.run_sync(_place_of, request, pack_id)
    begin = partial(begun_form, place.pack, year or place.pack.manifest.first_year, agency, code)
    return await drawn_page(request, place, await to_thread.run_sync(begin), begins=True)


@router.post("/form/{pack_id}", max_body_size=LARGEST_FORM)
async def posted_form(request: Request, house: HouseHere, form: PostedEntries, pack_id: str) -> Response:
    """What a button of the form asks for."""
    return await answered(request, house, await to_thread.run_sync(_place_of, request, pack_id), form)


async def answered(request: Request, house: House, place: FormPlace, form: FormData) -> Response:
    """What a button of a form asks for."""
    data = await to_thread.run_sync(data_of, place.pack, await _entries(form))
    wanted = next((name for name in ACTIONS if name in form), "check")
    return await ACTIONS[wanted](FormVisit(request, house, place, form, data))


def _place_of(request: Request, pack_id: str) -> FormPlace:
    """The form of a pack for whoever comes."""
    folder, asked = _folder_of(pack_id), request.query_params
    query = f"?{request.url.query}" if request.url.query else ""
    id = pack_in(folder).id
    draft = " ".join((id, asked.get("agency", ""), asked.get("year", "")))
    return FormPlace(folder, address(request, f"/form/{id}{query}"), draft, _HAND_IN, _kept)


def _folder_of(pack_id: str) -> Path:
    """The folder of a pack, by its id alone: a path of somebody's is none."""
    try:
        return find_pack_of_id(pack_id)
    except PackError:
        raise ProblemError(404) from None


async def _entries(form: FormData) -> list[tuple[str, str]]:
    """What was typed, by the names of inputs; a picture that was chosen in place of one that was there before."""
    chosen = {
        name: b64encode(await value.read()).decode("ascii")
        for name, value in form.multi_items()
        if isinstance(value, UploadFile) and value.size and name.startswith("/")
    }
    typed = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    return [(name, value) for name, value in typed if name not in chosen] + list(chosen.items())


async def _check(visit: FormVisit) -> Response:
    findings = await worked_out(visit, checked_form, visit.typed)
    return await drawn_page(visit.request, visit.place, visit.typed.as_read, findings)


async def _hand_in(visit: FormVisit) -> Response:
    findings = await worked_out(visit, checked_form, visit.typed)
    if has_errors(findings):
        return await drawn_page(visit.request, visit.place, visit.typed.as_read, findings)
    return await visit.place.handed_in(visit)


async def _kept(visit: FormVisit) -> Response:
    """Make the report and keep it, as of a file that is dropped onto the page."""
    made = await worked_out(visit, json_download, visit.typed)
    token = await place_for_results(visit.house, 1)
    await keep_result(visit.house, token, 1, DroppedFile(made.name, made.content))
    return RedirectResponse(address(visit.request, f"/results/{token}/1"), 303)


async def _workbook(visit: FormVisit) -> Response:
    made = await worked_out(visit, workbook_download, visit.typed)
    return download(made.content, made.name)


async def _json(visit: FormVisit) -> Response:
    made = await worked_out(visit, json_download, visit.typed)
    return download(made.content, made.name)


async def _upload(visit: FormVisit) -> Response:
    sent = visit.posted.get(_FILE)
    if not isinstance(sent, UploadFile) or not sent.size:
        raise ProblemError(422, Text("请先选择文件。", "Choose a file first."))
    content = await sent.read()
    file = FormFile(visit.place.folder, content, DroppedFile("", content).is_data)
    data, findings = await worked_out(visit, contents_of_file, file)
    is_draft = text_in(visit.posted, "upload") == "draft"
    told = () if is_draft else findings
    return await drawn_page(visit.request, visit.place, data or visit.data, told)


async def _more_rows(visit: FormVisit) -> Response:
    pointer = text_in(visit.posted, "add-row")
    data = with_row_added(visit.place.pack, visit.data, pointer)
    return await drawn_page(visit.request, visit.place, data, focus=pointer)


async def _fewer_rows(visit: FormVisit) -> Response:
    data = with_row_removed(visit.place.pack, visit.data, text_in(visit.posted, "remove-row"))
    return await drawn_page(visit.request, visit.place, data)


async def _no_picture(visit: FormVisit) -> Response:
    name = text_in(visit.posted, "remove-picture")
    entries = [(other, text) for other, text in await _entries(visit.posted) if other != name]
    return await drawn_page(visit.request, visit.place, data_of(visit.place.pack, entries))


ACTIONS: Mapping[str, Callable[[FormVisit], Awaitable[Response]]] = {
    "hand-in": _hand_in,
    "download-workbook": _workbook,
    "download-json": _json,
    "upload": _upload,
    "add-row": _more_rows,
    "remove-row": _fewer_rows,
    "remove-picture": _no_picture,
    "check": _check,
}
"""What the buttons of the form do."""


async def worked_out(visit: FormVisit, function: Callable[[Any], Result], item: object) -> Result:
    """What a function gives for what somebody typed or sent, worked out by another process."""
    return not_lost(await visit.house.crew.result(function, item))


async def drawn_page(
    request: Request,
    place: FormPlace,
    data: Mapping[str, Any],
    findings: tuple[Finding, ...] = (),
    *,
    focus: str = "",
    begins: bool = False,
) -> Response:
    """The form with what it holds, and what there is to say of it."""
    last = NO_LAST if place.last is None else place.last.figures_and_sums
    draw = partial(drawn_form, place.pack, data, findings, last=last, focus=focus)
    form = await to_thread.run_sync(draw)
    return await to_thread.run_sync(
        partial(
            page,
            request,
            "form.html.jinja",
            form=form,
            action=place.action,
            draft=place.draft,
            begins=begins,
            frame=place.frame,
            hand_in=place.hand_in,
        )
    )
