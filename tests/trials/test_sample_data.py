"""Data that are made up to try a pack with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pack.small_pack import small_pack

from reportfill import check, load_pack
from reportfill.model.submission import Submission
from reportfill.trials.sample_data import sample_data


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ({}, "2021-11-28"),
        ({"earliest": "year+1-01-01", "latest": "year+1-03-31"}, "2022-01-01"),
        ({"latest": "year-06"}, "2021-06-01"),
        ({"earliest": "2024-05"}, "2024-05-01"),
    ],
)
def test_a_day_lies_within_its_bounds(tmp_path: Path, bounds: dict[str, Any], expected: str) -> None:
    def schema(root: dict[str, Any]) -> None:
        root["properties"]["issued"] = {"title": "成文日期", "type": "string", "format": "date", **bounds}

    pack = load_pack(
        small_pack(
            tmp_path / "dated",
            schema=schema,
            intake=lambda book: book["Form"].append(("Issued", "{{ issued }}")),
            report=lambda document: document.add_paragraph("{{ issued }}"),
        )
    )
    data = sample_data(pack)
    assert data["issued"] == expected
    assert [one.code for one in check(Submission.from_data(pack, data)) if one.code.startswith("day.")] == []
