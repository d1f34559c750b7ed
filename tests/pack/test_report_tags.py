"""The tags of a report.docx: what it prints and where, and what is wrong with how they are typed."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

from reportfill.model.report_model import CODE
from reportfill.pack.pack import Pack
from reportfill.pack.report_tags import TagUse, report_problems, report_tags


def changed(change: Callable[[Any], object]) -> bytes:
    """A Word file that was made by changing an empty one."""
    document = docx.Document()
    change(document)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def typed(*paragraphs: str) -> bytes:
    """A Word file of these paragraphs."""
    return changed(lambda document: [document.add_paragraph(text) for text in paragraphs])


def uses(report: bytes) -> list[tuple[str, str, str]]:
    """Path, use and place of each tag."""
    return [(tag.path, tag.use.value, str(tag.place)) for tag in report_tags(report)]


def problems(report: bytes) -> list[str]:
    return [str(problem) for problem in report_problems(report)]


def test_the_annual_report_prints_every_field_and_its_tags_are_sound(pack: Pack) -> None:
    assert problems(pack.report) == []
    assert {tag.path for tag in report_tags(pack.report)} == set(pack.fields) - {CODE}


def test_a_loops_variable_stands_for_what_is_looped_over() -> None:
    report = typed(
        "{{ agency.name }}",
        "{%p for paragraph in overview.summary %}",
        "{% if loop.first %}（一）{% endif %}{{ paragraph }}",
        "{%p endfor %}",
        "{{ paragraph }}",
    )
    assert uses(report) == [
        ("agency.name", "value", "report.docx paragraph 1"),
        ("overview.summary", "loop", "report.docx paragraph 2"),
        ("paragraph", "value", "report.docx paragraph 5"),
    ]


def test_every_path_of_an_expression_counts() -> None:
    report = typed("{%p if a.b|length > 2 and c.d %}", "{{ e.f or 'g' }}", "{%p endif %}")
    assert [tag.path for tag in report_tags(report)] == ["a.b", "c.d", "e.f"]


def test_tags_in_headers_and_footers_are_named_after_their_part() -> None:
    def change(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "{{ year }}"

    [(path, _, place)] = uses(changed(change))
    assert path == "year"
    assert place.startswith("report.docx header")


def nested_table(document: Any) -> None:
    document.add_table(1, 1)
    table = document.add_table(3, 2)
    table.cell(0, 0).add_table(4, 3).cell(3, 2).text = "inner"
    table.cell(2, 1).add_table(1, 1).cell(0, 0).text = "{{ year }}"


def in_content_control(element_of: Callable[[Any], Any]) -> Callable[[Any], None]:
    """A change that puts a content control around a row, cell or paragraph, as Word's own templates have them."""

    def change(document: Any) -> None:
        document.add_table(1, 1)
        table = document.add_table(3, 2)
        table.cell(2, 1).text = "{{ year }}"
        element = element_of(table)
        control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
        element.addprevious(control)
        control.append(content)
        content.append(element)

    return change


@pytest.mark.parametrize(
    "change",
    [
        nested_table,
        in_content_control(lambda table: table._tbl.tr_lst[2]),
        in_content_control(lambda table: table._tbl.tr_lst[2].tc_lst[1]),
        in_content_control(lambda table: table.cell(2, 1).paragraphs[0]._p),
    ],
    ids=["table in a table", "row in a control", "cell in a control", "paragraph in a control"],
)
def test_a_place_in_a_table_is_that_of_the_outermost_one(change: Callable[[Any], None]) -> None:
    report = changed(change)
    assert problems(report) == []
    assert uses(report) == [("year", TagUse.VALUE.value, "report.docx table 2, row 3, column 2")]


@pytest.mark.parametrize(
    ("paragraphs", "said"),
    [
        (["{%p for x in a.b %}", "{{ x }}"], "paragraph 1: the for that begins here is never closed"),
        (["{% if x %}"], "paragraph 1: the if that begins here is never closed"),
        (["{%p endfor %}"], "paragraph 1: {%p endfor %}: endfor without a for"),
        (["{% if x %}", "{% endfor %}", "{% endif %}"], "paragraph 2: {% endfor %}: endfor without a for"),
        (["甲", "{% else %}"], "paragraph 2: {% else %}: else without an if"),
        (["{% elif x %}"], "paragraph 1: {% elif x %}: elif without an if"),
        (["{% set x = 1 %}"], "there is no statement set"),
        (["{{ }}"], "it is not complete: something is missing at its end"),
        (["{{ a. }}"], "paragraph 1: {{ a. }}: "),
        (["甲 {{ x }"], "{{ belongs to no complete tag in: 甲 {{ x }"),
        (["x }} 乙"], "}} belongs to no complete tag"),
    ],
)
def test_a_broken_tag_is_named_with_its_place(paragraphs: list[str], said: str) -> None:
    [problem] = problems(typed(*paragraphs))
    assert problem.startswith("report.docx paragraph ")
    assert said in problem


