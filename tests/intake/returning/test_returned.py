"""The returned workbook: the clerk's own, marked, corrected and handed in again as it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from excel import edited, typed
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from places import SAMPLES

from reportfill import Submission, SubmissionError, check, read_workbook
from reportfill.intake.returning.returned import returned_workbook
from reportfill.intake.returning.transfer import LEFTOVERS
from reportfill.intake.tool_sheets import IDENTITY, LIST, LISTS
from reportfill.office.package import composed, parts_of
from reportfill.office.workbook.edited_workbook import EditedWorkbook
from tools.make_cases.moving import opened, with_rows_inserted


def returned(content: bytes) -> bytes:
    """The returned workbook of one that was handed in."""
    submission = read_workbook(content)
    return returned_workbook(content, submission, check(submission))


def told(content: bytes) -> list[tuple[str, str, Any]]:
    """Code, cell and value of everything that is found in a workbook."""
    return [(f.code, f.cell, f.value) for f in check(read_workbook(content))]


@pytest.fixture(scope="module")
def faulty() -> bytes:
    """The sample full of typical mistakes."""
    return (SAMPLES / "typical-mistakes-2023.xlsx").read_bytes()


@pytest.fixture(scope="module")
def marked(faulty: bytes) -> bytes:
    """The same, returned."""
    return returned(faulty)


def test_each_wrong_cell_is_coloured_and_says_what_to_do(faulty: bytes, marked: bytes) -> None:
    book = opened(marked)
    for found in check(read_workbook(faulty)):
        if found.severity.value in ("error", "warning"):
            sheet, _, address = found.cell.partition("!")
            cell = book[sheet][address]
            assert found.message.zh in cell.comment.text
            assert found.hint.zh in cell.comment.text
            assert cell.fill.fgColor.rgb in ("FFFF9C9C", "FFFFD966")
    assert book["表三"]["D9"].comment is None


def test_the_first_sheet_lists_every_finding_with_a_link(faulty: bytes, marked: bytes) -> None:
    book = opened(marked)
    assert book.sheetnames[0] == book.active.title == LIST
    shown = [found for found in check(read_workbook(faulty)) if found.severity.value != "note"]
    rows = list(book[LIST].iter_rows(min_row=4, values_only=True))
    assert [row[3] for row in rows] == [found.message.zh for found in shown]
    assert all(
        found.cell in row[2] and row[2].startswith("=HYPERLINK(")
        for row, found in zip(rows, shown, strict=True)
    )


def test_a_list_that_an_earlier_version_called_otherwise_is_read_over_and_goes(
    faulty: bytes, marked: bytes
) -> None:
    parts = dict(parts_of(marked))
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(LIST.encode(), LISTS[1].encode())
    former = composed(parts)
    assert opened(former).sheetnames[0] == LISTS[1] == "需要修改"
    assert told(former) == told(faulty)
    assert opened(returned(former)).sheetnames == opened(marked).sheetnames


def test_everything_that_was_typed_is_in_it(faulty: bytes, marked: bytes) -> None:
    before, after = opened(faulty), opened(marked)
    for sheet in before.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert after[sheet.title][cell.coordinate].value == cell.value


def test_formulas_validation_protection_and_results_stay(faulty: bytes, marked: bytes) -> None:
    before, after = opened(faulty), opened(marked)
    for sheet in before.worksheets:
        other = after[sheet.title]
        assert other.sheet_state == sheet.sheet_state
        assert other.protection.sheet
        assert len(other.data_validations.dataValidation) == len(sheet.data_validations.dataValidation)
        for row in sheet.iter_rows():
            for cell in row:
                assert other[cell.coordinate].protection.locked == cell.protection.locked
                assert other[cell.coordinate].number_format == cell.number_format
    assert set(after.defined_names) == set(before.defined_names)
    assert told(marked) == told(faulty)


def test_what_need_not_be_marked_is_byte_for_byte_what_came(faulty: bytes, marked: bytes) -> None:
    before, after = parts_of(faulty), parts_of(marked)
    same = {name for name, part in before.items() if after[name] == part}
    book = EditedWorkbook(before)
    assert {"xl/theme/theme1.xml", book.part_of(IDENTITY), book.part_of("校验")} <= same


def test_a_chart_that_the_clerk_put_in_stays_as_it_is(faulty: bytes) -> None:
    def with_a_chart(book: Workbook) -> None:
        chart = BarChart()
        chart.add_data(Reference(book["表二"], 2, 5, 2, 9))
        book["表二"].add_chart(chart, "H3")

    with_it = edited(faulty, with_a_chart)
    drawn = {name: part for name, part in parts_of(with_it).items() if "chart" in name or "drawing" in name}
    assert len(drawn) >= 3
    assert drawn.items() <= parts_of(returned(with_it)).items()


def test_what_the_clerk_said_on_a_wrong_cell_is_still_there(faulty: bytes) -> None:
    def with_a_comment(book: Workbook) -> None:
        book["表二"]["B6"].comment = Comment("其中修订16件", "张三")

    text = opened(returned(edited(faulty, with_a_comment)))["表二"]["B6"].comment.text
    assert text.startswith("错误：")
    assert text.endswith("原有批注（张三）：\n其中修订16件")


def test_handed_in_again_unchanged_it_comes_back_the_same(marked: bytes) -> None:
    assert returned(marked) == marked


def test_handed_in_again_corrected_the_old_marks_vanish(faulty: bytes, marked: bytes) -> None:
    corrected = typed(
        marked, {"表二!B5": 0, "表二!C6": 1, "总体情况!B30": "档案管理规范，各项制度健全并得到落实。"}
    )
    again = opened(returned(corrected))
    for sheet, address in (("表二", "B5"), ("表二", "C6"), ("总体情况", "B30")):
        cell = again[sheet][address]
        assert cell.comment is None
        assert cell.fill.fgColor.rgb == opened(faulty)["表二"]["D5"].fill.fgColor.rgb
    assert again["表二"]["B6"].comment is not None
    assert again.sheetnames.count(LIST) == 1


def test_a_given_cell_gets_no_inputs_colour_back(faulty: bytes) -> None:
    wrong = typed(faulty, {"填报说明!B6": "二〇二三"})
    corrected = typed(returned(wrong), {"填报说明!B6": 2023})
    assert opened(returned(corrected))["填报说明"]["B6"].fill.fill_type is None


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_one_of_another_format_comes_back_as_xlsx_with_everything_in_it(
    faulty: bytes, suffix: str, convert: Callable[[Path, str], Path], tmp_path: Path
) -> None:
    path = tmp_path / "填报表.xlsx"
    path.write_bytes(typed(faulty, {"表二!B16": 3, "表二!B9": 7, "表二!F20": "旁边的说明", "表四!E6": 2}))
    sent = convert(path, suffix).read_bytes()
    back = returned(sent)
    book = opened(back)
    assert book["表二"]["F20"].value == "旁边的说明"
    assert book["表二"]["B6"].value == "22（其中修订16件）"
    assert repr(book["表四"]["E6"].value) == "2"
    codes = [(code, cell) for code, cell, _ in told(sent) if code != "cell.tidied"]
    assert [(code, cell) for code, cell, _ in told(back) if code != "cell.tidied"] == codes


def test_one_of_another_format_whose_rows_moved_comes_back_in_the_pack_s_form(
    faulty: bytes, convert: Callable[[Path, str], Path], tmp_path: Path
) -> None:
    path = tmp_path / "填报表.xlsx"
    moved = typed(with_rows_inserted(faulty, "表二", 6), {"表二!B10": "无", "表二!B6": "旁注", "表二!F9": 5})
    path.write_bytes(moved)
    sent = convert(path, "ods").read_bytes()
    assert ("cell.no_figure", "表二!B10", "无") in told(sent)
    book = opened(returned(sent))
    assert book["表二"]["B9"].value == "无"
    assert "填0" in book["表二"]["B9"].comment.text
    rows = list(book[LEFTOVERS].iter_rows(min_row=2, values_only=True))
    assert rows == [("表二!B6", "旁注"), ("表二!F9", 5)]
    assert ("cell.no_figure", "表二!B9", "无") in told(returned(sent))


def test_it_is_sound_and_opens_in_libreoffice(
    marked: bytes,
    tmp_path: Path,
    ooxml_problems: Callable[[Path], list[str]],
    convert: Callable[[Path, str], Path],
) -> None:
    path = tmp_path / "返回.xlsx"
    path.write_bytes(marked)
    assert ooxml_problems(path) == []
    assert convert(path, "pdf").stat().st_size > 10_000
    hongze = returned((SAMPLES / "hongze-2023.xlsx").read_bytes())
    path.write_bytes(hongze)
    assert told(convert(path, "ods").read_bytes()) == told(hongze)


def test_a_file_that_could_not_be_read_cannot_be_returned() -> None:
    with pytest.raises(SubmissionError):
        returned_workbook(b"", Submission(None, {}), [])
