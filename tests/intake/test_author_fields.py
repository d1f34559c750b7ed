"""Every field of the schema has its cell, its name, its sum and its prompt; checked for all of them, not samples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.cell import get_column_letter, range_boundaries

from reportfill import Pack, new_workbook, read_workbook
from reportfill.decimals import plain
from reportfill.model.figures import figures_of, value_at
from reportfill.office.calamine_grid import read_grid
from tools.make_cases.moving import opened

AGENCY = "洪泽区人民政府"


@pytest.fixture
def book(pack: Pack, hongze: dict[str, Any]) -> Workbook:
    """A blank workbook that knows last year's report."""
    return opened(new_workbook(pack, agency=AGENCY, year=2024, last=hongze))


def cells_of(reference: str, sheet: str) -> Iterator[str]:
    """The places of the cells of a reference: '表三'!$D$7:$I$7."""
    where, _, area = reference.replace("$", "").rpartition("!")
    first_column, first_row, last_column, last_row = range_boundaries(area)
    for row in range(first_row, last_row + 1):
        for column in range(first_column, last_column + 1):
            yield f"{where.strip(chr(39)) or sheet}!{get_column_letter(column)}{row}"


def test_every_name_stands_for_just_the_cells_of_its_field(pack: Pack, book: Workbook) -> None:
    named = {
        path: list(cells_of(str(book.defined_names[path].attr_text), ""))
        for path in pack.fields
        if path in book.defined_names
    }
    assert named == {path: [str(cell) for cell in pack.form.inputs[path]] for path in pack.fields}


def test_every_sum_adds_just_the_figures_that_it_is_the_sum_of(pack: Pack, book: Workbook) -> None:
    for path, derived in pack.rules.derived.items():
        cell = pack.form.inputs[path][0]
        arguments = re.fullmatch(r"=SUM\((.*)\)", str(book[cell.sheet][cell.address].value))
        assert arguments
        summed = [place for part in arguments[1].split(",") for place in cells_of(part, cell.sheet)]
        assert sorted(summed) == sorted(str(pack.form.inputs[term.path][0]) for term in derived.right)


def test_every_prompt_says_what_is_due_in_which_unit_and_what_it_was_last_year(
    pack: Pack, book: Workbook, hongze: dict[str, Any]
) -> None:
    prompts = {
        f"{sheet.title}!{get_column_letter(column)}{row}": str(rule.prompt)
        for sheet in book.worksheets
        for rule in sheet.data_validations.dataValidation
        for area in rule.sqref.ranges
        for row, column in area.cells
    }
    last = figures_of(hongze)
    due = {p for p in pack.fields if p not in pack.rules.derived and p not in ("agency.name", "year")}
    assert set(prompts) == {str(cell) for path in due for cell in pack.form.inputs[path]}
    for path in due:
        field, prompt = pack.fields[path], prompts[str(pack.form.inputs[path][0])]
        assert field.description in prompt
        assert not field.unit or f"单位：{field.unit}。" in prompt
        assert path not in last or f"上年度：{plain(last[path])}{field.unit}。" in prompt


def test_every_kind_of_cell_refuses_what_its_field_cannot_be(pack: Pack, book: Workbook) -> None:
    kinds = {"integer": "whole", "string": "textLength", "array": "textLength"}
    rules = {
        str(area): rule
        for sheet in book.worksheets
        for rule in sheet.data_validations.dataValidation
        for area in [f"{sheet.title}!{str(rule.sqref).split()[0].partition(':')[0]}"]
    }
    for path, cells in pack.form.inputs.items():
        if str(cells[0]) in rules:
            assert rules[str(cells[0])].type == kinds.get(pack.fields[path].kind.type, "decimal")
            assert rules[str(cells[0])].error


def test_a_workbook_is_opened_by_two_readers_that_see_the_same_sheets(pack: Pack) -> None:
    workbook = new_workbook(pack, agency=AGENCY, year=2024)
    assert read_grid(workbook).names == tuple(opened(workbook).sheetnames)


def test_totals_among_the_data_are_left_to_their_formulas(pack: Pack, hongze: dict[str, Any]) -> None:
    wrong = {**hongze, "disputes": {"reconsideration": {"upheld": 2, "total": 50}}}
    workbook = new_workbook(pack, agency=AGENCY, year=2023, data=wrong)
    assert value_at(read_workbook(workbook).exact_data, "disputes.reconsideration.total") == 2


@pytest.mark.parametrize("name", ['甲"乙"局', "甲&乙<丙>局", "=1+1局", "甲'局", "_x0041_局", "长" * 60])
def test_an_odd_name_of_an_agency_arrives_and_is_shown_as_it_is(pack: Pack, name: str) -> None:
    workbook = new_workbook(pack, agency=name, code="00123", year=2023)
    submission = read_workbook(workbook)
    assert (submission.agency, submission.code) == (name, "00123")
    shown = opened(workbook, data_only=True)["填报说明"]["A1"].value
    assert shown == f"{name}2023年政府信息公开工作年度报告"


def test_a_password_guards_the_order_of_the_sheets_too(pack: Pack) -> None:
    guarded = opened(new_workbook(pack, agency=AGENCY, year=2023, password="x"))
    assert guarded.security is not None
    assert guarded.security.workbookPassword
    assert guarded.security.lockStructure
