"""Cells of a sheet are given other formats, wherever they stand and whether or not they say so."""

from __future__ import annotations

import re

import pytest
from office.workbook.books import book_of, reopened
from openpyxl import Workbook
from openpyxl.styles import Font

from reportfill.office.workbook.edited_sheet import EditedSheet
from reportfill.office.workbook.edited_workbook import EditedWorkbook
from reportfill.office.workbook.styles import solid
from reportfill.place import Cell, parse_address

RED = solid("FFFF9C9C")


def with_figures(book: Workbook) -> None:
    sheet = book["表"]
    sheet["B2"], sheet["D2"], sheet["B5"] = 1, 2, "=B2"
    sheet.merge_cells("F2:G4")
    sheet.column_dimensions["H"].font = Font(bold=True)
    sheet.row_dimensions[7].font = Font(italic=True)


@pytest.fixture
def book() -> EditedWorkbook:
    """A workbook with cells here and there."""
    return book_of(with_figures)


@pytest.fixture
def sheet(book: EditedWorkbook) -> EditedSheet:
    """Its sheet."""
    return book.worksheets["表"]


def at(address: str) -> Cell:
    """A cell of the sheet."""
    return Cell("表", *parse_address(address))


def fill(book: EditedWorkbook, address: str) -> None:
    """Colour a cell."""
    sheet, cell = book.worksheets["表"], at(address)
    sheet.set_format(cell, book.styles.changed(sheet.format_of(cell), fill=RED))


@pytest.mark.parametrize("address", ["B2", "A2", "C2", "E2", "A1", "C4", "XFD1048576"])
def test_a_cell_is_coloured_where_it_stands_also_one_that_is_not_there(
    book: EditedWorkbook, address: str
) -> None:
    fill(book, address)
    after = reopened(book)["表"]
    assert after[address].fill.fgColor.rgb == "FFFF9C9C"
    assert (after["B2"].value, after["D2"].value, after["B5"].value) == (1, 2, "=B2")
    part = book.parts()["xl/worksheets/sheet1.xml"]
    rows = [int(row) for row in re.findall(rb'<row r="([0-9]+)"', part)]
    assert rows == sorted(set(rows))


def test_a_cell_that_is_not_there_looks_like_its_row_or_column_otherwise(book: EditedWorkbook) -> None:
    for address in ("H9", "C7", "H7"):
        fill(book, address)
    after = reopened(book)["表"]
    assert [after[address].font.bold for address in ("H9", "C7", "H7")] == [True, False, False]
    assert [after[address].font.italic for address in ("H9", "C7", "H7")] == [False, True, True]


def test_cells_that_do_not_say_where_they_stand_follow_one_another(book: EditedWorkbook) -> None:
    parts = book.parts()
    name = "xl/worksheets/sheet1.xml"
    bare = re.sub(
        rb"<sheetData>.*</sheetData>",
        b"<sheetData><row><c><v>1</v></c><c/></row><row><c><v>3</v></c></row></sheetData>",
        parts[name],
    )
    again = EditedWorkbook(parts | {name: bare})
    for address in ("A2", "D2", "C1"):
        fill(again, address)
    after = reopened(again)["表"]
    assert (after["A1"].value, after["A2"].value) == (1, 3)
    assert {cell.coordinate for row in after.iter_rows() for cell in row if cell.fill.fill_type} == {
        "A2",
        "D2",
        "C1",
    }


def test_of_merged_cells_the_first_is_shown(sheet: EditedSheet) -> None:
    assert [sheet.shown(at(address)).address for address in ("F2", "G4", "G3", "F5", "E2")] == [
        "F2",
        "F2",
        "F2",
        "F5",
        "E2",
    ]


def test_cells_are_found_by_their_format_and_formulas_are_known(
    book: EditedWorkbook, sheet: EditedSheet
) -> None:
    fill(book, "D2")
    fill(book, "J9")
    here = [at("D2"), at("J9")]
    assert sheet.formatted(set(map(sheet.format_of, here))) == here
    assert [sheet.has_formula(at(address)) for address in ("B5", "B2", "Z9")] == [True, False, False]


def test_an_address_that_is_none_is_refused(book: EditedWorkbook) -> None:
    parts, name = book.parts(), "xl/worksheets/sheet1.xml"
    astray = EditedWorkbook(parts | {name: parts[name].replace(b'r="B2"', 'r="表二"'.encode())})
    with pytest.raises(ValueError, match="表二"):
        astray.worksheets["表"].format_of(at("B2"))
