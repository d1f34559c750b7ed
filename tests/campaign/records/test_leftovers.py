"""What a killed process left behind goes; what another computer may be writing just now stays."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from reportfill.campaign.folder.parts import HANDED_IN, RECEIPTS
from reportfill.campaign.records.leftovers import HELD, remove_leftovers

NAMES = ("~reportfill-1.tmp", "log/~reportfill-2.tmp", "reports/县政府办/~reportfill-3.tmp")


@pytest.fixture
def left(tmp_path: Path) -> list[Path]:
    """Files that were being written, beside others."""
    paths = [tmp_path / name for name in (*NAMES, "reports/县政府办/报告.docx")]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return paths


def gone(paths: list[Path]) -> list[str]:
    """The names of those that are not there."""
    return [path.name for path in paths if not path.exists()]


def test_on_a_disk_of_this_computer_all_goes_at_once_where_only_who_holds_the_campaign_writes(
    tmp_path: Path, left: list[Path]
) -> None:
    remove_leftovers(tmp_path, *HELD, others_write=False)
    assert gone(left) == ["~reportfill-2.tmp", "~reportfill-3.tmp"]


def test_what_is_being_handed_in_goes_when_it_is_a_day_old(tmp_path: Path) -> None:
    new, old = (tmp_path / place / "02" / "~reportfill-4.tmp" for place in (HANDED_IN, RECEIPTS))
    for path in (new, old):
        path.parent.mkdir(parents=True)
        path.touch()
    two_days_ago = time.time() - 2 * 86_400
    os.utime(old, (two_days_ago, two_days_ago))
    remove_leftovers(tmp_path, *HELD, others_write=False)
    assert (new.exists(), old.exists()) == (True, False)


def test_where_others_write_only_what_is_a_day_old_goes(tmp_path: Path, left: list[Path]) -> None:
    two_days_ago = time.time() - 2 * 86_400
    os.utime(left[1], (two_days_ago, two_days_ago))
    os.utime(left[3], (two_days_ago, two_days_ago))
    remove_leftovers(tmp_path, others_write=True)
    assert gone(left) == ["~reportfill-2.tmp"]
