"""A page template drafted of a Word file: headings, captions, tables and what stands in them, with the same tags."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm
from lxml import html
from pictures import png
from places import PACK_FOLDER
from web_pages import body_of

from reportfill.office.package import composed, parts_of
from reportfill.outputs.page_draft.drafting import drafted_page
from reportfill.pack.manifest import read_manifest

MANIFEST = read_manifest((PACK_FOLDER / "pack.toml").read_bytes())


def drafted(*build: Callable[[Any], object]) -> html.HtmlElement:
    """What the page of a Word file shows that is built so."""
    document = docx.Document()
    for one in build:
        one(document)
    saved = BytesIO()
    document.save(saved)
    return body_of(drafted_page(saved.getvalue(), MANIFEST).encode())


def text(words: str, *, style: str | None = None, align: Any = None) -> Callable[[Any], object]:
    """A paragraph."""

    def add(document: Any) -> None:
        document.add_paragraph(words, style=style).alignment = align

    return add


def table(*rows: list[str], change: Callable[[Any], object] = lambda made: None) -> Callable[[Any], object]:
    """A table."""

    def add(document: Any) -> None:
        made = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, words in zip(made.add_row().cells, row, strict=True):
                cell.text = words
        change(made)

    return add


def shown(body: html.HtmlElement) -> list[str]:
    """The blocks of a page, each as its element and its text."""
    return [f"{element.tag} {element.text_content().strip()}" for element in body if element.tag != "div"]


CENTRE = WD_ALIGN_PARAGRAPH.CENTER


def test_the_title_is_the_paragraph_of_its_style_or_what_is_centred_at_the_beginning() -> None:
    assert shown(drafted(text("题", style="Title"), text("文"))) == ["h1 题", "p 文"]
    assert shown(drafted(text("甲局", align=CENTRE), text("报告", align=CENTRE), text("文"))) == [
        "h1 甲局报告",
        "p 文",
    ]
    assert shown(drafted(text("附件2"), text("题", align=CENTRE))) == ["p 附件2", "h1 题"]
    assert shown(drafted(text("文。" * 20), text("题", align=CENTRE)))[1] == "p 题"
    assert shown(drafted(text("一、情况"), text("表1", align=CENTRE)))[1] == "p 表1"


def test_headings_are_known_by_their_outline_or_their_numbers_and_leave_out_no_level() -> None:
    body = drafted(
        text("题", style="Title"),
        text("部分", style="Heading 1"),
        text("细节", style="Heading 3"),
        text("一、总体情况"),
        text("（一）主动公开"),
        text("（二）这是一句话，不是标题。"),
        text("二、{{ year }}"),
    )
    assert [line.partition(" ")[0] for line in shown(body)] == ["h1", "h2", "h3", "h2", "h3", "p", "p"]


def test_what_stands_right_before_a_table_is_its_caption_unless_it_is_a_sentence() -> None:
    rows = table(["项目", "数量"], ["甲", "{{ a }}"])
    body = drafted(text("一、情况"), rows, text("单位：件"), rows, text("说明如下。"), rows)
    captions = [one.text_content() for one in body.iter("caption")]
    assert captions == ["一、情况", "单位：件"]
    assert body.find(".//caption/h2") is not None
    groups = body.xpath("//div[@role='group']")
    assert all(body.get_element_by_id(one.get("aria-labelledby")) is not None for one in groups[:2])
    assert groups[2].get("aria-labelledby") == body.find(".//h2").get("id")


def test_a_heading_in_another_branch_names_no_table() -> None:
    rows = table(["项目", "数量"], ["甲", "{{ a }}"])
    body = drafted(
        text("{%p if a %}"), text("一、情况"), text("文。"), text("{%p endif %}"), text("说明如下。"), rows
    )
    (group,) = body.xpath("//div[@role='group']")
    assert group.get("aria-labelledby") is None


def cells(body: html.HtmlElement) -> list[list[str]]:
    """The cells of a page's table: element, scope and text."""
    return [
        [
            f"{cell.tag}{cell.get('scope', '')} {cell.text_content()}".strip()
            for cell in row.iterchildren("th", "td")
        ]
        for row in body.iter("tr")
    ]


