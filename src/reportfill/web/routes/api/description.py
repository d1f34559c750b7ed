"""How the API describes itself (OpenAPI): what each address takes, and every problem that it answers with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from reportfill.web.problems import PROBLEM, said_of
from reportfill.web.routes.api.documents import ProblemDocument, WorkbookWanted
from reportfill.web.routes.api.sent_file import PART

_SCHEMAS = "#/components/schemas/"
_OWN: tuple[type[BaseModel], ...] = (ProblemDocument, WorkbookWanted)
"""What is described here and not by a route."""

ABOUT = """\
上传填报表，得到报告，或者逐个单元格列出的错误。规则与命令行和网页相同。

无法完成的，一律答复application/problem+json（RFC 9457），findings逐条列出错误；
默认用中文，Accept-Language以en开头的用英文。

Workbooks in, reports or findings out, by the same rules as the command line. Every error is a problem document."""


class DescribedApplication(FastAPI):
    """An application whose description has the documents that its routes read and answer by themselves."""

    def openapi(self) -> dict[str, Any]:
        """The description."""
        described = super().openapi()
        _, schemas = models_json_schema(
            [(model, "validation") for model in _OWN], ref_template=f"{_SCHEMAS}{{model}}"
        )
        described.setdefault("components", {}).setdefault("schemas", {}).update(schemas["$defs"])
        return described


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What is said of the problems with which a route answers."""
    content = {PROBLEM: {"schema": _reference(ProblemDocument)}}
    return {
        status: {"description": f"{said_of(status).zh} {said_of(status).en}", "content": content}
        for status in statuses
    }


def content_described(*media_types: str) -> dict[int | str, dict[str, Any]]:
    """What is said of an answer that is a file of one of these media types."""
    schema = {"schema": {"type": "string", "format": "binary"}}
    return {200: {"content": {one: {} if one.endswith("json") else schema for one in media_types}}}


def file_body(*, takes_data: bool = True, **fields: Mapping[str, str]) -> dict[str, Any]:
    """What is said of a route that takes a file: as a form with these fields beside it, or as JSON."""
    file = {"type": "string", "format": "binary", "description": "填报表或者.json文件。A workbook or JSON."}
    form = {"schema": {"type": "object", "required": [PART, *fields], "properties": {PART: file, **fields}}}
    data = {
        "schema": {
            "type": "object",
            "description": "报告的数据，格式见模板包的schema。A report's data, as the pack's schema says.",
        },
        "example": {"year": 2023, "agency": {"name": "卫辉市信访局"}},
    }
    content = {"multipart/form-data": form} | ({"application/json": data} if takes_data else {})
    return {"requestBody": {"required": True, "content": content}}


def json_body(model: type[BaseModel]) -> dict[str, Any]:
    """What is said of a route that reads JSON by itself."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": _reference(model)}}}}


def _reference(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": f"{_SCHEMAS}{model.__name__}"}
