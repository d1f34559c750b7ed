"""Workbooks .xls and .xlsb as other programs than Excel 97 write them."""

from __future__ import annotations

import struct

import pytest
from excel import codes
from excel_95 import Texts, continued, label, result, rich_label, saved_by_excel_95
from excel_binary import (
    compound_file_of,
    old_number,
    old_sheets,
    old_text,
    older_record,
    older_sheets,
    wide_text,
    xlsb,
)
from places import SAMPLES

from reportfill import check, read_workbook
from reportfill.campaign.inbox.file_type import Handling, type_of_compound_file
from reportfill.intake.returning.returned import returned_workbook
from reportfill.office.calamine_grid import read_grid
from reportfill.office.inspection.file_kind import inspect_file
from reportfill.office.inspection.xls_records import stream_of
from reportfill.office.inspection.xls_texts import in_unicode
from reportfill.office.package import composed, parts_of

STREAM = old_sheets({"表": [old_number(0, 0, 5.0), wide_text(1, 1, "甲")]})
EMBEDDED = {"MBD0001": {"WordDocument": b"1" * 10, "PowerPoint Document": b"2" * 5000}}


@pytest.mark.parametrize("name", ["Workbook", "Book", "WORKBOOK"])
def test_a_workbook_that_is_a_small_stream_is_read(name: str) -> None:
    inspection = inspect_file(compound_file_of({name: STREAM}))
    assert inspection.findings == ()
    assert read_grid(inspection.content).rows("表") == [[5.0, ""], ["", "甲"]]


def test_documents_embedded_in_a_workbook_make_no_document_of_it() -> None:
    content = compound_file_of({**EMBEDDED, "Workbook": STREAM})
    assert codes(read_workbook(content)) == [("workbook.unknown", "")]
    assert type_of_compound_file(content).kind is Handling.WORKBOOK


def test_a_document_with_a_workbook_in_it_is_none() -> None:
    content = compound_file_of({"WordDocument": b"1" * 10, "ObjectPool": {"_1": {"Workbook": STREAM}}})
    assert codes(read_workbook(content)) == [("file.not_a_workbook", "")]
    assert type_of_compound_file(content).kind is Handling.OTHER


def test_a_workbook_of_excel_95_is_read() -> None:
    content = compound_file_of({"Book": older_sheets({"Sheet1": [old_number(0, 0, 5.0)]}, 1252)})
    inspection = inspect_file(content)
    assert inspection.findings == ()
    assert read_grid(inspection.content).rows("Sheet1") == [[5.0]]


@pytest.mark.parametrize("texts", [label, rich_label, result, continued])
def test_a_chinese_workbook_of_excel_95_says_what_that_of_excel_97_does(texts: Texts) -> None:
    workbook = (SAMPLES / "hongze-2023-corrected.xlsx").read_bytes()
    sound, read = read_workbook(workbook), read_workbook(saved_by_excel_95(workbook, texts=texts))
    assert read.pack == sound.pack
    assert read.figures == sound.figures
    assert (read.agency, read.workbook) == (sound.agency, sound.workbook)
    assert {code for code, _ in codes(read)} <= {"cell.text_cut"}


def test_a_text_that_excel_95_cut_is_named_with_its_cell() -> None:
    workbook = (SAMPLES / "weihui-xinfang-2023.xlsx").read_bytes()
    read = read_workbook(saved_by_excel_95(workbook))
    assert codes(read) == [
        ("cell.text_cut", "总体情况!B30"),
        ("cell.text_cut", "总体情况!B38"),
        ("cell.text_cut", "问题与事项!B5"),
    ]
    assert read.figures == read_workbook(workbook).figures


def test_number_formats_of_excel_95_are_in_its_code_page_too() -> None:
    workbook = (SAMPLES / "hongze-2023-corrected.xlsx").read_bytes()
    formats = {"表二!B5": '0"件"', "表二!D6": '0"万件"', "表二!B12": '"无"'}
    read = read_workbook(saved_by_excel_95(workbook, formats=formats))
    shown = [(f.cell, f.expected) for f in read.findings if f.code == "cell.shown_otherwise"]
    assert shown == [("表二!D6", "5万件"), ("表二!B12", "无")]


def test_it_is_returned_for_correction_with_its_texts() -> None:
    workbook = (SAMPLES / "hongze-2023.xlsx").read_bytes()
    old = saved_by_excel_95(workbook)
    submission = read_workbook(old)
    returned = read_workbook(returned_workbook(old, submission, check(submission)))
    assert (returned.agency, returned.figures) == (submission.agency, submission.figures)


@pytest.mark.parametrize(
    ("page", "text"), [(936, "汉字"), (950, "漢字"), (932, "日本"), (949, "한글"), (1251, "Ж")]
)
def test_every_code_page_of_excel_95_is_read(page: int, text: str) -> None:
    content = compound_file_of({"Book": older_sheets({text: [old_text(0, 0, text, page)]}, page)})
    grid = read_grid(inspect_file(content).content)
    assert (grid.names, grid.rows(text)) == ((text,), [[text]])


