"""A file in, its report or what was found in it out."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from reportfill.batch.preparing import Prepared
from reportfill.outputs.kind import KINDS, OutputKind, suffix_of_ending
from reportfill.processing import Artefact, Job
from reportfill.text import Text
from reportfill.web.downloads import MEDIA_TYPES, download
from reportfill.web.dropped import FileWork, prepared_file
from reportfill.web.house import HouseHere
from reportfill.web.json_answers import json_answer
from reportfill.web.page import language_of
from reportfill.web.problems import ProblemError, not_lost
from reportfill.web.routes.api.description import content_described, file_body, problems
from reportfill.web.routes.api.documents import CheckedFile
from reportfill.web.routes.api.media_types import chosen_media_type
from reportfill.web.routes.api.sent_file import MOST_BYTES_SENT, FileSent

router = APIRouter(tags=["reports"])

_FAULTY = Text("需要修改，没有生成报告。", "It has to be corrected first: no report was made.")
_UNUSABLE = Text("无法读取。", "It cannot be used.")


class WantedOutput(NamedTuple):
    """The output that is wanted: its kind, and how its name ends."""

    kind: OutputKind
    ending: str


def offered_outputs() -> dict[str, WantedOutput]:
    """The outputs for which nothing lacks here, by media type: of several that have the same, the first."""
    found: dict[str, WantedOutput] = {}
    for kind in KINDS.values():
        for ending in kind.endings if kind.is_installed else ():
            media_type = MEDIA_TYPES[suffix_of_ending(ending)].partition(";")[0]
            found.setdefault(media_type, WantedOutput(kind, ending))
    return found


def _wanted_output(request: Request) -> WantedOutput:
    offered = offered_outputs()
    return offered[chosen_media_type(request, offered)]


@router.post(
    "/reports",
    summary="生成报告 Make a report",
    description="由填报表或者数据生成报告，格式按Accept：默认为Word报告。有错误的不生成，逐条列出。\n\n"
    "The report of a workbook or of data, in the kind of output that Accept names; Word where it names none.",
    max_body_size=MOST_BYTES_SENT,
    response_class=Response,
    responses=content_described(*offered_outputs()) | problems(400, 406, 409, 413, 415, 422, 429, 503),
    openapi_extra=file_body(),
)
async def make_report(
    house: HouseHere, wanted: Annotated[WantedOutput, Depends(_wanted_output)], file: FileSent
) -> Response:
    """The report of a file."""
    kinds = () if wanted.kind.is_of_pages else (wanted.kind.name,)
    job = Job(kinds=kinds, makes=frozenset({Artefact.REPORT}))
    made = _usable(not_lost(await house.crew.result(prepared_file, FileWork(file, job))))
    if not made.report:
        raise ProblemError(422, _FAULTY, made.findings)
    outputs = (
        await house.pages.outputs(made.report, wanted.kind.name) if wanted.kind.is_of_pages else made.outputs
    )
    content = next((one.content for one in outputs if one.ending == wanted.ending), None)
    if content is None:
        raise ProblemError(409, next(iter(made.not_made), None))
    return download(content, f"{made.report_name}{wanted.ending}")


@router.post(
    "/checks",
    summary="校验 Check",
    description="只校验，逐个单元格列出错误和需要核对之处。\n\nWhat is wrong or doubtful in a workbook or in data.",
    max_body_size=MOST_BYTES_SENT,
    response_model=CheckedFile,
    responses=problems(400, 413, 415, 422, 429, 503),
    openapi_extra=file_body(),
)
async def check_file(request: Request, house: HouseHere, file: FileSent) -> Response:
    """What was found in a file."""
    job = Job(makes=frozenset())
    made = _usable(not_lost(await house.crew.result(prepared_file, FileWork(file, job))))
    return json_answer(made.as_dict(language_of(request)) | {"file": file.shown_name})


def _usable(made: Prepared) -> Prepared:
    """What came of a file. Raises ProblemError where nothing could be read of it."""
    if made.pack is None:
        raise ProblemError(422, made.trouble or _UNUSABLE, made.findings)
    return made
