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
from reportfill.pack.discovery import find_pack_of_id
from reportfill.pack.pack import pack_in
from reportfill.text import Text
from reportfill.web.downloads import download
from reportfill.web.dropped import DroppedFile
from reportfill.web.form.drawn_form import drawn_form
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

_MOST_BYTES = 64 << 20
"""So many bytes a form has with its pictures."""

_FILE = "file"
_HAND_IN = Text("生成报告", "Make the report")

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class FormVisit:
    """A form that was posted: by whom, of which pack, and what was typed into it."""

    request: Request
    house: House
    folder: Path
    posted: FormData
    data: Mapping[str, Any]

    @property
    def typed(self) -> TypedForm:
        """What was typed."""
        return TypedForm(self.folder, self.data)


@router.get("/form/{pack_id}")
async def blank_form(
    request: Request, pack_id: str, year: int = 0, agency: str = "", code: str = ""
) -> Response:
    """The form as it begins."""
    folder = await to_thread.run_sync(_folder_of, pack_id)
    pack = await to_thread.run_sync(pack_in, folder)
    begin = partial(begun_form, pack, year or pack.manifest.first_year, agency, code)
    return await _drawn(request, folder, await to_thread.run_sync(begin), begins=True)


@router.post("/form/{pack_id}", max_body_size=_MOST_BYTES)
async def posted_form(request: Request, house: HouseHere, form: PostedEntries, pack_id: str) -> Response:
    """What a button of the form asks for."""
    folder = await to_thread.run_sync(_folder_of, pack_id)
    data = await to_thread.run_sync(data_of, pack_in(folder), await _entries(form))
    wanted = next((name for name in ACTIONS if name in form), "check")
    return await ACTIONS[wanted](FormVisit(request, house, folder, form, data))


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
    findings = await _worked_out(visit, checked_form, visit.typed)
    return await _drawn(visit.request, visit.folder, visit.typed.as_read, findings)


async def _hand_in(visit: FormVisit) -> Response:
    findings = await _worked_out(visit, checked_form, visit.typed)
    if has_errors(findings):
        return await _drawn(visit.request, visit.folder, visit.typed.as_read, findings)
    made = await _worked_out(visit, json_download, visit.typed)
    token = await place_for_results(visit.house, 1)
    await keep_result(visit.house, token, 1, DroppedFile(made.name, made.content))
    return RedirectResponse(address(visit.request, f"/results/{token}/1"), 303)


async def _workbook(visit: FormVisit) -> Response:
    made = await _worked_out(visit, workbook_download, visit.typed)
    return download(made.content, made.name)


async def _json(visit: FormVisit) -> Response:
    made = await _worked_out(visit, json_download, visit.typed)
    return download(made.content, made.name)


async def _upload(visit: FormVisit) -> Response:
    sent = visit.posted.get(_FILE)
    if not isinstance(sent, UploadFile) or not sent.size:
        raise ProblemError(422, Text("请先选择文件。", "Choose a file first."))
    content = await sent.read()
    file = FormFile(visit.folder, content, DroppedFile("", content).is_data)
    data, findings = await _worked_out(visit, contents_of_file, file)
    is_draft = text_in(visit.posted, "upload") == "draft"
    told = () if is_draft else findings
    return await _drawn(visit.request, visit.folder, data or visit.data, told)


async def _more_rows(visit: FormVisit) -> Response:
    pointer = text_in(visit.posted, "add-row")
    data = with_row_added(pack_in(visit.folder), visit.data, pointer)
    return await _drawn(visit.request, visit.folder, data, focus=pointer)


async def _fewer_rows(visit: FormVisit) -> Response:
    data = with_row_removed(pack_in(visit.folder), visit.data, text_in(visit.posted, "remove-row"))
    return await _drawn(visit.request, visit.folder, data)


async def _no_picture(visit: FormVisit) -> Response:
    name = text_in(visit.posted, "remove-picture")
    entries = [(other, text) for other, text in await _entries(visit.posted) if other != name]
    return await _drawn(visit.request, visit.folder, data_of(pack_in(visit.folder), entries))


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


async def _worked_out(visit: FormVisit, function: Callable[[Any], Result], item: object) -> Result:
    """What a function gives for what somebody typed or sent, worked out by another process."""
    return not_lost(await visit.house.crew.result(function, item))


async def _drawn(
    request: Request,
    folder: Path,
    data: Mapping[str, Any],
    findings: tuple[Finding, ...] = (),
    *,
    focus: str = "",
    begins: bool = False,
) -> Response:
    pack = pack_in(folder)
    draw = partial(drawn_form, pack, data, findings, focus=focus)
    form = await to_thread.run_sync(draw)
    asked = request.query_params
    query = f"?{request.url.query}" if request.url.query else ""
    return await to_thread.run_sync(
        partial(
            page,
            request,
            "form.html.jinja",
            form=form,
            action=address(request, f"/form/{pack.id}{query}"),
            draft=" ".join((pack.id, asked.get("agency", ""), asked.get("year", ""))),
            begins=begins,
            hand_in=_HAND_IN,
        )
    )
