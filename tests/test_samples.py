"""The samples are what the tool writes now, and each shows what its README says."""

from __future__ import annotations

from pathlib import Path

import pytest
from places import SAMPLES

from reportfill import check, read_workbook
from tools.make_samples import cells_of, sample_workbooks


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
