"""What comes of a pack, looked at while it is being made."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ooxml_judges import ooxml_problems
from pack.small_pack import small_pack
from places import PACK_FOLDER

from reportfill import read_workbook
from reportfill.cli.pack_try import check_at_each_save

NAMES = ["填报表（已填）.xlsx", "填报表（空白）.xlsx", "报告.docx", "网页.html"]


def test_a_trial_is_a_workbook_blank_and_filled_in_and_their_report(
    reportfill: Callable[..., Any], tmp_path: Path
) -> None:
    run = reportfill("pack", "try", PACK_FOLDER, "-o", tmp_path, "--no-pdf")
    assert run.status == 0
    made = tmp_path / "annual-report-2021"
    assert sorted(path.name for path in made.iterdir()) == sorted(NAMES)
    for name in NAMES[:3]:
        assert ooxml_problems(made / name) == []
    filled = read_workbook(made / NAMES[0])
    assert (filled.agency, [f for f in filled.findings if f.severity.value == "error"]) == ("某某局", [])


def test_the_next_trial_takes_the_place_of_the_last(reportfill: Callable[..., Any], tmp_path: Path) -> None:
    folder = small_pack(tmp_path / "small")
    for _ in range(2):
        assert reportfill("pack", "try", folder, "-o", tmp_path / "out", "--no-pdf").status == 0
    assert len(list((tmp_path / "out" / "small").iterdir())) == len(NAMES)


def test_with_libreoffice_they_are_pdf_as_well(
    reportfill: Callable[..., Any], tmp_path: Path, office: Any
) -> None:
    folder = small_pack(tmp_path / "small")
    assert reportfill("pack", "try", folder, "-o", tmp_path / "out").status == 0
    printed = sorted(path for path in (tmp_path / "out" / "small").iterdir() if path.suffix == ".pdf")
    assert [path.stem for path in printed] == sorted(Path(name).stem for name in NAMES[:3])
    assert all(path.read_bytes().startswith(b"%PDF") for path in printed)


def test_a_pack_that_is_not_sound_is_not_tried(reportfill: Callable[..., Any], tmp_path: Path) -> None:
    folder = small_pack(
        tmp_path / "small", report=lambda document: document.add_paragraph("{{ visit.sites }}")
    )
    run = reportfill("pack", "try", folder, "-o", tmp_path / "out")
    assert (run.status, run.err.count("\n")) == (2, 1)
    assert not any((tmp_path / "out").glob("**/*.docx"))


def until(holds: Callable[[], bool]) -> None:
    """Wait for something that another thread does."""
    for _ in range(600):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come")


def test_at_every_save_it_is_checked_and_tried_anew(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportfill.office.libreoffice.program.office_program", lambda: None)
    folder, output, stopped = small_pack(tmp_path / "small"), tmp_path / "out", threading.Event()
    watching = threading.Thread(target=check_at_each_save, args=(folder, output, stopped))
    watching.start()
    report = output / "small" / "报告.docx"
    try:
        until(report.is_file)
        first = report.read_bytes()
        (folder / "schema.json").write_text("{", "utf-8")
        said: list[str] = []
        until(lambda: bool(said.append("".join(capsys.readouterr())) or "schema.json" in "".join(said)))
        assert report.read_bytes() == first
        small_pack(folder, report=lambda document: document.add_paragraph("新的一段"))
        until(lambda: report.read_bytes() != first)
    finally:
        stopped.set()
        watching.join()
    assert json.loads((folder / "schema.json").read_text("utf-8"))
