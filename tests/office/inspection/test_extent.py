"""A cell that no form has is found however its place is written, before anything lays the sheet out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from excel import codes, with_part
from excel_binary import CellContent, old_number, xls, xlsb
from places import SAMPLES
from printed import PRINTED

from reportfill import read_workbook
from reportfill.office.inspection import ods_content, sheet_xml
from reportfill.office.inspection.extent import Reach
from reportfill.office.inspection.signs import Signs

PART = "xl/worksheets/sheet3.xml"
FAR_CELLS = [
    '<c r="XFD1048576"><v>1</v></c>',
    '<c s="1" r="XFD1048576"><v>1</v></c>',
    "<c r='XFD1048576'><v>1</v></c>",
    '<c\n  r = "XFD1048576"><v>1</v></c>',
    '<c t="inlineStr" r="xfd1048576"><is><t>远</t></is></c>',
    '<c r="&#88;FD1048576"><f>1</f></c>',
    '<c s=">" r="B0001048576"><v>1</v></c>',
    '<c r="AAA1"><v>1</v></c>',
    '<c r="ZZ9999"><v>1</v></c>',
    '<c r="A9999"><v>1</v></c><c r="ZZ9"><v>1</v></c>',
    '<c r="B100000000000"><v>1</v></c>',
    '<c r="B4294967305"><v>1</v></c>',
    '<x><c r="XFD1048576"><v>1</v></c></x>',
]
NEAR_CELLS = [
    '<c r="ZZ999"><v>1</v></c>',
    '<c r="Z9999"><v>1</v></c>',
    '<c s="1" r="B9"><v>1</v></c>',
    '<c r="XFD1048576" s="1"/>',
    "<c><v>1</v></c>",
]


def sheet(cells: str, row: str = '<row r="9">') -> bytes:
    """The XML of a sheet with these cells in a row."""
    return f"<worksheet><sheetData>{row}{cells}</row></sheetData></worksheet>".encode()


def table(rows: str) -> bytes:
    """The XML of an .ods file with these rows."""
    names = 'xmlns:table="t" xmlns:office="o" xmlns:text="x"'
    return f"<office:document {names}><table:table>{rows}</table:table></office:document>".encode()


def reaches_too_far(part: bytes) -> bool:
    """Whether a look at the XML of a sheet finds a cell that no form has."""
    return Signs.TOO_FAR in sheet_xml.signs_of_sheet(part)


def repeats_too_often(content: bytes) -> bool:
    """Whether a look at an .ods file's content.xml finds one."""
    return Signs.TOO_FAR in ods_content.signs_of_ods(content)


@pytest.mark.parametrize("cell", FAR_CELLS)
def test_a_far_cell_is_found_however_it_is_written(cell: str) -> None:
    assert reaches_too_far(sheet(cell))
    assert reaches_too_far(sheet(cell).replace(b"<", b"<x:").replace(b"<x:/", b"</x:"))


@pytest.mark.parametrize("cell", NEAR_CELLS)
def test_a_near_cell_and_one_that_is_only_formatted_are_no_harm(cell: str) -> None:
    assert not reaches_too_far(sheet(cell))


def test_cells_that_do_not_say_where_they_are_follow_from_their_row_and_each_other() -> None:
    assert reaches_too_far(sheet("<c><v>1</v></c>", '<row r="1048576">'))
    assert reaches_too_far(sheet("<c/>" * 702 + "<c><v>1</v></c>"))
    assert reaches_too_far(sheet("</row>".join(["<row>"] * 10_000) + "<c><v>1</v></c>", "<row>"))
    assert not reaches_too_far(sheet("<c/>" * 2000, '<row r="1048576">'))


LIST = Reach(rows=100_100, columns=702, cells=3_000_000)
"""How far a list of agencies may reach."""


@pytest.mark.parametrize(
    ("address", "is_too_far"),
    [
        ("A100100", False),
        ("Z100100", False),
        ("AC100100", False),
        ("AD100100", True),
        ("ZZ4273", False),
        ("ZZ4274", True),
        ("A100101", True),
        ("B1048576", True),
    ],
)
def test_a_long_list_may_reach_further_than_a_form_where_that_is_said(address: str, is_too_far: bool) -> None:
    row = address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    part = sheet(f'<c r="{address}"><v>1</v></c>', f'<row r="{row}">')
    assert (Signs.TOO_FAR in sheet_xml.signs_of_sheet(part, LIST)) is is_too_far
    other = sheet(f'<c s="1" r="{address}"><v>1</v></c>', f'<row r="{row}">')
    assert (Signs.TOO_FAR in sheet_xml.signs_of_sheet(other, LIST)) is is_too_far
    assert reaches_too_far(part), "a form reaches no further than before"


def test_an_empty_row_at_the_end_of_a_long_list_is_no_harm_and_an_error_in_it_is_found() -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (row, row) for row in range(1, 12_000))
    formatted = b"<worksheet><sheetData>" + rows + b'<row r="1048576" ht="12"/></sheetData></worksheet>'
    assert sheet_xml.signs_of_sheet(formatted, LIST) is Signs.NONE
    error = rows.replace(b'<c r="A11000"><v>1</v>', b'<c r="A11000" t="e"><v>#N/A</v>')
    assert (
        sheet_xml.signs_of_sheet(b"<worksheet><sheetData>" + error + b"</sheetData></worksheet>", LIST)
        is Signs.ODD
    )


def test_what_is_no_sheet_has_no_cells() -> None:
    assert not reaches_too_far(b'<styles><c r="XFD1"><v>1</v></c></styles>')


