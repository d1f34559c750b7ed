"""A completed workbook as a submission: every value with its cell, everything doubtful as a finding."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from excel import codes, edited, typed, with_part, with_raw_cell
from hypothesis import given, settings
from hypothesis import strategies as st
from often import often
from places import SAMPLES

from reportfill import Pack, check, new_workbook, read_workbook
from reportfill.intake.tool_sheets import IDENTITY
from reportfill.model.figures import value_at


@pytest.fixture(scope="module")
def weihui_workbook() -> bytes:
    """The Weihui sample."""
    return (SAMPLES / "weihui-xinfang-2023.xlsx").read_bytes()


def test_every_value_is_read_with_its_cell(
    weihui_workbook: bytes, weihui: dict[str, Any], pack: Pack
) -> None:
    submission = read_workbook(weihui_workbook)
    assert submission.pack is not None
    assert submission.pack.id == pack.id
    assert submission.findings == ()
    for path in pack.fields:
        assert value_at(submission.exact_data, path) == value_at(weihui, path)
    assert submission.cell("requests.received.natural_person") == "表三!D7"
    assert submission.cell("proactive.fees.amount") == "表二!B16"
    assert submission.cell("problems_and_improvements[1]") == "问题与事项!B5"


def test_a_path_and_its_bytes_read_the_same(weihui_workbook: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(weihui_workbook)
    assert read_workbook(path) == read_workbook(str(path)) == read_workbook(weihui_workbook)


def test_what_was_typed_is_read_whoever_saved_the_file(weihui_workbook: bytes) -> None:
    submission = read_workbook(typed(weihui_workbook, {"表三!D7": 3, "表三!D9": "3件", "表二!B16": 12.5}))
    assert codes(submission) == [("cell.tidied", "表三!D9")]
    assert value_at(submission.exact_data, "requests.received.total") == 3
    assert value_at(submission.exact_data, "requests.outcomes.total.total") == 3
    assert value_at(submission.exact_data, "proactive.fees.amount") == Decimal("12.5")


def test_a_total_typed_by_hand_is_compared_and_not_worked_out(weihui_workbook: bytes) -> None:
    submission = read_workbook(typed(weihui_workbook, {"表四!E6": 7}))
    found = [f for f in check(submission) if f.severity.value == "error"]
    assert [(f.code, f.cell, f.value, f.expected) for f in found] == [("balance.unequal", "表四!E6", 7, 0)]


def test_a_blank_number_is_an_error_unless_it_is_to_count_as_zero(weihui_workbook: bytes) -> None:
    workbook = typed(weihui_workbook, {"表二!B9": None, "表三!E8": None})
    assert codes(read_workbook(workbook)) == [("cell.blank", "表二!B9"), ("cell.blank", "表三!E8")]
    lenient = read_workbook(workbook, blank_as_zero=True)
    assert codes(lenient) == [("cell.blank_as_zero", "表二!B9"), ("cell.blank_as_zero", "表三!E8")]
    assert value_at(lenient.exact_data, "proactive.licensing.decisions") == 0


def test_an_empty_obligatory_part_is_named_once_and_an_optional_one_not(weihui_workbook: bytes) -> None:
    submission = read_workbook(typed(weihui_workbook, {"总体情况!B8": None, "总体情况!B4": None}))
    assert codes(submission) == [("text.empty", "总体情况!B8")]


def test_paragraphs_below_each_other_and_lines_of_a_cell_are_paragraphs(weihui_workbook: bytes) -> None:
    cells = {"总体情况!B8": "第一段。\n第二段。", "总体情况!B9": None, "总体情况!B11": "第三段。"}
    submission = read_workbook(typed(weihui_workbook, cells))
    assert value_at(submission.exact_data, "overview.summary") == ["第一段。", "第二段。", "第三段。"]
    places = [submission.cell(f"overview.summary[{number}]") for number in range(3)]
    assert places == ["总体情况!B8", "总体情况!B8", "总体情况!B11"]


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        ('<c r="B9"{style} t="e"><v>#REF!</v></c>', "cell.error_value"),
        ('<c r="B9"{style} t="e"><f>1/0</f><v>#DIV/0!</v></c>', "cell.error_value"),
        ('<c r="B9"{style}><f>1+1</f></c>', "cell.formula_without_value"),
        ('<c r="B9"{style}><f>1+1</f><v></v></c>', "cell.formula_without_value"),
        ('<c r="B9"{style} t="b"><v>1</v></c>', "cell.boolean"),
        ('<c r="B9"{style} t="str"><f>""</f><v></v></c>', "cell.blank"),
    ],
)
def test_cells_that_look_blank_to_a_reader_of_values_are_told_apart(
    weihui_workbook: bytes, xml: str, code: str
) -> None:
    workbook = with_raw_cell(weihui_workbook, "xl/worksheets/sheet3.xml", "B9", xml)
    assert codes(read_workbook(workbook)) == [(code, "表二!B9")]


@pytest.mark.parametrize("number", ["inf", "-Infinity", "nan", "1e999", "0x10"])
def test_what_only_a_faulty_program_writes_for_a_number_is_none(weihui_workbook: bytes, number: str) -> None:
    xml = '<c r="B9"{style}><v>' + number + "</v></c>"
    submission = read_workbook(with_raw_cell(weihui_workbook, "xl/worksheets/sheet3.xml", "B9", xml))
    assert codes(submission) == [("cell.not_a_number", "表二!B9")]


@pytest.mark.parametrize("content", [date(2024, 1, 2), datetime(2024, 1, 2, 3, 4), time(3, 4)])
def test_what_excel_made_a_date_of_is_named_and_not_read_as_its_serial_number(
    weihui_workbook: bytes, content: date | time
) -> None:
    submission = read_workbook(typed(weihui_workbook, {"表二!B9": content, "总体情况!B9": content}))
    assert sorted(codes(submission)) == [("cell.date", "总体情况!B9"), ("cell.date", "表二!B9")]
    assert value_at(submission.exact_data, "proactive.licensing.decisions") is None


def test_a_faulty_figure_is_named_once_and_not_again_by_the_totals_it_is_in(weihui_workbook: bytes) -> None:
    workbook = weihui_workbook
    for address in ("D9", "J9", "D30", "J30"):
        xml = f'<c r="{address}"{{style}} t="e"><v>#VALUE!</v></c>'
        workbook = with_raw_cell(workbook, "xl/worksheets/sheet4.xml", address, xml)
    assert codes(read_workbook(workbook)) == [("cell.error_value", "表三!D9")]


def test_an_error_in_a_total_alone_is_named(weihui_workbook: bytes) -> None:
    xml = '<c r="J7"{style} t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    workbook = with_raw_cell(weihui_workbook, "xl/worksheets/sheet4.xml", "J7", xml)
    assert codes(read_workbook(workbook)) == [("cell.error_value", "表三!J7")]


def test_a_formula_with_its_result_is_its_result(weihui_workbook: bytes) -> None:
    xml = '<c r="B9"{style}><f>1+1</f><v>2</v></c>'
    submission = read_workbook(with_raw_cell(weihui_workbook, "xl/worksheets/sheet3.xml", "B9", xml))
    assert (codes(submission), value_at(submission.exact_data, "proactive.licensing.decisions")) == ([], 2)


def test_an_error_in_the_narrative_is_not_taken_for_an_empty_row(weihui_workbook: bytes) -> None:
    xml = '<c r="B9"{style} t="e"><v>#NAME?</v></c>'
    submission = read_workbook(with_raw_cell(weihui_workbook, "xl/worksheets/sheet2.xml", "B9", xml))
    assert codes(submission) == [("cell.error_value", "总体情况!B9")]


def test_a_label_that_was_typed_over_is_named_with_what_it_should_be(weihui_workbook: bytes) -> None:
    submission = read_workbook(typed(weihui_workbook, {"表二!A9": "行政处罚"}))
    assert codes(submission) == [("workbook.moved", "表二!A9")]
    assert (submission.findings[0].value, submission.findings[0].expected) == ("行政处罚", "行政许可")


def test_width_and_spaces_of_a_label_do_not_count(weihui_workbook: bytes) -> None:
    assert codes(read_workbook(typed(weihui_workbook, {"表三!C11": "１. 属于国家秘密"}))) == []


def test_a_workbook_without_its_hidden_sheet_is_known_by_its_sheets(weihui_workbook: bytes) -> None:
    def forget(book: Any) -> None:
        del book[IDENTITY]

    submission = read_workbook(edited(weihui_workbook, forget))
    assert submission.pack is not None
    assert submission.agency == "卫辉市信访局"


def test_another_workbook_is_none_of_ours(pack: Pack) -> None:
    from openpyxl import Workbook

    saved = BytesIO()
    Workbook().save(saved)
    assert codes(read_workbook(saved.getvalue())) == [("workbook.unknown", "")]
    assert read_workbook(saved.getvalue()).pack is None


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [("pack", "annual-report-1999", "workbook.pack_not_found"), ("version", "0.9.0", "workbook.version")],
)
def test_a_workbook_of_another_pack_or_version_says_so(
    weihui_workbook: bytes, key: str, value: str, code: str
) -> None:
    def pretend(book: Any) -> None:
        for row in book[IDENTITY].iter_rows(max_col=2):
            if row[0].value == key:
                row[1].value = value

    assert [found for found, _ in codes(read_workbook(edited(weihui_workbook, pretend)))] == [code]


def test_a_pack_that_is_asked_for_must_be_the_workbooks(weihui_workbook: bytes, pack: Pack) -> None:
    from dataclasses import replace

    other = replace(pack, manifest=replace(pack.manifest, id="other"))
    assert codes(read_workbook(weihui_workbook, other)) == [("workbook.other_pack", "")]


OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def archive(*names: str) -> bytes:
    """A zip with these names."""
    saved = BytesIO()
    with zipfile.ZipFile(saved, "w") as package:
        for name in names:
            package.writestr(name, "<x/>")
    return saved.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file.not_a_workbook"),
        (b"<html><body><table><tr><td>1</td></tr></table></body></html>", "file.not_a_workbook"),
        ("单位,数量\n局,1\n".encode(), "file.not_a_workbook"),
        (b"%PDF-1.7", "file.not_a_workbook"),
        (b"\x89PNG\r\n", "file.not_a_workbook"),
        (b"\x00\x01\x02", "file.not_a_workbook"),
        (archive("word/document.xml"), "file.not_a_workbook"),
        (archive("ppt/slides.xml"), "file.not_a_workbook"),
        (archive("a.txt"), "file.not_a_workbook"),
        (archive("xl/workbook.xml"), "file.damaged"),
        (archive("content.xml"), "file.damaged"),
        (archive("content.xml", "mimetype"), "file.not_a_workbook"),
        (b"PK\x03\x04 and then nothing", "file.damaged"),
        (OLE, "file.damaged"),
        (OLE + b"\0" * 4096, "file.damaged"),
        pytest.param(b"PK\x03\x04" + bytes(21 << 20), "file.too_large", id="too large"),
    ],
)
def test_a_file_that_is_no_workbook_is_one_finding(content: bytes, code: str) -> None:
    submission = read_workbook(content)
    assert codes(submission) == [(code, "")]
    assert check(submission) == list(submission.findings)


def test_macros_are_left_alone_with_a_note(weihui_workbook: bytes) -> None:
    submission = read_workbook(with_part(weihui_workbook, "xl/vbaProject.bin", lambda _: b"macros"))
    assert codes(submission) == [("file.macros", "")]
    assert submission.agency == "卫辉市信访局"


ODDITIES = [
    b"",
    b"<",
    b'"',
    b"&",
    b"\0",
    b"\xff",
    b"<v>",
    b"</v>",
    b't="e"',
    b't="s"',
    b"99999999",
    b"-1",
    b"inf",
]


@settings(max_examples=often(60))
@given(
    part=st.sampled_from(["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"])
    | st.integers(1, 8).map("xl/worksheets/sheet{}.xml".format),
    where=st.floats(0, 1, exclude_max=True),
    length=st.integers(0, 80),
    oddity=st.sampled_from(ODDITIES),
)
def test_a_part_that_was_written_wrong_ends_in_a_submission(
    weihui_workbook: bytes, part: str, where: float, length: int, oddity: bytes
) -> None:
    def spoil(xml: bytes) -> bytes:
        position = int(where * len(xml))
        return xml[:position] + oddity + xml[position + length :]

    submission = read_workbook(with_part(weihui_workbook, part, spoil))
    assert all(found.code for found in check(submission))


@settings(max_examples=often(60))
@given(cut=st.booleans(), where=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255))
def test_a_damaged_workbook_is_read_right_or_is_a_finding(
    weihui_workbook: bytes, pack: Pack, cut: bool, where: float, flip: int
) -> None:
    position = int(where * len(weihui_workbook))
    damaged = bytearray(weihui_workbook)
    damaged[position] ^= flip
    submission = read_workbook(weihui_workbook[:position] if cut else bytes(damaged))
    if not any(found.severity.value == "error" for found in check(submission)):
        whole = read_workbook(weihui_workbook)
        assert all(
            value_at(submission.exact_data, path) == value_at(whole.data, path) for path in pack.fields
        )


def test_a_workbook_for_any_agency_is_read_with_the_name_that_was_typed(pack: Pack) -> None:
    workbook = typed(new_workbook(pack, year=2024), {"填报说明!B4": " 清河县档案馆 ", "填报说明!B5": 410781})
    submission = read_workbook(workbook)
    assert (submission.agency, submission.code, submission.year) == ("清河县档案馆", "410781", 2024)


def test_a_code_that_is_also_a_number_of_the_instructions_is_a_code(pack: Pack) -> None:
    submission = read_workbook(new_workbook(pack, agency="清河县档案馆", year=2024, code="1"))
    assert submission.code == "1"
    assert "workbook.ambiguous" not in {code for code, _ in codes(submission)}
