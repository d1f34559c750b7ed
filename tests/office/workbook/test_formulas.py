"""References and sums as text, as short as the cells allow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportfill.office.workbook.formulas import (
    absolute,
    blanks_in,
    defined_name,
    ranges,
    rectangles,
    sum_of,
    text,
)
from reportfill.place import Cell


def cells(*places: str, sheet: str = "表三") -> list[Cell]:
    """Cells by their addresses, of one letter and one digit."""
    return [Cell(sheet, int(place[1:]) - 1, ord(place[0]) - ord("A")) for place in places]


def test_cells_side_by_side_and_below_each_other_are_one_range() -> None:
    assert ranges(tuple(cells("D8", "D7", "E7", "E8")), "表三") == ("D7:E8",)
    assert ranges(tuple(cells("D7", "E7", "D8")), "表三") == ("D7:E7", "D8")


def test_another_sheet_is_named_and_its_quotes_doubled() -> None:
    assert sum_of(cells("D7", "E7", sheet="it's"), "表三") == "SUM('it''s'!D7:E7)"
    assert absolute(cells("B8", "B9")) == "'表三'!$B$8:$B$9"
    assert absolute(cells("B8")) == "'表三'!$B$8"


def test_no_cells_come_to_nothing() -> None:
    assert (sum_of([], "表三"), blanks_in([], "表三")) == ("0", "0")


def test_a_text_doubles_its_quotes_and_is_split_where_excel_takes_no_more() -> None:
    assert text('一"二') == '"一""二"'
    assert text("") == '""'
    assert text("长" * 300) == f'"{"长" * 255}"&"{"长" * 45}"'


@pytest.mark.parametrize(
    ("path", "name"),
    [("q1", "_q1"), ("R", "_R"), ("r2c3", "_r2c3"), ("year", "year"), ("agency.name", "agency.name"), ("xyz", "xyz")],
)  # fmt: skip
def test_a_name_that_reads_like_a_cell_gets_an_underscore(path: str, name: str) -> None:
    assert defined_name(path) == name


@given(
    st.lists(st.tuples(st.sampled_from("一二"), st.integers(0, 6), st.integers(0, 6)).map(lambda t: Cell(*t)))
)
def test_rectangles_hold_just_the_cells_each_once(places: list[Cell]) -> None:
    held = [cell for rectangle in rectangles(places) for cell in rectangle]
    assert sorted(held) == sorted(set(places))
    assert len(rectangles(places)) == len(ranges(tuple(places), ""))