def test_bytes_of_a_picture_that_look_like_a_cell_are_no_damage() -> None:
    workbook = (SAMPLES / "weihui-xinfang-2023.xlsx").read_bytes()
    picture = with_part(workbook, "xl/media/image1.png", lambda _: b"\x89PNG\r\n\x1a\n\0<c/\xff<row>\0:c \0")
    assert codes(read_workbook(picture)) == []


def test_a_sheet_that_is_no_xml_is_damaged_and_not_left_to_a_lenient_reader() -> None:
    broken = sheet('<x a=b/><c s="1" r="XFD1"><v>1</v></c>')
    workbook = (SAMPLES / "weihui-xinfang-2023.xlsx").read_bytes()
    assert codes(read_workbook(with_part(workbook, PART, lambda _: broken))) == [("file.damaged", "")]


FILLED = '<table:table-cell office:value-type="float" office:value="1"/>'


@pytest.mark.parametrize(
    "rows",
    [
        f'<table:table-row table:number-rows-repeated="1048576">{FILLED}</table:table-row>',
        f"<table:table-row table:number-rows-repeated = '5000'>{FILLED}</table:table-row>" * 2,
        f'<table:table-row table:number-rows-repeated="1048000"/><table:table-row>{FILLED}</table:table-row>',
        f'<table:table-row><table:table-cell table:number-columns-repeated="16383"/>{FILLED}</table:table-row>',
        "<table:table-row><table:table-cell table:number-columns-repeated='999'><text:p>远</text:p>"
        "</table:table-cell></table:table-row>",
    ],
)
def test_an_ods_reaches_as_far_as_its_repetitions(rows: str) -> None:
    assert repeats_too_often(table(rows))


def test_empty_rows_and_cells_at_the_end_of_an_ods_are_usual() -> None:
    end = (
        '<table:table-cell table:number-columns-repeated="16383"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row>'
    )
    assert not repeats_too_often(table(f"<table:table-row>{FILLED}{end}"))
    assert not repeats_too_often(table("<table:table-row/>" * 9000))


def test_a_far_cell_costs_no_memory_wherever_its_sheet_is_kept(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    workbook = (SAMPLES / "weihui-xinfang-2023.xlsx").read_bytes()
    far = with_part(workbook, "xl/tables/3.data", lambda _: sheet('<c s="1" r="XFD1048576"><v>1</v></c>'))
    relations = "xl/_rels/workbook.xml.rels"
    path = tmp_path / "far.xlsx"
    path.write_bytes(
        with_part(far, relations, lambda x: x.replace(b"worksheets/sheet3.xml", b"tables/3.data"))
    )
    script = f"from reportfill import read_workbook; print(read_workbook({str(path)!r}).findings[0].code)"

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding=PRINTED, preexec_fn=limit
    )
    assert done.stdout.strip() == "file.too_many_cells"


@pytest.mark.parametrize(("row", "column"), [(1048575, 0), (0, 16383), (1048575, 16383), (9998, 701)])
def test_a_far_cell_of_an_xlsb_is_refused(row: int, column: int) -> None:
    cells: dict[tuple[int, int], CellContent] = {(0, 0): "表", (row, column): 1}
    assert codes(read_workbook(xlsb({"表二": cells}))) == [("file.too_many_cells", "")]


@pytest.mark.parametrize(("row", "column"), [(65535, 0), (65535, 255), (9998, 255)])
def test_a_far_cell_of_an_xls_is_refused(row: int, column: int) -> None:
    workbook = xls({"表二": [old_number(0, 0, 1), old_number(row, column, 1)]})
    assert codes(read_workbook(workbook)) == [("file.too_many_cells", "")]


@pytest.mark.parametrize("suffix", ["xls", "xlsb"])
def test_near_cells_of_the_binary_formats_are_read(suffix: str) -> None:
    near = (999, 255)
    workbook = xls({"表": [old_number(*near, 1)]}) if suffix == "xls" else xlsb({"表": {near: 1}})
    assert codes(read_workbook(workbook)) == [("workbook.unknown", "")]


def test_as_many_cells_as_are_let_through_are_read() -> None:
    workbook = (SAMPLES / "weihui-xinfang-2023.xlsx").read_bytes()
    last = b'<row r="9999"><c r="CV9999"><v>1</v></c></row></sheetData>'
    for number in range(1, 9):
        part = f"xl/worksheets/sheet{number}.xml"
        workbook = with_part(workbook, part, lambda xml: xml.replace(b"</sheetData>", last))
    assert "file.too_many_cells" not in dict(codes(read_workbook(workbook)))


def test_more_of_sheets_than_any_form_has_is_refused_before_it_is_gone_through() -> None:
    workbook = (SAMPLES / "weihui-xinfang-2023.xlsx").read_bytes()
    rows = b"".join(
        b"<row r='%d'><c/></row>" % row + b"<row><c/></row>" * 7 for row in range(8, 2_400_000, 8)
    )
    large = with_part(workbook, PART, lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>"))
    assert codes(read_workbook(large)) == [("file.too_many_cells", "")]


def test_a_form_of_which_columns_are_formatted_to_the_end_is_read() -> None:
    workbook = (SAMPLES / "weihui-xinfang-2023.xlsx").read_bytes()
    last = b'<row r="1048576" ht="12"><c r="A1048576" s="1"/></row></sheetData>'
    formatted = with_part(workbook, PART, lambda xml: xml.replace(b"</sheetData>", last))
    assert codes(read_workbook(formatted)) == []
