"""What an intake.xlsx holds that no workbook made of it would have is named with its sheet and cell."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from pack.small_pack import MANIFEST, replaced, small_pack

from reportfill import PackError, load_pack, new_workbook
from reportfill.office.package import parts_of
from reportfill.pack.check import pack_problems, refuse_unsound

SHEET = "xl/worksheets/sheet1.xml"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def problems(folder: Path) -> list[str]:
    return [str(problem) for problem in pack_problems(folder)]


def drawn(content: str) -> Callable[[dict[str, bytes]], None]:
    """A change that anchors something drawn at D4."""

    def change(parts: dict[str, bytes]) -> None:
        place = "<xdr:col>3</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>3</xdr:row><xdr:rowOff>0</xdr:rowOff>"
        parts["xl/drawings/drawing1.xml"] = (
            f'<xdr:wsDr xmlns:xdr="{DRAWING}/spreadsheetDrawing" xmlns:a="{DRAWING}/main">'
            f"<xdr:oneCellAnchor><xdr:from>{place}</xdr:from>{content}</xdr:oneCellAnchor></xdr:wsDr>"
        ).encode()
        parts["xl/worksheets/_rels/sheet1.xml.rels"] = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{OFFICE}/drawing" Target="/xl/drawings/drawing1.xml"/></Relationships>'
        ).encode()
        drawing = f'<drawing xmlns:r="{OFFICE}" r:id="rId1"/></worksheet>'
        parts[SHEET] = parts[SHEET].replace(b"</worksheet>", drawing.encode())

    return change


def extended(content: str) -> Callable[[dict[str, bytes]], None]:
    """A change that puts something into the extensions of the sheet, for the cell B3."""
    namespaces = 'xmlns:x14="x14" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'
    return replaced(
        SHEET,
        "</worksheet>",
        f'<extLst><ext uri="{{1}}" {namespaces}>{content}</ext></extLst></worksheet>',
    )


DIAGRAM = (
    "<xdr:graphicFrame><a:graphic><a:graphicData uri='http://schemas.openxmlformats.org/drawingml/2006/diagram'/>"
    "</a:graphic></xdr:graphicFrame>"
)


@pytest.mark.parametrize(
    ("change", "place", "said"),
    [
        (drawn(DIAGRAM), "Form!D4", "a diagram or newer chart"),
        (drawn("<xdr:contentPart/>"), "Form!D4", "ink"),
        (
            extended("<x14:dataValidations><xm:sqref>B3 B5</xm:sqref></x14:dataValidations>"),
            "Form!B3",
            "a drop-down list",
        ),
        (
            extended("<x14:conditionalFormattings><xm:sqref>B3:B9</xm:sqref></x14:conditionalFormattings>"),
            "Form!B3",
            "a conditional format",
        ),
        (
            extended("<x14:sparklineGroups><xm:sqref>B3</xm:sqref></x14:sparklineGroups>"),
            "Form!B3",
            "a sparkline",
        ),
        (extended("<x14:slicerList/>"), "Form", "a slicer"),
        (replaced(SHEET, "</worksheet>", "<controls/></worksheet>"), "Form", "a form control"),
        (lambda parts: parts.update({"xl/vbaProject.bin": b""}), "", "macros"),
        (lambda parts: parts.update({"xl/cellimages.xml": b"<x/>"}), "", "a picture within a cell"),
    ],
)
def test_what_would_be_dropped_is_named_with_its_place(
    tmp_path: Path, change: Callable[[Any], Any], place: str, said: str
) -> None:
    [problem] = problems(small_pack(tmp_path, parts_of_intake=change))
    assert problem.startswith(f"intake.xlsx {place}".strip() + ": ")
    assert said in problem
    with pytest.raises(PackError, match="cannot be used"):
        new_workbook(load_pack(tmp_path), year=2025)


RED = InlineFont(b=True, color="FFFF0000")
LABEL = CellRichText("Si", TextBlock(RED, "tes"))
NOTE = CellRichText("By ", TextBlock(RED, "{{ form.deadline }}"), " at last")


def test_formats_of_single_words_are_kept(tmp_path: Path) -> None:
    folder = small_pack(
        tmp_path,
        intake=lambda book: (put("A3", LABEL)(book), put("D1", NOTE)(book)),
    )
    assert problems(folder) == []
    made = new_workbook(load_pack(folder), year=2025, deadline="5 & 6 May")
    form = load_workbook(BytesIO(made), rich_text=True)["Form"]
    assert form["A3"].value == LABEL
    assert form["D1"].value == CellRichText("By ", TextBlock(RED, "5 & 6 May"), " at last")


def test_a_note_whose_tag_has_several_formats_is_written_in_that_of_its_cell(tmp_path: Path) -> None:
    split = CellRichText("By {{ form.", TextBlock(RED, "deadline }}"))
    made = new_workbook(load_pack(small_pack(tmp_path, intake=put("D1", split))), year=2025, deadline="May")
    assert load_workbook(BytesIO(made), rich_text=True)["Form"]["D1"].value == "By May"


@pytest.mark.parametrize("text", ["{{ year }}", "{{ agency.name }} 2025"])
def test_formats_of_single_words_beside_a_tag_are_named_with_their_cell_and_the_form_can_be_used(
    tmp_path: Path, text: str
) -> None:
    folder = small_pack(tmp_path, intake=put("D1", CellRichText(text, TextBlock(RED, "!"))))
    [problem] = problems(folder)
    assert problem.startswith("intake.xlsx Form!D1: the formats of single words are lost")
    refuse_unsound(load_pack(folder))
    made = load_workbook(BytesIO(new_workbook(load_pack(folder), year=2025)), rich_text=True)
    assert not isinstance(made["Form"]["D1"].value, CellRichText)


PICTURE = (
    "<xdr:ext cx='9525' cy='9525'/><xdr:pic><xdr:nvPicPr><xdr:cNvPr id='2' name='Seal'/><xdr:cNvPicPr/></xdr:nvPicPr>"
    f"<xdr:blipFill><a:blip xmlns:r='{OFFICE}' r:embed='rId1'/></xdr:blipFill>"
    "<xdr:spPr><a:prstGeom prst='rect'/></xdr:spPr></xdr:pic><xdr:clientData/>"
)
TEXT_BOX = (
    "<xdr:ext cx='9525' cy='9525'/><xdr:sp><xdr:nvSpPr><xdr:cNvPr id='2' name='Box'/><xdr:cNvSpPr txBox='1'/>"
    "</xdr:nvSpPr><xdr:spPr><a:prstGeom prst='rect'/></xdr:spPr><xdr:txBody>"
    "<a:bodyPr/><a:p><a:r><a:t>Ask us</a:t></a:r></a:p>"
    "</xdr:txBody></xdr:sp><xdr:clientData/>"
)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


@pytest.mark.parametrize("content", [PICTURE, TEXT_BOX], ids=["picture", "text box"])
def test_what_is_drawn_is_kept(
    tmp_path: Path, content: str, ooxml_problems: Callable[[Path], list[str]]
) -> None:
    def change(parts: dict[str, bytes]) -> None:
        drawn(content)(parts)
        declared = (
            '<Default Extension="png" ContentType="image/png"/><Override PartName="/xl/drawings/drawing1.xml"'
            ' ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/></Types>'
        )
        replaced("[Content_Types].xml", "</Types>", declared)(parts)
        parts["xl/media/image1.png"] = PIXEL
        parts["xl/drawings/_rels/drawing1.xml.rels"] = (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{OFFICE}/image" Target="../media/image1.png"/></Relationships>'
        ).encode()

    folder = small_pack(tmp_path / "pack", parts_of_intake=change)
    assert problems(folder) == []
    made = new_workbook(load_pack(folder), year=2025)
    before, after = parts_of((folder / "intake.xlsx").read_bytes()), parts_of(made)
    for name in ("xl/drawings/drawing1.xml", "xl/media/image1.png"):
        assert after[name] == before[name]
    assert b"<drawing " in after[SHEET]
    path = tmp_path / "form.xlsx"
    path.write_bytes(made)
    assert ooxml_problems(path) == []


def put(cell: str, value: str | CellRichText) -> Callable[[Any], None]:
    return lambda book: book["Form"].__setitem__(cell, value)  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    "typed",
    [
        "｛｛ year ｝｝",
        "{{ year ｝}",
        "{{ year",
        "year }}",
        "{{ visits. total }}",
        "{% if year %}",
        "{｛year｝} form",
    ],
)
def test_braces_that_make_no_tag_are_named_with_their_cell(tmp_path: Path, typed: str) -> None:
    [problem] = problems(small_pack(tmp_path, intake=put("D1", typed)))
    assert problem.startswith("intake.xlsx Form!D1: a tag is not complete")


def test_a_field_between_single_braces_is_named(tmp_path: Path) -> None:
    [problem] = problems(small_pack(tmp_path, intake=put("D1", "｛ year ｝")))
    assert problem.startswith("intake.xlsx Form!D1: year stands between single braces")


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda book: setattr(book["Form"].oddHeader.center, "text", "{{ year }}"), "Form (headerFooter)"),
        (lambda book: setattr(book["Form"]["A1"], "comment", Comment("{{ year }}", "K")), "Form (comments)"),
        (lambda book: setattr(book["Form"], "title", "{{ year }}"), "{{ year }}"),
    ],
)
def test_a_tag_outside_of_the_cells_is_named(
    tmp_path: Path, change: Callable[[Any], None], place: str
) -> None:
    found = problems(small_pack(tmp_path, intake=change))
    assert any(problem.startswith(f"intake.xlsx {place}: ") for problem in found), found


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml", ".xltx"),
        ("application/vnd.ms-excel.sheet.macroEnabled.main+xml", ".xlsm"),
    ],
)
def test_other_kinds_of_workbooks_are_named_with_the_cure(tmp_path: Path, kind: str, said: str) -> None:
    plain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    found = problems(small_pack(tmp_path, parts_of_intake=replaced("[Content_Types].xml", plain, kind)))
    assert said in found[0]
    assert "save it as .xlsx" in found[0]


def test_a_cell_under_a_merged_one_is_no_place_to_type(tmp_path: Path) -> None:
    merged = replaced(
        SHEET, "</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="A3:B3"/></mergeCells>'
    )
    assert any(
        "Form!B3" in problem and "merged" in problem
        for problem in problems(small_pack(tmp_path, parts_of_intake=merged))
    )


def test_a_code_without_a_cell_is_named(tmp_path: Path) -> None:
    def with_code(schema: dict[str, Any]) -> None:
        schema["properties"]["agency"]["properties"]["code"] = {"title": "Code", "type": "string"}

    [problem] = problems(small_pack(tmp_path, schema=with_code))
    assert "{{ agency.code }}" in problem


@pytest.mark.parametrize("name", ["{{ foo }}", "{{ visits.total }}", "{{ year", "｛｛ year ｝｝", "{ year }"])
@pytest.mark.parametrize("key", ["report", "workbook"])
def test_a_name_of_files_with_a_tag_that_stands_for_nothing_is_named(
    tmp_path: Path, key: str, name: str
) -> None:
    lines = [f'{key} = "{name}"' if line.startswith(f"{key} =") else line for line in MANIFEST.splitlines()]
    folder = small_pack(tmp_path, manifest="\n".join(lines))
    [problem] = problems(folder)
    assert problem.startswith(f"pack.toml names.{key}: ")
    with pytest.raises(PackError, match=f"names.{key}"):
        refuse_unsound(load_pack(folder))


def chosen_from_a_list(book: Any) -> None:
    rule = DataValidation("list", formula1='"Office A,Office B"')
    rule.add("B1:B2")
    rule.add("B6")
    book["Form"].add_data_validation(rule)


def test_a_rule_of_the_designers_own_stands_alone(tmp_path: Path) -> None:
    pack = load_pack(small_pack(tmp_path, intake=chosen_from_a_list))
    made = (new_workbook(pack, year=2025), new_workbook(pack, year=2025, agency="Office A", code="1"))
    for content in made:
        rules = load_workbook(BytesIO(content))["Form"].data_validations.dataValidation
        for cell in ("B1", "B2", "B6"):
            assert [rule.type for rule in rules if cell in rule.sqref] == ["list"]
        assert [rule.type for rule in rules if "B3" in rule.sqref] == ["whole"]
        assert [rule.type for rule in rules if "B7" in rule.sqref] == ["textLength"]


def commented(text: str, author: str) -> Callable[[Any], None]:
    return lambda book: setattr(book["Form"]["B3"], "comment", Comment(text, author))


@pytest.mark.parametrize("author", ["Wang Keeper", "王管理员", ""])
def test_a_comment_is_named_and_goes_to_agencies_without_its_author(tmp_path: Path, author: str) -> None:
    folder = small_pack(tmp_path, intake=commented(f"{author}:\nCount the rooms", author))
    [problem] = pack_problems(folder)
    assert problem.place == "intake.xlsx Form!B3"
    assert "批注会随填报表下发每个单位" in problem.in_chinese
    made = new_workbook(load_pack(folder), year=2025)
    comment = load_workbook(BytesIO(made))["Form"]["B3"].comment
    assert comment.text.endswith("Count the rooms")
    assert comment.author == "模板"
    assert not author or all(author.encode() not in part for part in parts_of(made).values())


def test_what_stands_in_for_a_conversation_goes_to_no_agency(tmp_path: Path) -> None:
    folder = small_pack(tmp_path, intake=commented("[Threaded comment] Ask Wang", "tc={1}"))
    assert problems(folder) == []
    made = new_workbook(load_pack(folder), year=2025)
    assert load_workbook(BytesIO(made))["Form"]["B3"].comment is None
