"""Packs and workbooks of any size, made up to see what grows with what."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from openpyxl import Workbook

from benchmarks.places import PACK, SAMPLE, SCHEMA, TEMPLATE
from reportfill import load_pack, new_workbook, read_workbook
from reportfill.model.figures import with_values
from reportfill.pack.pack import INTAKE, REPORT, Pack
from reportfill.pack.pack import SCHEMA as SCHEMA_NAME

AGENCY, YEAR = "清河县统计局", 2023
_GROUP = 10
"""So many figures make a group, which ends with their total."""

_MANIFEST = """id = "made-up"
version = "1.0.0"
title = "统计报告"
[years]
first = 2000
[names]
report = "{{ agency.name }}{{ year }}年统计报告"
workbook = "{{ agency.name }}{{ year }}年统计填报表"
"""
_SENTENCE = "第{}项工作按照有关规定开展，责任到人，进展情况及时通报，群众反映良好。"


@dataclass(frozen=True)
class Case:
    """A pack's files and a workbook that is filled in for it; `size` is what was asked for."""

    size: int
    pack: Pack
    template: Path
    schema: Path
    workbook: bytes


def case_of_tags(folder: Path, tags: int) -> Case:
    """A report of so many figures in a table, a title and one paragraph, in a folder that is to hold the pack."""
    groups = [range(first, min(first + _GROUP - 1, tags)) for first in range(0, tags, _GROUP)]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pack.toml").write_text(_MANIFEST, "utf-8")
    (folder / SCHEMA_NAME).write_text(json.dumps(_schema(groups), ensure_ascii=False), "utf-8")
    (folder / INTAKE).write_bytes(_intake(groups))
    (folder / REPORT).write_bytes(_report(groups))
    pack = load_pack(folder)
    figures = {
        f"groups.g{number}.f{figure}": figure for number, group in enumerate(groups) for figure in group
    }
    data = with_values({}, {**figures, "text": [_SENTENCE.format("一")]})
    workbook = new_workbook(pack, agency=AGENCY, year=YEAR, data=data)
    return Case(tags, pack, folder / REPORT, folder / SCHEMA_NAME, workbook)


def case_of_paragraphs(each: int) -> Case:
    """The sample's report with so many paragraphs in each of the six parts of its first section; its size is how
    many paragraphs its text then has in all."""
    pack = load_pack(PACK)
    submission = read_workbook(SAMPLE.read_bytes(), pack)
    parts: Mapping[str, list[str]] = submission.exact_data["overview"]
    longer = {
        f"overview.{name}": [texts[0], *(_sentence(position, number) for number in range(1, each))]
        for position, (name, texts) in enumerate(parts.items())
    }
    data = with_values(submission.exact_data, longer)
    workbook = new_workbook(pack, agency=submission.agency, year=submission.year or YEAR, data=data)
    return Case(_paragraphs(data), pack, TEMPLATE, SCHEMA, workbook)


def _sentence(part: int, number: int) -> str:
    return _SENTENCE.format(f"{part + 1}.{number}")


def _paragraphs(data: Mapping[str, Any]) -> int:
    return sum(
        _paragraphs(value) if isinstance(value, Mapping) else len(value) if isinstance(value, list) else 0
        for value in data.values()
    )


def _schema(groups: list[range]) -> dict[str, Any]:
    name = {"title": "单位名称", "type": "string", "minLength": 2}
    agency = {"title": "单位", "type": "object", "required": ["name"], "properties": {"name": name}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "统计报告",
        "type": "object",
        "required": ["agency", "year", "groups", "text"],
        "properties": {
            "agency": agency,
            "year": {"title": "年度", "type": "integer", "minimum": 2000, "rollup": "none"},
            "groups": {
                "title": "一、数据",
                "type": "object",
                "required": [f"g{number}" for number in range(len(groups))],
                "properties": {f"g{number}": _group(number, group) for number, group in enumerate(groups)},
            },
            "text": {"title": "二、说明", "type": "array", "minItems": 1, "items": {"type": "string"}},
        },
    }


def _group(number: int, group: range) -> dict[str, Any]:
    names = [f"f{figure}" for figure in group]
    balance = {
        "id": f"g{number}",
        "title": "合计等于各项之和",
        "left": ["/total"],
        "right": [f"/{name}" for name in names],
    }
    figures = {name: {"title": f"指标{name[1:]}", "type": "integer", "minimum": 0} for name in names}
    return {
        "title": f"第{number + 1}组",
        "type": "object",
        "required": [*names, "total"],
        "balances": [balance],
        "properties": {**figures, "total": {"title": "合计", "type": "integer", "minimum": 0}},
    }


def _tags(number: int, group: range) -> list[str]:
    return [f"{{{{ groups.g{number}.{name} }}}}" for name in (*(f"f{figure}" for figure in group), "total")]


def _intake(groups: list[range]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "数据"
    for row in (("单位名称", "{{ agency.name }}"), ("年度", "{{ year }}"), ("说明", "{{ text }}")):
        sheet.append(row)
    for number, group in enumerate(groups):
        sheet.append(["组别", *(f"指标{figure}" for figure in group), "合计"])
        sheet.append([f"第{number + 1}组", *_tags(number, group)])
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _report(groups: list[range]) -> bytes:
    document = docx.Document()
    for text in (
        "{{ agency.name }}{{ year }}年统计报告",
        "{%p for paragraph in text %}",
        "{{ paragraph }}",
        "{%p endfor %}",
    ):
        document.add_paragraph(text)
    table = document.add_table(rows=len(groups), cols=_GROUP)
    for number, (row, group) in enumerate(zip(table.rows, groups, strict=True)):
        for cell, tag in zip(row.cells, _tags(number, group), strict=False):
            cell.text = tag
    target = BytesIO()
    document.save(target)
    return target.getvalue()
