"""Workbooks .xls and .xlsb as other programs than Excel 97 write them."""

from __future__ import annotations

import pytest
from excel import codes
from excel_binary import compound_file_of, old_number, old_sheets, older_sheets, wide_text, xlsb

from reportfill import read_workbook
from reportfill.campaign.inbox.file_signs import Kind, sign_of_compound
from reportfill.intake.inspection.file_kind import examined
from reportfill.ooxml.package import composed, parts_of
from reportfill.pack.grid import read_grid

STREAM = old_sheets({"表": [old_number(0, 0, 5.0), wide_text(1, 1, "甲")]})
EMBEDDED = {"MBD0001": {"WordDocument": b"1" * 10, "PowerPoint Document": b"2" * 5000}}


@pytest.mark.parametrize("name", ["Workbook", "Book", "WORKBOOK"])
def test_a_workbook_that_is_a_small_stream_is_read(name: str) -> None:
    examination = examined(compound_file_of({name: STREAM}))
    assert examination.findings == ()
    assert read_grid(examination.content).rows("表") == [[5.0, ""], ["", "甲"]]


def test_documents_embedded_in_a_workbook_make_no_document_of_it() -> None:
    content = compound_file_of({**EMBEDDED, "Workbook": STREAM})
    assert codes(read_workbook(content)) == [("workbook.unknown", "")]
    assert sign_of_compound(content).kind is Kind.WORKBOOK


def test_a_document_with_a_workbook_in_it_is_none() -> None:
    content = compound_file_of({"WordDocument": b"1" * 10, "ObjectPool": {"_1": {"Workbook": STREAM}}})
    assert codes(read_workbook(content)) == [("file.not_a_workbook", "")]
    assert sign_of_compound(content).kind is Kind.OTHER


def test_a_workbook_of_excel_95_is_read() -> None:
    content = compound_file_of({"Book": older_sheets({"Sheet1": [old_number(0, 0, 5.0)]}, 1252)})
    examination = examined(content)
    assert examination.findings == ()
    assert read_grid(examination.content).rows("Sheet1") == [[5.0]]


@pytest.mark.parametrize("kind", ["chartsheets", "dialogsheets", "macrosheets"])
def test_sheets_of_an_xlsb_without_cells_are_passed_over(kind: str) -> None:
    parts = parts_of(xlsb({"表": {(0, 0): 5}, "其他": {}}))
    relations = parts["xl/_rels/workbook.bin.rels"].decode()
    first, _, second = relations.partition('Id="rId2"')
    relation = second.replace("worksheets/sheet2.bin", f"{kind}/sheet2.bin").replace(
        '/worksheet"', f'/{kind[:-1]}"'
    )
    parts["xl/_rels/workbook.bin.rels"] = f'{first}Id="rId2"{relation}'.encode()
    parts[f"xl/{kind}/sheet2.bin"] = b"\x81\x01\x00\x82\x01\x00"
    del parts["xl/worksheets/sheet2.bin"]
    examination = examined(composed(parts))
    assert [found.code for found in examination.findings] == []
    grid = read_grid(examination.content)
    assert (grid.names, grid.rows("表")) == (("表",), [[5.0]])


def test_an_xlsb_with_unusual_names_is_read() -> None:
    parts = {name.upper(): part for name, part in parts_of(xlsb({"表": {(0, 0): 5}})).items()}
    assert read_grid(examined(composed(parts)).content).rows("表") == [[5.0]]
