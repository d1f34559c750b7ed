"""Cells far behind a form are found, in time that grows with a part's size alone."""

from __future__ import annotations

from time import process_time

import pytest
from places import PACK_FOLDER

from reportfill.errors import PackError
from reportfill.office.package import composed, parts_of
from reportfill.pack.pack import refuse_unsafe

SHEET = "xl/worksheets/sheet1.xml"


def with_sheet(sheet: bytes) -> bytes:
    """The workbook of a pack with something else for its first sheet."""
    parts = parts_of((PACK_FOLDER / "intake.xlsx").read_bytes())
    assert SHEET in parts
    return composed({**parts, SHEET: sheet})


@pytest.mark.parametrize("piece", [b"<c ", b"<c x=", b'<c r= "', b"<a", b" r="])
def test_a_sheet_of_cells_without_an_end_is_looked_through_in_no_time(piece: bytes) -> None:
    content = with_sheet(b"<c " + piece * (1_000_000 // len(piece)))
    begin = process_time()
    refuse_unsafe("intake.xlsx", content)
    assert process_time() - begin < 5


@pytest.mark.parametrize("cell", [b'<c r="AAA1"/>', b'<x:c s="1" r="A10000">', b"<c\n t='s'\n r='AAB7'/>"])
def test_a_far_cell_is_refused(cell: bytes) -> None:
    with pytest.raises(PackError):
        refuse_unsafe("intake.xlsx", with_sheet(b'<c r="A1"/>' + cell))
