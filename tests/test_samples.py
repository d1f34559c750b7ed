"""The samples were made by an earlier version: they are read as before, and each shows what its README says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from places import DATA, HONGZE_CORRECTED, SAMPLES

from reportfill import check, read_workbook
from reportfill.model.figures import with_values

TYPICAL_MISTAKES = {
    "总体情况!B8": ["text.placeholder"],
    "总体情况!B14": ["text.year"],
    "总体情况!B15": ["text.repeated", "text.year"],
    "总体情况!B22": ["mention.differs"],
    "总体情况!B30": ["text.empty"],
    "总体情况!B38": ["text.short"],
    "总体情况!B46": ["text.other_agency", "privacy.mobile_number"],
    "表二!B5": ["cell.no_figure"],
    "表二!C5": ["cell.tidied"],
    "表二!D5": ["cell.tidied"],
    "表二!B6": ["cell.not_a_number"],
    "表二!C6": ["cell.negative"],
    "表二!D6": ["cell.tidied"],
    "表二!B9": ["cell.date"],
    "表二!B12": ["cell.boolean"],
    "表二!B16": ["cell.error_value"],
    "表三!D7": ["balance.unequal"],
    "表三!E8": ["cell.blank"],
    "表三!I8": ["cell.no_figure"],
    "表三!H31": ["cell.fraction"],
    "问题与事项!B14": ["mention.missing"],
    "问题与事项!B20": ["privacy.identity_card"],
    "": ["history.unknown"],
}


def published(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text("utf-8"))
    return data


@pytest.mark.parametrize(
    ("name", "data", "errors"),
    [
        ("weihui-xinfang-2023.xlsx", published("weihui-2023"), []),
        ("hongze-2023.xlsx", published("hongze-2023"), ["表四!E6", "表四!O6"]),
        ("hongze-2023-corrected.xlsx", with_values(published("hongze-2023"), HONGZE_CORRECTED), []),
    ],
)
def test_each_sample_holds_its_report_and_shows_what_its_readme_says(
    name: str, data: dict[str, Any], errors: list[str]
) -> None:
    submission = read_workbook(SAMPLES / name)
    assert submission.data == data
    findings = [found for found in check(submission) if found.code != "history.unknown"]
    assert [found.cell for found in findings] == errors


def test_the_sample_of_mistakes_shows_each_of_them() -> None:
    found: dict[str, list[str]] = {}
    for one in check(read_workbook(SAMPLES / "typical-mistakes-2023.xlsx")):
        found.setdefault(one.cell, []).append(one.code)
    assert found == TYPICAL_MISTAKES


def test_every_sample_is_named_in_the_readme() -> None:
    said = (SAMPLES / "README.md").read_text("utf-8")
    assert all(f"`{path.name}`" in said for path in Path(SAMPLES).glob("*.xlsx"))
