"""Rows are added and removed where a button says, within other rows too."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import html
from web.form.drawn_pages import fields_of_page, posted_by

from reportfill import load_pack
from reportfill.web.form.form_page import begun_form
from reportfill.web.form.posted import data_of
from reportfill.web.form.rows import with_row_added, with_row_removed

LAW, UNIVERSITY = "law-enforcement-statistics", "university-disclosure"
NAMED = {"bodies": [{"name": "甲"}, {"name": "乙"}]}


@pytest.mark.parametrize(
    ("pointer", "names"),
    [("/bodies/0", ["", "甲", "乙"]), ("/bodies/1", ["甲", "", "乙"]), ("/bodies/2", ["甲", "乙", ""])],
)
def test_a_row_is_added_where_it_was_asked_for(pointer: str, names: list[str]) -> None:
    data = with_row_added(load_pack(LAW), NAMED, pointer)
    assert [row.get("name", "") for row in data["bodies"]] == names


def test_a_row_is_removed_and_no_other() -> None:
    assert with_row_removed(load_pack(LAW), NAMED, "/bodies/0") == {"bodies": [{"name": "乙"}]}


def test_the_first_row_that_is_added_stands_below_the_blank_one_that_was_shown() -> None:
    assert with_row_added(load_pack(LAW), {}, "/bodies/1") == {"bodies": [{}, {}]}


@pytest.mark.parametrize("pointer", ["", "/", "/bodies", "/nothing/0", "/bodies/x", "/year/0", "bodies/0"])
def test_what_leads_to_no_row_changes_nothing(pointer: str) -> None:
    assert with_row_added(load_pack(LAW), NAMED, pointer) == NAMED
    assert with_row_removed(load_pack(LAW), NAMED, pointer) == NAMED


def test_rows_within_rows_are_added_in_their_own() -> None:
    pack = load_pack(UNIVERSITY)
    begun = begun_form(pack, 2023, "某大学")
    data = with_row_added(pack, begun, "/catalogue/0/entries/1/links/1")
    links = data["catalogue"][0]["entries"][1]["links"]
    assert links == [{}, {}]
    assert data["catalogue"][1:] == begun["catalogue"][1:]


def cells_across(page: str) -> list[list[int]]:
    """How many columns the cells of each row of each table cover, those from above among them."""
    tables = []
    for table in html.document_fromstring(page).iter("table"):
        widths, above = [], []
        for part in table:
            above = []
            for row in part.iter("tr"):
                above = [rows - 1 for rows in above if rows > 1]
                width = len(above)
                for cell in row:
                    columns, rows = int(cell.get("colspan", 1)), int(cell.get("rowspan", 1))
                    width += columns
                    above += [rows] * columns
                widths.append(width)
            assert all(rows <= 1 for rows in above), "a cell reaches below its part of the table"
        tables.append(widths)
    return tables


@pytest.mark.parametrize("pack", [LAW, UNIVERSITY, "annual-report-2021", "annual-report-2019"])
def test_tables_are_as_wide_in_each_of_their_rows(pack: str) -> None:
    data: dict[str, Any] = begun_form(load_pack(pack), 2020 if pack.endswith("2019") else 2023)
    if pack == UNIVERSITY:
        data = with_row_added(load_pack(pack), data, "/catalogue/0/entries/1/links/1")
    tables = cells_across(fields_of_page(load_pack(pack), data))
    assert tables
    assert [widths for widths in tables if len(set(widths)) != 1] == []


def test_buttons_say_which_rows_they_change() -> None:
    pack = load_pack(LAW)
    [form] = html.document_fromstring(fields_of_page(pack, NAMED)).forms
    buttons = [(button.get("name"), button.get("value")) for button in form.iter("button")]
    assert ("add-row", "/bodies/2") in buttons
    assert {("remove-row", "/bodies/0"), ("remove-row", "/bodies/1")} <= set(buttons)
    assert buttons[0] == ("check", None), "what Enter presses removes nothing"


def test_blank_rows_stay_until_the_form_is_checked() -> None:
    pack = load_pack(LAW)
    data = with_row_added(pack, NAMED, "/bodies/1")
    again = data_of(pack, posted_by(fields_of_page(pack, data)))
    assert [row["name"] for row in again["bodies"]] == ["甲", None, "乙"]
