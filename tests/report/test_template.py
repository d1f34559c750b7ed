"""Two ways of printing a template: the fast one, and docxtpl's own for what needs that. Both give the same XML."""

from __future__ import annotations

import base64
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
import pytest
from builders import figures_only
from docxtpl import DocxTemplate, RichText
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from often import often
from word import paragraphs_of

from reportfill import PackError, ReportfillError, Submission, SubmissionError
from reportfill.model.figures import with_values
from reportfill.office.package import composed, parts_of
from reportfill.office.properties import Properties
from reportfill.pack.pack import Pack
from reportfill.report.environment import environment
from reportfill.report.template import compiled_template

NOTHING_SAID = Properties("", "", {})


def template(change: Callable[[Any], object]) -> bytes:
    """A Word file that was made by changing an empty one."""
    document = docx.Document()
    change(document)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def canonical(report: bytes) -> bytes:
    """The document part in canonical XML, in which only what counts is told apart."""
    with zipfile.ZipFile(BytesIO(report)) as package:
        return etree.tostring(etree.fromstring(package.read("word/document.xml")), method="c14n2")


def by_docxtpl(content: bytes, context: dict[str, Any]) -> bytes:
    """What docxtpl's documented way of rendering gives, with the tool's environment."""
    full = DocxTemplate(BytesIO(content))
    full.render(context, jinja_env=environment())
    saved = BytesIO()
    full.save(saved)
    return saved.getvalue()


def test_the_annual_report_needs_no_full_pass(pack: Pack) -> None:
    assert compiled_template(pack.report).reasons == ()


@settings(max_examples=often(15))
@given(
    text=st.text(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=80
    )
)
def test_both_ways_give_the_same_xml(pack: Pack, text: str) -> None:
    texts = {"overview.oversight": [text, "{{ x }} {_{ %_} & <部>", "a\tb\nc"], "agency.name": f"局{text}"}
    data = with_values(figures_only(pack, {"requests.received.business": 3}), texts)
    context = with_values(Submission.from_data(pack, data).exact_data, {"preamble": [], "table_notes": {}})
    context["table_notes"] = {"proactive": [text], "requests": [], "disputes": []}
    fast = compiled_template(pack.report).printed(context, NOTHING_SAID)
    assert canonical(fast) == canonical(by_docxtpl(pack.report, context))


def test_both_ways_give_the_same_xml_for_a_real_report(pack: Pack, weihui: dict[str, Any]) -> None:
    fast = compiled_template(pack.report).printed(weihui, NOTHING_SAID)
    assert canonical(fast) == canonical(by_docxtpl(pack.report, weihui))


def test_a_template_is_compiled_once_a_process(pack: Pack) -> None:
    assert compiled_template(pack.report) is compiled_template(bytes(pack.report))


def tag_in_footer(document: Any) -> None:
    document.sections[0].footer.paragraphs[0].text = "{{ agency.name }}"
    document.add_paragraph("{{ year }}")


def column_loop(document: Any) -> None:
    table = document.add_table(rows=1, cols=3)
    for cell, text in zip(
        table.rows[0].cells, ("{%tc for k in kinds %}", "{{ k }}", "{%tc endfor %}"), strict=True
    ):
        cell.text = text


def tag_in_title(document: Any) -> None:
    document.core_properties.title = "{{ agency.name }}"


def rich_text(document: Any) -> None:
    document.add_paragraph("{{r rich }}")


def drawing(document: Any) -> None:
    document.add_picture(BytesIO(ONE_PIXEL))
    document.add_paragraph("{{ agency.name }}")


def braces_kept_apart(document: Any) -> None:
    document.add_paragraph("{_{ year }_} {{ year }}")


