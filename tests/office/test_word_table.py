"""A table of Word as a grid: spans across columns and rows, widths, and what is torn."""

from __future__ import annotations

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from reportfill.office.word_table import word_table
from reportfill.office.xml import Element


def drawn(rows: str) -> Element:
    """A table of these rows; `rows` is the XML within it."""
    return parse_xml(f"<w:tbl {nsdecls('w')}>{rows}</w:tbl>")


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def test_cells_span_columns_and_rows() -> None:
    table = Document().add_table(3, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "甲"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "乙"
    table.cell(2, 0).merge(table.cell(2, 2)).text = "丙"
    found = {one.text: (one.row, one.column, one.rows, one.columns) for one in word_table(table._tbl).cells}
    assert found["甲"] == (0, 0, 2, 1)
    assert found["乙"] == (0, 1, 1, 2)
    assert found["丙"] == (2, 0, 1, 3)


def test_a_merge_that_nothing_begins_is_a_cell_of_its_own() -> None:
    table = word_table(drawn(f"<w:tr>{cell('甲', '<w:vMerge/>')}{cell('乙')}</w:tr>"))
    assert [one.text for one in table.cells] == ["甲", "乙"]


def test_columns_that_a_row_leaves_out_before_its_first_cell_are_counted() -> None:
    row = f"<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{cell('乙')}</w:tr>"
    table = word_table(drawn(f"<w:tr>{cell('甲')}{cell('丙')}</w:tr>{row}"))
    assert [(one.row, one.column) for one in table.cells if one.text == "乙"] == [(1, 1)]


def test_a_span_of_millions_of_columns_takes_no_more_than_word_has() -> None:
    wide = cell("甲", '<w:gridSpan w:val="99999999"/>')
    table = word_table(drawn(f"<w:tr>{wide}</w:tr>"))
    assert table.width == 63


def test_the_widths_are_those_of_the_grid_or_else_of_the_cells() -> None:
    grid = "<w:tblGrid><w:gridCol w:w='2000'/><w:gridCol/></w:tblGrid>"
    wide = '<w:tcW w:w="500" w:type="dxa"/>'
    table = word_table(drawn(f"{grid}<w:tr>{cell('甲')}{cell('乙', wide)}</w:tr>"))
    assert list(table.widths) == [2000, 500]
