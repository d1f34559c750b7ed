"""What really stands in cells that calamine shows blank, in every format, and which texts were cut."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from excel import with_raw_cell
from excel_binary import ErrorValue, xlsb
from places import SAMPLES

from reportfill import Pack
from reportfill.intake.odd_cells import OddCells
from reportfill.office.grid import GridError
from reportfill.office.inspection.file_kind import Inspection, inspect_file
from reportfill.place import Cell

SHEET = "xl/worksheets/sheet3.xml"
COUNT = "proactive.rules.issued"
PLACE = Cell("表二", 4, 1)
BOTH = {PLACE: "#REF!", Cell("表二", 5, 1): ""}


@pytest.fixture(scope="module")
def sound() -> bytes:
    """A workbook in which nothing is odd."""
    return (SAMPLES / "weihui-xinfang-2023.xlsx").read_bytes()


@pytest.fixture(scope="module")
def odd(sound: bytes) -> bytes:
    """A workbook with an error value, and a formula whose result was not saved."""
    with_error = with_raw_cell(sound, SHEET, "B5", '<c r="B5"{style} t="e"><f>A1</f><v>#REF!</v></c>')
    return with_raw_cell(with_error, SHEET, "B6", '<c r="B6"{style}><f>A1</f></c>')


def open_document(cell: str) -> bytes:
    """An OpenDocument workbook of one cell."""
    names = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    names += 'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    names += 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    table = f'<table:table table:name="表二"><table:table-row>{cell}</table:table-row></table:table>'
    saved = BytesIO()
    with ZipFile(saved, "w") as package:
        body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
        package.writestr("content.xml", f"<office:document-content {names}>{body}</office:document-content>")
    return saved.getvalue()


def test_an_error_value_and_a_formula_without_a_result_are_known_by_their_cells(odd: bytes) -> None:
    found = OddCells(inspect_file(odd)).values
    assert {place: found.get(place) for place in BOTH} == BOTH


def test_a_sound_workbook_has_no_error_values(sound: bytes) -> None:
    assert set(OddCells(inspect_file(sound)).values.values()) <= {""}


def test_an_error_value_of_a_binary_workbook_is_known() -> None:
    workbook = xlsb({"表二": {(4, 1): ErrorValue(0x17), (5, 1): 7}})
    assert OddCells(inspect_file(workbook)).values == {PLACE: "#REF!"}


def test_an_error_value_of_an_open_document_is_known() -> None:
    cell = '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="">'
    workbook = open_document(f"{cell}<text:p>#DIV/0!</text:p></table:table-cell>")
    assert OddCells(inspect_file(workbook)).values == {Cell("表二", 0, 0): "#DIV/0!"}


def test_each_is_a_finding_about_its_cell_and_field(pack: Pack, odd: bytes) -> None:
    cells = OddCells(inspect_file(odd))
    told = [cells.finding(pack.fields[COUNT], place) for place in (*BOTH, Cell("表二", 6, 1))]
    assert [found and (found.code, found.cell, found.value) for found in told] == [
        ("cell.error_value", "表二!B5", "#REF!"),
        ("cell.formula_without_value", "表二!B6", None),
        None,
    ]


def test_nothing_is_looked_through_where_no_cell_can_be_odd(pack: Pack) -> None:
    assert OddCells(Inspection((), b"no workbook at all")).finding(pack.fields[COUNT], PLACE) is None


def test_a_text_that_was_cut_is_named_before_anything_else_is_looked_at(pack: Pack) -> None:
    cells = OddCells(Inspection((), b"no workbook at all", cut=frozenset((PLACE,))))
    found = cells.finding(pack.fields["agency.name"], PLACE)
    assert found is not None
    assert (found.code, found.cell) == ("cell.text_cut", "表二!B5")


def test_a_workbook_that_breaks_off_is_damaged_and_not_blank(odd: bytes) -> None:
    inspection = inspect_file(odd)
    cut = {name: part[: len(part) // 2] for name, part in inspection.parts.items()}
    with pytest.raises(GridError):
        OddCells(replace(inspection, parts=cut)).values  # noqa: B018
