"""Our templates in the tags of docxtemplater and carbone."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest

from benchmarks.node_templates import carbone_template, docxtemplater_template
from benchmarks.places import TEMPLATE
from benchmarks.report_text import paragraphs_of


def template(*paragraphs: str, rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    table = document.add_table(rows=len(rows), cols=2)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def test_values_loops_and_headings_before_the_first() -> None:
    ours = template(
        "{{ agency.name }}{% if agency.name|length > 6 %}；{% endif %}{{ year }}年",
        "{%p for note in notes %}",
        "{% if loop.first %}注：{% endif %}{{ note }}",
        "{%p endfor %}",
    )
    assert paragraphs_of(docxtemplater_template(ours)) == [
        "{agency.name}{#agency.name.length > 6}；{/}{year}年",
        "{#notes}",
        "{#$index == 0}注：{/}{.}",
        "{/}",
    ]
    assert paragraphs_of(carbone_template(ours)) == [
        "{d.agency.name}{d.agency.name:len:ifGT(6):showBegin}；{d.agency.name:showEnd}{d.year}年",
        "{d.notes[i].first:ifEQ(true):show('注：'):elseShow('')}{d.notes[i].text}",
        "{d.notes[i+1].text}",
    ]


def test_a_loop_over_the_rows_of_a_table() -> None:
    rows = (
        ("{%tr for entry in entries %}", ""),
        ("{{ entry.name }}", "{{ entry.count }}"),
        ("{%tr endfor %}", ""),
    )
    ours = template(rows=rows)
    assert paragraphs_of(docxtemplater_template(ours)) == ["{#entries}{name}", "{count}{/}"]
    assert paragraphs_of(carbone_template(ours))[:2] == ["{d.entries[i].name}", "{d.entries[i].count}"]


def test_nothing_of_the_shipped_template_is_left_in_our_tags() -> None:
    for converted in (docxtemplater_template, carbone_template):
        assert not [
            text for text in paragraphs_of(converted(TEMPLATE.read_bytes())) if "{{" in text or "{%" in text
        ]


def test_a_tag_without_an_equivalent_is_named() -> None:
    with pytest.raises(ValueError, match=r"no equivalent is known of .*unless"):
        docxtemplater_template(template("{% unless x %}"))
