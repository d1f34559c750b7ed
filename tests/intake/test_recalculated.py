"""What the formulas of a workbook come to is worked out anew by LibreOffice: it is what was saved with them, and
the sheet 校验 says what the tool says."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

import pytest
from excel import typed
from openpyxl import load_workbook

from reportfill import Pack, check, new_workbook, read_workbook
from reportfill.pack.figures import with_values

# LibreOffice trusts the results that a file brings along unless its settings say "always recalculate" (0).
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>"""

AGENCY = "洪泽区人民政府"
Results = dict[str, Any]


@pytest.fixture(scope="session")
def recalculated(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], Results]:
    """A function that gives the value of every formula of a workbook as LibreOffice works it out."""
    profile = tmp_path_factory.mktemp("recalculating")
    (profile / "user").mkdir()
    (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")

    def values(workbook: bytes) -> Results:
        folder = tmp_path_factory.mktemp("workbook")
        (folder / "填报表.xlsx").write_bytes(workbook)
        command = [soffice, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx"]
        command += ["--outdir", str(folder / "out"), str(folder / "填报表.xlsx")]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return formula_results((folder / "out" / "填报表.xlsx").read_bytes(), workbook)

    return values


def formula_results(saved: bytes, formulas: bytes) -> Results:
    """The saved results of the cells in which a workbook has formulas, by their place."""
    values = load_workbook(BytesIO(saved), data_only=True)
    return {
        f"{sheet.title}!{cell.coordinate}": values[sheet.title][cell.coordinate].value or 0
        for sheet in load_workbook(BytesIO(formulas)).worksheets
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
    assert "未填完" in verdicts(results)


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
    book = load_workbook(BytesIO(workbook))
    return {
        str(cell): book[cell.sheet][cell.address].value
        for path, cells in pack.form.inputs.items()
        if path not in pack.rules.derived
        for cell in cells
    }
