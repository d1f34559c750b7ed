"""Balances over rows and of each row on the sheet 校验, live in the clerk's own Excel."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from intake.test_recalculated import formula_results
from openpyxl import load_workbook
from pack.row_pack import DATA, row_pack

from reportfill import Pack, load_pack, new_workbook
from reportfill.trials.trial import all_problems

PARTS = ("title", "place", "left", "right", "difference", "verdict")
LONGEST = 8192
"""Characters of a formula that Excel takes."""


def live_pack(folder: Path, schema: Any = None, columns: tuple[str, ...] = ()) -> Path:
    """The pack with a sheet for its balances, and more columns in its rows."""
    made = row_pack(folder, schema=schema)
    book = load_workbook(made / "intake.xlsx")
    sheet = book.create_sheet("校验")
    sheet.append(["规则", "位置", "前者", "后者", "差额", "结果"])
    sheet.append([f"{{{{ form.balance.{part} }}}}" for part in PARTS])
    form = book["Form"]
    form["I1"], form["J1"] = "未填", "{{ form.open.total }}"
    for number, key in enumerate(columns):
        form.cell(8, 10 + number).value = key
        form.cell(9, 10 + number).value = f"{{{{ units.{key} }}}}"
    book.save(made / "intake.xlsx")
    return made


def shown(pack: Pack, data: dict[str, Any] | None) -> list[tuple[Any, ...]]:
    """What the sheet shows of data, the places left out."""
    book = load_workbook(BytesIO(new_workbook(pack, year=2025, agency="甲市", data=data)), data_only=True)
    rows = [[cell.value for cell in row] for row in book["校验"].iter_rows(min_row=2)]
    return [(row[0], *row[2:]) for row in rows]


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    folder = live_pack(tmp_path_factory.mktemp("live") / "pack")
    assert all_problems(folder) == []
    return load_pack(folder)


def test_a_sum_over_rows_and_a_balance_of_each_row_take_one_row_each(pack: Pack) -> None:
    assert shown(pack, DATA) == [
        ("许可总计", 7, 7, 0, "平"),
        ("合计总计", 8, 8, 0, "平"),
        ("All", 3, 3, 0, "平"),
        ("合计", 8, 8, 0, "平"),
        ("有处罚的应当有许可", 1, 7, 0, "平"),
    ]


def test_rows_that_do_not_balance_are_counted(pack: Pack) -> None:
    data = deepcopy(DATA)
    data["units"] = [{"name": name, "permits": 0, "fines": 2} for name in ("甲局", "乙局")]
    assert shown(pack, data)[-1] == ("有处罚的应当有许可", 4, 0, "2行", "不平")


def test_a_blank_workbook_waits_for_a_row(pack: Pack) -> None:
    assert {row[-1] for row in shown(pack, None)} == {"未填全"}
    book = load_workbook(BytesIO(new_workbook(pack, year=2025, agency="甲市")), data_only=True)
    assert book["Form"]["J1"].value == 4  # two sites of visits, the text, and a row


def test_formulas_are_short_enough_however_many_columns_there_are(tmp_path: Path) -> None:
    columns = tuple(f"figure_{number}" for number in range(30))

    def schema(root: dict[str, Any]) -> None:
        items = root["properties"]["units"]["items"]
        items["properties"] |= {key: {"type": "integer", "title": key} for key in columns}
        items["required"] += columns
        items["balances"].append(
            {"id": "many", "title": "多栏", "left": ["/total"], "right": [f"/{key}" for key in columns]}
        )

    pack = load_pack(live_pack(tmp_path / "pack", schema, columns))
    book = load_workbook(BytesIO(new_workbook(pack, year=2025)))
    formulas = [
        cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=")
    ]
    assert len(formulas) > 60
    assert max(map(len, formulas)) < LONGEST


@pytest.mark.parametrize("data", [None, DATA])
def test_the_results_that_are_saved_are_those_that_libreoffice_works_out(
    pack: Pack, convert: Callable[..., Path], tmp_path: Path, data: dict[str, Any] | None
) -> None:
    workbook = new_workbook(pack, year=2025, agency="甲市", data=data)
    path = tmp_path / "rows.xlsx"
    path.write_bytes(workbook)
    worked_out = formula_results(convert(path, "xlsx", recalculate=True).read_bytes(), workbook)
    saved = formula_results(workbook, workbook)
    assert len(saved) > 20
    assert {at: value or 0 for at, value in worked_out.items()} == {
        at: value or 0 for at, value in saved.items()
    }
