"""`pack check` uses a pack as it is meant to be used, and names what comes of it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl.worksheet.datavalidation import DataValidation
from pack.small_pack import DATA, small_pack
from places import PACK_FOLDER

from reportfill import Submission, check, load_pack, render
from reportfill.trials.trial import all_problems


def problems(folder: Path) -> list[str]:
    return [str(problem) for problem in all_problems(folder)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "pack"


def test_the_annual_report_passes() -> None:
    assert problems(PACK_FOLDER) == []


def test_a_sound_pack_passes(folder: Path) -> None:
    assert problems(small_pack(folder)) == []


@pytest.mark.parametrize("tag", ["{{ year | nonsense }}", "{{ year + 'x' }}", "{{ visits.total() }}"])
def test_a_tag_that_cannot_be_worked_out_is_named(folder: Path, tag: str) -> None:
    found = problems(small_pack(folder, report=lambda document: document.add_paragraph(tag)))
    assert [problem.startswith(f"report.docx paragraph 6: {tag}: ") for problem in found] == [True]


def test_a_text_that_is_looped_over_and_never_printed_is_named(folder: Path) -> None:
    def leave_out(document: Any) -> None:
        next(p for p in document.paragraphs if p.text == "{{ line }}").runs[0].text = "A line."

    [problem] = problems(small_pack(folder, report=leave_out))
    assert "text (Text) is printed nowhere" in problem


def test_a_sheet_that_the_tool_itself_adds_is_named(folder: Path) -> None:
    [problem] = problems(small_pack(folder, intake=lambda book: book.create_sheet("_reportfill")))
    assert problem.startswith("intake.xlsx _reportfill: ")


def test_two_rules_of_the_designers_for_one_cell_are_named(folder: Path) -> None:
    def ruled_twice(book: Any) -> None:
        for formula in ('"1,2"', '"3,4"'):
            rule = DataValidation("list", formula1=formula)
            rule.add("B3")
            book["Form"].add_data_validation(rule)

    found = problems(small_pack(folder, intake=ruled_twice))
    assert any("Form!B3: there are two data validations" in problem for problem in found), found


def with_optional_figures(schema: dict[str, Any]) -> None:
    schema["properties"]["visits"]["required"] = ["total"]


def with_an_optional_group(schema: dict[str, Any]) -> None:
    schema["required"].remove("visits")


def is_sound(folder: Path, data: dict[str, Any]) -> list[str]:
    """The last line of the report that data make, which must have no finding."""
    submission = Submission.from_data(load_pack(folder), data)
    assert [found.code for found in check(submission) if found.severity.value == "error"] == []
    return docx.Document(BytesIO(render(submission))).paragraphs[-1].text.split()


def test_a_total_is_worked_out_from_what_there_is(folder: Path) -> None:
    small_pack(folder, schema=with_optional_figures)
    assert problems(folder) == []
    assert is_sound(folder, {**DATA, "visits": {"shops": 2}}) == ["+", "2", "=", "2"]
    assert is_sound(folder, {**DATA, "visits": {}}) == ["+", "=", "0"]


def test_a_group_that_is_left_out_is_printed_blank(folder: Path) -> None:
    small_pack(folder, schema=with_an_optional_group)
    assert problems(folder) == []
    rest = {key: value for key, value in DATA.items() if key != "visits"}
    assert is_sound(folder, rest) == ["+", "="]


def test_a_condition_on_a_figure_that_is_blank_can_be_worked_out(folder: Path) -> None:
    def change(document: Any) -> None:
        document.add_paragraph("{% if visits.sites > 0 %}some{% elif visits.sites == '' %}blank{% endif %}")

    small_pack(folder, schema=with_optional_figures, report=change)
    assert problems(folder) == []
    assert is_sound(folder, {**DATA, "visits": {"shops": 2}}) == ["blank"]
