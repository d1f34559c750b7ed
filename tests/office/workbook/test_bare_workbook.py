"""A form reduced to what its sheets show, whatever program wrote it and whoever sat before it."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from reportfill.office.edited_package import UnusualPackageError
from reportfill.office.package import composed, parts_of
from reportfill.office.workbook.bare_workbook import bare
from reportfill.office.workbook.edited_workbook import EditedWorkbook

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRINGS = (
    f'<sst xmlns="{MAIN}"><si><t xml:space="preserve"> 一 </t></si>'
    "<si><r><t>二</t></r><r><rPr><b/></rPr><t>三</t></r></si></sst>"
).encode()


@pytest.fixture
def parts() -> dict[str, bytes]:
    """A workbook as Excel saves one: shared texts, results of formulas, and what it knows of its owner."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["B1"], sheet["C1"] = "甲", "乙", "=A1"
    book.properties.creator = "张三"
    content = BytesIO()
    book.save(content)
    made = parts_of(content.getvalue())
    part = made[SHEET].replace(b"<v></v>", b"<v>{{ a }}</v>").replace(b"<v />", b"<v>{{ a }}</v>")
    for number, text in enumerate(("甲", "乙")):
        inline = f"<is><t>{''.join(f'&#{ord(letter)};' for letter in text)}</t></is>".encode()
        assert inline in part
        part = part.replace(b't="inlineStr">' + inline, b't="s"><v>%d</v>' % number)
    part = part.replace(b"<pageMargins", b'<printOptions xmlns:r="%b"/><pageMargins' % OFFICE.encode())
    made[SHEET] = part.replace(b"<worksheet ", b'<worksheet xmlns:x="urn:x" x:uid="{1}" ', 1)
    made["xl/sharedStrings.xml"] = STRINGS
    made["xl/printerSettings/printerSettings1.bin"] = b"//server/printer"
    made["xl/_rels/workbook.xml.rels"] = made["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="rId90" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="rId91" Type="{OFFICE}/printerSettings" Target="printerSettings/printerSettings1.bin"/>'
        "</Relationships>".encode(),
    )
    made["xl/workbook.xml"] = made["xl/workbook.xml"].replace(
        b"<bookViews>", b'<fileSharing userName="\xe5\xbc\xa0\xe4\xb8\x89"/><bookViews>'
    )
    return made


def test_texts_stand_in_their_cells_and_formulas_have_no_result(parts: dict[str, bytes]) -> None:
    made = bare(parts)
    sheet = load_workbook(BytesIO(composed(made))).worksheets[0]
    assert [sheet[address].value for address in ("A1", "B1", "C1")] == [" 一 ", "二三", "=A1"]
    assert load_workbook(BytesIO(composed(made)), data_only=True).worksheets[0]["C1"].value is None
    assert "xl/sharedStrings.xml" not in made


def test_nothing_tells_who_made_it_or_where(parts: dict[str, bytes]) -> None:
    made = bare(parts)
    assert not {"docProps/core.xml", "xl/printerSettings/printerSettings1.bin"} & set(made)
    everything = b"".join(made.values())
    for trace in ("张三".encode(), b"printer", b"x:uid"):
        assert trace not in everything


def test_a_text_that_is_not_there_is_refused(parts: dict[str, bytes]) -> None:
    with pytest.raises(UnusualPackageError):
        bare(parts | {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"/>'.encode()})


def test_comments_keep_their_words_and_lose_their_authors() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"].comment = Comment("李四：请填全称", "李四")
    sheet["A2"].comment = Comment("没有名字", "")
    sheet["A3"].comment = Comment("[Threaded comment]", "tc={1}")
    content = BytesIO()
    book.save(content)
    edited = EditedWorkbook(parts_of(content.getvalue()))
    edited.worksheets["Sheet"].comments.take_names_away("模板")
    after = load_workbook(BytesIO(composed(edited.parts()))).worksheets[0]
    said = {
        cell.coordinate: (cell.comment.author, cell.comment.text) for [cell] in after["A1:A3"] if cell.comment
    }
    assert said == {"A1": ("模板", "请填全称"), "A2": ("模板", "没有名字")}
    assert b"\xe6\x9d\x8e\xe5\x9b\x9b" not in b"".join(edited.parts().values())
