"""The faces in which a Word file sets its texts."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.styles.style import CharacterStyle
from docx.text.run import Run

from reportfill.office.word_faces import WordFaces


def in_face(styled: CharacterStyle | Run, chinese: str, size: float | None = None, latin: str = "") -> None:
    styled.font.name = latin or "Times New Roman"
    styled.element.rPr.rFonts.set(qn("w:eastAsia"), chinese)
    styled.font.size = None if size is None else Pt(size)


def without_themes(document: Document) -> Document:
    """The document, whose styles name their faces themselves."""
    for faces in document.styles.element.iter(qn("w:rFonts")):
        for name in [name for name in faces.attrib if name.endswith("Theme")]:
            del faces.attrib[name]
    return document


def faces_of(document: Document) -> WordFaces:
    saved = BytesIO()
    document.save(saved)
    return WordFaces(saved.getvalue())


@pytest.fixture
def document() -> Document:
    """A report whose body is set in 仿宋 of 16 points."""
    made = without_themes(docx.Document())
    in_face(made.styles["Normal"], "仿宋_GB2312", 16)
    return made


def test_a_text_is_set_as_its_paragraphs_style_says(document: Document) -> None:
    document.add_paragraph("全年主动公开政府信息2942条")
    faces = faces_of(document)
    assert faces.face_of({"主动公开", "政府信息"}, 16) == "仿宋_GB2312"
    assert faces.face_of({"2942"}, 16) == "Times New Roman"


def test_a_style_has_from_its_base_what_it_does_not_say(document: Document) -> None:
    heading = document.styles.add_style("一级标题", WD_STYLE_TYPE.PARAGRAPH)
    heading.base_style = document.styles["Normal"]
    in_face(heading, "黑体")
    document.add_paragraph("一、总体情况", style=heading)
    assert faces_of(document).face_of({"一、总体情况"}, 16) == "黑体"


def test_a_character_style_stands_over_the_paragraphs_and_a_run_over_both(document: Document) -> None:
    kai = document.styles.add_style("二级标题", WD_STYLE_TYPE.CHARACTER)
    in_face(kai, "楷体_GB2312")
    paragraph = document.add_paragraph()
    paragraph.add_run("（一）主动公开", style=kai)
    in_face(paragraph.add_run("标题", style=kai), "方正小标宋简体", 22)
    faces = faces_of(document)
    assert faces.face_of({"主动公开"}, 16) == "楷体_GB2312"
    assert faces.face_of({"标题"}, 22) == "方正小标宋简体"


def test_the_same_words_have_the_face_of_their_size(document: Document) -> None:
    document.add_paragraph("行政许可情况说明")
    in_face(document.add_paragraph().add_run("行政许可"), "宋体", 10.5)
    faces = faces_of(document)
    assert faces.face_of({"行政许可"}, 16) == "仿宋_GB2312"
    assert faces.face_of({"行政许可"}, 10.5) == "宋体"


def test_most_of_the_texts_decide(document: Document) -> None:
    document.add_paragraph("二、主动公开政府信息情况")
    in_face(document.add_paragraph().add_run("一、总体情况"), "黑体", 16)
    assert faces_of(document).face_of({"一", "主动公开政府信息情况"}, 16) == "仿宋_GB2312"


def test_footers_count_too(document: Document) -> None:
    in_face(document.sections[0].footer.paragraphs[0].add_run("— 1 —"), "宋体", 14, latin="宋体")
    assert faces_of(document).face_of({"1"}, 14) == "宋体"


def test_what_is_not_in_the_file_or_left_to_a_theme_has_no_face(document: Document) -> None:
    document.add_paragraph("总体情况")
    faces = faces_of(document)
    assert faces.face_of({"图例"}, 16) == ""
    assert faces.face_of({"总体情况"}, 12) == ""
    themed = docx.Document()
    themed.add_paragraph("总体情况")
    themed.styles["Normal"].font.size = Pt(16)
    assert faces_of(themed).face_of({"总体情况"}, 16) == ""


def test_styles_that_are_based_on_each_other_end(document: Document) -> None:
    one = document.styles.add_style("甲", WD_STYLE_TYPE.PARAGRAPH)
    other = document.styles.add_style("乙", WD_STYLE_TYPE.PARAGRAPH)
    one.base_style, other.base_style = other, one
    in_face(other, "黑体", 16)
    document.add_paragraph("总体情况", style=one)
    assert faces_of(document).face_of({"总体情况"}, 16) == "黑体"
