"""An agency's own page, behind its link: its workbook, what it handed in, what became of it, what was said of it."""

from __future__ import annotations

from datetime import date
from pathlib import PurePosixPath

from anyio import to_thread
from fastapi import APIRouter, Request
from starlette.datastructures import UploadFile
from starlette.responses import Response

from reportfill.campaign.operations.agency_history import AgencyHistory
from reportfill.campaign.records.history import Version
from reportfill.plain_files import LARGEST, megabytes
from reportfill.text import Text
from reportfill.web.downloads import download
from reportfill.web.dropped import DroppedFile, named_in_addresses, shown_name
from reportfill.web.house import House, HouseHere
from reportfill.web.page import page
from reportfill.web.posted import PostedForm
from reportfill.web.problems import ProblemError
from reportfill.web.receiving import handed_in_now
from reportfill.web.routes.agency_form import workbook_of_json
from reportfill.web.routes.numbers import Number
from reportfill.web.routes.results import findings_by_sheet, kind_asked, kinds_of_reports
from reportfill.web.security.signed_in import AgencyHere, served

router = APIRouter(include_in_schema=False)

_LARGEST_FORM = LARGEST + (1 << 20)
_FILE = "file"


@router.get("/agency")
async def agency_page(request: Request, house: HouseHere, visiting: AgencyHere) -> Response:
    """All that an agency sees. Opening it hands in nothing."""
    campaign, agency = served(house).campaign, visiting.agency
    history = await _history(house, visiting)
    pending = await to_thread.run_sync(campaign.pending_of, agency.code)
    settings = await to_thread.run_sync(lambda: campaign.settings)
    newest = history.versions[-1] if history.versions else None
    return page(
        request,
        "agency.html.jinja",
        agency=agency,
        history=history,
        pending=pending,
        newest=newest,
        sheets=findings_by_sheet(newest.findings) if newest else {},
        verdict=verdict_on(history),
        deadline=history.until or settings.agency_deadline,
        today=date.today(),
        is_closed=await to_thread.run_sync(lambda: campaign.is_closed),
        contact=settings.contact,
        kinds=kinds_of_reports(),
        named=named_in_addresses,
    )


@router.post("/agency/hand-in", max_body_size=_LARGEST_FORM)
async def handed_in(request: Request, house: HouseHere, visiting: AgencyHere, form: PostedForm) -> Response:
    """Take an agency's workbook: acknowledged when the disk has it, and taken in then."""
    file = form.get(_FILE)
    if not isinstance(file, UploadFile) or not file.size:
        raise ProblemError(422, Text("请先选择填报表。", "Choose the completed workbook first."))
    if file.size > LARGEST:
        most = megabytes(LARGEST)
        raise ProblemError(
            413, Text(f"文件太大，最大{most}MB。", f"The file is too large: at most {most} MB.")
        )
    content, name = await file.read(), shown_name(file.filename)
    if DroppedFile(name, content).is_data:
        made = await workbook_of_json(house, await _history(house, visiting), content)
        content, name = made.content, made.name
    return await handed_in_now(request, house, visiting.agency.code, content, name)


@router.get("/agency/receipts/{number}")
async def receipt_page(request: Request, house: HouseHere, visiting: AgencyHere, number: str) -> Response:
    """A receipt, to keep or to print, with what became of the file."""
    history = await _history(house, visiting)
    receipt = next((one for one in history.receipts if one.number == number), None)
    if receipt is None:
        raise ProblemError(404)
    version = next((one for one in history.versions if one.digest == receipt.digest), None)
    return page(
        request,
        "receipt.html.jinja",
        agency=visiting.agency,
        receipt=receipt,
        version=version,
        newest=history.versions[-1] if history.versions else None,
        refused=history.refused.get(number),
    )


@router.get("/agency/workbook")
async def own_workbook(house: HouseHere, visiting: AgencyHere) -> Response:
    """The workbook that was made for the agency."""
    return await workbook_file(house, await _history(house, visiting))


async def workbook_file(house: House, history: AgencyHistory) -> Response:
    """The workbook that was made for an agency. Raises ProblemError where none is there."""
    if not history.workbook:
        raise ProblemError(
            404, Text("填报表还没有下发，请稍后再来。", "The workbook is not there yet, come again later.")
        )
    return await _file(house, history.workbook, PurePosixPath(history.workbook).name)


@router.get("/agency/versions/{number}/{name}")
async def file_of_version(
    request: Request, house: HouseHere, visiting: AgencyHere, number: Number, name: str
) -> Response:
    """What the agency handed in, or what came of it."""
    return await version_file(house, await _history(house, visiting), number, name)


async def version_file(house: House, history: AgencyHistory, number: int, name: str) -> Response:
    """A file of a version: `handed-in`, `marked`, `remark`, or the report in a kind of output, as pdf.pdf. Raises
    ProblemError where it is not there."""
    version = next((one for one in history.versions if one.number == number), None)
    if version is None:
        raise ProblemError(404)
    path = {"handed-in": version.received, "marked": version.returned, "remark": _remarked(history, version)}
    if name in path:
        if not path[name]:
            raise ProblemError(404)
        shown = _name_handed_in(history, version) if name == "handed-in" else PurePosixPath(path[name]).name
        return await _file(house, path[name], shown)
    return await _report(house, version, name)


async def _report(house: House, version: Version, name: str) -> Response:
    kind, ending = kind_asked(name)
    if not version.report:
        raise ProblemError(404)
    report = await _content(house, version.report)
    if kind.is_of_pages:
        outputs = await house.pages.outputs(report, kind.name)
        report = next(one.content for one in outputs if one.ending == ending)
    return download(report, f"{PurePosixPath(version.report).stem}{ending}")


def verdict_on(history: AgencyHistory) -> object:
    """What was said last of the newest version; None where nothing was."""
    newest = history.versions[-1].number if history.versions else 0
    return next((one for one in reversed(history.reviews) if one.number == newest), None)


def _name_handed_in(history: AgencyHistory, version: Version) -> str:
    """What a version's file was called by the one who handed it in, with the ending of its kind."""
    file = PurePosixPath(version.file)
    given = next((one.file_name for one in history.receipts if one.digest == version.digest), file.name)
    return f"{PurePosixPath(given).stem}{file.suffix}"


def _remarked(history: AgencyHistory, version: Version) -> str:
    """The workbook with the remark with which a version was sent back; empty where it was not."""
    said = [one for one in history.reviews if one.number == version.number]
    return said[-1].file if said and not said[-1].is_accepted else ""


async def _history(house: House, visiting: AgencyHere) -> AgencyHistory:
    return await to_thread.run_sync(served(house).campaign.history_of, visiting.agency.code)


async def _file(house: House, path: str, name: str) -> Response:
    return download(await _content(house, path), name)


async def _content(house: House, path: str) -> bytes:
    return await to_thread.run_sync(served(house).campaign.content_of, path)
