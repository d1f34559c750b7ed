"""The campaign that is served: its agencies and how they stand, what they hand in, and the sums."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.records.receipts import HandedInFile
from reportfill.campaign.status.agency_status import AgencyStatus, State
from reportfill.campaign.status.timing import Timing
from reportfill.text import Text
from reportfill.web.house import House, HouseHere
from reportfill.web.json_answers import json_answer
from reportfill.web.page import language_of
from reportfill.web.problems import ProblemError
from reportfill.web.routes.api.description import file_body, problems
from reportfill.web.routes.api.documents import FindingDocument
from reportfill.web.routes.api.keys import ReadingKey, WritingKey
from reportfill.web.routes.api.sent_file import MOST_BYTES_SENT, FormSent
from reportfill.web.security.signed_in import served
from reportfill.web.status_index import AgencyFilter, StatusIndex

router = APIRouter(tags=["campaign"], responses=problems(401, 403, 404, 422, 429))

_A_PAGE = 100
_PATIENCE = 4.0
"""Seconds for which a program waits to be told what became of a file; it was acknowledged before."""

_NOT_THERE = Text("没有这个单位或者回执。", "There is no such agency or receipt.")


class AgencyDocument(BaseModel):
    """单位及其报送情况。An agency, and how it stands."""

    code: str
    name: str
    superior: str
    level: int
    state: str
    versions: int
    handed_in: datetime | None


class AgencyList(BaseModel):
    """一页单位；total为符合条件的总数。A page of agencies, of so many in all."""

    agencies: list[AgencyDocument]
    total: int


class SubmissionDocument(BaseModel):
    """回执；version为第几次报送，尚未处理的为空。A receipt, with the version that the file became."""

    receipt: str
    agency: str
    at: datetime
    sha256: str
    version: int | None
    is_sound: bool | None
    findings: list[FindingDocument]


@router.get("/agencies", summary="单位 Agencies", response_model=AgencyList)
async def list_agencies(
    request: Request,
    house: HouseHere,
    key: ReadingKey,
    response: Response,
    state: State | None = None,
    timing: Timing | None = None,
    superior: Annotated[str, Query(max_length=200)] = "",
    name: Annotated[str, Query(max_length=200)] = "",
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> AgencyList:
    """逐页列出单位，可以按状态、期限、上级单位（含所有下级）和名称筛选；下一页的地址在Link中。Page by page."""
    index = await _index(house)
    places = index.found(AgencyFilter(state, timing, superior, name))
    if page * _A_PAGE < len(places):
        response.headers["link"] = f'<{request.url.include_query_params(page=page + 1)}>; rel="next"'
    some = [index.status.agencies[place] for place in places[(page - 1) * _A_PAGE : page * _A_PAGE]]
    return AgencyList(agencies=[_told_of_agency(one) for one in some], total=len(places))


@router.get("/agencies/{code:path}", summary="一个单位 An agency", response_model=AgencyDocument)
async def show_agency(house: HouseHere, key: ReadingKey, code: str) -> AgencyDocument:
    """一个单位的报送情况。How an agency stands."""
    for one in (await _index(house)).status.agencies:
        if one.agency.code == code:
            return _told_of_agency(one)
    raise ProblemError(404, _NOT_THERE)


@router.post(
    "/submissions",
    summary="报送 Hand in",
    description="报送一个单位的填报表，agency为单位编码。磁盘写入后即答复回执。\n\n"
    "Hand in an agency's workbook: acknowledged when the disk has it.",
    status_code=201,
    max_body_size=MOST_BYTES_SENT,
    response_model=SubmissionDocument,
    responses=problems(400, 409, 413, 415, 507),
    openapi_extra=file_body(takes_data=False, agency={"type": "string"}),
)
async def hand_in_file(request: Request, house: HouseHere, key: WritingKey, sent: FormSent) -> Response:
    """Take an agency's workbook."""
    campaign, code = served(house).campaign, sent.fields.get("agency", "")
    await _agency_of_code(house, code)
    receipt = await to_thread.run_sync(
        lambda: campaign.hand_in(code, sent.file.content, file_name=sent.file.shown_name, by=key.name)
    )
    if house.taker is not None and await house.taker.tried(receipt, _PATIENCE) and house.overview is not None:
        await house.overview.look()
    return json_answer(await _told_of_receipt(house, receipt, language_of(request)), 201)


@router.get(
    "/submissions/{agency:path}/{receipt}", summary="回执 A receipt", response_model=SubmissionDocument
)
async def show_submission(
    request: Request, house: HouseHere, key: ReadingKey, agency: str, receipt: str
) -> Response:
    """回执，以及报送的文件处理得怎样。A receipt, and what became of the file."""
    await _agency_of_code(house, agency)
    history = await to_thread.run_sync(served(house).campaign.history_of, agency)
    given = next((one for one in history.receipts if one.number == receipt), None)
    if given is None:
        raise ProblemError(404, _NOT_THERE)
    return json_answer(await _told_of_receipt(house, given, language_of(request)))


async def _index(house: House) -> StatusIndex:
    if house.overview is None:
        raise ProblemError(404)
    return await house.overview.index()


async def _agency_of_code(house: House, code: str) -> Agency:
    """The agency of a code, and of no name. Raises ProblemError where there is none."""
    agency = (await to_thread.run_sync(lambda: served(house).campaign.roster)).by_code.get(code)
    if agency is None:
        raise ProblemError(404, _NOT_THERE)
    return agency


def _told_of_agency(one: AgencyStatus) -> AgencyDocument:
    agency = one.agency
    return AgencyDocument(
        code=agency.code,
        name=agency.name,
        superior=agency.superior,
        level=agency.level,
        state=one.state.value,
        versions=one.versions,
        handed_in=one.handed_in.astimezone() if one.handed_in else None,
    )


async def _told_of_receipt(house: House, given: HandedInFile, language: str) -> dict[str, object]:
    history = await to_thread.run_sync(served(house).campaign.history_of, given.code)
    version = next((one for one in history.versions if one.digest == given.digest), None)
    refused = history.refused.get(given.number)
    findings = version.findings if version else (refused,) if refused else ()
    return {
        "receipt": given.number,
        "agency": given.code,
        "at": given.at.astimezone().isoformat(),
        "sha256": given.digest,
        "version": version.number if version else None,
        "is_sound": version.is_sound if version else False if refused else None,
        "findings": [found.as_dict(language) for found in findings],
    }
