"""A form that was only reworded reads the workbooks that were handed out before; where its words mean something else
now they are left alone, and `pack check` says so."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from places import PACK_FOLDER, SAMPLES

from reportfill import check, read_workbook
from reportfill.finding import Finding
from reportfill.pack.check import pack_problems
from reportfill.pack.manifest import read_manifest
from reportfill.pack.pack import Pack, load_pack, pack_from, read_parts
from reportfill.pack.scaffold import copy_pack

SHEET, NOW, WAS = "问题与事项", "表二表注（选填）", "表二的注（可不填）"


def pack_with(cells: dict[str, str], formerly: str = "") -> Pack:
    """The pack with other words in its form, and more said of what they were."""
    parts = read_parts(PACK_FOLDER)
    book = load_workbook(BytesIO(parts["intake.xlsx"]))
    for address, words in cells.items():
        book[SHEET][address] = words
    saved = BytesIO()
    book.save(saved)
    manifest = parts["pack.toml"] + formerly.encode()
    return pack_from(parts | {"intake.xlsx": saved.getvalue(), "pack.toml": manifest})


def said_of_the_form(pack: Pack) -> list[Finding]:
    findings = check(read_workbook(SAMPLES / "weihui-xinfang-2023.xlsx", pack))
    return [found for found in findings if found.code != "history.unknown"]


def test_a_workbook_with_the_former_words_is_read_without_a_word() -> None:
    assert WAS in {
        cell.value for row in load_workbook(SAMPLES / "weihui-xinfang-2023.xlsx")[SHEET] for cell in row
    }
    assert said_of_the_form(load_pack(PACK_FOLDER)) == []


def test_a_label_that_nothing_is_said_of_is_missed() -> None:
    [found] = said_of_the_form(pack_with({"A20": "表二说明"}))
    assert (found.code, found.expected, found.value) == ("workbook.moved", "表二说明", WAS)


def test_what_a_keeper_says_of_a_label_lets_it_be_read() -> None:
    formerly = f'\n[[formerly]]\nnow = "表二说明"\nwas = ["{WAS}", "{NOW}"]\n'
    assert said_of_the_form(pack_with({"A20": "表二说明"}, formerly)) == []


def test_former_words_that_stand_elsewhere_now_are_left_alone_and_named(tmp_path: Path) -> None:
    pack = pack_with({"A22": WAS})
    assert [found.code for found in said_of_the_form(pack)] == ["workbook.label_missing"]
    folder = copy_pack(PACK_FOLDER, tmp_path / "pack")
    (folder / "intake.xlsx").write_bytes(pack.intake)
    said = [problem.chinese for problem in pack_problems(folder) if problem.place == "pack.toml formerly"]
    assert f"intake.xlsx中现有“{WAS}”，不能作为“{NOW}”的原用词" in said


@pytest.mark.parametrize(("id", "is_kept"), [("", True), ("another", False)])
def test_a_pack_of_another_id_has_no_workbooks_that_are_out(tmp_path: Path, id: str, is_kept: bool) -> None:
    folder = copy_pack(PACK_FOLDER, tmp_path / "pack", id)
    assert bool(read_manifest((folder / "pack.toml").read_bytes()).formerly) is is_kept
    assert pack_problems(folder) == []