def test_rows_of_words_are_heads_and_words_before_values_labels() -> None:
    body = drafted(table(["项目", "数量"], ["甲", "{{ a }}"], ["合计", "100%"], ["备注", ""]))
    assert cells(body) == [
        ["thcol 项目", "thcol 数量"],
        ["throw 甲", "td {{ a }}"],
        ["throw 合计", "td 100%"],
        ["throw 备注", "td"],
    ]
    assert body.find(".//thead") is not None
    assert not body.xpath(".//@headers")


def test_heads_within_a_table_hold_for_the_rows_below_them() -> None:
    body = drafted(table(["甲类", "数量"], ["甲", "{{ a }}"], ["乙类", "金额"], ["乙", "{{ b }}"]))
    assert body.find(".//thead") is None
    assert len(body.findall(".//tbody")) == 2
    values = {cell.text: cell.get("headers") for cell in body.iter("td")}
    named = {one.get("id"): one.text for one in body.iter("th")}
    assert [named[one] for one in values["{{ b }}"].split()] == ["金额", "乙"]


def test_a_form_of_labels_and_values_side_by_side_has_each_value_its_own_label() -> None:
    body = drafted(table(["名称", "{{ a }}", "电话", "{{ b }}"], ["地址", "{{ c }}", "邮编", "{{ d }}"]))
    named = {one.get("id"): one.text for one in body.iter("th")}
    values = {cell.text: [named[one] for one in cell.get("headers").split()] for cell in body.iter("td")}
    assert values == {"{{ a }}": ["名称"], "{{ b }}": ["电话"], "{{ c }}": ["地址"], "{{ d }}": ["邮编"]}


def test_in_a_loop_the_first_value_that_is_no_number_of_the_row_is_its_label() -> None:
    body = drafted(
        table(
            ["序号", "名称", "数量"],
            ["{%tr for one in units %}", "", ""],
            ["{{ loop.index }}", "{{ one.name }}", "{{ one.count }}"],
            ["{%tr endfor %}", "", ""],
        )
    )
    assert cells(body)[1] == ["td {{ loop.index }}", "throw {{ one.name }}", "td {{ one.count }}"]


def merged_down(first: int, last: int, *statements: str) -> str:
    """A table whose cells from one row to another, in its first column, are one, with rows of these statements around
    the printed one."""
    opened = [one for one in statements if " for " in one or " if " in one]
    around = [["", one] for one in opened], [["", one] for one in statements if one not in opened]
    rows = table(
        ["类别", "名称"],
        *around[0],
        ["{{ one.kind }}", "{{ two.name }}"],
        *around[1],
        change=lambda made: made.cell(first, 0).merge(made.cell(last, 0)),
    )
    return html.tostring(drafted(rows), encoding="unicode")


OUTER, INNER, IF = "{%tr for one in units %}", "{%tr for two in one.parts %}", "{%tr if two.name %}"


def test_a_cell_over_all_rounds_of_a_loop_of_one_row_is_printed_in_the_first_of_them() -> None:
    source = merged_down(2, 4, OUTER, INNER, "{%tr endfor %}", "{%tr endfor %}")
    assert "{% if loop.first %}" in source
    assert 'rowspan="{{ loop.length }}"' in source
    assert "data-merge" not in source


@pytest.mark.parametrize(
    ("first", "last", "statements"),
    [
        (1, 5, (OUTER, INNER, "{%tr endfor %}", "{%tr endfor %}")),
        (2, 6, (OUTER, INNER, IF, "{%tr endif %}", "{%tr endfor %}", "{%tr endfor %}")),
    ],
    ids=["two loops", "a condition"],
)
def test_a_cell_over_more_than_one_loop_is_marked_in_every_row(
    first: int, last: int, statements: tuple[str, ...]
) -> None:
    source = merged_down(first, last, *statements)
    assert "data-merge" in source
    assert "loop.length" not in source


def test_ids_in_loops_are_numbered_by_every_loop_around_them() -> None:
    rows = table(
        ["类别", "名称", "数量"],
        ["{%tr for one in units %}", "", ""],
        ["{{ one.kind }}", "合计", "{{ one.total }}"],
        ["{%tr for two in one.parts %}", "", ""],
        ["", "{{ two.name }}", "{{ two.count }}"],
        ["{%tr endfor %}", "", ""],
        ["{%tr endfor %}", "", ""],
        change=lambda made: made.cell(2, 0).merge(made.cell(4, 0)),
    )
    body = drafted(text("{%p for office in offices %}"), rows, text("{%p endfor %}"))
    source = html.tostring(body, encoding="unicode")
    assert source.count("{% set round_1 = loop.index %}") == 1
    assert "{% set round_2 = loop.index %}" in source
    assert 'id="t1-{{ round_1 }}-' in source
    assert "-{{ round_2 }}-{{ round_3 }}" in source


