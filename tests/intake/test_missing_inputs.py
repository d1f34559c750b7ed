"""What is open is counted and found in any form, also where inputs lie far apart."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from excel import with_part
from openpyxl import Workbook
from openpyxl.styles import Protection
from places import PACK_FOLDER

from reportfill import Pack, PackError, new_workbook
from reportfill.intake.tool_sheets import IDENTITY
from reportfill.model.fields import Schema
from reportfill.pack.pack import pack_from
from tools.make_cases.moving import opened

MANIFEST = """
id = "scattered"
version = "1.0.0"
title = "分散填报表"
[years]
first = 2000
[names]
report = "{{ agency.name }}{{ year }}"
workbook = "{{ agency.name }}{{ year }}"
""".encode()
NUMBERS = [f"q{number}" for number in range(1, 301)]


def scattered_schema() -> Schema:
    """Three hundred figures, one of them signed, and one obligatory part of the narrative."""
    count = {"type": "integer", "minimum": 0}
    numbers: dict[str, Any] = {name: {**count, "title": name} for name in NUMBERS}
    numbers["q2"] = {"type": "integer", "title": "增减"}
    name = {"type": "string", "title": "名称"}
    agency = {"type": "object", "title": "单位", "required": ["name"], "properties": {"name": name}}
    text = {"type": "array", "title": "说明", "minItems": 1, "items": {"type": "string"}}
    return {
        "type": "object",
        "required": ["agency", "year", "text", *NUMBERS],
        "properties": {
            "agency": agency,
            "year": {"type": "integer", "title": "年度"},
            "text": text,
            **numbers,
        },
    }


def scattered_form() -> bytes:
    """A form in which no two figures touch, with a sheet that holds nothing but a narrative."""
    book = Workbook()
    first, second, checks = book.active, book.create_sheet("文字"), book.create_sheet("校验")
    assert first is not None
    first.title = "数字"
    first["A1"], first["B1"] = "{{ agency.name }}", "{{ year }}"
    for index, name in enumerate(NUMBERS):
        first.cell(3 + index // 10 * 2, 2 + index % 10 * 2, f"{{{{ {name} }}}}")
    first["Z1"].protection = Protection(locked=False)
    second["A1"], second["B1"], second["B2"] = "说明", "{{ text }}", "{{ text }}"
    for column, part in enumerate(("sheet", "count", "first"), 1):
        checks.cell(1, column, f"{{{{ form.open.{part} }}}}")
    checks["D1"], checks["E1"] = "{{ form.open.total }}", "{{ form.balance.failures }}"
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


@pytest.fixture(scope="module")
def parts() -> dict[str, bytes]:
    """The files of the pack; its report.docx is another pack's, for nothing is printed here."""
    schema = json.dumps(scattered_schema()).encode()
    report = (PACK_FOLDER / "report.docx").read_bytes()
    return {
        "pack.toml": MANIFEST,
        "schema.json": schema,
        "intake.xlsx": scattered_form(),
        "report.docx": report,
    }


@pytest.fixture(scope="module")
def scattered(parts: dict[str, bytes]) -> Pack:
    """The pack of the scattered form."""
    return pack_from(parts)


def without_results(workbook: bytes) -> bytes:
    """The workbook with no result saved beside any formula, so that whoever opens it works all of them out."""
    with zipfile.ZipFile(BytesIO(workbook)) as package:
        names = [name for name in package.namelist() if name.startswith("xl/worksheets/")]
    for name in names:
        workbook = with_part(workbook, name, lambda part: re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", part))
    return workbook


def formula_values(workbook: bytes, saved: bytes) -> dict[str, Any]:
    """What `saved` holds where `workbook` has formulas."""
    book = opened(saved, data_only=True)
    return {
        f"{sheet.title}!{cell.coordinate}": book[sheet.title][cell.coordinate].value
        for sheet in opened(workbook).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def test_formulas_stay_short_enough_for_excel_however_far_apart_inputs_lie(scattered: Pack) -> None:
    book = opened(new_workbook(scattered, year=2023, agency="甲局"))
    formulas = [str(c.value) for s in book.worksheets for r in s.iter_rows() for c in r if c.data_type == "f"]
    assert len(formulas) > 2 * len(NUMBERS)
    assert max(map(len, formulas)) < 500


@pytest.mark.parametrize(
    ("data", "counts", "first"),
    [
        ({}, (300, 1), ("转到 B3", "转到 B1")),
        ({"q1": 0, "q2": -4, "text": ["说明。"]}, (298, 0), ("转到 F3", "已填完")),
        (dict.fromkeys(NUMBERS, 1), (0, 1), ("已填完", "转到 B1")),
    ],
)
def test_counts_and_links_are_saved_as_libreoffice_works_them_out(
    scattered: Pack,
    convert: Callable[[Path, str], Path],
    tmp_path: Path,
    data: dict[str, Any],
    counts: tuple[int, int],
    first: tuple[str, str],
) -> None:
    workbook = new_workbook(scattered, year=2023, agency="甲局", data=data)
    source = tmp_path / "填报表.xlsx"
    source.write_bytes(without_results(workbook))
    saved = formula_values(workbook, workbook)
    assert saved == formula_values(workbook, convert(source, "xlsx").read_bytes())
    assert (saved["校验!B1"], saved["校验!B2"]) == counts
    assert (saved["校验!C1"], saved["校验!C2"]) == first
    assert saved["校验!D1"] == sum(counts)


def test_names_like_cells_are_told_from_cells_and_stray_tags_and_open_cells_are_gone(scattered: Pack) -> None:
    book = opened(new_workbook(scattered, year=2023, agency="甲局"))
    assert {"_q1", "_q300", "text", "year", "agency.name"} == set(book.defined_names) & {
        "_q1", "q1", "_q300", "q300", "text", "year", "agency.name",
    }  # fmt: skip
    assert book["数字"]["Z1"].protection.locked
    assert book["校验"]["E1"].value is None


def test_the_hidden_sheet_still_says_what_the_workbook_is_for(scattered: Pack) -> None:
    sheet = opened(new_workbook(scattered, year=2023, agency="甲局"))[IDENTITY]
    assert [(row[0].value, row[1].value) for row in sheet.iter_rows(max_row=3)] == [
        ("pack", "scattered"),
        ("version", "1.0.0"),
        ("agency", "甲局"),
    ]


def test_a_form_that_lacks_a_field_is_refused_by_name(parts: dict[str, bytes]) -> None:
    book = opened(parts["intake.xlsx"])
    book["数字"]["B3"] = None
    saved = BytesIO()
    book.save(saved)
    lacking = pack_from(parts | {"intake.xlsx": saved.getvalue()})
    with pytest.raises(PackError, match=r"no cell has the tag \{\{ q1 \}\}"):
        new_workbook(lacking, year=2023)
