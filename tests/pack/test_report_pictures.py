"""What `pack check` says of pictures that give way to those of a report."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from pack.small_pack import small_pack
from pictures import png

from reportfill.pack.problems import PackProblem
from reportfill.trials.trial import all_problems

TAG = "{{ picture: seal }}"


def add_field(described: dict[str, Any]) -> None:
    described["properties"]["seal"] = {"title": "公章", "type": "string", "format": "picture"}


def add_cell(book: Workbook) -> None:
    book["Form"].append(("公章", "{{ seal }}"))


def problems(folder: Path, change: Callable[[Any], object]) -> list[PackProblem]:
    return all_problems(small_pack(folder / "small", schema=add_field, intake=add_cell, report=change))


def framed(tag: str) -> Callable[[Any], object]:
    def change(document: Any) -> None:
        document.add_picture(BytesIO(png()))
        next(document.element.body.iter("{*}docPr")).set("descr", tag)

    return change


def in_text(document: Any) -> None:
    document.add_paragraph(TAG)


def printed_as_text(document: Any) -> None:
    framed(TAG)(document)
    document.add_paragraph("{{ seal }}")


def in_loop(document: Any) -> None:
    document.add_paragraph("{%p for line in text %}")
    framed(TAG)(document)
    document.add_paragraph("{%p endfor %}")


def linked(document: Any) -> None:
    framed(TAG)(document)
    blip = next(document.element.body.iter("{*}blip"))
    name = next(name for name in blip.attrib if name.endswith("}embed"))
    blip.set(name.replace("}embed", "}link"), blip.attrib.pop(name))


def with_caption(document: Any) -> None:
    document.add_paragraph("{%p if seal %}")
    framed(f"Seal of {{{{ agency.name }}}} {TAG}")(document)
    document.add_paragraph("Seal")
    document.add_paragraph("{%p endif %}")


@pytest.mark.parametrize("change", [framed(TAG), framed("{{图片：seal}}"), with_caption])
def test_a_picture_with_a_tag_is_no_problem(change: Callable[[Any], object], tmp_path: Path) -> None:
    assert problems(tmp_path, change) == []


@pytest.mark.parametrize(
    ("change", "words", "chinese"),
    [
        (framed("{{ picture seal }}"), "is written {{ picture: path }}", "写作 {{ 图片：路径 }}"),
        (framed("{{ picture: seal | first }}"), "is written {{ picture: path }}", "写作 {{ 图片：路径 }}"),
        (framed("{{ picture: sael }}"), "no field sael", "没有sael"),
        (framed("{{ picture: visits.total }}"), "visits.total (All) is no picture", "不是图片"),
        (framed(f"{TAG} {TAG}"), "another picture's tag stands beside it", "还有一个图片标签"),
        (in_text, "in the alternative text of a picture", "一张图片的替代文字里"),
        (linked, "in the alternative text of a picture", "一张图片的替代文字里"),
        (printed_as_text, "seal is a picture", "seal是图片"),
        (in_loop, "cannot be repeated", "不能重复"),
        (lambda document: None, "{{ seal }} is printed nowhere", "报告中没有 {{ seal }}"),
    ],
)
def test_what_is_wrong_is_named_with_its_place_and_cure(
    change: Callable[[Any], object], words: str, chinese: str, tmp_path: Path
) -> None:
    said = [problem for problem in problems(tmp_path, change) if not problem.is_usable]
    assert any(words in problem.message and chinese in problem.in_chinese for problem in said), said
    assert all(str(problem.place).startswith("report.docx") for problem in said)
