"""The blank or prefilled workbook: what is locked, named, prompted and prefilled."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from reportfill import Pack, Submission, SubmissionError, check, new_workbook, read_workbook
from reportfill.intake.check_sheet import SHOWN_RELATIONS
from reportfill.intake.tool_sheets import IDENTITY
from reportfill.model.figures import value_at, with_values
from tools.make_cases.moving import opened

AGENCY = "卫辉市信访局"
# In Excel 2007 or before, and in WPS and LibreOffice.
OLD_FUNCTIONS = {
    "SUM", "ROUND", "IF", "AND", "COUNTBLANK", "COUNTA", "COUNTIF", "HYPERLINK", "ADDRESS", "INT", "MOD", "MIN",
    "ROW", "COLUMN", "SUMPRODUCT",
}  # fmt: skip


@pytest.fixture(scope="module")
def blank(pack: Pack) -> bytes:
    """The blank workbook of an agency."""
    return new_workbook(pack, agency=AGENCY, year=2023)


@pytest.fixture(scope="module")
def book(blank: bytes) -> Workbook:
    """The same, opened."""
    return opened(blank)


def results(workbook: bytes) -> dict[str, Any]:
    """The values of all cells as they were saved, by their place."""
    saved = opened(workbook, data_only=True)
    return {
        f"{sheet.title}!{cell.coordinate}": cell.value
        for sheet in saved.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def test_only_input_cells_are_unlocked_and_every_sheet_is_protected(pack: Pack, book: Workbook) -> None:
    unlocked = {
        f"{sheet.title}!{cell.coordinate}"
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked
    }
    given = {"agency.name", "year"}
    inputs = {p: c for p, c in pack.form.inputs.items() if p not in pack.rules.derived and p not in given}
    # A merged input is unlocked as a whole, as Excel does it.
    merged = {
        f"{sheet.title}!{sheet.cell(row, column).coordinate}"
        for sheet in book.worksheets
        for area in sheet.merged_cells.ranges
        for row, column in list(area.cells)[1:]
    }
    assert unlocked - merged == {str(cell) for cells in inputs.values() for cell in cells}
    assert all(sheet.protection.sheet for sheet in book.worksheets)
    assert book.security is not None
    assert book.security.lockStructure


def test_a_password_is_set_only_when_one_is_given(pack: Pack, book: Workbook) -> None:
    assert book["表三"].protection.password is None
    guarded = opened(new_workbook(pack, agency=AGENCY, year=2023, password="秘密1"))
    assert all(sheet.protection.password for sheet in guarded.worksheets)


def test_no_tag_is_left_and_identity_is_written(book: Workbook, blank: bytes) -> None:
    assert not [value for value in results(blank).values() if "{{" in str(value)]
    guide = book["填报说明"]
    assert (guide["B4"].value, guide["B6"].value) == (AGENCY, 2023)
    assert results(blank)["填报说明!A1"] == "卫辉市信访局2023年政府信息公开工作年度报告"


def test_every_field_is_a_name_for_its_cell_or_block(pack: Pack, book: Workbook) -> None:
    assert set(book.defined_names) >= set(pack.fields)
    assert book.defined_names["requests.received.natural_person"].attr_text == "'表三'!$D$7"
    assert book.defined_names["overview.summary"].attr_text == "'总体情况'!$B$8:$B$13"


def test_a_very_hidden_sheet_says_what_the_workbook_is_for(book: Workbook) -> None:
    assert book[IDENTITY].sheet_state == "veryHidden"
    said = {row[0].value: row[1].value for row in book[IDENTITY].iter_rows(max_col=2) if row[0].value}
    assert said.pop("workbook")
    assert said == {
        "pack": "annual-report-2021",
        "version": "1.0.0",
        "agency": AGENCY,
        "code": None,
        "year": "2023",
    }


def test_the_same_arguments_give_the_same_bytes_and_others_another_id(pack: Pack, blank: bytes) -> None:
    assert new_workbook(pack, agency=AGENCY, year=2023) == blank
    ids = {
        results(workbook)[f"{IDENTITY}!B6"]
        for workbook in (
            blank,
            new_workbook(pack, agency=AGENCY, year=2024),
            new_workbook(pack, agency="卫辉市档案馆", year=2023),
            new_workbook(pack, agency=AGENCY, year=2023, code="1"),
        )
    }
    assert len(ids) == 4
    with zipfile.ZipFile(BytesIO(blank)) as package:
        assert {entry.date_time[0] for entry in package.infolist()} == {1980}
        assert b"created" not in package.read("docProps/core.xml")
        assert not [name for name in package.namelist() if "vba" in name.lower()]


def test_data_validation_and_prompts_come_from_the_schema(pack: Pack, book: Workbook) -> None:
    rules = {
        f"{sheet.title}!{get_column_letter(column)}{row}": rule
        for sheet in book.worksheets
        for rule in sheet.data_validations.dataValidation
        for area in rule.sqref.ranges
        for row, column in area.cells
    }
    count, amount, text = rules["表三!D7"], rules["表二!B16"], rules["总体情况!B10"]
    assert (count.type, count.formula1, count.formula2) == ("whole", "0", "999999999")
    assert (amount.type, amount.formula1) == ("decimal", "0")
    assert (text.type, text.formula1) == ("textLength", "5000")
    assert "本年度内新收到的政府信息公开申请件数" in count.prompt
    assert "单位：件" in count.prompt
    assert "单位：万元" in amount.prompt
    for path, cells in pack.form.inputs.items():
        if path not in pack.rules.derived and path not in ("agency.name", "year"):
            assert str(cells[0]) in rules
            assert len(rules[str(cells[0])].prompt) <= 255
            assert len(rules[str(cells[0])].promptTitle) <= 32


def test_derived_figures_are_formulas_and_no_function_is_newer_than_excel_2010(
    pack: Pack, book: Workbook
) -> None:
    for path in pack.rules.derived:
        cell = pack.form.inputs[path][0]
        assert str(book[cell.sheet][cell.address].value).startswith("=SUM(")
    assert book["表三"]["J7"].value == "=SUM(D7:I7)"
    formulas = [
        str(cell.value) for s in book.worksheets for r in s.iter_rows() for cell in r if cell.data_type == "f"
    ]
    used = {name for formula in formulas for name in re.findall(r"([A-Z][A-Z0-9.]*)\(", formula)}
    assert used <= OLD_FUNCTIONS
    assert max(map(len, formulas)) < 8192


def test_what_follows_from_last_year_is_filled_in_and_last_years_figure_prompted(
    pack: Pack, hongze: dict[str, Any]
) -> None:
    last = with_values(
        hongze,
        {"requests.carried_forward.natural_person": 4, "requests.carried_forward.total": 4, "year": 2022},
    )
    workbook = new_workbook(pack, agency="洪泽区人民政府", year=2023, last=last)
    submission = read_workbook(workbook)
    assert value_at(submission.exact_data, "requests.carried_over.natural_person") == 4
    assert value_at(submission.exact_data, "requests.carried_over.total") == 4
    assert value_at(submission.exact_data, "proactive.normative_documents.in_force") == 5
    book = opened(workbook)
    assert str(book["表二"]["D6"].value).startswith("=5+")
    assert not book["表二"]["D6"].protection.locked
    prompts = [rule.prompt for rule in book["表二"].data_validations.dataValidation]
    assert any("上年度：4119件" in prompt for prompt in prompts)
    assert any("上年度：7730.28万元" in prompt for prompt in prompts)


def test_this_years_data_win_over_what_follows_from_last_year(pack: Pack, hongze: dict[str, Any]) -> None:
    workbook = new_workbook(
        pack,
        agency="洪泽区人民政府",
        year=2023,
        last=hongze,
        data={"requests": {"carried_over": {"business": 7}}},
    )
    assert value_at(read_workbook(workbook).exact_data, "requests.carried_over.business") == 7


def test_the_check_sheet_counts_what_is_open_and_links_to_it(blank: bytes, pack: Pack) -> None:
    saved = results(blank)
    errors = [f for f in check(read_workbook(blank)) if f.code in ("cell.blank", "text.empty")]
    assert saved["校验!B3"] == len(errors)
    assert saved["校验!B4"] == 0
    sheets = {saved[f"校验!A{row}"]: saved[f"校验!C{row}"] for row in range(7, 12)}
    counted: dict[str, int] = {}
    for found in errors:
        counted[found.cell.partition("!")[0]] = counted.get(found.cell.partition("!")[0], 0) + 1
    assert sheets == counted
    assert saved["校验!B9"] == "转到 D7"


def test_the_check_sheet_says_of_every_balance_whether_it_holds(pack: Pack, hongze: dict[str, Any]) -> None:
    data = with_values(hongze, {"requests.received.natural_person": 20})
    saved = results(new_workbook(pack, agency="洪泽区人民政府", year=2023, data=data))
    rows = [row for row in range(15, 80) if f"校验!F{row}" in saved]
    shown = [balance for balance in pack.rules.balances if balance.relation in SHOWN_RELATIONS]
    assert len(rows) == len(shown)
    unbalanced = [saved[f"校验!B{row}"].split()[0] for row in rows if saved[f"校验!F{row}"] == "不平"]
    submission = Submission.from_data(pack, with_values(data, {"disputes": {}}))
    wrong = [f.field for f in check(submission) if f.code == "balance.unequal"]
    assert unbalanced == [str(pack.form.inputs[path][0]) for path in wrong if not path.endswith(".total")] + [
        str(pack.form.inputs[path][0]) for path in ("requests.received.total",)
    ]
    assert saved["校验!B4"] == 2


@pytest.mark.parametrize("words", ["=1+1", "@SUM(1)", "+86", "-3", "'quoted", "=cmd|'/c calc'!A0"])
def test_text_that_looks_like_a_formula_stays_text(pack: Pack, words: str) -> None:
    workbook = new_workbook(pack, agency=AGENCY, year=2023, data={"overview": {"summary": [words]}})
    assert value_at(read_workbook(workbook).exact_data, "overview.summary") == [words]
    assert opened(workbook)["总体情况"]["B8"].data_type == "s"


def test_paragraphs_beyond_the_block_share_its_last_row(pack: Pack) -> None:
    many = [f"第{number}段。" for number in range(12)]
    workbook = new_workbook(pack, agency=AGENCY, year=2023, data={"overview": {"summary": many}})
    assert value_at(read_workbook(workbook).exact_data, "overview.summary") == many


def test_amounts_are_written_exactly(pack: Pack) -> None:
    data = {"proactive": {"fees": {"amount": Decimal("7730.28")}}}
    with zipfile.ZipFile(BytesIO(new_workbook(pack, agency=AGENCY, year=2023, data=data))) as package:
        assert b"<v>7730.28</v>" in package.read("xl/worksheets/sheet3.xml")


def test_text_that_no_workbook_can_hold_is_refused(pack: Pack) -> None:
    with pytest.raises(SubmissionError, match="control character"):
        new_workbook(pack, agency=AGENCY, year=2023, data={"overview": {"summary": ["\x02"]}})


def test_half_a_character_in_a_name_is_refused(pack: Pack) -> None:
    with pytest.raises(SubmissionError, match="control character"):
        new_workbook(pack, agency="甲\ud800局", year=2023)


def test_a_workbook_for_any_agency_asks_for_the_name(pack: Pack) -> None:
    workbook = new_workbook(pack, year=2023)
    book = opened(workbook)
    assert book["填报说明"]["B4"].protection.locked is False
    assert ("text.empty", "填报说明!B4") in [(f.code, f.cell) for f in read_workbook(workbook).findings]


def test_every_workbook_is_sound_for_excel(
    pack: Pack,
    blank: bytes,
    weihui: dict[str, Any],
    hongze: dict[str, Any],
    tmp_path: Path,
    ooxml_problems: Callable[[Path], list[str]],
) -> None:
    filled = new_workbook(pack, agency=AGENCY, year=2023, data=weihui, last=hongze, password="x")
    for number, workbook in enumerate((blank, filled)):
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(workbook)
        assert ooxml_problems(path) == []
