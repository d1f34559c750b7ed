"""Texts and protection of a new workbook at their edges: nothing is lost, nothing else can be typed into."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from lxml import etree
from places import PACK_FOLDER
from printed import PRINTED

from reportfill import Pack, SubmissionError, new_workbook, read_workbook
from reportfill.model.figures import value_at

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def summary(pack: Pack, value: Any) -> Any:
    """What is read of a workbook into which that was written as 总体情况综述."""
    workbook = new_workbook(pack, agency="卫辉市信访局", year=2023, data={"overview": {"summary": value}})
    return value_at(read_workbook(workbook).exact_data, "overview.summary")


@pytest.mark.parametrize("words", ["#N/A", "#REF!", "编号_x0041_的文件", "a & b < c", "TRUE", "2023-01-01"])
def test_texts_that_a_workbook_would_take_for_something_else_arrive_as_they_are(
    pack: Pack, words: str
) -> None:
    assert summary(pack, [words]) == [words]


def test_one_text_where_a_list_is_due_is_one_paragraph(pack: Pack) -> None:
    assert summary(pack, "只有一段。") == ["只有一段。"]


def test_empty_paragraphs_take_no_row(pack: Pack) -> None:
    assert summary(pack, ["", "第一段。", "  ", "第二段。"]) == ["第一段。", "第二段。"]


def test_text_that_its_cells_cannot_hold_is_refused_and_not_cut(pack: Pack) -> None:
    with pytest.raises(SubmissionError, match="longer than its cells"):
        summary(pack, ["长" * 4900] * 13)


def test_all_cells_of_a_merged_input_are_unlocked(pack: Pack) -> None:
    """Read from the XML: openpyxl shows the first cell's protection in all of them."""
    with zipfile.ZipFile(BytesIO(new_workbook(pack, agency="卫辉市信访局", year=2023))) as package:
        sheet = etree.fromstring(package.read("xl/worksheets/sheet3.xml"))
        formats = etree.fromstring(package.read("xl/styles.xml")).find(f"{MAIN}cellXfs")
    assert formats is not None
    locked = {}
    for cell in sheet.iter(f"{MAIN}c"):
        protection = formats[int(cell.get("s", "0"))].find(f"{MAIN}protection")
        locked[cell.get("r")] = protection is None or protection.get("locked") != "0"
    assert [locked[address] for address in ("B9", "C9", "D9", "A9", "B8")] == [False] * 3 + [True] * 2


def test_an_identity_that_is_given_is_locked_and_has_no_input_colour(pack: Pack) -> None:
    with zipfile.ZipFile(BytesIO(new_workbook(pack, agency="卫辉市信访局", year=2023))) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
        formats = etree.fromstring(package.read("xl/styles.xml")).find(f"{MAIN}cellXfs")
    assert formats is not None
    style = {
        address: formats[int(number)] for address, number in re.findall(r'r="(B[456])" s="(\d+)"', sheet)
    }
    assert style["B4"].get("fillId") == style["B6"].get("fillId") == "0"
    assert style["B5"].get("fillId") != "0"


def test_another_process_writes_the_same_bytes(pack: Pack) -> None:
    """Also where Python orders its sets differently."""
    program = (
        "import sys; from reportfill import load_pack, new_workbook; from hashlib import sha256;"
        "print(sha256(new_workbook(load_pack(sys.argv[1]), agency='甲局', year=2023)).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", program, str(PACK_FOLDER)],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            encoding=PRINTED,
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert digests == {sha256(new_workbook(pack, agency="甲局", year=2023)).hexdigest()}
