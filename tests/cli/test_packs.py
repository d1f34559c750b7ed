"""reportfill pack: list, show, check, new, export."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from places import PACK_FOLDER

from reportfill import load_pack


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The working folder holds no pack."""
    monkeypatch.chdir(tmp_path)


def test_list_names_every_pack_and_where_it_was_looked_for(reportfill: Callable[..., Any]) -> None:
    run = reportfill("pack", "list")
    assert run.status == 0
    assert "annual-report-2021" in run.out
    assert "templates" in run.out


def test_show_lists_every_field_rule_and_wording(reportfill: Callable[..., Any]) -> None:
    run = reportfill("pack", "show", "2023")
    pack = load_pack("annual-report-2021")
    assert run.status == 0
    for name in [*pack.fields, *(b.id for b in pack.rules.balances), *(m.id for m in pack.rules.mentions)]:
        assert name in run.out


def test_check_says_that_the_shipped_pack_is_sound(reportfill: Callable[..., Any]) -> None:
    assert reportfill("pack", "check", "annual-report-2021").status == 0


def test_check_names_problems_on_stderr_and_ends_with_status_1(reportfill: Callable[..., Any]) -> None:
    reportfill("pack", "new", "other")
    Path("templates/other/intake.xlsx").write_bytes(b"")
    run = reportfill("pack", "check", "other")
    assert run.status == 1
    assert "intake.xlsx" in run.err


def test_new_makes_a_pack_of_its_own_that_is_found_by_its_id(reportfill: Callable[..., Any]) -> None:
    assert reportfill("pack", "new", "other").status == 0
    assert load_pack("other").id == "other"
    assert reportfill("pack", "new", "other").status == 2


def test_export_copies_a_pack_as_it_is(reportfill: Callable[..., Any], tmp_path: Path) -> None:
    assert reportfill("pack", "export", "2023", "-o", tmp_path / "out").status == 0
    for original in PACK_FOLDER.glob("[!.]*"):  # LibreOffice may have one of them open for another test
        assert (tmp_path / "out" / "annual-report-2021" / original.name).read_bytes() == original.read_bytes()
