"""The samples are what the tool writes now, and each shows what its README says."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from places import SAMPLES

from reportfill import check, read_workbook
from tools.make_samples import sample_workbooks


def cells_of(workbook: bytes) -> dict[str, dict[str, tuple[object, ...]]]:
    """What a reader finds in the cells of a workbook, by sheet and address."""
    return {
        sheet.title: {
            cell.coordinate: (cell.value, cell.number_format, cell.protection.locked)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }
        for sheet in load_workbook(BytesIO(workbook))
    }


def test_what_is_in_git_holds_what_the_tool_writes() -> None:
    for name, content in sample_workbooks().items():
        assert cells_of((SAMPLES / name).read_bytes()) == cells_of(content), "run: make docs"


@pytest.mark.parametrize(
    ("name", "errors"),
    [
        ("weihui-xinfang-2023.xlsx", []),
        ("hongze-2023.xlsx", ["表四!E6", "表四!O6"]),
        ("hongze-2023-corrected.xlsx", []),
    ],
)
def test_each_sample_shows_what_its_readme_says(name: str, errors: list[str]) -> None:
    findings = check(read_workbook(SAMPLES / name))
    assert [found.cell for found in findings if found.severity.value == "error"] == errors


def test_every_sample_is_named_in_the_readme() -> None:
    said = (SAMPLES / "README.md").read_text("utf-8")
    assert all(f"`{path.name}`" in said for path in Path(SAMPLES).glob("*.xlsx"))
