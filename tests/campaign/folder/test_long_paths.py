"""How long the paths of a campaign will be."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportfill.campaign.folder.long_paths import long_paths, room_in
from reportfill.campaign.storage.store import FolderStore, store_at
from reportfill.system_words import LONGEST_PATH


def test_what_is_left_for_names_is_what_the_longest_path_leaves() -> None:
    root = Path("/srv", "年" * 20)
    place = "局" * room_in(FolderStore(root))
    assert len(str(root / "returned/旧版" / f"{place}-第99次-需修改.xlsx")) == LONGEST_PATH


def test_characters_are_counted_as_windows_does() -> None:
    assert room_in(FolderStore(Path("/srv/𬭊"))) == room_in(FolderStore(Path("/srv/局"))) - 1
    (found,) = long_paths(20, {"某局": "𬭊" * 11})
    assert f"最长仍有{LONGEST_PATH + 2}个字符" in str(found.message)


def test_elsewhere_than_on_a_disk_names_have_room() -> None:
    assert list(long_paths(room_in(store_at("memory://campaign")), {"某局": "局" * 300})) == []


@pytest.mark.parametrize("above", [0, 1, 30])
def test_an_agency_is_named_whose_marked_workbooks_excel_will_not_open(above: int) -> None:
    places = {"清河县档案馆": "县政府办/档案馆", "清河县信访局": "局" * (60 + above)}
    found = list(long_paths(60, places))
    assert [one.value for one in found] == (["清河县信访局"] if above else [])
    if above:
        assert f"最长仍有{LONGEST_PATH + above}个字符" in str(found[0].message)
        assert f"至少缩短{above}个字符" in str(found[0].hint)