ONE_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
CONTEXT = {
    "agency": {"name": "A&B <局>"},
    "year": 2023,
    "kinds": ["甲", "乙", "丙"],
    "rich": RichText("粗", bold=True),
}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (tag_in_footer, "footer"),
        (column_loop, "column loop"),
        (rich_text, "rich text"),
        (drawing, "drawing"),
        (braces_kept_apart, "braces"),
    ],
)
def test_a_template_that_needs_docxtpls_full_pass_takes_it(
    change: Callable[[Any], None], reason: str
) -> None:
    content = template(change)
    compiled = compiled_template(content)
    assert any(reason in said for said in compiled.reasons)
    report = compiled.printed(CONTEXT, Properties("题", "局", {"pack": "x"}))
    assert canonical(report) == canonical(by_docxtpl(content, CONTEXT))
    assert report == compiled.printed(CONTEXT, Properties("题", "局", {"pack": "x"}))
    assert docx.Document(BytesIO(report)).core_properties.title == "题"


def test_a_tag_in_the_templates_own_properties_is_not_worked_out() -> None:
    """A report has properties of its own."""

    def change(document: Any) -> None:
        tag_in_footer(document)
        document.core_properties.title = "{{ nothing.there }}"

    for content in (template(change), template(tag_in_title)):
        report = compiled_template(content).printed(CONTEXT, Properties("题", "局", {}))
        assert docx.Document(BytesIO(report)).core_properties.title == "题"


def test_the_full_pass_prints_footers_and_loops_over_columns() -> None:
    footer = compiled_template(template(tag_in_footer)).printed(CONTEXT, NOTHING_SAID)
    assert docx.Document(BytesIO(footer)).sections[0].footer.paragraphs[0].text == "A&B <局>"
    columns = compiled_template(template(column_loop)).printed(CONTEXT, NOTHING_SAID)
    assert [cell.text for cell in docx.Document(BytesIO(columns)).tables[0].rows[0].cells] == [
        "甲",
        "乙",
        "丙",
    ]


def test_a_field_may_be_called_as_a_method_of_a_dictionary() -> None:
    content = template(lambda document: document.add_paragraph("{{ figures.items }} {{ figures.keys }}"))
    report = compiled_template(content).printed({"figures": {"items": 7, "keys": "钥匙"}}, NOTHING_SAID)
    assert "7 钥匙" in paragraphs_of(report)


@pytest.mark.parametrize("tag", ["{{ nothing.there }}", "{{ nothing['there'] }}"])
def test_a_name_that_is_not_there_is_refused(tag: str) -> None:
    content = template(lambda document: document.add_paragraph(tag))
    with pytest.raises(SubmissionError, match="there"):
        compiled_template(content).printed({"nothing": {}}, NOTHING_SAID)


@pytest.mark.parametrize("tag", ["{{ agency.items }}", "{{ agency['items'] }}"])
def test_a_method_never_stands_in_for_a_field_that_is_not_there(tag: str) -> None:
    content = template(lambda document: document.add_paragraph(tag))
    with pytest.raises(SubmissionError, match="items"):
        compiled_template(content).printed(CONTEXT, NOTHING_SAID)


# What Python calls such a thing holds an address, so that each process would print another document.
@pytest.mark.parametrize("tag", ["{{ agency.name.upper }}", "{{ agency.name.format }}"])
def test_a_tag_that_names_a_function_is_refused(tag: str) -> None:
    content = template(lambda document: document.add_paragraph(tag))
    with pytest.raises(PackError, match="names a function"):
        compiled_template(content).printed(CONTEXT, NOTHING_SAID)


@pytest.mark.parametrize(
    "expression",
    ["{{ ''.__class__.__mro__ }}", "{{ agency.__class__ }}", "{{ cycler.__init__.__globals__ }}"],
)
def test_a_template_cannot_reach_into_python(expression: str) -> None:
    content = template(lambda document: document.add_paragraph(expression))
    with pytest.raises(ReportfillError):
        compiled_template(content).printed(CONTEXT, NOTHING_SAID)


def only_in_body(tag: str) -> bytes:
    return template(lambda document: document.add_paragraph(tag))


