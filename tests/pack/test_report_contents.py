"""What a report.docx holds that would be lost, printed as it stands or refused by Word is named with its place."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from pack.small_pack import DATA, replaced, small_pack

from reportfill import PackError, Submission, load_pack, render
from reportfill.office.package import parts_of
from reportfill.office.word_structure import structure_faults
from reportfill.pack.check import pack_problems

BESIDE = "takes the place of its whole"


def problems(folder: Path) -> list[str]:
    return [str(problem) for problem in pack_problems(folder)]


def added(*lines: str) -> Callable[[Any], None]:
    return lambda document: [document.add_paragraph(line) for line in lines]  # type: ignore[func-returns-value]


def line_with(document: Any, text: str) -> Any:
    return next(paragraph for paragraph in document.paragraphs if text in paragraph.text)


def beside_the_loop(make: Callable[[Any], object]) -> Callable[[Any], None]:
    """A change of the paragraph in which the loop ends."""
    return lambda document: make(line_with(document, "endfor"))  # type: ignore[return-value]


def bookmarked(paragraph: Any, name: str) -> None:
    for kind in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = OxmlElement(kind)
        mark.set(qn("w:id"), "7")
        if kind == "w:bookmarkStart":
            mark.set(qn("w:name"), name)
        paragraph._p.append(mark)


def footnoted(paragraph: Any) -> None:
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), "1")
    paragraph.add_run()._r.append(reference)


def ended_section(document: Any) -> None:
    document.add_section(WD_SECTION.NEW_PAGE)
    section = document.element.body.findall(f".//{qn('w:pPr')}/{qn('w:sectPr')}")[0]
    line_with(document, "endfor")._p.get_or_add_pPr().append(section)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (beside_the_loop(lambda p: p.add_run("Approved.")), "“Approved.”"),
        (
            lambda d: line_with(d, "for line").insert_paragraph_before("{%p if year %}{{ year }}"),
            "{{ year }}",
        ),
        (beside_the_loop(lambda p: p.add_run("{%p if year %}")), "the tag {%p if year %}"),
        (beside_the_loop(lambda p: p.add_run().add_break(WD_BREAK.PAGE)), "a break"),
        (
            beside_the_loop(lambda p: setattr(p.paragraph_format, "page_break_before", True)),
            "a page break before",
        ),
        (beside_the_loop(lambda p: bookmarked(p, "here")), "a bookmark"),
        (beside_the_loop(footnoted), "a footnote"),
        (ended_section, "the end of a section"),
    ],
    ids=["words", "value", "two tags", "page break", "break before", "bookmark", "footnote", "section"],
)
def test_what_stands_beside_a_tag_that_takes_a_paragraph_is_named(
    tmp_path: Path, change: Callable[[Any], None], said: str
) -> None:
    found = problems(small_pack(tmp_path / "p", report=change))
    assert any(BESIDE in problem and said in problem for problem in found), found
    with pytest.raises(PackError, match=BESIDE):
        render(Submission.from_data(load_pack(tmp_path / "p"), DATA))


def test_where_word_was_used_last_is_no_bookmark_that_anybody_would_miss(tmp_path: Path) -> None:
    assert problems(small_pack(tmp_path, report=beside_the_loop(lambda p: bookmarked(p, "_GoBack")))) == []


def table_of(*rows: tuple[str, ...]) -> Callable[[Any], Any]:
    def change(document: Any) -> Any:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        return table

    return change


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((("Label", "{%tr for x in text %}"), ("", "{{ x }}"), ("", "{%tr endfor %}")), "“Label”"),
        ((("{%tr for x in text %}{{ x }}{%tr endfor %}",),), "the tag"),
        ((("{%tr for x in text %}", "{%tr endfor %}"),), "the tag"),
        ((("{%tc if year %} words", "{{ year }}", "{%tc endif %}"),), "“words”"),
    ],
)
def test_what_stands_beside_a_tag_that_takes_a_row_or_cell_is_named(
    tmp_path: Path, rows: tuple[tuple[str, ...], ...], said: str
) -> None:
    found = problems(small_pack(tmp_path, report=table_of(*rows)))
    assert any(BESIDE in problem and said in problem and "table 1, row 1" in problem for problem in found), (
        found
    )


def test_a_cell_that_is_merged_down_from_the_row_of_a_condition_is_named(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        table = table_of(("", "{%tr if year %}"), ("", "{{ year }}"), ("", "{%tr endif %}"))(document)
        table.cell(0, 0).merge(table.cell(1, 0))

    assert any(
        "merged with those below" in problem for problem in problems(small_pack(tmp_path, report=change))
    )


@pytest.mark.parametrize(
    "typed",
    [
        "｛｛ visits.total ｝｝",
        "{｛ visits.total ｝}",
        "{{ visits.total ｝}",
        "｛{ visits.total }｝",
        "{{ visits.total",
        "visits.total }}",
        "{％ if year ％}",
        "｛% if year %｝",
        "{\u200b{ visits.total }\u200b}",
        "﹛﹛ visits.total ﹜﹜",
    ],
)
def test_braces_that_make_no_tag_are_named(tmp_path: Path, typed: str) -> None:
    [problem] = problems(small_pack(tmp_path, report=added(typed)))
    assert problem.startswith("report.docx paragraph 6: ")
    assert "belongs to no complete tag" in problem


def test_a_field_between_single_braces_is_named(tmp_path: Path) -> None:
    [problem] = problems(small_pack(tmp_path, report=added("All: { visits.total }")))
    assert "single braces" in problem


@pytest.mark.parametrize(
    "typed",
    ["{%p\u3000if year %}", "{%p\u00a0if year %}", "{%p\tif year %}", "{% p if year %}", "{%pif year %}"],
)
def test_another_blank_than_the_plain_one_behind_p_is_named(tmp_path: Path, typed: str) -> None:
    found = problems(small_pack(tmp_path, report=added(typed, "{%p endif %}")))
    assert any("paragraph 6" in problem and "one plain blank" in problem for problem in found), found


@pytest.mark.parametrize(
    "typed", ["{{\u3000visits.total\u3000}}", "{{\u00a0visits.total }}", "{{visits.total}}"]
)
def test_other_blanks_within_a_tag_are_taken_as_meant(tmp_path: Path, typed: str) -> None:
    folder = small_pack(tmp_path, report=added(typed))
    assert problems(folder) == []
    report = docx.Document(BytesIO(render(Submission.from_data(load_pack(folder), DATA))))
    assert report.paragraphs[-1].text == "3"


@pytest.mark.parametrize("typed", ["{{p visits.total }}", "{{r visits.total }}"])
def test_subdocuments_and_rich_text_are_never_right(tmp_path: Path, typed: str) -> None:
    found = problems(small_pack(tmp_path, report=added(typed)))
    assert any("sub-documents and rich text" in problem for problem in found), found


def test_a_condition_that_goes_on_in_another_table_is_named(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        document.add_paragraph("{% if year %}")
        table_of(("{% endif %}",))(document)

    [problem] = problems(small_pack(tmp_path, report=change))
    assert "table 1, row 1" in problem
    assert "begins at report.docx paragraph 6" in problem


def described(text: str) -> Callable[[Any], None]:
    """A shape with an alternative text in a paragraph of its own."""
    name = f'<wp:docPr id="1" name="x" descr="{text}"/>'
    shape = f"<w:r {nsdecls('w', 'wp')}><w:drawing><wp:inline>{name}</wp:inline></w:drawing></w:r>"
    return lambda document: document.add_paragraph()._p.append(parse_xml(shape))  # type: ignore[no-any-return]


def field_of(code: str) -> Callable[[Any], None]:
    field = f"<w:r {nsdecls('w')}><w:instrText>{code}</w:instrText></w:r>"
    return lambda document: document.add_paragraph()._p.append(parse_xml(field))  # type: ignore[no-any-return]


def watermark(text: str) -> Callable[[Any], None]:
    shape = (
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape id="s1">'
        f'<v:textpath string="{text}"/></v:shape></w:pict></w:r>'
    )
    return lambda document: document.sections[0].header.paragraphs[0]._p.append(parse_xml(shape))  # type: ignore[no-any-return]


@pytest.mark.parametrize("where", [described, field_of, watermark])
def test_tags_in_attributes_and_codes_are_filled_in_and_wrong_ones_named(
    tmp_path: Path, where: Callable[[str], Callable[[Any], None]]
) -> None:
    wrong = problems(small_pack(tmp_path / "wrong", report=where("{{ visits.totl }}")))
    assert any("is visits.total meant?" in problem for problem in wrong), wrong
    folder = small_pack(tmp_path / "right", report=where("{{ visits.total }} and more"))
    assert problems(folder) == []
    parts = parts_of(render(Submission.from_data(load_pack(folder), DATA)))
    printed = b"".join(content for name, content in parts.items() if name.startswith("word/"))
    assert b"3 and more" in printed
    assert b"{{" not in printed


ENDNOTES = (
    f'<w:endnotes {nsdecls("w")}><w:endnote w:id="1"><w:p><w:r><w:t>'
    "{{ visits.</w:t></w:r><w:r><w:t>total }}</w:t></w:r></w:p></w:endnote></w:endnotes>"
)
CHART = '<c:chartSpace xmlns:c="c" xmlns:a="a"><a:t>{{ year }}</a:t></c:chartSpace>'


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("word/endnotes.xml", ENDNOTES, "wordprocessingml.endnotes"),
        ("word/charts/chart1.xml", CHART, "drawingml.chart"),
        ("word/diagrams/data1.xml", CHART, "drawingml.diagramData"),
    ],
)
def test_tags_where_none_are_filled_in_are_named(tmp_path: Path, name: str, content: str, kind: str) -> None:
    def change(parts: dict[str, bytes]) -> None:
        parts[name] = content.encode()
        full_kind = f"application/vnd.openxmlformats-officedocument.{kind}+xml"
        declared = f'<Override PartName="/{name}" ContentType="{full_kind}"/>'
        types = parts["[Content_Types].xml"]
        parts["[Content_Types].xml"] = types.replace(b"</Types>", f"{declared}</Types>".encode())

    found = problems(small_pack(tmp_path, parts_of_report=change))
    assert any("would be printed as it stands" in problem and name[5:-4] in problem for problem in found), (
        found
    )


def test_a_tag_in_the_address_of_a_link_is_named(tmp_path: Path) -> None:
    target = 'Target="http://a/%7B%7B year %7D%7D" TargetMode="External"'
    link = f'<Relationship Id="rId99" Type="http://x/hyperlink" {target}/>'
    change = replaced("word/_rels/document.xml.rels", "</Relationships>", f"{link}</Relationships>")
    assert any(
        "a link in document" in problem for problem in problems(small_pack(tmp_path, parts_of_report=change))
    )


def tracked(document: Any) -> None:
    """A paragraph with a deleted tag and inserted words, and an old format of it, each by somebody."""
    by = f'{nsdecls("w")} w:id="5" w:author="Wang Keeper" w:date="2025-01-01T00:00:00Z"'
    paragraph = document.add_paragraph()._p
    paragraph.append(parse_xml(f"<w:del {by}><w:r><w:delText>{{{{ old.tag }}}}</w:delText></w:r></w:del>"))
    paragraph.append(parse_xml(f"<w:ins {by}><w:r><w:t>Kept words</w:t></w:r></w:ins>"))
    paragraph.append(parse_xml(f"<w:moveFrom {by}><w:r><w:t>{{{{ moved.tag }}}}</w:t></w:r></w:moveFrom>"))
    paragraph.append(
        parse_xml(
            f"<w:r><w:rPr><w:rPrChange {by}><w:rPr/></w:rPrChange></w:rPr></w:r>".replace(
                "<w:r>", f"<w:r {nsdecls('w')}>"
            )
        )
    )


def test_tracked_changes_are_named_and_no_report_has_them(tmp_path: Path) -> None:
    folder = small_pack(tmp_path, report=tracked)
    [problem] = problems(folder)
    assert problem.startswith("report.docx paragraph 6: holds tracked changes")
    report = render(Submission.from_data(load_pack(folder), DATA))
    assert docx.Document(BytesIO(report)).paragraphs[-1].text == "Kept words"
    assert all(b"Wang Keeper" not in part for part in parts_of(report).values())
    assert structure_faults(report) == []


def test_comments_and_the_keepers_company_are_in_no_report(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        paragraph = document.add_paragraph("A line.")
        document.add_comment(paragraph.runs, text="Is this right?", author="Wang Keeper")
        document.core_properties.author = "Wang Keeper"

    company = replaced("docProps/app.xml", "</Properties>", "<Manager>Boss Li</Manager></Properties>")
    folder = small_pack(tmp_path, report=change, parts_of_report=company)
    [problem] = problems(folder)
    assert "holds comments" in problem
    report = render(Submission.from_data(load_pack(folder), DATA))
    parts = parts_of(report)
    assert not any("comments" in name for name in parts)
    assert all(b"Wang Keeper" not in part and b"Boss Li" not in part for part in parts.values())
    assert structure_faults(report) == []


CHANGED = '<w:p %s><w:ins w:id="1" w:author="Wang Keeper"><w:r><w:t>new</w:t></w:r></w:ins></w:p>'
COMMENTED = '<w:p %s><w:r><w:t>x</w:t></w:r><w:r><w:commentReference w:id="0"/></w:r></w:p>'


def with_notes(kind: str, paragraph: str) -> Callable[[Any], None]:
    """A change that adds a part of footnotes or endnotes with this paragraph, which the document refers to."""
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    note = kind.removesuffix("s")

    def change(parts: dict[str, bytes]) -> None:
        content = (
            f'<w:{kind} {nsdecls("w")}><w:{note} w:id="2">{paragraph % nsdecls("w")}</w:{note}></w:{kind}>'
        )
        parts[f"word/{kind}.xml"] = content.encode()
        for name, end, new in (
            (
                "[Content_Types].xml",
                "</Types>",
                f'<Override PartName="/word/{kind}.xml" ContentType="{word}.{kind}+xml"/></Types>',
            ),
            (
                "word/_rels/document.xml.rels",
                "</Relationships>",
                f'<Relationship Id="rId99" Type="{relation}/{kind}" Target="{kind}.xml"/></Relationships>',
            ),
        ):
            replaced(name, end, new)(parts)

    return change


def in_the_page(part: str, paragraph: str) -> Callable[[Any], None]:
    """A change that adds a paragraph to a header or footer."""

    def change(document: Any) -> None:
        holder = getattr(document.sections[0], part)
        holder.paragraphs[0].text = "x"
        holder._element.append(parse_xml(paragraph % nsdecls("w")))

    return change


@pytest.mark.parametrize(("paragraph", "said"), [(CHANGED, "tracked changes"), (COMMENTED, "comments")])
@pytest.mark.parametrize(
    ("where", "place", "in_chinese"),
    [
        ("footnotes", "report.docx footnotes paragraph 1", "report.docx脚注第1段"),
        ("endnotes", "report.docx endnotes paragraph 1", "report.docx尾注第1段"),
        ("header", "report.docx header1 paragraph 2", "report.docx页眉1第2段"),
        ("footer", "report.docx footer1 paragraph 2", "report.docx页脚1第2段"),
    ],
)
def test_changes_and_comments_are_named_in_every_part_and_are_in_no_report(
    tmp_path: Path, where: str, place: str, in_chinese: str, paragraph: str, said: str
) -> None:
    if where.endswith("notes"):
        folder = small_pack(tmp_path, parts_of_report=with_notes(where, paragraph))
    else:
        folder = small_pack(tmp_path, report=in_the_page(where, paragraph))
    [problem] = pack_problems(folder)
    assert str(problem.place) == place
    assert problem.in_chinese.startswith(in_chinese)
    assert said in problem.message
    report = render(Submission.from_data(load_pack(folder), DATA))
    assert all(b"Wang Keeper" not in part and b"<w:comment" not in part for part in parts_of(report).values())


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("application/vnd.ms-word.document.macroEnabled.main+xml", ".docm"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml", ".dotx"),
        ("application/vnd.ms-word.template.macroEnabledTemplate.main+xml", ".dotm"),
    ],
)
def test_other_kinds_of_word_files_are_named_with_the_cure(tmp_path: Path, kind: str, said: str) -> None:
    plain = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    [problem] = problems(small_pack(tmp_path, parts_of_report=replaced("[Content_Types].xml", plain, kind)))
    assert said in problem
    assert "save it as .docx" in problem


def test_a_strict_document_is_named_with_the_cure(tmp_path: Path) -> None:
    transitional = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    strict = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
    [problem] = problems(small_pack(tmp_path, parts_of_report=replaced("_rels/.rels", transitional, strict)))
    assert "Strict" in problem


def in_cell(*lines: str) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        cell = document.add_table(rows=1, cols=1).cell(0, 0)
        for line in lines:
            cell.add_paragraph(line)
        cell._tc.remove(cell.paragraphs[0]._p)

    return change


def nested(document: Any) -> None:
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    inner = cell.add_table(rows=3, cols=1)
    for row, text in zip(
        inner.rows, ("{%tr if visits.sites > 5 %}", "{{ year }}", "{%tr endif %}"), strict=True
    ):
        row.cells[0].text = text


def merged_below_a_condition(document: Any) -> None:
    table = table_of(("", "{%tr if visits.sites > 5 %}"), ("a", "b"), ("", "{%tr endif %}"), ("", "c"))(
        document
    )
    for row, kind in ((1, "restart"), (3, "continue")):
        merge = OxmlElement("w:vMerge")
        merge.set(qn("w:val"), kind)
        table.rows[row].cells[0]._tc.get_or_add_tcPr().append(merge)


@pytest.mark.parametrize(
    "change",
    [
        in_cell("{%p if visits.sites > 5 %}", "Many", "{%p endif %}"),
        table_of(("{%tr if visits.sites > 5 %}",), ("Many",), ("{%tr endif %}",)),
        table_of(("{%tc if visits.sites > 5 %}", "Many", "{%tc endif %}")),
        nested,
        merged_below_a_condition,
    ],
    ids=["cell", "table", "row", "nested table", "merge"],
)
def test_what_a_condition_leaves_empty_is_still_a_document(
    tmp_path: Path, change: Callable[[Any], Any]
) -> None:
    folder = small_pack(tmp_path, report=change)
    assert problems(folder) == []
    for sites in (1, 9):
        data = {**DATA, "visits": {"sites": sites, "shops": 2}}
        report = render(Submission.from_data(load_pack(folder), data))
        assert structure_faults(report) == []


def test_a_document_with_another_prefix_for_words_elements_is_named_once(tmp_path: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        main = parts["word/document.xml"]
        for old, new in ((b"<w:", b"<x:"), (b"</w:", b"</x:"), (b" w:", b" x:"), (b"xmlns:w=", b"xmlns:x=")):
            main = main.replace(old, new)
        parts["word/document.xml"] = main

    [problem] = pack_problems(small_pack(tmp_path, parts_of_report=change))
    assert "save it as .docx" in problem.message
    assert "另存为" in problem.in_chinese


HIDDEN = "<w:p %s>{0}<w:r>{1}<w:t>Ask Wang about it</w:t></w:r></w:p>"
BY_RUN = HIDDEN.format("", "<w:rPr><w:vanish/></w:rPr>")


def styled(kind: str, mark: str, paragraph: str) -> Callable[[Any], None]:
    """A change that adds a style with this mark, another that is based on it, and a paragraph."""

    def change(document: Any) -> None:
        for name, content in (
            ("Base", f"<w:rPr><w:{mark}/></w:rPr>"),
            ("Over", ""),
        ):
            based = '<w:basedOn w:val="Base"/>' if name == "Over" else ""
            document.styles.element.append(
                parse_xml(
                    f'<w:style {nsdecls("w")} w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>'
                    f"{based}{content}</w:style>"
                )
            )
        document.element.body.insert(0, parse_xml(paragraph % nsdecls("w")))

    return change


def first_paragraph(paragraph: str) -> Callable[[Any], None]:
    return lambda document: document.element.body.insert(0, parse_xml(paragraph % nsdecls("w")))  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    "change",
    [
        first_paragraph(BY_RUN),
        first_paragraph(HIDDEN.format("", '<w:rPr><w:vanish w:val="true"/></w:rPr>')),
        first_paragraph(HIDDEN.format("", "<w:rPr><w:webHidden/></w:rPr>")),
        first_paragraph(HIDDEN.format("", "<w:rPr><w:specVanish/></w:rPr>")),
        styled("character", "vanish", HIDDEN.format("", '<w:rPr><w:rStyle w:val="Base"/></w:rPr>')),
        styled("character", "vanish", HIDDEN.format("", '<w:rPr><w:rStyle w:val="Over"/></w:rPr>')),
        styled("paragraph", "vanish", HIDDEN.format('<w:pPr><w:pStyle w:val="Base"/></w:pPr>', "")),
        styled("paragraph", "vanish", HIDDEN.format('<w:pPr><w:pStyle w:val="Over"/></w:pPr>', "")),
    ],
)
def test_hidden_text_is_named_with_its_place_and_no_report_is_refused_for_it(
    tmp_path: Path, change: Callable[[Any], None]
) -> None:
    folder = small_pack(tmp_path, report=change)
    [problem] = pack_problems(folder)
    assert str(problem.place) == "report.docx paragraph 1"
    assert "hidden text" in problem.message
    assert "含有隐藏文字“Ask Wang about it”" in problem.in_chinese
    assert render(Submission.from_data(load_pack(folder), DATA))


@pytest.mark.parametrize(("part", "place"), [("header", "header1"), ("footer", "footer1")])
def test_hidden_text_is_named_in_headers_and_footers(tmp_path: Path, part: str, place: str) -> None:
    [problem] = pack_problems(small_pack(tmp_path, report=in_the_page(part, BY_RUN)))
    assert str(problem.place) == f"report.docx {place} paragraph 2"


@pytest.mark.parametrize(
    "paragraph",
    [
        HIDDEN.format("", '<w:rPr><w:vanish w:val="0"/></w:rPr>'),
        HIDDEN.format("", '<w:rPr><w:color w:val="FFFFFF"/></w:rPr>'),
        HIDDEN.format("<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>", ""),
        "<w:p %s><w:r><w:rPr><w:vanish/></w:rPr><w:t>{# a remark #}</w:t></w:r></w:p>",
        '<w:p %s><w:hyperlink w:anchor="_Toc1">'
        "<w:r><w:rPr><w:webHidden/></w:rPr><w:t>3</w:t></w:r>"
        "</w:hyperlink></w:p>",
    ],
)
def test_what_is_shown_or_in_no_report_is_not_said_to_be_hidden(tmp_path: Path, paragraph: str) -> None:
    assert problems(small_pack(tmp_path, report=first_paragraph(paragraph))) == []


def moved_header(parts: dict[str, bytes]) -> None:
    """A change that puts the header out of the usual folder, as programs other than Word may."""
    parts["parts/head.xml"] = parts.pop("word/header1.xml")
    replaced("[Content_Types].xml", "/word/header1.xml", "/parts/head.xml")(parts)
    replaced("word/_rels/document.xml.rels", "header1.xml", "../parts/head.xml")(parts)


@pytest.mark.parametrize(("paragraph", "said"), [(CHANGED, "tracked changes"), (COMMENTED, "comments")])
def test_changes_and_comments_are_found_wherever_a_part_lies(
    tmp_path: Path, paragraph: str, said: str
) -> None:
    folder = small_pack(tmp_path, report=in_the_page("header", paragraph), parts_of_report=moved_header)
    [problem] = pack_problems(folder)
    assert str(problem.place) == "report.docx head paragraph 2"
    assert said in problem.message
    report = render(Submission.from_data(load_pack(folder), DATA))
    assert "parts/head.xml" in parts_of(report)
    assert all(b"Wang Keeper" not in part and b"<w:comment" not in part for part in parts_of(report).values())


def test_changes_are_found_under_another_prefix(tmp_path: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        header = parts["word/header1.xml"]
        parts["word/header1.xml"] = (
            header.replace(b"<w:", b"<x:")
            .replace(b"</w:", b"</x:")
            .replace(b" w:", b" x:")
            .replace(b"xmlns:w=", b"xmlns:x=")
        )

    folder = small_pack(tmp_path, report=in_the_page("header", CHANGED), parts_of_report=change)
    assert any("tracked changes" in problem for problem in problems(folder))
    report = render(Submission.from_data(load_pack(folder), DATA))
    assert all(b"Wang Keeper" not in part for part in parts_of(report).values())


@pytest.mark.parametrize("mark", ["Ins", "Del", "MoveFrom", "MoveTo"])
def test_changes_of_marked_up_content_alone_are_changes(tmp_path: Path, mark: str) -> None:
    def change(document: Any) -> None:
        paragraph = document.add_paragraph("A line.")._p
        by = f'{nsdecls("w")} w:id="7" w:author="Wang Keeper"'
        paragraph.append(parse_xml(f"<w:customXml{mark}RangeStart {by}/>"))
        paragraph.append(parse_xml(f'<w:customXml{mark}RangeEnd {nsdecls("w")} w:id="7"/>'))

    folder = small_pack(tmp_path, report=change)
    [problem] = problems(folder)
    assert "tracked changes" in problem
    report = render(Submission.from_data(load_pack(folder), DATA))
    assert all(b"Wang Keeper" not in part for part in parts_of(report).values())


@pytest.mark.parametrize("content", [b"", b"no Word file"])
def test_what_is_no_word_file_is_one_problem(tmp_path: Path, content: bytes) -> None:
    folder = small_pack(tmp_path)
    (folder / "report.docx").write_bytes(content)
    [problem] = problems(folder)
    assert problem.startswith("report.docx: is no Word file")


@pytest.mark.parametrize("part", ["word/document.xml", "word/_rels/document.xml.rels", "word/styles.xml"])
def test_a_damaged_part_is_one_problem(tmp_path: Path, part: str) -> None:
    def cut_off(parts: dict[str, bytes]) -> None:
        parts[part] = parts[part][:-20]

    [problem] = problems(small_pack(tmp_path, parts_of_report=cut_off))
    assert problem.startswith("report.docx: is no Word file that can be read")
