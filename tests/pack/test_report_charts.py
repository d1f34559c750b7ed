"""What `pack check` says of charts: each fault of a tag, of where it stands, and of the chart that has it."""

from __future__ import annotations

import base64
from collections.abc import Callable
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from charts import add_chart
from pack.small_pack import small_pack

from reportfill.pack.problems import PackProblem
from reportfill.trials.trial import all_problems

GOOD = "{{ chart: visits without total }}"
ONE_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)


def problems(folder: Path, change: Callable[[Any], object]) -> list[PackProblem]:
    return all_problems(small_pack(folder / "small", report=change))


def charted(tag: str, *kinds: str, **look: Any) -> Callable[[Any], object]:
    return lambda document: add_chart(document, tag, *kinds, **look)


def test_a_sound_chart_is_no_problem_though_its_data_have_an_author(tmp_path: Path) -> None:
    assert problems(tmp_path, charted(f"Visits {GOOD}")) == []


def test_a_chart_without_a_tag_stays_as_it_is_and_its_data_are_named(tmp_path: Path) -> None:
    [said] = problems(tmp_path, charted("Visits"))
    assert "an embedded file with its author" in said.message
    assert said.is_usable


def test_what_a_chart_shows_need_not_be_printed_elsewhere(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        line = next(p for p in document.paragraphs if "visits.sites" in p.text)
        line.text = "{{ visits.total }}"
        add_chart(document, GOOD)

    assert problems(tmp_path, change) == []


def picture(document: Any) -> None:
    document.add_picture(BytesIO(ONE_PIXEL))
    next(document.element.body.iter("{*}docPr")).set("descr", GOOD)


def in_text(document: Any) -> None:
    document.add_paragraph(f"See {GOOD}")


def beside_the_number(document: Any) -> None:
    add_chart(document, "")
    next(document.element.body.iter("{*}docPr")).set("title", GOOD)


def in_loop(document: Any) -> None:
    document.add_paragraph("{%p for line in text %}")
    add_chart(document, GOOD)
    document.add_paragraph("{%p endfor %}")


def without_data(document: Any) -> None:
    part = add_chart(document, GOOD)
    part._blob = part._blob.replace(b"c:externalData", b"c:userShapes")


def shared(document: Any) -> None:
    add_chart(document, GOOD)
    body = document.element.body
    copy = deepcopy(next(body.iter("{*}drawing")).getparent().getparent())
    next(copy.iter("{*}docPr")).set("id", "77")
    body.insert_element_before(copy, "w:sectPr")


def newer(document: Any) -> None:
    add_chart(document, GOOD)
    data = next(document.element.body.iter("{*}graphicData"))
    data.set("uri", "http://schemas.microsoft.com/office/drawing/2014/chartex")
    data[0].tag = "{http://schemas.microsoft.com/office/drawing/2014/chartex}chart"


def titled_by_a_cell(document: Any) -> None:
    part = add_chart(document, GOOD, title="Title")
    part._blob = part._blob.replace(
        b"<c:title><c:tx>", b"<c:title><c:tx><c:strRef><c:f>Sheet1!$A$9</c:f></c:strRef>"
    )


@pytest.mark.parametrize(
    ("change", "words", "chinese"),
    [
        (charted("{{ chart visits }}"), "a colon is missing", "缺冒号"),
        (charted("{{ chart: visits.* }}"), "“visits.*” is no path", "不是路径"),
        (charted("{{ chart: visist }}"), "no field visist; is visits meant?", "没有visist；是否应为visits"),
        (charted("{{ chart: agency.name }}"), "agency.name (Name) is no figure", "不是数据项"),
        (
            charted("{{ chart: visits.sites; visits }}"),
            "not of one length: one has 1 field, another 3",
            "栏目数不同",
        ),
        (charted(f"{GOOD} {GOOD}"), "another chart's tag stands beside it", "旁边还有一个图表标签"),
        (
            charted("{{ chart: visits; visits }}", "pie", series=1),
            "a pie shows one series",
            "饼图只有一个系列",
        ),
        (charted(GOOD, "scatter"), "charts of its kind are not filled in", "这类图表不能填写"),
        (charted(GOOD, "column", "line"), "more kinds of charts than the tag has series", "种类多于"),
        (charted(GOOD, series=0), "no series whose look could be kept", "没有系列"),
        (picture, "it is no chart", "这不是图表"),
        (in_text, "has its place in the alternative text of a chart", "写在图表的替代文字里"),
        (beside_the_number, "has its place in the alternative text of a chart", "写在图表的替代文字里"),
        (in_loop, "a chart or picture cannot be repeated", "图表和图片不能重复"),
        (without_data, "it has no data of its own", "没有自带数据"),
        (shared, "the same data as another chart", "共用数据"),
        (newer, "a chart of a newer kind", "新型图表"),
        (titled_by_a_cell, "taken from cells of its data", "取自数据表的单元格"),
    ],
)
def test_what_is_wrong_is_named_once_with_its_place_and_cure(
    change: Callable[[Any], object], words: str, chinese: str, tmp_path: Path
) -> None:
    said = [problem for problem in problems(tmp_path, change) if not problem.is_usable]
    assert [words in problem.message for problem in said] == [True], said
    assert str(said[0].place).startswith("report.docx paragraph ")
    assert chinese in said[0].in_chinese
    assert said[0].in_chinese.startswith("report.docx第")


def test_a_text_that_only_a_chart_says_is_printed(tmp_path: Path) -> None:
    def schema(described: dict[str, Any]) -> None:
        described["properties"]["place"] = {"title": "Place", "type": "string", "minLength": 1}
        described["required"].append("place")

    folder = small_pack(
        tmp_path / "small",
        schema=schema,
        intake=lambda book: book.active.append(("Place", "{{ place }}")),
        report=charted("{{ chart: categories = place; Visits = visits.total }}"),
    )
    assert all_problems(folder) == []
