"""Fields are found where rows, columns and sheets went, or are named; never is another cell's value read for theirs."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from excel import codes, edited, typed, with_part
from hypothesis import given, settings
from hypothesis import strategies as st
from often import often
from openpyxl import Workbook

from reportfill import Pack, Submission, check, new_workbook, read_workbook
from reportfill.finding import has_errors
from reportfill.intake.tool_sheets import IDENTITY
from reportfill.model.figures import value_at
from tools.make_cases.moving import (
    opened,
    with_columns_deleted,
    with_columns_inserted,
    with_rows_deleted,
    with_rows_inserted,
    with_sheet_renamed,
)


@pytest.fixture(scope="module")
def distinct(pack: Pack) -> bytes:
    """A workbook in which every input holds something that stands in no other, so that a wrong cell shows."""
    cells: dict[str, Any] = {}
    for number, (path, field) in enumerate(pack.fields.items(), 101):
        if path in pack.rules.derived or path in ("agency.name", "year"):
            continue
        value: object = number if field.kind.is_number else f"第{number}项的内容，情况正常。"
        cells[str(pack.form.inputs[path][0])] = value if path != "agency.code" else f"C{number}"
    return typed(new_workbook(pack, agency="清河县档案馆", year=2024), cells)


@pytest.fixture(scope="module")
def original(distinct: bytes) -> Submission:
    """What the workbook says as it was handed out."""
    return read_workbook(distinct)


def without_names(workbook: bytes) -> bytes:
    """The workbook as a program leaves it that keeps no defined names."""

    def unnamed(book: bytes) -> bytes:
        before, _, rest = book.partition(b"<definedNames>")
        return before + rest.split(b"</definedNames>")[1]

    return with_part(workbook, "xl/workbook.xml", unnamed)


def without_identity(workbook: bytes) -> bytes:
    """The contents of a workbook, copied sheet by sheet to a new file."""

    def copied(book: Workbook) -> None:
        book.defined_names.clear()
        del book[IDENTITY]

    return edited(workbook, copied)


def with_copy_of(workbook: bytes, sheet: str, cells: dict[str, Any]) -> bytes:
    """The workbook with a copy of a sheet behind it, and values typed into the copy."""

    def double(book: Workbook) -> None:
        twin = book.copy_worksheet(book[sheet])
        twin.title = f"{sheet} (2)"
        for address, value in cells.items():
            twin[address] = value

    return edited(workbook, double)


def in_one_sheet(workbook: bytes, sheets: tuple[str, ...]) -> bytes:
    """The contents of several sheets, pasted below each other into one of a new file, beside the other sheets."""

    def paste(book: Workbook) -> None:
        together = book.create_sheet("汇总")
        row = 0
        for name in sheets:
            for cells in book[name].iter_rows():
                for cell in cells:
                    if cell.value is not None and cell.data_type != "f":
                        together.cell(row + cell.row, cell.column).value = copy(cell.value)
            row += book[name].max_row + 3
            del book[name]

    return edited(without_identity(workbook), paste)


def differing(submission: Submission, original: Submission, pack: Pack) -> list[str]:
    """The fields that are read otherwise than in the original."""
    return [p for p in pack.fields if value_at(submission.exact_data, p) != value_at(original.exact_data, p)]


def wrongly_read(submission: Submission, original: Submission, pack: Pack) -> list[str]:
    """The fields that were read, and not as they were typed."""
    nothing: tuple[object, ...] = (None, [])
    return [
        p for p in differing(submission, original, pack) if value_at(submission.exact_data, p) not in nothing
    ]


MOVED: list[Callable[[bytes], bytes]] = [
    lambda w: with_rows_inserted(w, "表四", 2),
    lambda w: with_rows_inserted(w, "表三", 12, 3),
    lambda w: with_rows_inserted(with_rows_inserted(w, "表三", 8), "表三", 20, 2),
    lambda w: with_columns_inserted(w, "表二", "B"),
    lambda w: with_columns_inserted(w, "表三", "F", 2),
    lambda w: with_columns_inserted(with_rows_inserted(w, "表四", 3), "表四", "G"),
    lambda w: with_rows_inserted(w, "总体情况", 8, 5),
    lambda w: with_columns_inserted(w, "问题与事项", "A"),
    lambda w: with_rows_deleted(w, "表三", 1, 3),
    lambda w: with_rows_deleted(w, "总体情况", 5),
    lambda w: with_sheet_renamed(w, "表四", "Sheet1"),
    lambda w: with_sheet_renamed(with_rows_inserted(w, "表三", 9), "表三", "表3 申请"),
]


@pytest.mark.parametrize("change", MOVED)
def test_what_moved_is_found_by_labels_and_by_names_where_there_are_any(
    distinct: bytes, original: Submission, pack: Pack, change: Callable[[bytes], bytes]
) -> None:
    moved = change(distinct)
    for workbook in (moved, without_names(moved)):
        submission = read_workbook(workbook)
        assert {code for code, _ in codes(submission)} == {"workbook.relocated"}
        assert differing(submission, original, pack) == []


def test_cells_are_named_where_they_are_now(distinct: bytes) -> None:
    moved = with_sheet_renamed(with_rows_inserted(distinct, "表三", 9), "表三", "申请")
    submission = read_workbook(moved)
    assert submission.cell("requests.received.natural_person") == "申请!D7"
    assert submission.cell("requests.outcomes.granted.natural_person") == "申请!D10"
    found = [f for f in check(submission) if f.code == "balance.unequal"]
    assert found
    assert all(cell.startswith("申请!") for cell in found[0].cells)


def test_the_rows_below_a_header_are_told_by_their_names(
    distinct: bytes, original: Submission, pack: Pack
) -> None:
    moved = with_rows_inserted(distinct, "表四", 6)
    assert differing(read_workbook(moved), original, pack) == []


def test_without_names_a_row_between_header_and_figures_is_named_and_never_read(
    distinct: bytes, original: Submission, pack: Pack
) -> None:
    moved = without_names(with_rows_inserted(distinct, "表四", 6))
    last_year = typed(moved, {f"表四!{column}6": 7 for column in "ABCDFGHIKLMN"})
    submission = read_workbook(last_year)
    assert "workbook.ambiguous" in {code for code, _ in codes(submission)}
    assert wrongly_read(submission, original, pack) == []


def test_a_block_that_grew_by_a_row_is_read_to_its_end(pack: Pack, distinct: bytes) -> None:
    paragraphs = {f"总体情况!B{row}": f"监督保障第{row}段，情况正常。" for row in range(46, 54)}
    grown = with_rows_inserted(typed(distinct, paragraphs), "总体情况", 50)
    submission = read_workbook(typed(grown, {"总体情况!B50": "插入的一段，情况正常。"}))
    texts = value_at(submission.exact_data, "overview.oversight")
    assert len(texts) == 9
    assert texts[4] == "插入的一段，情况正常。"
    assert submission.cell("overview.oversight[4]") == "总体情况!B50"


def test_a_deleted_row_is_named_and_the_others_are_read(
    distinct: bytes, original: Submission, pack: Pack
) -> None:
    submission = read_workbook(with_rows_deleted(distinct, "表三", 12))
    assert [(f.code, f.value) for f in submission.findings] == [
        ("workbook.label_missing", "2.其他法律行政法规禁止公开")
    ]
    lost = "requests.outcomes.denied.prohibited_by_law"
    assert value_at(submission.exact_data, lost) is None
    assert wrongly_read(submission, original, pack) == []
    assert value_at(submission.exact_data, "requests.outcomes.denied.third_party_rights") == value_at(
        original.exact_data, "requests.outcomes.denied.third_party_rights"
    )


def test_a_row_copied_with_its_label_is_named(distinct: bytes, original: Submission, pack: Pack) -> None:
    copied = typed(
        with_rows_inserted(distinct, "表三", 10),
        {"表三!B10": "（一）予以公开", **{f"表三!{column}10": 7 for column in "DEFGHI"}},
    )
    submission = read_workbook(copied)
    assert [(f.code, f.value) for f in submission.findings] == [("workbook.label_twice", "（一）予以公开")]
    assert wrongly_read(submission, original, pack) == []


def test_names_and_labels_that_disagree_are_named(distinct: bytes, original: Submission, pack: Pack) -> None:
    def cut_and_paste(book: Workbook) -> None:
        book["表三"]["E7"].value, book["表三"]["D7"].value = book["表三"]["D7"].value, None
        book.defined_names["requests.received.natural_person"].attr_text = "'表三'!$E$7"
        book.defined_names["requests.received.business"].attr_text = "#REF!"
        book["表三"].insert_rows(2)
        for name in book.defined_names.values():
            if name.attr_text.startswith("'表三'!"):
                sheet, _, row = name.attr_text.rpartition("$")
                name.attr_text = f"{sheet}${int(row) + 1}"

    submission = read_workbook(edited(distinct, cut_and_paste))
    assert [code for code, _ in codes(submission)] == ["workbook.ambiguous"]
    assert wrongly_read(submission, original, pack) == []
    assert value_at(submission.exact_data, "requests.received.business") is None


def test_a_sheet_that_is_gone_is_named(distinct: bytes, original: Submission, pack: Pack) -> None:
    submission = read_workbook(edited(distinct, lambda book: book.remove(book["表四"])))
    assert [(f.code, f.value) for f in submission.findings] == [("workbook.sheet_missing", "表四")]
    assert wrongly_read(submission, original, pack) == []


def test_sheets_in_another_order_hidden_or_beside_others_are_read(
    distinct: bytes, original: Submission, pack: Pack
) -> None:
    def rearrange(book: Workbook) -> None:
        book.move_sheet("表四", -3)
        book["表三"].sheet_state = "hidden"
        book.create_sheet("备忘")["A1"] = "会议记录"

    submission = read_workbook(edited(distinct, rearrange))
    assert codes(submission) == []
    assert differing(submission, original, pack) == []


def test_a_copy_of_a_sheet_that_says_the_same_or_nothing_does_no_harm(
    distinct: bytes, original: Submission, pack: Pack
) -> None:
    for cells in ({}, dict.fromkeys((f"{c}6" for c in "ABCDEFGHIJKLMNO"), None)):
        submission = read_workbook(with_copy_of(distinct, "表四", cells))
        assert codes(submission) == []
        assert differing(submission, original, pack) == []


def test_of_two_sheets_that_say_different_things_neither_is_read(
    distinct: bytes, original: Submission, pack: Pack
) -> None:
    submission = read_workbook(with_copy_of(distinct, "表四", {"A6": 7}))
    assert [(f.code, f.value) for f in submission.findings] == [("workbook.sheet_twice", "表四、表四 (2)")]
    assert value_at(submission.exact_data, "disputes") is None
    assert wrongly_read(submission, original, pack) == []


def test_a_copy_that_stayed_when_the_original_was_deleted_is_read(
    distinct: bytes, original: Submission, pack: Pack
) -> None:
    copied = with_copy_of(distinct, "表四", {})
    submission = read_workbook(edited(copied, lambda book: book.remove(book["表四"])))
    assert codes(submission) == [("workbook.relocated", "")]
    assert differing(submission, original, pack) == []


def test_contents_copied_to_a_new_file_are_read_by_their_labels_with_a_note(
    distinct: bytes, original: Submission, pack: Pack
) -> None:
    submission = read_workbook(without_identity(distinct))
    assert codes(submission) == [("workbook.no_identity", "")]
    assert differing(submission, original, pack) == []


def test_tables_pasted_below_each_other_are_told_apart(
    distinct: bytes, original: Submission, pack: Pack
) -> None:
    submission = read_workbook(in_one_sheet(distinct, ("表二", "表三", "表四")))
    assert {code for code, _ in codes(submission)} == {"workbook.no_identity", "workbook.relocated"}
    assert differing(submission, original, pack) == []


def test_half_a_workbook_in_a_new_file_is_refused_with_what_is_missing(distinct: bytes) -> None:
    def keep_half(book: Workbook) -> None:
        for sheet in ("表四", "问题与事项"):
            del book[sheet]

    submission = read_workbook(edited(without_identity(distinct), keep_half))
    missing = [f.value for f in submission.findings if f.code == "workbook.sheet_missing"]
    assert missing == ["表四", "问题与事项"]


def test_a_workbook_with_a_single_sheet_of_ours_is_none_of_ours(distinct: bytes) -> None:
    book = Workbook()
    for row in opened(distinct)["表二"].iter_rows(values_only=True):
        book.active.append(row)
    saved = BytesIO()
    book.save(saved)
    assert codes(read_workbook(saved.getvalue())) == [("workbook.unknown", "")]


@pytest.mark.parametrize("suffix", ["xlsx", "ods", "xls"])
@pytest.mark.parametrize("change", [MOVED[2], MOVED[5], MOVED[-1]])
def test_what_moved_is_found_whatever_the_format(
    distinct: bytes,
    original: Submission,
    pack: Pack,
    convert: Callable[[Path, str], Path],
    tmp_path: Path,
    change: Callable[[bytes], bytes],
    suffix: str,
) -> None:
    path = tmp_path / "填报表.xlsx"
    path.write_bytes(change(distinct))
    submission = read_workbook(convert(path, suffix))
    assert {code for code, _ in codes(submission)} == {"workbook.relocated"}
    assert differing(submission, original, pack) == []


def test_another_agencys_or_years_workbook_says_so(pack: Pack) -> None:
    workbook = new_workbook(pack, agency="清河县档案馆", year=2024)
    cells = {"填报说明!B4": "清河县民政局", "填报说明!B6": 2025}
    found = [f for f in read_workbook(typed(workbook, cells)).findings if f.code.startswith("workbook.")]
    assert [(f.code, f.cell, f.value, f.expected) for f in found] == [
        ("workbook.other_agency", "填报说明!B4", "清河县民政局", "清河县档案馆"),
        ("workbook.other_year", "填报说明!B6", 2025, "2024"),
    ]


def test_remarks_beside_the_form_are_named_and_the_report_is_written(
    distinct: bytes, original: Submission, pack: Pack
) -> None:
    submission = read_workbook(typed(distinct, {"表二!F6": "其中修订16件", "表二!A20": "填表人：张三"}))
    assert codes(submission) == [("cell.outside", "表二!F6")]
    assert submission.findings[0].cells == ("表二!F6", "表二!A20")
    assert differing(submission, original, pack) == []


def test_text_below_the_last_part_is_an_error(distinct: bytes) -> None:
    submission = read_workbook(typed(distinct, {"总体情况!B54": "写到外面的一段。"}))
    assert codes(submission) == [("text.outside", "总体情况!B54")]
    assert has_errors(submission.findings)


EDITS = st.tuples(
    st.sampled_from(["rows+", "rows-", "columns+", "columns-"]),
    st.sampled_from(["填报说明", "总体情况", "表二", "表三", "表四", "问题与事项"]),
    st.integers(1, 32),
    st.integers(1, 3),
)


def changed(workbook: bytes, edit: tuple[str, str, int, int], noise: bool) -> bytes:
    """The workbook after rows or columns were inserted or deleted; inserted ones with figures in them."""
    kind, sheet, index, count = edit
    letter = chr(ord("A") + index % 15)
    if kind == "rows+":
        moved = with_rows_inserted(workbook, sheet, index, count)
        return typed(moved, {f"{sheet}!{c}{index}": 7 for c in "ABCDEFG"}) if noise else moved
    if kind == "columns+":
        moved = with_columns_inserted(workbook, sheet, letter, count)
        return typed(moved, {f"{sheet}!{letter}{row}": 7 for row in range(1, 32)}) if noise else moved
    if kind == "rows-":
        return with_rows_deleted(workbook, sheet, index, count)
    return with_columns_deleted(workbook, sheet, letter, count)


@settings(max_examples=often(15))
@given(edits=st.lists(EDITS, min_size=1, max_size=3), names=st.booleans(), noise=st.booleans())
def test_whatever_is_inserted_and_deleted_nothing_is_read_for_what_it_is_not(
    request: pytest.FixtureRequest, edits: list[tuple[str, str, int, int]], names: bool, noise: bool
) -> None:
    moved = request.getfixturevalue("distinct")
    for edit in edits:
        moved = changed(moved, edit, noise)
    submission = read_workbook(moved if names else without_names(moved))
    original, pack = request.getfixturevalue("original"), request.getfixturevalue("pack")
    if has_errors(submission.findings):
        if not noise:  # with figures typed into the form's own rows there is an error, and no report
            assert wrongly_read(submission, original, pack) == []
    else:  # what was typed into a row inserted in a part of the narrative belongs to it
        differ = differing(submission, original, pack)
        assert [path for path in differ if not noise or pack.fields[path].kind.is_number] == []
