"""What is written into a workbook is what its readers find there: openpyxl, calamine, and Excel's own rules."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils.datetime import to_excel

from reportfill.office.calamine_grid import read_grid
from reportfill.office.package import parts_of
from reportfill.office.properties import Properties
from reportfill.office.workbook.cell_edits import CellLimits, Content, Formula, Rule, SheetWrites
from reportfill.office.workbook.cell_xml import ERROR_VALUES, serial
from reportfill.office.workbook.edited_workbook import EditedWorkbook
from reportfill.office.workbook.formulas import Area
from reportfill.office.workbook.workbook_template import WorkbookTemplate
from reportfill.place import Cell

SHEET = "表"
CELLS = tuple(Cell(SHEET, row, column) for row in range(1, 5) for column in range(4))
TEXTS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            "=1+1",
            "+1",
            "-1",
            "@甲",
            "1e5",
            "2024-01-02",
            " 甲 ",
            "甲\n乙",
            "甲\r乙",
            "\t",
            "_x0041_",
            "_x005F_",
        ]
    ),
    st.sampled_from(["<t>&amp;", "坏\x01\ud800字\uffff", "'1", "TRUE", "#N/A", "长" * 40]),
)
NUMBERS = st.one_of(
    st.integers(-(10**15), 10**15), st.decimals(-(10**12), 10**12, places=4), st.just(Decimal("1E-7"))
)
FORMULAS = st.builds(
    Formula,
    st.sampled_from(['SUM(A1:B1)&"<&>"', "A1", 'IF(A1>0,"甲","")']),
    st.one_of(NUMBERS, st.sampled_from(["甲", "<&>", "_x0041_"])),
)
CONTENTS: st.SearchStrategy[Content] = st.one_of(st.none(), TEXTS, NUMBERS, FORMULAS)
RULE = Rule(CellLimits("whole", "between", ("0", "9"), "只能填“0”到<9>。"), "数 & 量", "上年：\n3件")


def form() -> EditedWorkbook:
    """A workbook whose cells have formats, some of them none, and texts that give way."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    sheet["A1"] = "表头"
    for cell in CELLS[::2]:
        place = sheet[cell.address]
        place.value = "{{ tag }}"
        place.font, place.fill = Font(name="宋体", size=14), PatternFill("solid", fgColor="FFFFF2CC")
        place.alignment, place.protection = Alignment("center"), Protection(locked=False)
        place.number_format = "0.00"
    sheet.column_dimensions["B"].width = 20
    content = BytesIO()
    book.save(content)
    return EditedWorkbook(parts_of(content.getvalue()))


TEMPLATE = WorkbookTemplate(form(), {SHEET: SheetWrites(dict.fromkeys(CELLS), dict.fromkeys(CELLS[1:2], ""))})


def written(contents: Mapping[Cell, Content], paragraphs: Mapping[Cell, str] | None = None) -> bytes:
    """The workbook with these contents, and nothing in its other cells."""
    writes = SheetWrites(
        dict.fromkeys(CELLS) | dict(contents),
        dict(paragraphs or {}),
        {RULE: [Area(CELLS[0], CELLS[5]).reference(SHEET)]},
    )
    return TEMPLATE.filled({SHEET: writes}, Properties("题", "者", {}))


@given(st.dictionaries(st.sampled_from(CELLS), CONTENTS))
def test_what_is_written_is_read_back(contents: dict[Cell, Content]) -> None:
    content = written(contents)
    book, results, grid = (
        load_workbook(BytesIO(content)),
        load_workbook(BytesIO(content), data_only=True),
        read_grid(content),
    )
    for cell in CELLS:
        said = contents.get(cell)
        place, result = book[SHEET][cell.address], results[SHEET][cell.address].value
        if isinstance(said, Formula):
            assert place.value == f"={said.formula}"
            assert (result or "") == said.result or float(result) == float(said.result)
        elif isinstance(said, int | Decimal):
            assert place.value == float(said)
            assert grid.value(cell) == float(said)
        elif said:
            assert (place.data_type, unescaped(place.value)) == (
                "s",
                said.replace("\r\n", "\n"),
            ) or "\r" in said
            assert place.quotePrefix == said.startswith(("=", "+", "-", "@"))
            if "\r" not in said and said.isprintable():
                assert grid.value(cell) == said
        else:
            assert (place.value, grid.value(cell)) == (None, "")
        has_format = cell in CELLS[::2]
        assert (place.font.size, place.protection.locked) == ((14, False) if has_format else (11, True))
        assert (place.number_format, place.alignment.horizontal) == (
            ("0.00", "center") if has_format else ("General", None)
        )
    assert book[SHEET]["A1"].value == "表头"
    assert book.properties.title == "题"


def unescaped(stored: str) -> str:
    """A text as Excel reads it from what openpyxl gives as it is stored."""
    from openpyxl.utils.escape import unescape

    return str(unescape(stored))


def test_what_cells_accept_is_written() -> None:
    [rule] = load_workbook(BytesIO(written({})))[SHEET].data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1, rule.formula2) == ("A2:B3", "0", "9")
    assert (rule.promptTitle, rule.prompt, rule.error) == ("数 & 量", "上年：\n3件", "只能填“0”到<9>。")


def test_a_paragraph_makes_its_row_as_high_as_it_needs() -> None:
    cell = CELLS[1]
    parts = [parts_of(written({cell: words}, {cell: words})) for words in ("", "长" * 200)]
    rows = [re.search(rb'<row r="2" ht="([0-9.]+)">', made["xl/worksheets/sheet1.xml"]) for made in parts]
    heights = [float(row[1]) for row in rows if row]
    assert heights[0] == 24
    assert 24 < heights[1] <= 409


def test_what_was_written_before_leaves_no_trace() -> None:
    blank = written({})
    assert written(dict.fromkeys(CELLS, "甲")) != blank
    assert written({}) == blank


def test_a_number_that_no_cell_holds_is_an_error_value() -> None:
    content = written({CELLS[0]: 10**400, CELLS[1]: Decimal("NaN"), CELLS[2]: Decimal("1E+40000")})
    sheet = load_workbook(BytesIO(content))[SHEET]
    assert [sheet[cell.address].value for cell in CELLS[:3]] == ["#NUM!"] * 3
    assert "#NUM!" in ERROR_VALUES


@pytest.mark.parametrize("number", [Decimal("2023.0"), Decimal("2.023E+3"), 2023])
def test_a_whole_number_has_no_fraction_however_it_was_read(number: Decimal | int) -> None:
    value = load_workbook(BytesIO(written({CELLS[0]: number})))[SHEET][CELLS[0].address].value
    assert (type(value), value) == (int, 2023)


@pytest.mark.parametrize(
    "moment",
    [
        datetime.date(2024, 2, 29),
        datetime.datetime(2024, 2, 29, 13, 30, 15),
        datetime.time(13, 30),
        datetime.timedelta(days=2, hours=3),
    ],
)
def test_a_moment_is_the_number_that_excel_has_for_it(
    moment: datetime.date | datetime.time | datetime.timedelta,
) -> None:
    assert float(serial(moment)) == pytest.approx(to_excel(moment))
