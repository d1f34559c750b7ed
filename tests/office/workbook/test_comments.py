"""Comments of a sheet: ours come and go, those of others stay."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from lxml import etree
from office.workbook.books import book_of, reopened
from openpyxl import Workbook
from openpyxl.comments import Comment

from reportfill.office.package import CONTENT_TYPES
from reportfill.office.workbook.edited_workbook import EditedWorkbook
from reportfill.place import Cell

OURS = "reportfill"
BUTTON = (
    b'<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel"'
    b' id="_x0000_s1027" type="#_x0000_t201"><x:ClientData ObjectType="Button">'
    b"<x:Row>1</x:Row><x:Column>1</x:Column></x:ClientData></v:shape>"
)


def said(book: EditedWorkbook) -> dict[str, tuple[str, str]]:
    """Author and text of each comment, by its cell."""
    cells = (cell for row in reopened(book)["表"].iter_rows() for cell in row if cell.comment)
    return {cell.coordinate: (cell.comment.author, cell.comment.text) for cell in cells}


def shapes(parts: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """The row and column of each shape."""
    drawn = [etree.fromstring(part) for name, part in parts.items() if name.endswith(".vml")]
    notes = [note for root in drawn for note in root.iter("{*}ClientData")]
    return [(note.findtext("{*}Row"), note.findtext("{*}Column")) for note in notes]


def with_a_comment(book: Workbook) -> None:
    book["表"]["B2"].comment = Comment("按全年统计\n_x000D_含下属单位", "张三")


@pytest.fixture
def book() -> EditedWorkbook:
    """A workbook on one cell of which somebody has said something."""
    return book_of(with_a_comment)


def test_ours_stand_beside_those_of_others_and_go_without_a_trace(book: EditedWorkbook) -> None:
    before = said(book)
    comments = book.worksheets["表"].comments
    comments.put(Cell("表", 3, 3), "错误：请填0。\n_x0041_", OURS)
    assert said(book) == before | {"D4": (OURS, "错误：请填0。\n_x005F_x0041_")}
    assert shapes(book.parts()) == [("1", "1"), ("3", "3")]
    comments.take_away(OURS)
    assert said(book) == before
    assert shapes(book.parts()) == [("1", "1")]


def test_what_somebody_said_on_the_cell_is_kept_behind_ours_and_comes_back(book: EditedWorkbook) -> None:
    before = said(book)
    comments = book.worksheets["表"].comments
    comments.put(Cell("表", 1, 1), "错误：请填0。", OURS)
    author, text = said(book)["B2"]
    assert author == OURS
    assert text == f"错误：请填0。\n原有批注（张三）：\n{before['B2'][1]}"
    comments.take_away(OURS)
    assert said(book) == before


def test_a_conversation_on_the_cell_is_left_alone() -> None:
    def with_a_conversation(book: Workbook) -> None:
        book["表"]["B2"].comment = Comment("[线程批注]", "tc={6DCD8E3F-0000-4000-8000-000000000001}")

    book = book_of(with_a_conversation)
    before = said(book)
    book.worksheets["表"].comments.put(Cell("表", 1, 1), "错误", OURS)
    assert said(book) == before


def test_with_the_last_comment_its_parts_go(book: EditedWorkbook) -> None:
    alone = book_of(lambda _: None)
    before = set(alone.parts())
    comments = alone.worksheets["表"].comments
    comments.put(Cell("表", 0, 0), "错误", OURS)
    assert len(set(alone.parts()) - before) == 3  # the comments, the shapes and what leads to both
    comments.take_away(OURS)
    assert set(alone.parts()) == before
    assert b"legacyDrawing" not in alone.parts()["xl/worksheets/sheet1.xml"]
    assert b"/xl/comments" not in alone.parts()[CONTENT_TYPES]


def test_shapes_that_are_no_comments_stay(book: EditedWorkbook) -> None:
    parts = book.parts()
    drawing = next(name for name in parts if name.endswith(".vml"))
    end = parts[drawing].rindex(b"</xml>")
    again = EditedWorkbook(parts | {drawing: parts[drawing][:end] + BUTTON + parts[drawing][end:]})
    comments = again.worksheets["表"].comments
    comments.put(Cell("表", 1, 1), "错误", OURS)
    comments.take_away("张三")
    comments.take_away(OURS)
    assert b'ObjectType="Button"' in again.parts()[drawing]
    identifiers = re.findall(rb' id="(_x0000_s[0-9]+)"', again.parts()[drawing])
    assert len(identifiers) == len(set(identifiers)) == 2
