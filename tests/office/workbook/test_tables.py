"""Tables are written as XML by hand: whoever reads workbooks finds in them what was put there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from often import often
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from reportfill.office.calamine_grid import read_grid
from reportfill.office.workbook.tables import Tables

HEADINGS = ("单位编码", "单位名称", "状态", "数")
WIDTHS = (18, 40, 10, 10)
RED, GREEN = "FFFF9C9C", "FFE2F0E6"
ROWS = (
    ("01", "=1+1局", "有错误", 3),
    ("02", " 清河县<档案>&“局” ", "可用", Decimal("7730.50")),
    ("03", "第一行\n第二行_x0041_", "", None),
    ("1e5", "2024-01-02", "其他", 0.25),
    ("05", "坏字符\x01\ud800没有了"),
)


def tables(rows: Sequence[Sequence[Any]] = ROWS, **more: Any) -> bytes:
    """A workbook with these rows as its second table."""
    made = Tables("明细表", {"有错误": RED, "可用": GREEN})
    made.add("空表", ["一"], [10], [])
    made.add("明细", HEADINGS, WIDTHS, rows, **more)
    return made.saved()


def opened(content: bytes) -> Workbook:
    """The workbook as openpyxl reads it."""
    return load_workbook(BytesIO(content))


def rows_of(sheet: Worksheet) -> list[list[Any]]:
    """The rows as openpyxl reads them, which lets what escapes an underscore stand in the text of a cell."""
    return [
        [value.replace("_x005F_", "_") if isinstance(value, str) else value for value in row]
        for row in sheet.iter_rows(values_only=True)
    ]


def test_texts_stay_texts_and_numbers_numbers() -> None:
    sheet = opened(tables())["明细"]
    assert rows_of(sheet) == [
        list(HEADINGS),
        ["01", "=1+1局", "有错误", 3],
        ["02", " 清河县<档案>&“局” ", "可用", 7730.5],
        ["03", "第一行\n第二行_x0041_", None, None],
        ["1e5", "2024-01-02", "其他", 0.25],
        ["05", "坏字符没有了", None, None],
    ]
    assert sheet["B2"].data_type == "s"
    assert sheet["A5"].data_type == "s"


@pytest.mark.parametrize("ending", ["长", "_x0041_"])
def test_a_text_is_cut_where_no_cell_holds_more(ending: str) -> None:
    fits = "长" * (32767 - len(ending)) + ending
    assert rows_of(opened(tables([("01", fits), ("02", fits + "长")]))["明细"])[1:] == [
        ["01", fits, None, None],
        ["02", fits, None, None],
    ]


def test_headings_and_sums_stay_in_view_and_everything_filters() -> None:
    sheet = opened(tables(sums=["", "合计", "", 10], frozen_columns=2))["明细"]
    assert sheet.freeze_panes == "C3"
    assert sheet.auto_filter.ref == "A1:D7"
    assert sheet.dimensions == "A1:D7"
    assert [cell.value for cell in sheet[2]] == [None, "合计", None, 10]
    assert sheet["B1"].font.bold
    assert sheet["B2"].font.bold
    assert not sheet["B3"].font.bold
    assert sheet.column_dimensions["B"].width == 40


def test_words_have_their_colours_in_the_column_that_is_named() -> None:
    sheet = opened(tables([("有错误", "甲", "有错误", 1), ("2", "乙", "可用", 1)], coloured=2))["明细"]
    assert [sheet[address].fill.fgColor.rgb for address in ("C2", "C3")] == [RED, GREEN]
    assert sheet["A2"].fill.fill_type is None


def test_a_table_without_rows_has_its_headings() -> None:
    sheet = opened(tables())["空表"]
    assert list(sheet.iter_rows(values_only=True)) == [("一",)]
    assert sheet.auto_filter.ref == "A1:A1"


def test_the_same_tables_are_the_same_bytes() -> None:
    assert tables() == tables()


def test_other_programs_have_nothing_against_it(
    ooxml_problems: Callable[[Path], list[str]], convert: Callable[[Path, str], Path], tmp_path: Path
) -> None:
    path = tmp_path / "tables.xlsx"
    path.write_bytes(tables(sums=["", "合计", "", 10]))
    assert ooxml_problems(path) == []
    saved_by_office = read_grid(convert(path, "ods").read_bytes())
    assert saved_by_office.rows("明细")[2] == ["01", "=1+1局", "有错误", 3]


TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=8
) | st.sampled_from(("", " ", "_x0041_", "a&b", "<c>", "x\ny"))
CELLS = TEXTS | st.integers(-(10**12), 10**12) | st.none()


@given(st.lists(st.lists(CELLS, min_size=4, max_size=4), max_size=5))
def test_whatever_the_cells_hold_both_readers_find_it(rows: list[list[Any]]) -> None:
    content = tables([["起", 1, "", ""], *rows, ["止", 2, "三", 4]])
    sheet = opened(content)["明细"]
    given_rows = [["起", 1, "", ""], *rows, ["止", 2, "三", 4]]
    assert rows_of(sheet)[1:] == [[None if value == "" else value for value in row] for row in given_rows]
    assert read_grid(content).rows("明细")[1:] == [
        ["" if value is None else value for value in row] for row in given_rows
    ]


def test_a_column_may_hold_other_things_further_down() -> None:
    rows: list[tuple[Any, ...]] = [(f"{number}", "甲", "可用", number) for number in range(2_100)]
    rows[2_000:] = [("", " 乙", "有错误", "")] * 50 + [("丙", "<丁>", "", Decimal("0.5"))] * 50
    content = tables(rows, coloured=2)
    assert [tuple(row) for row in read_grid(content).rows("明细")[1:]] == rows
    fills = [cell.fill.fgColor.rgb for cell in opened(content)["明细"]["C"][1:2_051]]
    assert fills == [GREEN] * 2_000 + [RED] * 50


def test_a_hundred_thousand_rows_are_all_there() -> None:
    rows = [(f"{number:06}", f"清河县第{number}所", "可用", number) for number in range(often(100_000))]
    found = read_grid(tables(rows, coloured=2)).rows("明细")
    assert [tuple(row) for row in found[1:]] == rows


def test_texts_that_go_on_in_a_new_line_have_the_height_for_it_and_others_the_usual_one() -> None:
    rows = [("01", "短名称", "", 1), ("02", "很长的单位名称" * 6, "", 2), ("03", "x" * 5000, "", 3)]
    sheet = opened(tables(rows, wrapped=(1,)))["明细"]
    assert [sheet.row_dimensions[row].height for row in (2, 3, 4)] == [None, 49.5, 409]
    plain = opened(tables(rows))["明细"]
    assert [plain.row_dimensions[row].height for row in (2, 3, 4)] == [None, None, None]


def test_a_heading_longer_than_its_column_has_the_height_for_its_lines() -> None:
    made = Tables("长标题")
    made.add("一行", ["单位", "两年都汇总的1个单位：2022年"], [18, 16], [("甲", 1)])
    made.add("短", ["单位", "数"], [18, 16], [("甲", 1)])
    made.add("两行", ["单位", ("两年都汇总的1个单位", "2022年")], [18, 16], [("甲", 1)])
    heights = {
        sheet.title: [sheet.row_dimensions[row].height for row in (1, 2)] for sheet in opened(made.saved())
    }
    assert heights == {"一行": [36, None], "短": [19.5, None], "两行": [36, 19.5]}
