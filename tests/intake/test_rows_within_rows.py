"""Rows within rows in the workbook: one row for each innermost, what stands around it once."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from excel import typed
from openpyxl import load_workbook
from pack.nested_row_pack import DATA, nested_row_pack

from reportfill import Pack, check, load_pack, new_workbook, read_workbook
from reportfill.model.submission import Submission
from reportfill.trials.trial import all_problems

BLANK = {"visits": DATA["visits"], "text": DATA["text"]}


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return load_pack(nested_row_pack(tmp_path_factory.mktemp("nested") / "pack"))


def read(pack: Pack, *rows: tuple[Any, ...]) -> Submission:
    """What is read of a workbook into whose rows that was typed, from the first one on."""
    cells = {
        f"Form!{column}{9 + number}": value
        for number, row in enumerate(rows)
        for column, value in zip("ACDEF", row, strict=False)
    }
    return read_workbook(typed(new_workbook(pack, year=2025, agency="甲校", data=BLANK), cells), pack)


def test_the_pack_passes_every_trial(tmp_path: Path) -> None:
    assert all_problems(nested_row_pack(tmp_path / "pack")) == []


def test_data_come_back_from_the_workbook_that_is_made_of_them(pack: Pack) -> None:
    content = new_workbook(pack, year=2025, agency="甲校", data=DATA)
    sheet = load_workbook(BytesIO(content))["Form"]
    assert [sheet[f"A{number}"].value for number in range(9, 14)] == ["基本信息", None, None, "招生", None]
    assert [sheet[f"C{number}"].value for number in range(9, 14)] == ["规章", None, "章程", "章程", None]
    again = read_workbook(content, pack)
    assert check(again) == []
    assert again.data["classes"][0]["items"][0] == DATA["classes"][0]["items"][0]
    assert [one["count"] for one in again.data["classes"]] == [3, 3]
    assert again.data["total"] == 6


@pytest.mark.parametrize("repeated", [None, "基本信息", "基本 信息　"])
def test_blank_cells_and_the_same_words_mean_the_row_above(pack: Pack, repeated: str | None) -> None:
    submission = read(
        pack,
        ("基本信息", "规章", 2, "甲", "u1"),
        (repeated, None, None, "乙", "u2"),
        (repeated, "章程", 1),
        ("招生", "章程", 3, None, "u3"),
    )
    classes = submission.data["classes"]
    assert [(one["name"], [item["name"] for item in one["items"]]) for one in classes] == [
        ("基本信息", ["规章", "章程"]),
        ("招生", ["章程"]),
    ]
    assert [link["url"] for link in classes[0]["items"][0]["links"]] == ["u1", "u2"]
    assert submission.cell("classes[0].items[0].links[1].url") == "Form!F10"


def test_a_row_without_what_stands_around_it_is_named(pack: Pack) -> None:
    submission = read(pack, (None, "规章", 2, None, "u1"))
    assert [(found.code, found.field, found.cell) for found in check(submission)] == [
        ("text.empty", "classes[0].name", "Form!A9")
    ]


def test_what_is_wrong_deep_within_is_named_with_its_path(pack: Pack) -> None:
    submission = read(pack, ("基本信息", "规章", "二", "甲", None))
    assert [(found.code, found.field, found.cell, found.message.zh) for found in check(submission)] == [
        ("cell.not_a_number", "classes[0].items[0].number", "Form!D9", "规章 · 件数：“二”不是数字。"),
        ("text.empty", "classes[0].items[0].links[0].url", "Form!F9", "甲 · 网址：没有填写。"),
    ]
