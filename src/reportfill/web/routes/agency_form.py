"""The form in the browser behind an agency's link: it begins with what is known, and becomes a workbook handed in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from anyio import to_thread
from fastapi import APIRouter, Request
from starlette.responses import Response

from reportfill.campaign.operations.agency_history import AgencyHistory
from reportfill.limits import Lost
from reportfill.model.report_model import AGENCY, CODE, YEAR
from reportfill.model.row_paths import field_path
from reportfill.model.submission import Submission
from reportfill.pack.pack import pack_in
from reportfill.text import Text
from reportfill.web.form.form_page import (
    DataHandedIn,
    FormDownload,
    FormFile,
    begun_form,
    contents_of_file,
    with_identity,
    workbook_download,
    workbook_of_data,
)
from reportfill.web.house import House, HouseHere
from reportfill.web.page import address, page
from reportfill.web.posted import PostedEntries
from reportfill.web.problems import ProblemError, not_lost
from reportfill.web.receiving import handed_in_now
from reportfill.web.routes.form import (
    LARGEST_FORM,
    FormPlace,
    FormVisit,
    answered,
    drawn_page,
    worked_out,
)
from reportfill.web.security.signed_in import AgencyHere, served

router = APIRouter(include_in_schema=False)

_HAND_IN = Text("报送", "Hand in")
_FRAME = "agency_base.html.jinja"


@router.get("/agency/form")
async def form_of_agency(request: Request, house: HouseHere, visiting: AgencyHere) -> Response:
    """The form as it begins: with what was handed in last, else with what is known."""
    history = await _history(house, visiting)
    place = await _place(request, house, history)
    return await drawn_page(request, place, await _begun(house, place, history), begins=True)


@router.post("/agency/form", max_body_size=LARGEST_FORM)
async def posted_form_of_agency(
    request: Request, house: HouseHere, visiting: AgencyHere, form: PostedEntries
) -> Response:
    """What a button of the form asks for."""
    return await answered(request, house, await _place(request, house, await _history(house, visiting)), form)


@router.get("/agency/last-year")
async def last_year(request: Request, house: HouseHere, visiting: AgencyHere) -> Response:
    """The figures of last year's report, as far as the campaign knows them."""
    history = await _history(house, visiting)
    if history.last is None:
        raise ProblemError(404)
    campaign = served(house).campaign
    pack = await to_thread.run_sync(lambda: pack_in(campaign.pack))
    known = [
        (field, figure) for path, figure in history.last.items() if (field := field_path(path)) in pack.fields
    ]
    known.sort(key=lambda one: pack.fields[one[0]].order)
    figures = [(pack.label_in_tables(field), figure) for field, figure in known]
    return page(
        request,
        "agency_last_year.html.jinja",
        agency=history.agency,
        year=(await to_thread.run_sync(lambda: campaign.settings)).year - 1,
        figures=figures,
    )


async def _place(request: Request, house: House, history: AgencyHistory) -> FormPlace:
    campaign, agency = served(house).campaign, history.agency
    folder, settings = await to_thread.run_sync(lambda: (campaign.pack, campaign.settings))
    pack = pack_in(folder)
    draft = " ".join((pack.id, *agency.holder, str(settings.year)))
    last = None if history.last_data is None else Submission.from_data(pack, history.last_data)

    async def handed_in(visit: FormVisit) -> Response:
        identity = await _identity(house, history)
        typed = visit.typed._replace(data=with_identity(pack, visit.data, identity))
        made = await worked_out(visit, workbook_download, typed)
        return await handed_in_now(request, house, agency.code, made.content, made.name)

    return FormPlace(folder, address(request, "/agency/form"), draft, _HAND_IN, handed_in, last, _FRAME)


async def _begun(house: House, place: FormPlace, history: AgencyHistory) -> Mapping[str, Any]:
    """What the form holds at first."""
    campaign = served(house).campaign
    if history.versions:
        received = history.versions[-1].received
        content = await to_thread.run_sync(campaign.unlocked_content_of, received)
        read = await house.crew.result(contents_of_file, FormFile(place.folder, content, False))
        if not isinstance(read, Lost) and read.data:
            return read.data
    settings, agency = await to_thread.run_sync(lambda: campaign.settings), history.agency
    begin = partial(begun_form, place.pack, settings.year, agency.name, agency.code, history.last_data)
    return await to_thread.run_sync(begin)


async def workbook_of_json(house: House, history: AgencyHistory, content: bytes) -> FormDownload:
    """The workbook that holds what a .json file says which an agency hands in. Raises ProblemError where it is none."""
    campaign = served(house).campaign
    folder = await to_thread.run_sync(lambda: campaign.pack)
    last = None if history.last_data is None else Submission.from_data(pack_in(folder), history.last_data)
    given = DataHandedIn(FormFile(folder, content, True), await _identity(house, history), last)
    made, findings = not_lost(await house.crew.result(workbook_of_data, given))
    if made is None:
        raise ProblemError(422, None, findings)
    return made


async def _identity(house: House, history: AgencyHistory) -> Mapping[str, Any]:
    """Whose a report is, and of which year."""
    campaign = served(house).campaign
    settings = await to_thread.run_sync(lambda: campaign.settings)
    return {AGENCY: history.agency.name, CODE: history.agency.code, YEAR: settings.year}


async def _history(house: House, visiting: AgencyHere) -> AgencyHistory:
    return await to_thread.run_sync(served(house).campaign.history_of, visiting.agency.code)
