"""Rows that every report has: they stand in the blank workbook, and what is missing of them is named."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from excel import typed
from intake.test_recalculated import formula_results
from openpyxl import load_workbook
from pack.nested_row_pack import nested_row_pack

from reportfill import Pack, PackError, check, load_pack, new_workbook, read_workbook
from reportfill.model.submission import Submission
from reportfill.trials.trial import all_problems

PRESCRIBED: list[dict[str, Any]] = [
    {"name": "基本信息", "items": [{"name": "规章"}, {"name": "章程"}]},
    {"name": "招生", "items": [{"name": "计划"}]},
]
KNOWN = {"visits": {"sites": 1, "shops": 2}, "text": ["本年做了一些应当做的事情，都已做好。"]}


def pack_with(folder: Path, prescribed: object, items: Mapping[str, Any] = MappingProxyType({})) -> Path:
    """The pack of rows within rows with these prescribed, and more said of the inner ones."""
    made = nested_row_pack(folder)
    schema = json.loads((made / "schema.json").read_text("utf-8"))
    classes = schema["properties"]["classes"]
    classes |= {"unique_by": ["/name"], "prescribed": prescribed}
    classes["items"]["properties"]["items"] |= {"unique_by": ["/name"], **items}
    inner = classes["items"]["properties"]["items"]["items"]
    inner["required"] = ["name", "number"]
    (made / "schema.json").write_text(json.dumps(schema, ensure_ascii=False), "utf-8")
    return made


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return load_pack(pack_with(tmp_path_factory.mktemp("prescribed") / "pack", PRESCRIBED))


def said(submission: Submission) -> list[tuple[str, str, str, str]]:
    return [(one.code, one.field, str(one.cell), one.message.zh) for one in check(submission)]


def test_the_pack_passes_every_trial(tmp_path: Path) -> None:
    assert all_problems(pack_with(tmp_path / "pack", PRESCRIBED)) == []


def test_they_stand_in_the_blank_workbook_and_can_be_changed(pack: Pack) -> None:
    sheet = load_workbook(BytesIO(new_workbook(pack, year=2025, agency="甲校")))["Form"]
    assert [sheet[f"A{row}"].value for row in range(9, 13)] == ["基本信息", None, "招生", None]
    assert [sheet[f"C{row}"].value for row in range(9, 13)] == ["规章", "章程", "计划", None]
    assert not any(sheet[f"{column}9"].protection.locked for column in "ACDEF")


def test_what_is_filled_in_beside_them_is_read_and_nothing_is_missing(pack: Pack) -> None:
    content = typed(
        new_workbook(pack, year=2025, agency="甲校", data=KNOWN), {f"Form!D{row}": 1 for row in (9, 10, 11)}
    )
    submission = read_workbook(content, pack)
    assert check(submission) == []
    assert [[one["name"] for one in each["items"]] for each in submission.data["classes"]] == [
        ["规章", "章程"],
        ["计划"],
    ]


def test_known_rows_stand_in_their_place(pack: Pack) -> None:
    data = KNOWN | {"classes": [{"name": "其他"}, {"items": [{"number": 1}]}]}
    sheet = load_workbook(BytesIO(new_workbook(pack, year=2025, agency="甲校", data=data)))["Form"]
    assert [[sheet[f"{column}{row}"].value for row in (9, 10, 11)] for column in "ACD"] == [
        ["其他", None, None],
        [None, None, None],
        [None, 1, None],
    ]


def test_each_that_is_missing_is_named_at_the_one_before_it(pack: Pack) -> None:
    cells = {"Form!C10": None, "Form!D9": 1, "Form!A11": None, "Form!C11": "计划表", "Form!D11": 1}
    content = typed(new_workbook(pack, year=2025, agency="甲校", data=KNOWN), cells)
    assert said(read_workbook(content, pack)) == [
        ("rows.lacking", "classes[0]", "Form!A9", "清单：缺少规定的“招生”。"),
        ("rows.lacking", "classes[0].items[0]", "Form!C9", "基本信息 · 事项：缺少规定的“章程”。"),
        ("rows.gap", "classes", "Form!A10", "“清单”第10行是空行，已跳过。"),
    ]


def test_of_data_too(pack: Pack) -> None:
    data = {"agency": {"name": "甲校"}, "year": 2025, **KNOWN}
    data["classes"] = [{"name": "基本信息", "items": [{"name": "章程", "number": 1}]}, {"name": "招生"}]
    found = [(one.code, one.field, one.value) for one in check(Submission.from_data(pack, data))]
    assert [one for one in found if one[0] == "rows.lacking"] == [
        ("rows.lacking", "classes[0]", "规章"),
        ("rows.lacking", "classes[1]", "计划"),
    ]


@pytest.mark.parametrize("typed_in", [{}, {"Form!D9": 1, "Form!D10": 2}])
def test_what_is_open_in_them_is_counted_as_libreoffice_counts_it(
    pack: Pack, convert: Callable[..., Path], tmp_path: Path, typed_in: dict[str, int]
) -> None:
    path = tmp_path / "填报表.xlsx"
    classes = [
        {
            "name": "基本信息",
            "items": [{"name": "规章", **({"number": 1} if typed_in else {})}, {"name": "章程"}],
        }
    ]
    content = new_workbook(pack, year=2025, agency="甲校", data={"classes": classes} if typed_in else None)
    path.write_bytes(content)
    saved = formula_results(content, content)
    assert formula_results(convert(path, "xlsx", recalculate=True).read_bytes(), content) == saved
    assert sum(one for place, one in saved.items() if re.search("!D[0-9]+$", place) and one) > 0


@pytest.mark.parametrize(
    ("prescribed", "items", "problem"),
    [
        ([{"name": "甲", "nmae": "乙"}], {}, "这里没有“nmae”这个栏目，是不是“name”？"),
        ([{"items": []}], {}, "规定的行要写明unique_by所列的栏目"),
        ([{"name": 5}], {}, "不符合对这个栏目的要求"),
        ([{"name": "甲", "items": ["乙"]}], {}, "这里要写成{ … }"),
        (PRESCRIBED, {"unique_by": []}, ""),
        (PRESCRIBED, {"prescribed": [{"name": "甲"}]}, "prescribed写在最外层的行上，连同其中的各行"),
    ],
)
def test_rows_that_cannot_be_are_named(
    tmp_path: Path, prescribed: object, items: dict[str, Any], problem: str
) -> None:
    with pytest.raises(PackError) as refused:
        load_pack(pack_with(tmp_path / "pack", prescribed, items))
    assert problem in refused.value.chinese
