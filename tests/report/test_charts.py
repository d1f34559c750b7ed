"""Charts in printed reports: filled in by both ways of printing, sound, drawn by LibreOffice and editable in Word."""

from __future__ import annotations

import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

import docx
import pdfplumber
import pytest
from charts import add_chart, drawn, edited
from lxml import etree
from ooxml_judges import ooxml_problems
from pack.row_pack import DATA as OF_ROWS
from pack.row_pack import row_pack
from pack.small_pack import DATA, small_pack
from word import paragraphs_of

from reportfill import PackError, Submission, load_pack, render
from reportfill.office.chart_data import ChartData, ChartSeries
from reportfill.office.package import parts_of
from reportfill.office.properties import Properties
from reportfill.office.word_structure import structure_faults
from reportfill.pack.check import pack_problems
from reportfill.report.drawings import Shown
from reportfill.report.template import compiled_template

NOTHING_SAID = Properties("", "", {})
UNITS = ChartData(
    ["甲队", "乙队", "丙队"], [ChartSeries("许可", [3, None, 5]), ChartSeries("处罚", [1, 2, 0])]
)
NOTHING = ChartData(["甲"], [ChartSeries("许可", [None]), ChartSeries("处罚", [None])])
TAG = "{{ chart: 许可 = a; 处罚 = b }}"


def template(change: Callable[[Any], object]) -> bytes:
    document = docx.Document()
    document.add_paragraph("{{ year }}")
    change(document)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def in_body(document: Any) -> None:
    add_chart(document, TAG, title="各队情况")


def in_body_beside_a_footer(document: Any) -> None:
    in_body(document)
    document.sections[0].footer.paragraphs[0].text = "{{ year }}"


def in_header(document: Any) -> None:
    add_chart(document, TAG, title="各队情况", into=document.sections[0].header)


def descriptions(report: bytes) -> list[str]:
    roots = [
        etree.fromstring(part)
        for name, part in parts_of(report).items()
        if name.startswith("word/") and name.endswith(".xml")
    ]
    return [drawing.get("descr") for root in roots for drawing in root.iter("{*}docPr")]


@pytest.mark.parametrize(
    ("place", "is_fast"), [(in_body, True), (in_body_beside_a_footer, False), (in_header, False)]
)
def test_both_ways_of_printing_fill_in_what_is_drawn_and_what_is_edited(
    place: Callable[[Any], None], is_fast: bool, tmp_path: Path
) -> None:
    content = template(place)
    compiled = compiled_template(content)
    assert (compiled.reasons == ()) is is_fast
    report = compiled.printed({"year": 2025}, NOTHING_SAID, Shown([UNITS]))
    assert drawn(report) == edited(report)
    assert drawn(report).series == [("许可", [3, None, 5]), ("处罚", [1, 2, 0])]
    assert descriptions(report) == ["各队情况：许可：甲队 3，丙队 5；处罚：甲队 1，乙队 2，丙队 0"]
    assert b'autoUpdate val="0"' in parts_of(report)["word/charts/chart1.xml"]
    assert "制表人".encode() not in b"".join(parts_of(report).values())
    assert structure_faults(report) == []
    assert report == compiled.printed({"year": 2025}, NOTHING_SAID, Shown([UNITS]))
    for name, file in (("template", content), ("report", report)):
        (tmp_path / f"{name}.docx").write_bytes(file)
    assert ooxml_problems(tmp_path / "report.docx") == ooxml_problems(tmp_path / "template.docx")


@pytest.mark.parametrize("place", [in_body, in_body_beside_a_footer])
def test_a_chart_without_data_is_left_out(place: Callable[[Any], None]) -> None:
    compiled = compiled_template(template(place))
    report = compiled.printed({"year": 2025}, NOTHING_SAID, Shown([NOTHING]))
    assert descriptions(report) == []
    assert "{%" not in parts_of(report)["word/document.xml"].decode()
    assert structure_faults(report) == []


def test_the_words_beside_the_tag_are_the_alternative_text() -> None:
    def change(document: Any) -> None:
        add_chart(document, f"{{{{ year }}}}年各队“许可” {TAG} 情况")

    report = compiled_template(template(change)).printed({"year": 2025}, NOTHING_SAID, Shown([UNITS]))
    assert descriptions(report) == ["2025年各队“许可” 情况"]


def test_an_alternative_text_in_english_has_english_signs() -> None:
    def change(document: Any) -> None:
        add_chart(document, TAG)

    data = ChartData(["A", "B"], [ChartSeries("Visits", [1, 2]), ChartSeries("Shops", [3, 4])])
    report = compiled_template(template(change)).printed({"year": 2025}, NOTHING_SAID, Shown([data]))
    assert descriptions(report) == ["Visits: A 1, B 2; Shops: A 3, B 4"]


def test_several_charts_have_their_own_data_and_numbers() -> None:
    def change(document: Any) -> None:
        for number in (1, 2, 3):
            add_chart(document, TAG, "line", number=number)
        for properties in document.element.body.iter("{*}docPr"):
            properties.set("id", "1")  # as Word leaves it where drawings were copied

    others = [
        UNITS._replace(series=[ChartSeries("许可", [n, n, n]), ChartSeries("处罚", [0, 0, n])])
        for n in (7, 8, 9)
    ]
    report = compiled_template(template(change)).printed({"year": 2025}, NOTHING_SAID, Shown(others))
    assert [drawn(report, number).series[0][1][0] for number in (1, 2, 3)] == [7, 8, 9]
    assert structure_faults(report) == []


