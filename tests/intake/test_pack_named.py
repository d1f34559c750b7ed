"""The pack that a workbook names: an id, and nothing else; a broken one concerns nobody but its own workbooks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from excel import codes, edited, typed
from places import PACK_FOLDER, SAMPLES

from reportfill import read_workbook
from reportfill.intake.data import read_data
from reportfill.pack.scaffold import copy_pack


@pytest.fixture(scope="module")
def weihui_workbook() -> bytes:
    """The Weihui sample."""
    return (SAMPLES / "weihui-xinfang-2023.xlsx").read_bytes()


@pytest.mark.parametrize(
    "said", ["{folder}", "own", "../own", ".", "C:\\own", "\\\\host\\own", "p" * 300, "模" * 9000]
)
def test_only_an_id_is_taken_from_a_workbook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, weihui_workbook: bytes, said: str
) -> None:
    folder = shutil.copytree(PACK_FOLDER, tmp_path / "own")
    monkeypatch.chdir(tmp_path)
    submission = read_workbook(typed(weihui_workbook, {"_reportfill!B1": said.format(folder=folder)}))
    assert codes(submission) == [("workbook.pack_not_found", "")]
    assert len(submission.findings[0].message.zh) < 150


def test_a_broken_pack_is_named_by_those_workbooks_that_it_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, weihui_workbook: bytes
) -> None:
    copy_pack(PACK_FOLDER, tmp_path / "templates" / "other", "other")
    (tmp_path / "templates" / "other" / "schema.json").write_bytes(b'{"a":' * 5000)
    monkeypatch.chdir(tmp_path)
    assert codes(read_workbook(weihui_workbook)) == []
    named = read_workbook(typed(weihui_workbook, {"_reportfill!B1": "other"}))
    assert codes(named) == [("workbook.pack_broken", "")]
    without = edited(weihui_workbook, lambda book: book.remove(book["_reportfill"]))
    assert codes(read_workbook(without))[0] == ("workbook.no_identity", "")


@pytest.mark.parametrize(
    "year", ["9" * 300, "20233", "0", "-1", "1e300", '"1999"', "2008", "NaN", "1e400", "2023.5", '"x"']
)
def test_a_year_in_data_that_no_pack_serves_is_a_finding(year: str) -> None:
    (found,) = read_data(f'{{"year": {year}}}'.encode()).findings
    assert found.code == "schema.no_pack_for_year"
    assert len(found.message.zh) < 100


def test_a_year_is_not_the_name_of_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(PACK_FOLDER, tmp_path / "1999")
    monkeypatch.chdir(tmp_path)
    assert codes(read_data(b'{"year": 1999}')) == [("schema.no_pack_for_year", "")]
