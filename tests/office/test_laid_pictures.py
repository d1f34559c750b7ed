"""Pictures on sheets, whatever their drawings say."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook
from pictures import png, with_pictures

from reportfill.office.laid_pictures import laid_pictures
from reportfill.office.package import parts_of

DRAWING = "xl/drawings/drawing1.xml"


def workbook(*cells: str) -> dict[str, bytes]:
    """The parts of a workbook with pictures on these cells."""
    book = Workbook()
    saved = BytesIO()
    book.save(saved)
    return parts_of(with_pictures(saved.getvalue(), "Sheet", [(cell, png()) for cell in cells]))


def test_hundreds_of_pictures_are_each_found_in_their_cell() -> None:
    cells = [f"C{row}" for row in range(1, 300)]
    found = laid_pictures(workbook(*cells))
    assert [one.corner for one in found] == [(row, 2) for row in range(299)]
    assert {one.content for one in found} == {png()}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<col>1</col>", "<col>99999999</col>"),
        ("<col>1</col>", "<col>-7</col>"),
        ("<col>1</col>", "<col>1e999</col>"),
        ("<col>1</col>", "<col>x</col>"),
        ("</wsDr>", ""),
        ("<ext", "<no-ext"),
        ("r:embed", "r:link"),
        ("<a:blip ", "<a:no-blip "),
    ],
)
def test_a_drawing_that_says_nonsense_gives_pictures_elsewhere_or_none(old: str, new: str) -> None:
    parts = workbook("B2")
    assert old in parts[DRAWING].decode()
    for one in laid_pictures({**parts, DRAWING: parts[DRAWING].decode().replace(old, new).encode()}):
        assert one.content in (png(), b"")
