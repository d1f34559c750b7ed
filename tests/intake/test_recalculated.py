"""What the formulas of a workbook come to is worked out anew by LibreOffice: it is what was saved with them, and
the sheet 校验 says what the tool says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from excel import typed
from often import IN_FULL
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from places import SAMPLES

from reportfill import Pack, check, new_workbook, read_workbook
from reportfill.model.figures import with_values
from tools.make_cases.moving import opened

AGENCY = "洪泽区人民政府"
Results = dict[str, Any]


@pytest.fixture
def recalculated(convert: Callable[..., Path], tmp_path: Path) -> Callable[[bytes], Results]:
    """A function that gives the value of every formula of a workbook as LibreOffice works it out."""

    def values(workbook: bytes) -> Results:
        path = tmp_path / "填报表.xlsx"
        path.write_bytes(workbook)
        return formula_results(convert(path, "xlsx", recalculate=True).read_bytes(), workbook)

    return values


def formula_results(saved: bytes, formulas: bytes) -> Results:
    """The saved results of the cells in which a workbook has formulas, by their place."""
    values = opened(saved, data_only=True)
    return {
        f"{sheet.title}!{cell.coordinate}": values[sheet.title][cell.coordinate].value
        for sheet in opened(formulas).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def verdicts(results: Mapping[str, Any]) -> list[str]:
    """The verdicts of the sheet 校验 in their order."""
    return [value for place, value in results.items() if place.startswith("校验!F")]


@pytest.mark.parametrize("which", ["blank", "no requests", "figures", "last year", "any agency"])
def test_the_results_that_are_saved_are_those_that_libreoffice_works_out(
    pack: Pack,
    weihui: dict[str, Any],
    hongze: dict[str, Any],
    recalculated: Callable[[bytes], Results],
    which: str,
) -> None:
    arguments: dict[str, dict[str, Any]] = {
        "blank": {"agency": AGENCY},
        "no requests": {"agency": AGENCY, "data": weihui},
        "figures": {"agency": AGENCY, "data": hongze},
        "last year": {"agency": AGENCY, "last": hongze},
        "any agency": {},
    }
    workbook = new_workbook(pack, year=2023, **arguments[which])
    assert recalculated(workbook) == formula_results(workbook, workbook)


def test_after_typing_the_check_sheet_says_what_the_tool_says(
    pack: Pack, hongze: dict[str, Any], recalculated: Callable[[bytes], Results]
) -> None:
    workbook = new_workbook(pack, agency=AGENCY, year=2023, data=hongze)
    cells = {"表三!D7": 20, "表四!E6": 4, "表三!E9": 2, "表二!B9": None, "总体情况!B8": None, "表三!H8": None}
    changed = typed(workbook, cells)
    results = recalculated(changed)
    findings = check(read_workbook(changed))
    unbalanced = {f.cell for f in findings if f.code == "balance.unequal"}
    rows = [place for place, value in results.items() if place.startswith("校验!F") and value == "不平"]
    places = {str(results[place.replace("!F", "!B")]).split()[0] for place in rows}
    # The totals of 一 and 二 wait for 表三!H8, which is blank.
    assert places == unbalanced == {"表三!D7", "表三!E7", "表四!E6"}
    assert results["校验!B4"] == len(rows)
    assert results["校验!B3"] == sum(f.code in ("cell.blank", "text.empty") for f in findings) == 3
    assert [results[f"校验!B{row}"] for row in (7, 8, 9)] == ["转到 B8", "转到 B9", "转到 H8"]
    assert "未填全" in verdicts(results)


SLIPS: dict[str, dict[str, Any]] = {
    "a total typed over": {"表三!J7": 999, "表三!D30": 7},
    "a wrong figure received": {"表三!D7": 500},
    "a blank within every sum of a column": {"表三!D20": None},
    "the last cell of a sheet": {"表四!N6": None},
    "a sheet that was emptied": {f"表三!{column}{row}": None for column in "DEFGHI" for row in range(7, 32)},
    "narratives that were emptied": {f"问题与事项!B{row}": None for row in range(4, 30)},
    "disputes whose sums are wrong": {"表四!A6": 99, "表四!F6": None, "表四!E6": 1, "表四!O6": 50},
    "a fraction and a large figure": {"表二!B16": 0.1, "表三!E7": 999999999},
}


TOGETHER = (
    ("a total typed over", "the last cell of a sheet", "narratives that were emptied"),
    ("a wrong figure received", "a blank within every sum of a column", "a fraction and a large figure"),
    ("a sheet that was emptied", "disputes whose sums are wrong"),
)
"""The same in fewer workbooks."""


@pytest.mark.parametrize("slips", [(slip,) for slip in SLIPS] if IN_FULL else TOGETHER)
def test_whatever_is_typed_the_check_sheet_and_the_tool_agree(
    recalculated: Callable[[bytes], Results], slips: tuple[str, ...]
) -> None:
    cells = {place: value for slip in slips for place, value in SLIPS[slip].items()}
    changed = typed((SAMPLES / "hongze-2023-corrected.xlsx").read_bytes(), cells)
    results = recalculated(changed)
    findings = check(read_workbook(changed))
    rows = {place.removeprefix("校验!F"): value for place, value in results.items() if place[:4] == "校验!F"}
    unbalanced = {results[f"校验!B{row}"].split()[0] for row, verdict in rows.items() if verdict == "不平"}
    open_cells = [found.cell for found in findings if found.code in ("cell.blank", "text.empty")]
    assert unbalanced == {found.cell for found in findings if found.code == "balance.unequal"}
    assert results["校验!B4"] == list(rows.values()).count("不平")
    assert results["校验!B3"] == len(open_cells)
    assert first_open(results, changed) == first_of_each_sheet(open_cells)


def first_open(results: Results, workbook: bytes) -> dict[str, str]:
    """The first open cell of each sheet that has one, as the links on the sheet 校验 name it."""
    sheet = opened(workbook)["校验"]
    links = {sheet[f"A{row}"].value: results.get(f"校验!B{row}") for row in range(7, 13)}
    return {name: link.removeprefix("转到 ") for name, link in links.items() if link and link != "已填完"}


def first_of_each_sheet(cells: list[str]) -> dict[str, str]:
    """The first of the cells on each sheet, by rows."""
    first: dict[str, str] = {}
    for sheet, address in (cell.split("!") for cell in cells):
        earlier = first.get(sheet, address)
        first[sheet] = min(earlier, address, key=row_column)
    return first


def row_column(address: str) -> tuple[int, int]:
    """Row and column of an address."""
    column, row = coordinate_from_string(address)
    return row, column_index_from_string(column)


def test_a_complete_workbook_ends_with_nothing_open_and_everything_balanced(
    pack: Pack, hongze: dict[str, Any], recalculated: Callable[[bytes], Results]
) -> None:
    workbook = new_workbook(pack, agency=AGENCY, year=2023, data=hongze)
    filled = typed(new_workbook(pack, agency=AGENCY, year=2023), _inputs(pack, workbook))
    results = recalculated(filled)
    assert (results["校验!B3"], results["校验!B4"]) == (0, 0)
    assert set(verdicts(results)) == {"平"}
    assert results["表三!J30"] == 21


def test_the_stock_follows_from_last_years_and_what_is_typed(
    pack: Pack, hongze: dict[str, Any], recalculated: Callable[[bytes], Results]
) -> None:
    last = with_values(hongze, {"proactive.normative_documents.in_force": 40})
    workbook = typed(new_workbook(pack, agency=AGENCY, year=2023, last=last), {"表二!B6": 7, "表二!C6": 2})
    assert recalculated(workbook)["表二!D6"] == 45


def _inputs(pack: Pack, workbook: bytes) -> dict[str, Any]:
    """What stands in the input cells of a workbook."""
    book = opened(workbook)
    return {
        str(cell): book[cell.sheet][cell.address].value
        for path, cells in pack.form.inputs.items()
        if path not in pack.rules.derived
        for cell in cells
    }
