"""The sums over a campaign's agencies: begun, followed, and their files."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import quote

from anyio import to_thread
from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from reportfill.text import Text
from reportfill.web.downloads import MEDIA_TYPES, download
from reportfill.web.house import House, HouseHere
from reportfill.web.json_answers import json_answer
from reportfill.web.operations.asked import ANOTHER, office_file, operations_of
from reportfill.web.operations.kinds import OPERATION_KINDS, ROLLUP
from reportfill.web.operations.records import AnotherOperationError, Operation
from reportfill.web.page import address, language_of
from reportfill.web.problems import ProblemError
from reportfill.web.routes.api.description import content_described, problems
from reportfill.web.routes.api.documents import FindingDocument
from reportfill.web.routes.api.keys import ReadingKey, WritingKey
from reportfill.web.routes.numbers import Number
from reportfill.web.security.audit_log import AuditEvent
from reportfill.web.security.auditing import audit

router = APIRouter(tags=["campaign"], prefix="/rollups", responses=problems(401, 403, 404, 422, 429))

_PATIENCE = 4.0
_BETWEEN_LOOKS = 0.1
_LARGEST_BODY = 4 << 20
"""As many codes and names as may be listed."""

_NOT_THERE = Text("没有这次汇总，或者时间太久已经不再保留。", "There is no such roll-up, or not any more.")


class RollupWanted(BaseModel):
    """汇总哪些单位：到第几级；某单位及其下属；列出的单位编码或者名称。都不写的，按campaign.toml。Which agencies."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{}, {"through": 2}]})

    through: Annotated[int, Field(ge=1, le=9)] | None = None
    of: Annotated[str, Field(max_length=200)] | None = None
    listed: Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=10_000)] | None = None


class NamesDocument(BaseModel):
    """单位名单，如缺的单位；最多列出200个，count为总数。Names of agencies, the first of so many."""

    what: str
    names: list[str]
    count: int


class RollupFile(BaseModel):
    """生成的文件。A file with the sums."""

    name: str
    sha256: str
    url: str


class RollupDocument(BaseModel):
    """一次汇总，figures为各项合计。How a roll-up stands, what is said of it, its sums and files.

    state：running正在办理，done已完成，refused未能办理，stopped已停止，broken-off异常中断。
    """

    number: int
    state: str
    by: str
    begun: datetime
    done: int
    total: int
    said: list[str]
    names: list[NamesDocument]
    figures: dict[str, str]
    findings: list[FindingDocument]
    files: list[RollupFile]


@router.post(
    "",
    summary="汇总 Roll up",
    description="汇总各单位的数据。几秒钟内完成的答复201，其余的答复202，进度见Location的地址；一次只办理一项。\n\n"
    "Add up the agencies: 201 where it is done within some seconds, else 202; Location says where it is followed.",
    status_code=201,
    max_body_size=_LARGEST_BODY,
    response_model=RollupDocument,
    responses={202: {"model": RollupDocument, "description": "正在办理 Under way"}, **problems(409, 413)},
)
async def begin_rollup(
    request: Request, house: HouseHere, key: WritingKey, wanted: RollupWanted | None = None
) -> Response:
    """Begin a roll-up, and wait a little for its end."""
    wish = (wanted or RollupWanted()).model_dump()
    try:
        number = await to_thread.run_sync(operations_of(house).begin, ROLLUP, wish, key.name)
    except AnotherOperationError as error:
        raise ProblemError(409, ANOTHER) from error
    await audit(request, house, AuditEvent.OPERATION_BEGUN, OPERATION_KINDS[ROLLUP].title.zh, who=key.name)
    until = time.monotonic() + _PATIENCE
    while (operation := await _rollup(house, number)).is_running and time.monotonic() < until:
        await asyncio.sleep(_BETWEEN_LOOKS)
    where = {"Location": _address(request, number)}
    return json_answer(_told(request, operation), 202 if operation.is_running else 201, where)


@router.get("/{number}", summary="一次汇总 A roll-up", response_model=RollupDocument)
async def show_rollup(request: Request, house: HouseHere, key: ReadingKey, number: Number) -> Response:
    """汇总办理得怎样，及其结果。How a roll-up stands, and what came of it."""
    return json_answer(_told(request, await _rollup(house, number)))


@router.get(
    "/{number}/files/{name}",
    summary="汇总的文件 A roll-up's file",
    response_class=Response,
    responses={**content_described(MEDIA_TYPES[".xlsx"]), **problems(409)},
)
async def show_rollup_file(
    request: Request, house: HouseHere, key: ReadingKey, number: Number, name: str
) -> Response:
    """汇总生成的文件；后来又重新生成过的答复409。A file of a roll-up; 409 where it was made anew since."""
    made = next((file for file in (await _rollup(house, number)).result.files if file.name == name), None)
    if made is None:
        raise ProblemError(404, _NOT_THERE)
    content = await office_file(house, made.path, made.digest)
    await audit(request, house, AuditEvent.DOWNLOADED, made.path, who=key.name)
    return download(content, name)


async def _rollup(house: House, number: int) -> Operation:
    found = await to_thread.run_sync(operations_of(house).operation, number)
    if found is None or found.kind != ROLLUP:
        raise ProblemError(404, _NOT_THERE)
    return found


def _address(request: Request, number: int) -> str:
    return address(request, request.app.url_path_for("show_rollup", number=number))


def _told(request: Request, operation: Operation) -> dict[str, Any]:
    language, result = language_of(request), operation.result
    where = _address(request, operation.number)
    return {
        "number": operation.number,
        "state": operation.state.value,
        "by": operation.by,
        "begun": operation.begun.astimezone().isoformat(),
        "done": operation.done,
        "total": operation.total,
        "said": [line.in_language(language) for line in result.lines],
        "names": [
            {"what": one.what.in_language(language), "names": list(one.first), "count": one.count}
            for one in result.names
        ],
        "figures": dict(result.figures),
        "findings": [found.as_dict(language) for found in result.findings],
        "files": [
            {"name": file.name, "sha256": file.digest, "url": f"{where}/files/{quote(file.name)}"}
            for file in result.files
        ],
    }
