"""Fields have names in Chinese, in the schema as in the tags of both templates, beside names in letters."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import Workbook, load_workbook
from pack.small_pack import LINES, small_pack

from reportfill import Pack, check, load_pack, new_workbook, read_workbook, render
from reportfill.pack.check import pack_problems

COUNT = {"type": "integer", "minimum": 0, "unit": "件"}
RECEIVED = {
    "title": "新收",
    "type": "object",
    "required": ["自然人", "法人_其他", "总计"],
    "balances": [{"id": "received", "title": "总计", "left": ["/总计"], "right": ["/自然人", "/法人_其他"]}],
    "properties": {
        "自然人": {"title": "自然人", **COUNT},
        "法人_其他": {"title": "法人或其他组织", **COUNT},
        "总计": {"title": "总计", **COUNT},
    },
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small pack with an application part whose fields have Chinese names."""

    def schema(described: dict[str, Any]) -> None:
        described["properties"]["申请"] = {
            "title": "申请",
            "type": "object",
            "required": ["新收"],
            "properties": {"新收": RECEIVED, "note2": {"title": "备注", "type": "string"}},
        }
        described["required"].append("申请")

    def intake(book: Workbook) -> None:
        for name in ("自然人", "法人_其他", "总计"):
            book["Form"].append([name, f"{{{{ 申请.新收.{name} }}}}"])
        book["Form"].append(["备注", "{{申请.note2}}"])

    def report(document: Any) -> None:
        document.add_paragraph(
            "{{ 申请.新收.自然人 }}+{{申请.新收.法人_其他}}={{ 申请.新收.总计 }}，{{ 申请.note2 }}"
        )
        document.add_paragraph(
            "{% if 申请.新收.总计 > 2 %}{{ (申请.新收.自然人 / 申请.新收.总计 * 100) | round(1) }}%{% endif %}"
        )

    return small_pack(tmp_path / "names", schema=schema, intake=intake, report=report)


@pytest.fixture
def pack(folder: Path) -> Pack:
    """That pack, loaded."""
    return load_pack(folder)


def test_the_pack_is_sound(folder: Path) -> None:
    assert pack_problems(folder) == []


def test_what_is_typed_is_added_up_checked_and_printed(pack: Pack) -> None:
    known = {"visits": {"sites": 1, "shops": 2}, "text": ["做了检查，查了所有的场所。"]}
    book = load_workbook(BytesIO(new_workbook(pack, year=2025, agency="甲局", data=known)))
    assert {"申请.新收.自然人", "申请.note2"} <= set(book.defined_names)
    for path, value in {"申请.新收.自然人": 5, "申请.新收.法人_其他": 1, "申请.note2": "无"}.items():
        cell = pack.form.inputs[path][0]
        book[cell.sheet][cell.address] = value
    saved = BytesIO()
    book.save(saved)
    submission = read_workbook(saved.getvalue(), pack)
    assert [f for f in check(submission) if f.severity.value == "error"] == []
    assert submission.data["申请"] == {"新收": {"自然人": 5, "法人_其他": 1, "总计": 6}, "note2": "无"}
    printed = [one.text for one in docx.Document(BytesIO(render(submission))).paragraphs][len(LINES) - 2 :]
    assert printed == ["5+1=6，无", "83.3%"]


def test_a_slip_in_a_name_is_named_with_what_was_meant(tmp_path: Path) -> None:
    made = small_pack(
        tmp_path / "slip",
        schema=lambda described: described["properties"].update(
            处理结果={"title": "处理结果", "type": "string"}
        ),
        intake=lambda book: book["Form"].append(["处理结果", "{{ 处理结果 }}"]),
        report=lambda document: document.add_paragraph("{{ 处理结课 }}"),
    )
    said = [problem.message for problem in pack_problems(made)]
    assert "the schema has no field 处理结课; is 处理结果 meant?" in said


@pytest.mark.parametrize("name", ["1月", "新 收", "（一）", "a-b"])
def test_a_name_that_no_tag_can_have_is_refused(tmp_path: Path, name: str) -> None:
    made = small_pack(
        tmp_path / "odd",
        schema=lambda described: described["properties"].update({name: {"title": "甲", "type": "string"}}),
    )
    assert any("no tag can name the field" in problem.message for problem in pack_problems(made))


@pytest.mark.parametrize(("name", "same"), [("数1", "数１"), ("a", "ａ"), ("fi", "ﬁ")])
def test_two_names_that_differ_in_width_alone_are_refused(tmp_path: Path, name: str, same: str) -> None:
    text = {"title": "甲", "type": "string"}
    made = small_pack(
        tmp_path / "width",
        schema=lambda described: described["properties"].update({name: text, same: text}),
    )
    said = [problem.message for problem in pack_problems(made)]
    assert [one for one in said if "are one name to tags" in one] == [
        f'"{same}" and "{name}" are one name to tags, which do not tell width; name one of them otherwise'
    ]