def test_a_template_with_charts_but_no_report_says_so() -> None:
    with pytest.raises(PackError, match="only a report has charts and pictures"):
        compiled_template(template(in_body)).printed({"year": 2025}, NOTHING_SAID)


def test_charts_are_drawn_by_libreoffice(convert: Callable[[Path, str], Path], tmp_path: Path) -> None:
    kinds = ("column", "bar", "line", "pie", "area", "doughnut")

    def change(document: Any) -> None:
        for number, kind in enumerate(kinds, 1):
            add_chart(
                document, "{{ chart: a }}" if kind == "pie" else TAG, kind, title=f"图{number}", number=number
            )

    one = UNITS._replace(series=UNITS.series[1:])
    data = [one if kind == "pie" else UNITS for kind in kinds]
    path = tmp_path / "report.docx"
    path.write_bytes(compiled_template(template(change)).printed({"year": 2025}, NOTHING_SAID, Shown(data)))
    with pdfplumber.open(convert(path, "pdf")) as pages:
        text = "".join(page.extract_text() for page in pages.pages).replace(" ", "")
    for number, kind in enumerate(kinds, 1):
        assert f"图{number}" in text, kind
    assert text.count("甲队") == len(kinds)
    assert "系列" not in text
    assert "类别" not in text


def with_chart(tag: str) -> Callable[[Any], None]:
    return lambda document: add_chart(document, tag, title="Visits of the year") and None


def test_a_pack_fills_in_its_charts(tmp_path: Path) -> None:
    pack = load_pack(small_pack(tmp_path / "small", report=with_chart("{{ chart: visits without total }}")))
    submission = Submission.from_data(pack, DATA)
    report = render(submission)
    assert drawn(report).categories == ["Sites", "Shops"]
    assert drawn(report).series == [("Visits", [1, 2])]
    assert descriptions(report) == ["Visits of the year: Sites 1, Shops 2"]
    assert "1 + 2 = 3" in paragraphs_of(report)


def test_a_draft_has_charts_as_well(tmp_path: Path) -> None:
    pack = load_pack(small_pack(tmp_path / "small", report=with_chart("{{ chart: visits without total }}")))
    assert drawn(render(Submission.from_data(pack, DATA), draft=True)).series == [("Visits", [1, 2])]
    assert descriptions(render(Submission.from_data(pack, {"agency": {"name": "A"}}), draft=True)) == []


def test_a_chart_shows_last_years_figures_where_they_are_known(tmp_path: Path) -> None:
    tag = "{{ chart: Now = visits without total; Before = last.visits without total }}"
    pack = load_pack(small_pack(tmp_path / "small", report=with_chart(tag)))
    submission = Submission.from_data(pack, DATA)
    known = render(submission, {"visits": {"sites": 4, "shops": 5, "total": 9}})
    assert drawn(known).series == [("Now", [1, 2]), ("Before", [4, 5])]
    assert drawn(known) == edited(known)
    assert drawn(render(submission)).series == [("Now", [1, 2]), ("Before", [None, None])]


ROWS = "{{ 图表：类别 = units.name；许可 = units.permits；处罚 = units.fines }}"


def test_a_chart_has_a_category_for_each_row(tmp_path: Path) -> None:
    pack = load_pack(row_pack(tmp_path / "rows", report=lambda document: add_chart(document, ROWS) and None))
    report = render(Submission.from_data(pack, OF_ROWS))
    assert drawn(report).categories == ["甲局", "乙局"]
    assert drawn(report).series == [("许可", [3, 4]), ("处罚", [1, 0])]
    assert drawn(report) == edited(report)
    many = [{"name": f"{at}局", "permits": at, "fines": 0} for at in range(6)]
    assert len(drawn(render(Submission.from_data(pack, OF_ROWS | {"units": many}))).categories) == 6


def test_a_chart_of_rows_of_which_there_are_none_is_left_out(tmp_path: Path) -> None:
    pack = load_pack(row_pack(tmp_path / "rows", report=lambda document: add_chart(document, ROWS) and None))
    report = render(Submission.from_data(pack, OF_ROWS | {"units": []}), draft=True)
    assert descriptions(report) == []
    assert structure_faults(report) == []


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("{{ chart: units.permits }}", "categories = units"),
        ("{{ chart: categories = agency.name; units.permits }}", "categories = units"),
        ("{{ chart: categories = units.name; units }}", "each series of rows is one field"),
        ("{{ chart: categories = units.name; last.units.permits }}", "only figures outside of rows"),
        (
            "{{ chart: categories = units.name; units.permits; sums.permits }}",
            "all of them are of the same rows",
        ),
    ],
)
def test_a_chart_that_mixes_rows_with_others_is_named(tag: str, words: str, tmp_path: Path) -> None:
    folder = row_pack(tmp_path / "rows", report=lambda document: add_chart(document, tag) and None)
    assert any(words in problem.message for problem in pack_problems(folder))


def test_a_chart_takes_less_than_five_milliseconds() -> None:
    """A twentieth of that on an ordinary computer, so that a busy one keeps to it as well."""
    many = ChartData(
        [f"第{at}队" for at in range(40)], [ChartSeries(f"系列{s}", [*range(40)]) for s in range(2)]
    )
    drawings = compiled_template(template(in_body)).drawings
    assert drawings is not None
    [chart] = drawings.charts
    taken = []
    for _ in range(15):
        begun = time.process_time()
        chart.parts(many)
        taken.append(time.process_time() - begun)
    assert median(taken) < 0.005
