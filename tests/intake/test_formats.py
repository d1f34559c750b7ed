"""The same workbook saved by another program, in whatever format, reads the same."""

from __future__ import annotations

import itertools
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from excel import codes, typed, with_part
from places import SAMPLES

from reportfill import Submission, check, read_workbook
from reportfill.model.figures import value_at

ENCRYPTION = (
    b"<manifest:encryption-data><manifest:algorithm "
    b'manifest:algorithm-name="http://www.w3.org/2001/04/xmlenc#aes256-cbc"/></manifest:encryption-data>'
)
Saved = Callable[[Mapping[str, Any], str], bytes]


@pytest.fixture(scope="module")
def filled() -> bytes:
    """A workbook with figures in every table, a decimal, and a narrative."""
    return (SAMPLES / "hongze-2023-corrected.xlsx").read_bytes()


@pytest.fixture(scope="module")
def saved(
    filled: bytes, convert: Callable[[Path, str], Path], tmp_path_factory: pytest.TempPathFactory
) -> Saved:
    """A function that types into the workbook and has LibreOffice save it in a format."""
    path = tmp_path_factory.mktemp("typed") / "填报表.xlsx"
    contents: dict[str, bytes] = {}

    def saved_as(cells: Mapping[str, Any], suffix: str) -> bytes:
        key = f"{cells} as {suffix}"
        if key not in contents:
            path.write_bytes(typed(filled, cells) if cells else filled)
            contents[key] = convert(path, suffix).read_bytes()
        return contents[key]

    return saved_as


def same(one: Submission, other: Submission) -> bool:
    """Whether two submissions say the same and from the same cells."""
    return (one.exact_data, one.cells) == (other.exact_data, other.cells)


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_a_workbook_saved_by_libreoffice_reads_the_same(filled: bytes, saved: Saved, suffix: str) -> None:
    submission = read_workbook(saved({}, suffix))
    assert codes(submission) == []
    assert same(submission, read_workbook(filled))
    assert [found.code for found in check(submission)] == ["history.unknown"]


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_what_was_typed_before_saving_is_read_and_totals_follow(saved: Saved, suffix: str) -> None:
    cells = {"表三!D7": 30, "表四!A6": 12, "表二!B16": 0.3, "总体情况!B8": "第一段。\n第二段👍𠀀。"}
    submission = read_workbook(saved(cells, suffix))
    assert codes(submission) == []
    assert value_at(submission.exact_data, "requests.received.total") == 30
    assert value_at(submission.exact_data, "disputes.reconsideration.total") == 13
    assert value_at(submission.exact_data, "proactive.fees.amount") == Decimal("0.3")
    assert value_at(submission.exact_data, "overview.summary")[:2] == ["第一段。", "第二段👍𠀀。"]


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_the_same_slips_are_found_in_every_format(saved: Saved, suffix: str) -> None:
    slips = {
        "表三!D7": (None, "cell.blank"),
        "表三!E8": ("无", "cell.no_figure"),
        "表三!F9": (-1, "cell.negative"),
        "表三!D10": (True, "cell.boolean"),
        "表三!D11": (date(2024, 1, 2), "cell.date"),
        "表二!B9": ("12件", "cell.tidied"),
        "表二!B5": (1.5, "cell.fraction"),
        "表二!B6": ("=1/0", "cell.error_value"),
    }
    if suffix == "ods":
        del slips["表三!D10"]  # LibreOffice makes 1 of TRUE in a cell with a number format
    submission = read_workbook(saved({cell: value for cell, (value, _) in slips.items()}, suffix))
    assert {cell: code for code, cell in codes(submission)} == {
        cell: code for cell, (_, code) in slips.items()
    }


def test_a_workbook_that_is_named_for_another_format_is_read_for_what_it_is(
    saved: Saved, filled: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "填报表.xlsx"
    path.write_bytes(saved({}, "xls"))
    assert same(read_workbook(path), read_workbook(filled))


def test_an_encrypted_xlsx_is_named_as_such() -> None:
    assert codes(read_workbook(Path(__file__).with_name("encrypted.xlsx"))) == [("file.encrypted", "")]


def test_an_encrypted_xls_is_named_as_such(saved: Saved) -> None:
    workbook = saved({}, "xls")
    beginning = re.compile(rb"(\x09\x08\x10\x00\x00\x06\x05\x00.{12})..", re.DOTALL)
    encrypted, count = beginning.subn(lambda m: m[1] + b"\x2f\x00", workbook, count=1)
    assert count == 1
    assert codes(read_workbook(encrypted)) == [("file.encrypted", "")]


def test_an_encrypted_ods_is_named_as_such(saved: Saved) -> None:
    def encrypt(manifest: bytes) -> bytes:
        entry = rb'(<manifest:file-entry [^>]*full-path="content.xml"[^>]*?)/>'
        return re.sub(entry, rb"\1>" + ENCRYPTION + rb"</manifest:file-entry>", manifest)

    workbook = with_part(saved({}, "ods"), "META-INF/manifest.xml", encrypt)
    cipher = with_part(workbook, "content.xml", lambda content: bytes(255 - byte for byte in content))
    assert codes(read_workbook(cipher)) == [("file.encrypted", "")]


@pytest.mark.parametrize("suffix", ["doc", "odt", "html"])
def test_a_document_is_no_workbook(convert: Callable[[Path, str], Path], tmp_path: Path, suffix: str) -> None:
    path = tmp_path / "报告.txt"
    path.write_text("政府信息公开工作年度报告", encoding="utf-8")
    document = convert(path, suffix)
    assert [code for code, _ in codes(read_workbook(document))] == ["file.not_a_workbook"]


def test_a_workbook_saved_as_csv_is_a_text_file(saved: Saved) -> None:
    submission = read_workbook(saved({}, "csv"))
    assert [found.code for found in submission.findings] == ["file.not_a_workbook"]
    assert "文本文件" in submission.findings[0].message.zh


def test_a_workbook_in_the_strict_variant_of_the_standard_reads_the_same(filled: bytes) -> None:
    """Excel's "Strict Open XML" has the same elements under other names."""
    names = {
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
            b"http://purl.oclc.org/ooxml/officeDocument/relationships"
        ),
    }
    strict = filled
    with zipfile.ZipFile(BytesIO(filled)) as package:
        parts = package.namelist()
    for part, (usual, other) in itertools.product(parts, names.items()):
        strict = with_part(strict, part, lambda xml, a=usual, b=other: xml.replace(a, b))
    assert strict != filled
    assert same(read_workbook(strict), read_workbook(filled))