def in_body_beside_a_footer(tag: str) -> bytes:
    def change(document: Any) -> None:
        tag_in_footer(document)
        document.add_paragraph(tag)

    return template(change)


def in_footer(tag: str) -> bytes:
    def change(document: Any) -> None:
        document.sections[0].footer.paragraphs[0].text = tag

    return template(change)


@pytest.mark.parametrize("place", [only_in_body, in_body_beside_a_footer, in_footer])
@pytest.mark.parametrize(
    "tag",
    [
        "{% for x in %}",
        "{% for x in kinds %}",
        "{% endfor %}",
        "{% nonsense %}",
        "{{ year",
        "{{ year }",
        "{{ year | nonsense }}",
        "{{ year + '年' }}",
        "{{ year() }}",
        "{{ year / 0 }}",
        "{% include 'another' %}",
    ],
)
def test_a_broken_tag_is_refused_in_one_line_wherever_it_stands(
    place: Callable[[str], bytes], tag: str
) -> None:
    content = place(tag)
    with pytest.raises(PackError, match=r"^report\.docx.*$") as error:
        compiled_template(content).printed(CONTEXT, NOTHING_SAID)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "content",
    [b"", b"no Word file", composed({"a.txt": b"a"}), only_in_body("{% for x in %}")],
    ids=["nothing", "text", "another archive", "an open loop"],
)
def test_a_broken_template_is_refused_when_it_is_compiled(content: bytes) -> None:
    with pytest.raises(PackError, match=r"^report\.docx.*$"):
        compiled_template(content)


@pytest.mark.parametrize("also", [lambda document: None, tag_in_footer])
def test_a_condition_that_tears_the_document_is_refused(also: Callable[[Any], None]) -> None:
    def change(document: Any) -> None:
        document.add_paragraph("{% if year > 2000 %}")
        document.add_table(rows=1, cols=1).cell(0, 0).text = "{% endif %}"
        also(document)

    compiled = compiled_template(template(change))
    assert compiled.printed(CONTEXT, NOTHING_SAID)
    with pytest.raises(PackError, match="ends within another"):
        compiled.printed(CONTEXT | {"year": 1999}, NOTHING_SAID)


def test_properties_that_stand_elsewhere_in_the_package_are_replaced() -> None:
    elsewhere = "package/services/metadata/core-properties/0a1b.psmdcp"
    parts = parts_of(template(lambda document: document.add_paragraph("{{ year }}")))
    parts[elsewhere] = parts.pop("docProps/core.xml")
    for name in ("[Content_Types].xml", "_rels/.rels"):
        parts[name] = parts[name].replace(b"docProps/core.xml", elsewhere.encode())
    report = compiled_template(composed(parts)).printed(CONTEXT, Properties("题", "局", {}))
    printed = parts_of(report)
    assert docx.Document(BytesIO(report)).core_properties.title == "题"
    assert printed["_rels/.rels"].count(b"/metadata/core-properties") == 1
    assert elsewhere not in printed
    assert elsewhere.encode() not in printed["[Content_Types].xml"]


def test_a_comparison_has_no_value_to_print() -> None:
    report = compiled_template(template(lambda document: document.add_paragraph("{{ year == 2025 }}")))
    with pytest.raises(PackError, match="has no value to print"):
        report.printed({"year": 2025}, NOTHING_SAID)


def test_the_properties_of_coloured_and_wide_cells_stand_in_their_order() -> None:
    def add(document: Any) -> None:
        cells = document.add_table(1, 2).rows[0].cells
        cells[0].text, cells[1].text = '{% cellbg "FFFF00" %}x', "{% colspan 2 %}y"

    report = compiled_template(template(add)).printed({}, NOTHING_SAID)
    root = etree.fromstring(parts_of(report)["word/document.xml"])
    names = [[etree.QName(e).localname for e in p] for p in root.iter("{*}tcPr")]
    assert names == [["tcW", "shd"], ["tcW", "gridSpan"]]
