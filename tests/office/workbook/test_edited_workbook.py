"""A sheet is put before all others or removed; what belongs to another one goes on belonging to it."""

from __future__ import annotations

import pytest
from office.workbook.books import book_of, reopened
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.workbook.defined_name import DefinedName

from reportfill.office.edited_package import UnusualPackageError
from reportfill.office.package import CONTENT_TYPES
from reportfill.office.workbook.edited_workbook import EditedWorkbook
from reportfill.office.xml import SPREADSHEET

SHEET = f'<worksheet xmlns="{SPREADSHEET}"><sheetData/></worksheet>'.encode()


def with_three_sheets(book: Workbook) -> None:
    for name in ("甲", "乙"):
        sheet = book.create_sheet(name)
        sheet["A1"] = 5
        sheet.print_area = "A1:B2"
        sheet.defined_names["own"] = DefinedName("own", attr_text=f"'{name}'!$A$1")
    book.active = 2


def own_names(book: EditedWorkbook) -> dict[str, list[str]]:
    """The names that hold on one sheet only, and the area to be printed, by sheet."""
    sheets = reopened(book).worksheets
    return {
        sheet.title: [name.attr_text for name in sheet.defined_names.values()] + [sheet.print_area]
        for sheet in sheets
    }


def test_a_sheet_put_first_is_the_one_on_which_the_workbook_opens() -> None:
    book = book_of(with_three_sheets)
    before = own_names(book)
    book.put_first("清单", SHEET)
    assert book.names == ["清单", "表", "甲", "乙"]
    assert own_names(book) == before | {"清单": [""]}
    after = reopened(book)
    assert after.active.title == "清单"
    assert [sheet.title for sheet in after.worksheets if sheet.sheet_view.tabSelected] == []


def test_a_removed_sheet_takes_its_names_along_and_nobody_else_s() -> None:
    book = book_of(with_three_sheets)
    before = own_names(book)
    parts = set(book.parts())
    book.remove("甲")
    book.remove("没有")
    assert own_names(book) == {sheet: names for sheet, names in before.items() if sheet != "甲"}
    assert parts - set(book.parts()) == {"xl/worksheets/sheet2.xml"}


def test_put_first_and_removed_again_the_parts_are_what_they_were() -> None:
    book = book_of(with_three_sheets)
    book.put_first("清单", SHEET)
    once = book.parts()
    book.remove("清单")
    book.put_first("清单", SHEET)
    assert book.parts() == once


def test_a_sheet_of_a_chart_is_none_of_cells_and_stays() -> None:
    def with_a_chart(book: Workbook) -> None:
        book["表"]["A1"] = 3
        chart = BarChart()
        chart.add_data(Reference(book["表"], 1, 1))
        book["表"].add_chart(chart, "C3")
        book.create_chartsheet("图").add_chart(BarChart())

    book = book_of(with_a_chart)
    drawn = {name: part for name, part in book.parts().items() if "chart" in name or "drawing" in name}
    book.put_first("清单", SHEET)
    assert list(book.worksheets) == ["清单", "表"]
    assert book.names == ["清单", "表", "图"]
    assert drawn.items() <= book.parts().items()


def test_macros_and_the_order_of_calculation_go() -> None:
    book = book_of(with_three_sheets)
    parts = book.parts()
    relationships = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="m" Target="vbaProject.bin" Type="http://schemas.microsoft.com/office/2006/relationships/'
        b'vbaProject"/><Relationship Id="c" Target="calcChain.xml" Type="http://schemas.openxmlformats.org/'
        b'officeDocument/2006/relationships/calcChain"/></Relationships>',
    )
    types = parts[CONTENT_TYPES].replace(
        b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    extra = {"xl/_rels/workbook.xml.rels": relationships, CONTENT_TYPES: types}
    with_macros = EditedWorkbook(
        parts | extra | {"xl/vbaProject.bin": b"\0", "xl/calcChain.xml": b"<calcChain/>"}
    )
    with_macros.put_first("清单", SHEET)
    after = with_macros.parts()
    assert not {"xl/vbaProject.bin", "xl/calcChain.xml"} & set(after)
    assert b"macroEnabled" not in after[CONTENT_TYPES]
    assert b"spreadsheetml.sheet.main+xml" in after[CONTENT_TYPES]


def test_what_is_no_workbook_of_the_transitional_standard_is_refused() -> None:
    parts = book_of(with_three_sheets).parts()
    strict = parts["xl/workbook.xml"].replace(
        SPREADSHEET.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    )
    for broken in ({"xl/workbook.xml": strict}, {"_rels/.rels": b""}, {"xl/workbook.xml": b"<workbook/>"}):
        with pytest.raises(UnusualPackageError):
            EditedWorkbook(parts | broken)
