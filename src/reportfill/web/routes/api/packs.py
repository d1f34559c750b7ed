"""The packs there are, and the workbooks that agencies fill in."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from anyio import to_thread
from fastapi import APIRouter, Depends, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.responses import Response

from reportfill.errors import PackError
from reportfill.finding import Finding
from reportfill.handing_out import NamedWorkbook, WorkbookOrder, unclear_in, workbook_for
from reportfill.intake.data import DataError, json_object
from reportfill.limits import Lost
from reportfill.model.figures import value_at
from reportfill.model.report_model import AGENCY, CODE
from reportfill.model.submission import Submission
from reportfill.pack.discovery import find_pack, find_pack_of_id, find_packs
from reportfill.pack.manifest import Manifest
from reportfill.pack.pack import LARGEST_PARTS, SCHEMA, Pack, pack_in
from reportfill.plain_files import LARGEST_DATA, read_file
from reportfill.text import Text
from reportfill.web.downloads import MEDIA_TYPES, download
from reportfill.web.house import HouseHere
from reportfill.web.problems import ProblemError
from reportfill.web.routes.api.description import content_described, json_body, problems
from reportfill.web.routes.api.documents import (
    PackDetails,
    PackField,
    PackList,
    PackRule,
    PackSummary,
    WorkbookWanted,
)
from reportfill.web.routes.api.sent_file import is_json

router = APIRouter(tags=["packs"])

_NO_PACK = Text("没有这个模板包。", "There is no such pack.")
_UNCLEAR = Text("数据有误，没有生成填报表。", "The data cannot be told: no workbook was made.")


class DataForWorkbook(NamedTuple):
    """A workbook that is wanted of the pack in a folder."""

    folder: Path
    wanted: WorkbookWanted


@router.get("/packs", summary="模板包 The packs there are", response_model=PackList)
async def list_packs_there() -> PackList:
    """列出可用的模板包。The packs there are, the newest first."""
    found = await to_thread.run_sync(find_packs)
    return PackList(packs=[PackSummary(**_told_of(one.manifest)) for one in found])


@router.get(
    "/packs/{id}",
    summary="模板包的内容 What a pack holds",
    response_model=PackDetails,
    responses=problems(404, 422),
)
async def show_pack(id: str) -> PackDetails:
    """列出模板包的栏目、勾稽关系和文字核对。The fields and the rules of a pack."""
    pack = await to_thread.run_sync(pack_in, await _folder_of_pack(id))
    return PackDetails(**_told_of(pack.manifest), **_held_by(pack))


@router.get(
    "/packs/{id}/schema",
    summary="数据的格式 The schema of a pack's data",
    response_class=Response,
    responses=content_described("application/schema+json") | problems(404, 422),
)
async def schema_of_pack(id: str) -> Response:
    """模板包的schema.json。The pack's schema.json, as it is."""
    read = partial(read_file, await _folder_of_pack(id) / SCHEMA, LARGEST_PARTS[SCHEMA])
    return Response(await to_thread.run_sync(read), media_type="application/schema+json")


async def _wanted_workbook(request: Request) -> WorkbookWanted:
    """What a program asks for, with its decimals exact."""
    if not is_json(request):
        raise ProblemError(415, Text("请用application/json发送。", "Send it as application/json."))
    try:
        told = await to_thread.run_sync(json_object, await request.body())
        return WorkbookWanted.model_validate(told)
    except DataError as error:
        raise ProblemError(400, Text(f"{error.problem.zh}。", f"{error.problem.en}.")) from error
    except ValidationError as error:
        raise RequestValidationError(error.errors()) from error


@router.post(
    "/workbooks",
    summary="生成填报表 Make a workbook",
    description="生成单位的填报表：空白的，或者预填已有的数据。\n\n"
    "A workbook for an agency to fill in, blank or with what is already known.",
    max_body_size=LARGEST_DATA,
    response_class=Response,
    responses=content_described(MEDIA_TYPES[".xlsx"]) | problems(400, 409, 413, 415, 422, 429, 503),
    openapi_extra=json_body(WorkbookWanted),
)
async def make_workbook(
    house: HouseHere, wanted: Annotated[WorkbookWanted, Depends(_wanted_workbook)]
) -> Response:
    """A workbook for an agency."""
    find = partial(find_pack_of_id, wanted.pack) if wanted.pack else partial(find_pack, wanted.year)
    folder = await to_thread.run_sync(find)
    made = await house.crew.result(workbook_or_findings, DataForWorkbook(folder, wanted))
    match made:
        case Lost(why):
            raise ProblemError(422, why.message, [why])
        case NamedWorkbook(name, content):
            return download(content, f"{name}.xlsx")
        case findings:
            raise ProblemError(422, _UNCLEAR, findings)


def workbook_or_findings(asked: DataForWorkbook) -> NamedWorkbook | list[Finding]:
    """The workbook that is wanted, or why its data cannot be told."""
    pack, wanted = pack_in(asked.folder), asked.wanted
    submission = Submission.from_data(pack, wanted.data)
    unclear = unclear_in(submission) if wanted.data else []
    if unclear:
        return unclear
    data = submission.exact_data if wanted.data else {}
    agency = wanted.agency or str(value_at(data, AGENCY) or "")
    code = wanted.code or str(value_at(data, CODE) or "")
    return workbook_for(pack, WorkbookOrder(agency, wanted.year, code, data=data))


async def _folder_of_pack(id: str) -> Path:
    """The folder of a pack, by its id alone: a path of somebody's is none."""
    try:
        return await to_thread.run_sync(find_pack_of_id, id)
    except PackError:
        raise ProblemError(404, _NO_PACK) from None


def _told_of(manifest: Manifest) -> dict[str, Any]:
    names = ("id", "version", "series", "title", "first_year", "last_year")
    return {name: getattr(manifest, name) for name in names} | {"legal_basis": list(manifest.legal_basis)}


def _held_by(pack: Pack) -> dict[str, Any]:
    balances = {one.id: one for one in pack.rules.balances}
    return {
        "fields": [
            PackField(
                path=path,
                label=field.label,
                kind=field.kind.name,
                unit=field.unit,
                required=field.required,
                cells=[str(cell) for cell in pack.form.inputs.get(path, ())],
            )
            for path, field in pack.fields.items()
        ],
        "balances": [
            PackRule(id=one.id, title=one.title, severity=one.severity) for one in balances.values()
        ],
        "mentions": [PackRule(id=one.id, title=one.title) for one in pack.rules.mentions],
    }
