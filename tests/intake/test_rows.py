"""Rows in the workbook: a block of them made of one row of tags, typed into, rows put in, read row by row."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from ooxml_judges import ooxml_problems
from openpyxl import load_workbook
from pack.row_pack import DATA, row_pack

from reportfill import Pack, check, load_pack, new_workbook, read_workbook, render
from reportfill.errors import SubmissionError
from reportfill.intake.returning.returned import returned_workbook
from reportfill.model.submission import Submission
from reportfill.office.package import composed, parts_of
from reportfill.office.workbook.repeated_row import with_repeated_row
from reportfill.trials.trial import all_problems

FIRST, LAST, TOTAL = 9, 14, 15
"""The rows of the block, and that of the sums below it."""


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return load_pack(row_pack(tmp_path_factory.mktemp("rows") / "pack"))


def filled(pack: Pack, change: Callable[[Any], object] = lambda sheet: None, put_in_below: int = 0) -> bytes:
    """The workbook of the data with something changed by hand, after a row was put in below one, as programs do."""
    content = new_workbook(pack, year=2025, agency="甲市", data=DATA)
    if put_in_below:
        content = composed(with_repeated_row(parts_of(content), "Form", put_in_below - 1, 2))
    book = load_workbook(BytesIO(content))
    change(book["Form"])
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def row(*values: Any, at: int) -> Callable[[Any], None]:
    """Type into the cells of a row, the sum left out."""

    def typed(sheet: Any) -> None:
        for column, value in zip("ABCDFG", values, strict=False):
            sheet[f"{column}{at}"] = value

    return typed


def units(submission: Submission) -> list[str]:
    return [unit["name"] for unit in submission.data["units"]]


def told(submission: Submission) -> list[tuple[str, str]]:
    return [(found.code, found.cell) for found in check(submission)]


def test_the_pack_passes_every_trial(tmp_path: Path) -> None:
    assert all_problems(row_pack(tmp_path / "pack")) == []


def test_a_row_of_tags_becomes_as_many_rows_as_there_may_be(pack: Pack) -> None:
    cells = pack.form.inputs["units.permits"]
    assert [cell.address for cell in cells] == [f"C{number}" for number in range(FIRST, LAST + 1)]
    assert pack.form.inputs["sums.permits"][0].address == f"C{TOTAL}"


def test_pack_toml_may_say_how_many(tmp_path: Path) -> None:
    folder = row_pack(tmp_path / "pack")
    manifest = (folder / "pack.toml").read_text("utf-8")
    (folder / "pack.toml").write_text(f'{manifest}\n[[rows]]\nof = "units"\nnumber = 9\n', "utf-8")
    assert len(load_pack(folder).form.inputs["units.name"]) == 9
    (folder / "pack.toml").write_text(f'{manifest}\n[[rows]]\nof = "unit"\nnumber = 9\n', "utf-8")
    [problem] = all_problems(folder)
    assert (str(problem.place), "units" in problem.message) == ("pack.toml rows", True)


def test_the_blank_has_sums_and_rules_in_every_row(pack: Pack) -> None:
    book = load_workbook(BytesIO(new_workbook(pack, year=2025)))
    sheet = book["Form"]
    assert sheet[f"E{LAST}"].value == f'=IF(COUNTA(C{LAST}:D{LAST})=0,"",SUM(C{LAST}:D{LAST}))'
    assert sheet[f"E{TOTAL}"].value == f"=SUM(C{FIRST}:D{LAST})"
    rules = {str(rule.sqref): rule.type for rule in sheet.data_validations.dataValidation}
    assert rules[f"F{FIRST}:F{LAST}"] == "list"
    assert sheet[f"G{LAST}"].number_format == 'yyyy"年"m"月"d"日"'
    assert not sheet[f"B{LAST}"].protection.locked
    assert sheet[f"E{LAST}"].protection.locked
    assert sheet.protection.insertRows is False  # as the format says that they may be put in
    assert book.defined_names["units.name"].attr_text == f"'Form'!$B${FIRST}:$B${LAST}"


def test_what_is_typed_is_read_row_by_row(pack: Pack) -> None:
    submission = read_workbook(filled(pack, row(3, "丙局", 5, 2, "授权组织", "2025-5-1", at=11)), pack)
    assert submission.data["units"][2] == {
        "number": 3,
        "name": "丙局",
        "permits": 5,
        "fines": 2,
        "kind": "body",
        "signed": "2025-05-01",
        "total": 7,
    }
    assert submission.data["sums"] == {"permits": 12, "total": 15}
    assert submission.cell("units[2].permits") == "Form!C11"
    assert [code for code, _ in told(submission)] == ["cell.tidied"]


def test_blank_rows_are_passed_over_and_named(pack: Pack) -> None:
    submission = read_workbook(filled(pack, row(3, "丙局", 5, 2, at=13)), pack)
    assert units(submission) == ["甲局", "乙局", "丙局"]
    [found] = check(submission)
    assert (found.code, found.cell, found.value) == ("rows.gap", "Form!A11", "11、12")


def test_a_row_that_was_put_in_belongs_to_the_block(pack: Pack) -> None:
    def put_in(sheet: Any) -> None:
        row(1, "新局", 6, 1, None, None, at=10)(sheet)
        sheet["E10"] = None

    submission = read_workbook(filled(pack, put_in, put_in_below=9), pack)
    assert units(submission) == ["甲局", "新局", "乙局"]
    assert submission.data["sums"] == {"permits": 13, "total": 15}
    assert submission.cell("units[2].name") == "Form!B11"
    assert {code for code, _ in told(submission)} <= {"workbook.relocated"}


def test_rows_below_the_total_are_named_and_not_mixed_up(pack: Pack) -> None:
    submission = read_workbook(filled(pack, row(3, "丙局", 5, 2, at=TOTAL + 2)), pack)
    assert units(submission) == ["甲局", "乙局"]
    assert ("rows.beyond", f"Form!A{TOTAL + 2}") in told(submission)


def test_a_total_that_was_typed_over_is_named(pack: Pack) -> None:
    submission = read_workbook(filled(pack, lambda sheet: sheet.__setitem__(f"C{TOTAL}", 9)), pack)
    assert told(submission) == [("balance.unequal", f"Form!C{TOTAL}")]
    typed_over = read_workbook(filled(pack, row("丙局", None, 5, 2, at=TOTAL)), pack)
    assert ("workbook.moved", f"Form!A{TOTAL}") in told(typed_over)


def test_a_total_that_is_typed_as_a_row_is_named(pack: Pack) -> None:
    submission = read_workbook(filled(pack, row(3, "合 计", 7, 1, at=11)), pack)
    assert told(submission) == [("rows.total", "Form!B11")]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((3, "丙局", "五", 2), [("cell.not_a_number", "Form!C11")]),
        ((3, "丙局", 5), [("cell.blank", "Form!D11")]),
        ((3, None, 5, 2), [("text.empty", "Form!B11")]),
        ((3, "甲局", 5, 2), [("rows.twice", "Form!B11")]),
        ((0, "丙局", 5, 2), [("rows.unsorted", "Form!A11")]),
        ((3, "丙局", 0, 2), [("balance.doubtful", "Form!D11")]),
        ((3, "丙局", 5, 2, "机构"), [("cell.not_listed", "Form!F11")]),
        ((3, "丙局", 5, 2, None, "2024-1-1"), [("day.too_early", "Form!G11")]),
    ],
)
def test_what_is_wrong_in_a_row_is_named_with_its_cell(
    pack: Pack, values: tuple[Any, ...], expected: list[tuple[str, str]]
) -> None:
    submission = read_workbook(filled(pack, row(*values, at=11)), pack)
    assert [one for one in told(submission) if one[0] != "cell.tidied"] == expected


def test_the_message_names_the_row_by_its_text(pack: Pack) -> None:
    found = check(read_workbook(filled(pack, row(3, "丙局", 5, at=11)), pack))
    assert [one.message.zh for one in found] == ["丙局 · 处罚：没有填写。"]


def test_a_workbook_without_rows_lacks_them(pack: Pack) -> None:
    def emptied(sheet: Any) -> None:
        for number in (9, 10):
            row(*[None] * 6, at=number)(sheet)

    assert ("rows.empty", "Form!A9") in told(read_workbook(filled(pack, emptied), pack))


def test_a_marked_copy_has_the_mark_in_its_row(pack: Pack, tmp_path: Path) -> None:
    content = filled(pack, row(3, "丙局", "五", 2, at=11))
    submission = read_workbook(content, pack)
    marked = returned_workbook(content, submission, check(submission))
    assert "C11" in {
        cell.coordinate
        for cells in load_workbook(BytesIO(marked))["Form"].iter_rows()
        for cell in cells
        if cell.comment
    }
    (tmp_path / "marked.xlsx").write_bytes(marked)
    assert ooxml_problems(tmp_path / "marked.xlsx") == []


def test_the_workbook_and_the_report_are_sound(pack: Pack, tmp_path: Path) -> None:
    (tmp_path / "blank.xlsx").write_bytes(new_workbook(pack, year=2025))
    (tmp_path / "report.docx").write_bytes(render(read_workbook(filled(pack), pack)))
    assert ooxml_problems(tmp_path / "blank.xlsx") == []
    template = row_pack(tmp_path / "pack") / "report.docx"  # python-docx's own template is not all sound
    assert set(ooxml_problems(tmp_path / "report.docx")) <= set(ooxml_problems(template))


def intake_faults(tmp_path: Path, change: Callable[[Any], object]) -> list[str]:
    """What is wrong with a pack whose form is changed."""
    folder = row_pack(tmp_path / "faulty")
    book = load_workbook(folder / "intake.xlsx")
    change(book["Form"])
    book.save(folder / "intake.xlsx")
    return [problem.message for problem in all_problems(folder)]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda sheet: sheet.move_range("C9", rows=3), "stand in several rows"),
        (lambda sheet: sheet.__setitem__("B9", "{{ units.name }}局"), "must be all that its cell holds"),
        (lambda sheet: sheet.__setitem__("B9", None), "no cell has the tag {{ units.name }}"),
    ],
)
def test_tags_of_rows_that_cannot_be_a_row_are_named(
    tmp_path: Path, change: Callable[[Any], object], said: str
) -> None:
    assert any(said in message for message in intake_faults(tmp_path, change))


def test_what_stands_below_moves_with_everything_that_names_it(tmp_path: Path) -> None:
    def more(sheet: Any) -> None:
        sheet.merge_cells("F10:G10")
        sheet["D10"] = "=SUM(D9:D9)"
        sheet["F10"] = "注"
        sheet["A12"] = "=D10&C9"
        sheet.row_dimensions[10].height = 33
        sheet.print_area = "A1:G12"
        sheet["H9"] = 1
        sheet["H8"] = "行号"

    folder = row_pack(tmp_path / "pack")
    book = load_workbook(folder / "intake.xlsx")
    more(book["Form"])
    book.save(folder / "intake.xlsx")
    pack = load_pack(folder)
    sheet = load_workbook(BytesIO(pack.intake))["Form"]
    assert [str(area) for area in sheet.merged_cells.ranges] == ["F15:G15"]
    assert (sheet["D15"].value, sheet["A17"].value) == ("=SUM(D9:D14)", "=D15&C9")
    assert (sheet.row_dimensions[15].height, sheet.print_area) == (33, "'Form'!$A$1:$G$17")
    assert [sheet[f"H{number}"].value for number in range(9, 15)] == [1, 2, 3, 4, 5, 6]


def test_a_text_with_tags_below_rows_is_the_forms_wherever_it_moves(tmp_path: Path) -> None:
    folder = row_pack(tmp_path / "pack")
    book = load_workbook(folder / "intake.xlsx")
    book["Form"]["A12"] = "统计范围为{{ year }}年1月1日至12月31日。"
    book.save(folder / "intake.xlsx")
    pack = load_pack(folder)

    def named(words: str) -> list[str]:
        def saved_by_another_program(sheet: Any) -> None:
            sheet["A18"] = words

        submission = read_workbook(filled(pack, saved_by_another_program, put_in_below=9), pack)
        return [code for code, cell in told(submission) if cell == "Form!A18"]

    assert named("统计范围为2025年1月1日至12月31日。") == []
    assert named("统计范围另有说明。") == ["rows.beyond"]


def test_data_come_back_from_the_workbook_that_is_made_of_them(pack: Pack) -> None:
    submission = Submission.from_data(pack, DATA)
    again = read_workbook(new_workbook(pack, year=2025, agency="甲市", data=submission.data), pack)
    assert again.exact_data["units"] == submission.exact_data["units"]


def test_more_rows_than_the_workbook_has_are_refused_and_none_is_lost(pack: Pack) -> None:
    more = deepcopy(DATA)
    more["units"] += [{"name": f"{number}局", "permits": 1, "fines": 0} for number in range(9)]
    with pytest.raises(SubmissionError, match="has 11 rows, and the workbook room for 6"):
        new_workbook(pack, year=2025, data=more)


def conditional_pack(place: Path) -> Path:
    """The pack of rows, whose units are there only where something is delegated."""

    def schema(root: dict[str, Any]) -> None:
        root["properties"]["delegated"] = {"type": "boolean", "title": "是否委托"}
        root["required"].append("delegated")
        for part in ("units", "sums"):
            root["properties"][part]["applies_when"] = {"delegated": True}

    folder = row_pack(place, schema=schema, report=lambda word: word.add_paragraph("{{ delegated }}"))
    book = load_workbook(folder / "intake.xlsx")
    book["Form"]["D1"], book["Form"]["E1"] = "是否委托", "{{ delegated }}"
    book.save(folder / "intake.xlsx")
    return folder


@pytest.mark.parametrize(("answer", "said"), [(True, []), (False, [("cell.not_asked_for", "Form!A9")])])
def test_rows_may_be_asked_for_under_a_condition(
    tmp_path: Path, answer: bool, said: list[tuple[str, str]]
) -> None:
    folder = conditional_pack(tmp_path / "pack")
    assert all_problems(folder) == []
    pack = load_pack(folder)
    submission = read_workbook(
        new_workbook(pack, year=2025, agency="甲市", data=DATA | {"delegated": answer}), pack
    )
    assert told(submission) == said
    assert ("units" in submission.data, submission.data.get("sums")) == (
        (True, {"permits": 7, "total": 8}) if answer else (False, None)
    )
    assert render(submission) != b""


def test_rows_that_are_not_asked_for_are_one_finding_with_all_that_was_typed(tmp_path: Path) -> None:
    pack = load_pack(conditional_pack(tmp_path / "pack"))
    data = DATA | {"agency": {"name": "甲市"}, "year": 2025, "delegated": False}
    workbook = new_workbook(pack, year=2025, agency="甲市", data=data)
    [typed] = [found for found in check(read_workbook(workbook, pack)) if found.code == "cell.not_asked_for"]
    cells = [*(f"Form!{column}9" for column in "ABCDFG"), *(f"Form!{column}10" for column in "ABCD")]
    assert (typed.field, list(typed.cells)) == ("units", cells)
    [given] = [f for f in check(Submission.from_data(pack, data)) if f.code == "cell.not_asked_for"]
    assert (given.field, given.cell, given.message) == ("units", "", typed.message)


def test_in_a_row_under_a_condition_a_blank_is_a_blank_and_what_is_unknown_is_no_nought(
    tmp_path: Path,
) -> None:
    pack = load_pack(conditional_pack(tmp_path / "pack"))
    book = load_workbook(
        BytesIO(new_workbook(pack, year=2025, agency="甲市", data=DATA | {"delegated": True}))
    )
    book["Form"]["C9"], book["Form"]["D10"] = "三", None
    saved = BytesIO()
    book.save(saved)
    submission = read_workbook(saved.getvalue(), pack)
    assert told(submission) == [("cell.not_a_number", "Form!C9"), ("cell.blank", "Form!D10")]
    assert "units[0].total" not in submission.values


def test_rows_of_another_format_come_back_in_the_form_with_its_formulas(
    pack: Pack, convert: Callable[..., Path], tmp_path: Path
) -> None:
    path = tmp_path / "rows.xlsx"
    path.write_bytes(filled(pack, row(3, "丙局", "五", 2, at=11)))
    content = convert(path, "ods", recalculate=True).read_bytes()
    submission = read_workbook(content, pack)
    assert ("cell.not_a_number", "Form!C11") in told(submission)
    sheet = load_workbook(BytesIO(returned_workbook(content, submission, check(submission))))["Form"]
    assert [sheet[f"B{number}"].value for number in range(FIRST, 12)] == ["甲局", "乙局", "丙局"]
    assert (sheet["C11"].value, str(sheet["E9"].value)[:3], sheet["E10"].value is None) == (
        "五",
        "=IF",
        False,
    )
    assert sheet[f"E{TOTAL}"].value == f"=SUM(C{FIRST}:D{LAST})"


@pytest.mark.parametrize("number", [5, 20])
def test_rows_beyond_those_of_the_form_come_back_of_another_format_too(
    tmp_path: Path, convert: Callable[..., Path], number: int
) -> None:
    """A workbook with more rows than the form has, as a clerk puts them in and as a roll-up has them."""
    units = [{"name": f"第{place}局", "permits": place, "fines": 1} for place in range(number)]
    roomy = load_pack(
        row_pack(tmp_path / "roomy", schema=lambda root: root["properties"]["units"].pop("maxItems"))
    )
    path = tmp_path / "rows.xlsx"
    path.write_bytes(new_workbook(roomy, year=2025, agency="甲市", data=DATA | {"units": units}))
    pack = load_pack(row_pack(tmp_path / "pack"))
    content = convert(path, "ods", recalculate=True).read_bytes()
    submission = read_workbook(content, pack)
    marked = returned_workbook(content, submission, check(submission))
    assert [one["name"] for one in read_workbook(marked, pack).data["units"]] == [
        one["name"] for one in units
    ]
