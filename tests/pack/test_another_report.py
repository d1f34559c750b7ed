"""docs/packs.md tells how to make a pack for quite another report; here is what it tells, done."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook, load_workbook

from reportfill import check, load_pack, new_workbook, read_workbook, render
from reportfill.cli.main import status_of

SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "安全生产检查情况报告",
    "type": "object",
    "required": ["agency", "year", "sites", "items"],
    "properties": {
        "agency": {
            "title": "单位",
            "type": "object",
            "required": ["name"],
            "properties": {"name": {"title": "单位名称", "type": "string", "minLength": 2}},
        },
        "year": {"title": "年度", "type": "integer", "minimum": 2000, "rollup": "none"},
        "sites": {
            "title": "检查场所",
            "type": "object",
            "required": ["mines", "factories", "all"],
            "balances": [
                {
                    "id": "sites",
                    "title": "合计等于各项之和",
                    "left": ["/all"],
                    "right": ["/mines", "/factories"],
                }
            ],
            "properties": {
                "mines": {"title": "矿山", "type": "integer", "minimum": 0, "unit": "处"},
                "factories": {"title": "工厂", "type": "integer", "minimum": 0, "unit": "处"},
                "all": {"title": "合计", "type": "integer", "minimum": 0, "unit": "处"},
            },
        },
        # A name that is also a method of Python's dictionaries.
        "items": {"title": "发现的问题", "type": "array", "minItems": 1, "items": {"type": "string"}},
    },
    "mentions": [
        {
            "id": "sites",
            "title": "检查的处数",
            "words": [["场所", "单位"], ["检查", "巡查"]],
            "units": ["处", "家"],
            "equals": ["/sites/all"],
        },
    ],
}
MANIFEST = """
id = "safety-inspection"
version = "1.0.0"
title = "安全生产检查情况报告"
[years]
first = 2000
[names]
report = "{{ agency.name }}{{ year }}年安全生产检查情况报告"
workbook = "{{ agency.name }}{{ year }}年安全生产检查填报表"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Steps 1 to 5: a copy, with another schema and two other templates."""
    monkeypatch.chdir(tmp_path)
    assert status_of(["pack", "new", "safety-inspection"]) == 0
    folder = tmp_path / "templates" / "safety-inspection"
    (folder / "pack.toml").write_text(MANIFEST, encoding="utf-8")
    (folder / "schema.json").write_text(json.dumps(SCHEMA, ensure_ascii=False), encoding="utf-8")
    _workbook().save(folder / "intake.xlsx")
    _report().save(str(folder / "report.docx"))
    return folder


def _workbook() -> Workbook:
    book = Workbook()
    sheet = book.active
    sheet.title = "检查"
    for row in (
        ("单位名称", "{{ agency.name }}"),
        ("年度", "{{ year }}"),
        ("矿山", "{{ sites.mines }}"),
        ("工厂", "{{ sites.factories }}"),
        ("合计", "{{ sites.all }}"),
        ("发现的问题", "{{ items }}"),
        ("", "{{ items }}"),
    ):
        sheet.append(row)
    return book


def _report() -> docx.document.Document:
    document = docx.Document()
    for text in (
        "{{ agency.name }}{{ year }}年安全生产检查情况报告",
        "检查矿山{{ sites.mines }}处、工厂{{ sites.factories }}处，合计{{ sites.all }}处。",
        "{%p for item in items %}",
        "{{ item }}",
        "{%p endfor %}",
    ):
        document.add_paragraph(text)
    return document


def test_the_pack_fits_together(folder: Path) -> None:
    assert status_of(["pack", "check", "safety-inspection"]) == 0


def test_its_workbook_is_filled_in_and_printed(folder: Path) -> None:
    pack = load_pack("safety-inspection")
    workbook = folder.parent / "filled.xlsx"
    workbook.write_bytes(new_workbook(pack, agency="清河县应急管理局", year=2025))
    book = load_workbook(workbook)
    sheet = book["检查"]
    for address, value in (("B3", 4), ("B4", 9), ("B6", "检查场所13处，发现隐患2处。"), ("B7", "均已整改。")):
        sheet[address] = value
    book.save(workbook)
    submission = read_workbook(workbook)
    assert [found.code for found in check(submission)] == []
    (folder / "report-out.docx").write_bytes(render(submission))
    assert [p.text for p in docx.Document(str(folder / "report-out.docx")).paragraphs] == [
        "清河县应急管理局2025年安全生产检查情况报告",
        "检查矿山4处、工厂9处，合计13处。",
        "检查场所13处，发现隐患2处。",
        "均已整改。",
    ]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("检查场所12处，发现隐患2处。", "mention.differs"),
        ("本年度未检查任何场所，也未发现任何隐患。", "mention.differs"),
    ],
)
def test_its_own_rules_and_wordings_are_checked_without_any_python(
    folder: Path, typed: str, code: str
) -> None:
    from reportfill import Submission

    data = {
        "agency": {"name": "清河县应急管理局"},
        "year": 2025,
        "sites": {"mines": 4, "factories": 9},
        "items": [typed],
    }
    submission = Submission.from_data(load_pack("safety-inspection"), data)
    assert [found.code for found in check(submission)] == [code]
    wrong = Submission.from_data(
        load_pack("safety-inspection"), data | {"sites": {"mines": 4, "factories": 9, "all": 12}}
    )
    assert "balance.unequal" in [found.code for found in check(wrong)]