def test_bold_raised_and_lowered_letters_and_breaks_are_kept_and_statements_stay_outside() -> None:
    def add(document: Any) -> None:
        paragraph = document.add_paragraph("面积")
        paragraph.add_run("m")
        paragraph.add_run("2").font.superscript = True
        paragraph.add_run("{% if a %}重要{% endif %}").bold = True
        paragraph.add_run().add_break()
        paragraph.add_run("行<>&")

    (paragraph,) = drafted(add)
    inner = html.tostring(paragraph, encoding="unicode")
    assert "面积m<sup>2</sup>{% if a %}<strong>重要</strong>{% endif %}<br>行&lt;&gt;&amp;" in inner


def test_a_tag_that_word_split_is_one_and_its_quotation_marks_straight() -> None:
    def add(document: Any) -> None:
        paragraph = document.add_paragraph()
        for part in ("{{ texts | jo", "in(“、”)", " }}"):
            paragraph.add_run(part)

    assert shown(drafted(add)) == ['p {{ texts | join("、") }}']


def test_hidden_text_is_left_out_and_braces_kept_apart_are_braces() -> None:
    def add(document: Any) -> None:
        paragraph = document.add_paragraph("{_{ a }_}")
        paragraph.add_run("藏").font.hidden = True

    assert shown(drafted(add)) == ["p {{ a }}"]


PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


def picture(words: str) -> Callable[[Any], object]:
    """A picture of 4 by 3 cm with an alternative text."""

    def add(document: Any) -> None:
        document.add_picture(BytesIO(png()), width=Cm(4), height=Cm(3))
        [*document.element.body.iter(PICTURE)][-1].set("descr", words)

    return add


def test_a_picture_with_a_tag_keeps_its_frame_and_another_is_in_the_page() -> None:
    tagged, own = drafted(picture('{{ 图片：seal }} "章"'), picture("徽标")).iter("img")
    assert (tagged.get("alt"), tagged.get("width"), tagged.get("height")) == (
        '{{ 图片：seal }} "章"',
        "151",
        "113",
    )
    assert tagged.get("src") is None
    assert own.get("alt") == "徽标"
    assert own.get("src").startswith("data:image/png;base64,")


def test_the_text_of_a_text_box_stands_behind_its_paragraph() -> None:
    box = f"""<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox><w:txbxContent>
    <w:p><w:r><w:t>框内{{{{ a }}}}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"""

    def add(document: Any) -> None:
        document.add_paragraph("正文")._p.append(parse_xml(box))

    assert shown(drafted(add)) == ["p 正文", "p 框内{{ a }}"]


def test_notes_stand_at_the_end_and_are_linked() -> None:
    document = docx.Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    for number, paragraph in (("2", cell.paragraphs[0]), ("3", document.add_paragraph("文"))):
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), number)
        paragraph.add_run()._r.append(reference)
    saved = BytesIO()
    document.save(saved)
    parts = parts_of(saved.getvalue())
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    note = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:t>注{number}{{{{ a }}}}</w:t></w:r></w:p></w:footnote>'
        for number in (2, 3)
    )
    parts["word/footnotes.xml"] = f"<w:footnotes {nsdecls('w')}>{note}</w:footnotes>".encode()
    declared = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/>'
    leading = f'<Relationship Id="rIdN" Type="{related}" Target="footnotes.xml"/>'
    for name, end, added in (
        ("[Content_Types].xml", b"</Types>", declared),
        ("word/_rels/document.xml.rels", b"</Relationships>", leading),
    ):
        parts[name] = parts[name].replace(end, added.encode() + end)
    body = body_of(drafted_page(composed(parts), MANIFEST).encode())
    assert [(link.get("href"), link.text) for link in body.iter("a")] == [("#note-1", "1"), ("#note-2", "2")]
    assert [note.text_content() for note in body.iter("li")] == ["注2{{ a }}", "注3{{ a }}"]


@pytest.mark.parametrize("columns", [15, 16])
def test_a_table_of_many_columns_is_printed_across(columns: int) -> None:
    body = drafted(table(["目"] * columns, ["{{ a }}"] * columns))
    assert bool(body.xpath("//div[contains(@class, 'wide')]")) is (columns > 15)
