"""How long the paths of a campaign will be."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportfill.campaign.folder.long_paths import MOST, long_paths


@pytest.mark.parametrize("above", [0, 1, 30])
def test_an_agency_is_named_whose_marked_workbooks_excel_will_not_open(above: int) -> None:
    root = Path("/srv", "年" * 20)
    around = len(str(root)) + len("/returned/旧版/") + len("-第99次-需修改.xlsx")
    places = {"清河县档案馆": "县政府办/档案馆", "清河县信访局": "局" * (MOST - around + above)}
    found = list(long_paths(root, places))
    assert [one.value for one in found] == (["清河县信访局"] if above else [])
    if above:
        assert f"最长会有{MOST + above}个字符" in str(found[0].message)
        assert f"至少缩短{above}个字符" in str(found[0].hint)


def test_characters_are_counted_as_windows_does() -> None:
    (found,) = long_paths(Path("/srv"), {"某局": "𬭊" * 100})
    assert "最长会有2" in str(found.message)
