"""What the API takes and gives as JSON."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, JsonValue

_FINDING: dict[str, JsonValue] = {
    "code": "balance.row",
    "severity": "error",
    "field": "",
    "cell": "表三!V7",
    "value": "8",
    "expected": "11",
    "message": "表三!V7的8应为11。",
    "hint": "请核对后改正。",
    "cells": ["表三!R7", "表三!S7"],
}


class FindingDocument(BaseModel):
    """错误、提醒或者说明，编号见docs/findings.md。A finding, by its code."""

    model_config = ConfigDict(json_schema_extra={"examples": [_FINDING]})

    code: str
    severity: str
    field: str
    cell: str
    value: Any
    expected: Any
    message: str
    hint: str
    cells: list[str]


class ProblemDocument(BaseModel):
    """无法完成的原因（RFC 9457），findings逐条列出错误。Why a request is refused, with the findings behind it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "about:blank",
                    "title": "Unprocessable Entity",
                    "status": 422,
                    "detail": "填报表需要修改，没有生成报告。",
                    "findings": [_FINDING],
                }
            ]
        }
    )

    type: str
    title: str
    status: int
    detail: str
    findings: list[FindingDocument]


class PackNamed(BaseModel):
    """模板包的编号和版本。A pack's id and version."""

    id: str
    version: str


class CheckedFile(BaseModel):
    """校验结果，与 `reportfill check --format json` 相同。What was found in a file."""

    file: str
    pack: PackNamed
    agency: str
    year: int | None
    findings: list[FindingDocument]
    counts: dict[str, int] = Field(examples=[{"error": 0, "warning": 1, "note": 0}])


class PackSummary(BaseModel):
    """模板包。A pack."""

    id: str
    version: str
    series: str
    title: str
    first_year: int
    last_year: int | None
    legal_basis: list[str]


class PackList(BaseModel):
    """可用的模板包。The packs there are."""

    packs: list[PackSummary]


class PackField(BaseModel):
    """栏目：路径、名称、类型、单位和所在的单元格。A field, and the cells in which it stands."""

    path: str
    label: str
    kind: str
    unit: str
    required: bool
    cells: list[str]


class PackRule(BaseModel):
    """勾稽关系或者文字核对。A balance, with its severity, or a wording."""

    id: str
    title: str
    severity: str | None = None


class PackDetails(PackSummary):
    """模板包的栏目、勾稽关系和文字核对。A pack with its fields and rules."""

    fields: list[PackField]
    balances: list[PackRule]
    mentions: list[PackRule]


class WorkbookWanted(BaseModel):
    """要哪张填报表：单位、年度，已有的数据预填其中。The workbook that is wanted, with what is already known."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"agency": "卫辉市信访局", "year": 2023}]}
    )

    year: int = Field(ge=1900, le=2999, description="报告年度。The reporting year.")
    agency: str = Field("", max_length=400, description="单位名称，选填。The agency's name.")
    code: str = Field("", max_length=400, description="单位编码，选填。Its code.")
    pack: str | None = Field(
        None, max_length=200, description="模板包的编号，默认按年度选用。A pack's id; else that of the year."
    )
    data: dict[str, Any] = Field({}, description="本年度已有的数据。This year's data so far.")