@pytest.mark.parametrize(
    "sound",
    [
        ["{% if x %}甲{% elif y %}乙{% else %}丙{% endif %}"],
        ["{%p for x in a.b %}", "{{ x }}", "{%p else %}", "无", "{%p endfor %}"],
        ["{{ -x }}", "{# 说明 #}", "{ } 100%"],
    ],
)
def test_what_jinja_understands_is_no_problem(sound: list[str]) -> None:
    assert problems(typed(*sound)) == []


def test_a_tag_split_over_runs_is_one_tag() -> None:
    def change(document: Any) -> None:
        paragraph = document.add_paragraph("{{ agency")
        paragraph.add_run(".name }}").bold = True

    assert problems(changed(change)) == []
    assert uses(changed(change)) == [("agency.name", "value", "report.docx paragraph 1")]


@pytest.mark.parametrize(
    "tag",
    [
        "{%-p if year %}",
        "{%p if year -%}",
        "{%-tr if year -%}",
        "{%- if year -%}",
        "{%- if year %}",
        "{%if year-%}",
    ],
)
def test_a_hyphen_that_would_take_the_next_paragraph_away_is_named(tag: str) -> None:
    said = problems(typed(tag, "words", "{%p endif %}"))
    assert said[0].startswith(f"report.docx paragraph 1: {tag}: the hyphen takes the text beside it away")
    assert "write it without one, and {%p … %}" in said[0]


@pytest.mark.parametrize(
    "tag", ["{{- year }}", "{{ year -}}", "{{-year-}}", "{#- remark #}", "{# remark -#}"]
)
def test_a_hyphen_at_the_braces_of_a_value_or_remark_is_named_within_a_line(tag: str) -> None:
    [said] = problems(typed("words", f"The year {tag} it is"))
    assert said.startswith(f"report.docx paragraph 2: {tag}: the hyphen takes the blanks beside it away")


@pytest.mark.parametrize("tag", ["{%+ if year %}", "{%p if year +%}"])
def test_a_plus_sign_at_the_braces_is_named(tag: str) -> None:
    assert "a plus sign has no place at the braces" in problems(typed(tag, "words", "{%p endif %}"))[0]


def test_a_sign_within_a_tag_is_none_at_its_braces() -> None:
    assert problems(typed("{{ -year }} {{ 1 - year }} {{ year + 1 }} {{ '-' }}")) == []


def test_the_part_of_what_a_loop_goes_through_is_its_field() -> None:
    report = typed("{%p for unit in units %}", "{{ unit.total }}", "{%p endfor %}", "{{ unit.total }}")
    assert [(tag.path, tag.is_of_loop) for tag in report_tags(report)] == [
        ("units", False),
        ("units.total", True),
        ("unit.total", False),
    ]


def formula(text: str) -> bytes:
    """A Word file with a formula of this text."""
    mathematics = "http://schemas.openxmlformats.org/officeDocument/2006/math"

    def add(document: Any) -> None:
        paragraph = document.add_paragraph()._p
        inner = etree.SubElement(
            etree.SubElement(paragraph, f"{{{mathematics}}}oMath"), f"{{{mathematics}}}r"
        )
        etree.SubElement(inner, f"{{{mathematics}}}t").text = text

    return changed(add)


def test_tags_in_formulas_count_and_are_named_where_they_are_none() -> None:
    assert uses(formula("{{ visits.total }}")) == [("visits.total", "value", "report.docx paragraph 1")]
    assert "belongs to no complete tag" in problems(formula("｛｛ visits.total ｝｝"))[0]


@pytest.mark.parametrize(("value", "is_lost"), [("1", True), ("0", False), ("false", False)])
def test_a_page_break_that_is_switched_off_is_not_lost(value: str, *, is_lost: bool) -> None:
    def add(document: Any) -> None:
        mark = OxmlElement("w:pageBreakBefore")
        mark.set(qn("w:val"), value)
        document.add_paragraph("{%p if year %}")._p.get_or_add_pPr().append(mark)
        document.add_paragraph("{%p endif %}")

    assert bool(problems(changed(add))) is is_lost


@pytest.mark.parametrize("name", ["w:pgNum", "w:noBreakHyphen"])
def test_signs_beside_a_paragraphs_tag_are_named(name: str) -> None:
    def add(document: Any) -> None:
        document.add_paragraph("{%p if year %}").runs[0]._r.append(OxmlElement(name))
        document.add_paragraph("{%p endif %}")

    assert "beside it would be lost" in problems(changed(add))[0]
