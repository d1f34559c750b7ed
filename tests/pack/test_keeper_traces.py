"""What of its keeper a template would bring to everybody who gets what is made of it is named, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from pack.small_pack import replaced, small_pack
from pack.test_intake_contents import OFFICE, PICTURE, SHEET, drawn

from reportfill import load_pack, new_workbook
from reportfill.office.package import parts_of
from reportfill.pack.check import pack_problems, refuse_unsound

RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
OF_A_KEEPER = "file:///C:/Users/wangfang/seal.png"
Change = Callable[[dict[str, bytes]], None]


def told(folder: Path) -> list[str]:
    return [str(problem) for problem in pack_problems(folder)]


def related(part: str, kind: str, target: str) -> Change:
    """A change that relates a part to something outside of its package."""
    related = f'<Relationship Id="rId9" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'

    def change(parts: dict[str, bytes]) -> None:
        folder, _, name = part.rpartition("/")
        relationships = f"{folder}/_rels/{name}.rels"
        there = parts.get(relationships, f'<Relationships xmlns="{RELATIONSHIPS}"></Relationships>'.encode())
        parts[relationships] = there.replace(b"</Relationships>", f"{related}</Relationships>".encode())

    return change


def linked_picture(target: str) -> Change:
    """A change that draws a picture which is only linked."""

    def change(parts: dict[str, bytes]) -> None:
        drawn(PICTURE.replace("r:embed", "r:link").replace("rId1", "rId9"))(parts)
        related("xl/drawings/drawing1.xml", "image", target)(parts)

    return change


DESCRIBED = PICTURE.replace("name='Seal'", "name='Seal' descr='C:\\Users\\wangfang\\Pictures\\seal.png'")


@pytest.mark.parametrize(
    ("change", "part", "said"),
    [
        (linked_picture(OF_A_KEEPER), "xl/drawings/drawing1.xml", "a linked picture"),
        (linked_picture("https://example.cn/seal.png"), "xl/drawings/drawing1.xml", "a linked picture"),
        (related(SHEET, "hyperlink", "..\\wangfang\\rules.docx"), SHEET, "a link to a file"),
        (drawn(DESCRIBED), "xl/drawings/drawing1.xml", "a path"),
        (
            replaced(
                SHEET,
                "</sheetData>",
                '</sheetData><scenarios><scenario name="a" user="wangfang" count="0"/></scenarios>',
            ),
            SHEET,
            "the name of a person",
        ),
    ],
    ids=["picture of a path", "picture of the web", "link to a file", "path of a picture", "name"],
)
def test_what_a_form_would_tell_of_its_keeper_is_named_with_its_part_and_the_form_can_be_used(
    tmp_path: Path, change: Change, part: str, said: str
) -> None:
    folder = small_pack(tmp_path, parts_of_intake=change)
    [problem] = told(folder)
    assert problem.startswith(f"intake.xlsx {part}: {said}")
    assert any(sign in problem for sign in ("wangfang", "example.cn"))
    refuse_unsound(load_pack(folder))


def test_what_is_named_is_in_the_workbooks_that_are_made(tmp_path: Path) -> None:
    folder = small_pack(tmp_path, parts_of_intake=linked_picture(OF_A_KEEPER))
    made = new_workbook(load_pack(folder), year=2025)
    assert OF_A_KEEPER.encode() in b"".join(parts_of(made).values())


def test_addresses_that_readers_are_meant_to_have_and_what_the_tool_takes_out_are_not_named(
    tmp_path: Path,
) -> None:
    def intake(book: Workbook) -> None:
        book.properties.creator = "王芳"
        book["Form"]["A1"].hyperlink = Hyperlink("A1", target="https://www.gov.cn/")

    report = related("word/settings.xml", "attachedTemplate", "file:///C:/Users/wangfang/Normal.dotm")
    assert told(small_pack(tmp_path, intake=intake, parts_of_report=report)) == []


@pytest.mark.parametrize(
    ("change", "part", "said"),
    [
        (related("word/document.xml", "image", OF_A_KEEPER), "word/document.xml", "a linked picture"),
        (
            replaced(
                "word/document.xml",
                "<w:sectPr",
                "<w:p><w:permStart w:id='1' w:ed='wangfang'/></w:p><w:sectPr",
            ),
            "word/document.xml",
            "the name of a person",
        ),
        (
            replaced(
                "word/document.xml",
                "<w:sectPr",
                "<w:p><w:r><w:instrText>INCLUDEPICTURE &quot;C:\\\\Users\\\\wangfang\\\\a.png&quot;</w:instrText>"
                "</w:r></w:p><w:sectPr",
            ),
            "word/document.xml",
            "a path",
        ),
        (
            lambda parts: parts.update({"word/embeddings/wangfang.xlsx": b"PK"}),
            "word/embeddings/wangfang.xlsx",
            "an embedded file",
        ),
    ],
    ids=["picture", "name", "field", "embedded"],
)
def test_what_a_report_would_tell_of_its_keeper_is_named_with_its_part(
    tmp_path: Path, change: Change, part: str, said: str
) -> None:
    [problem] = told(small_pack(tmp_path, parts_of_report=change))
    assert problem.startswith(f"report.docx {part}: {said}")
    assert "wangfang" in problem