def test_without_a_code_page_it_is_that_of_chinese() -> None:
    content = compound_file_of({"Book": older_sheets({"表一": [old_text(0, 0, "甲")]}, None)})
    assert read_grid(inspect_file(content).content).rows("表一") == [["甲"]]


@pytest.mark.parametrize("page", [936, 1252, 65001])
def test_texts_since_excel_97_are_in_unicode_whatever_code_page_is_stated(page: int) -> None:
    stated = older_record(0x0042, page.to_bytes(2, "little"))
    stream = old_sheets({"表一": [wide_text(0, 0, "甲"), narrow_text(1, 0, "caf\xe9")]}, stated)
    assert read_grid(inspect_file(compound_file_of({"Workbook": stream})).content).rows("表一") == [
        ["甲"],
        ["café"],
    ]


@pytest.mark.parametrize("page", [936, 1200])
def test_a_text_of_excel_97_that_goes_on_in_other_records_is_whole(page: int) -> None:
    text = "一二三四五六七八九十" * 900
    stated = older_record(0x0042, page.to_bytes(2, "little"))
    formula = struct.pack("<HHH8sHIH", 0, 0, 0, b"\0\0\0\0\0\0\xff\xff", 0, 0, 0)
    parts = [text[:4000], text[4000:8000], text[8000:]]
    result = older_record(0x0006, formula) + older_record(
        0x0207, struct.pack("<H", len(text)) + wide(parts[0])
    )
    result += b"".join(older_record(0x003C, wide(part)) for part in parts[1:])
    stream = old_sheets({"表一": [result, wide_text(1, 0, "甲")]}, stated)
    read = stream_of(in_unicode(compound_file_of({"Workbook": stream})).content)
    assert read is not None
    assert read[: len(stream)] == stream.replace(stated, older_record(0x0042, b"\xb0\4"))
    assert read_grid(inspect_file(compound_file_of({"Workbook": stream})).content).rows("表一")[1] == ["甲"]


def wide(text: str) -> bytes:
    """A part of a text whose characters have two bytes each."""
    return b"\1" + text.encode("utf-16-le")


def test_a_text_of_excel_95_that_no_record_holds_in_unicode_is_damaged() -> None:
    long = struct.pack("<H", 40_000) + b"a" * 40_000
    stream = older_sheets({"表一": [older_record(0x0207, long)]})
    found = inspect_file(compound_file_of({"Book": stream})).findings
    assert [one.code for one in found] == ["file.damaged"]


def narrow_text(row: int, column: int, text: str) -> bytes:
    """The record of a text whose characters have one byte each."""
    head = bytes([row, 0, column, 0, 0, 0, len(text), 0, 0])
    return older_record(0x0204, head + text.encode("latin-1"))


def test_one_of_excel_95_that_leads_nowhere_or_breaks_off_is_damaged() -> None:
    stream = older_sheets({"表一": [old_text(0, 0, "甲")]})
    at = stream.index(b"\x85\0") + 4
    for damaged in (
        stream[:at] + b"\x77" + stream[at + 1 :],
        stream[:-6],
        stream.replace(b"\2\0", b"\xff\0"),
    ):
        assert [f.code for f in inspect_file(compound_file_of({"Book": damaged})).findings] == [
            "file.damaged"
        ]


def test_one_of_many_megabytes_is_read() -> None:
    rows = [old_text(row, 0, "甲" * 127) for row in range(9000)]
    content = compound_file_of({"Book": older_sheets({"表一": rows})})
    assert len(read_grid(inspect_file(content).content).rows("表一")) == 9000


@pytest.mark.parametrize("kind", ["chartsheets", "dialogsheets", "macrosheets"])
def test_sheets_of_an_xlsb_without_cells_are_passed_over(kind: str) -> None:
    parts = parts_of(xlsb({"表": {(0, 0): 5}, "其他": {}}))
    relations = parts["xl/_rels/workbook.bin.rels"].decode()
    first, _, second = relations.partition('Id="rId2"')
    relation = second.replace("worksheets/sheet2.bin", f"{kind}/sheet2.bin").replace(
        '/worksheet"', f'/{kind[:-1]}"'
    )
    parts["xl/_rels/workbook.bin.rels"] = f'{first}Id="rId2"{relation}'.encode()
    parts[f"xl/{kind}/sheet2.bin"] = b"\x81\x01\x00\x82\x01\x00"
    del parts["xl/worksheets/sheet2.bin"]
    inspection = inspect_file(composed(parts))
    assert [found.code for found in inspection.findings] == []
    grid = read_grid(inspection.content)
    assert (grid.names, grid.rows("表")) == (("表",), [[5.0]])


def test_an_xlsb_with_unusual_names_is_read() -> None:
    parts = {name.upper(): part for name, part in parts_of(xlsb({"表": {(0, 0): 5}})).items()}
    assert read_grid(inspect_file(composed(parts)).content).rows("表") == [[5.0]]
