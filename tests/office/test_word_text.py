"""The text of a paragraph as one string, in which parts are replaced over whatever runs they are split."""

from __future__ import annotations

from docx import Document

from reportfill.office.word_revisions import W
from reportfill.office.word_text import ParagraphText
from reportfill.office.xml import made


def test_a_part_over_several_runs_is_replaced_in_the_looks_of_the_first() -> None:
    paragraph = Document().add_paragraph("填报人：")
    paragraph.add_run("__").bold = True
    paragraph.add_run("__，电话")
    ParagraphText(paragraph._p).replace(4, 8, "{{ name }}")
    assert paragraph.text == "填报人：{{ name }}，电话"
    assert [run.text for run in paragraph.runs if run.bold] == ["{{ name }}"]


def test_several_parts_are_replaced_from_the_last_to_the_first() -> None:
    paragraph = Document().add_paragraph("甲____乙____")
    text = ParagraphText(paragraph._p)
    for start, words in ((6, "二"), (1, "一")):
        text.replace(start, start + 4, words)
    assert paragraph.text == "甲一乙二"


def test_an_empty_paragraph_gets_a_run_that_looks_as_its_mark_does() -> None:
    mark = "<pPr><rPr><ins/><b/></rPr></pPr>"
    paragraph = made(f"<p>{mark}</p>", W.strip("{}"))
    ParagraphText(paragraph).replace(0, 0, "{{ name }}")
    assert ParagraphText(paragraph).text == "{{ name }}"
    assert [element.tag for element in paragraph.iterfind(f"{W}r/{W}rPr/*")] == [f"{W}b"]


def test_a_tab_is_replaced_too_and_blanks_at_an_end_are_kept() -> None:
    paragraph = Document().add_paragraph("甲\t乙")
    ParagraphText(paragraph._p).replace(1, 2, " ")
    assert paragraph.text == "甲 乙"


def test_underlined_blanks_are_lines_to_write_on() -> None:
    paragraph = Document().add_paragraph("姓名")
    paragraph.add_run("   ").underline = True
    assert ParagraphText(paragraph._p).lined == "姓名___"
