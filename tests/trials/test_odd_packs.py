"""Packs that are broken in odd ways: each cause is named once, with its place, in both languages; sound ones pass."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from pack.small_pack import MANIFEST, small_pack

from reportfill.cli.main import status_of
from reportfill.errors import PackError
from reportfill.intake.author import new_workbook
from reportfill.pack.pack import load_pack
from reportfill.trials.trial import all_problems

INTAKE = "intake.xlsx Form!"


def typed(address: str, value: object) -> Callable[[Any], None]:
    return lambda book: book["Form"].__setitem__(address, value)  # type: ignore[no-any-return]


def shown_as(pattern: str) -> Callable[[Any], None]:
    return lambda book: setattr(book["Form"]["B3"], "number_format", pattern)


def hidden_row(book: Any) -> None:
    book["Form"].row_dimensions[3].hidden = True


def hidden_sheet(book: Any) -> None:
    book.create_sheet("Seen")
    book["Form"].sheet_state = "hidden"


@pytest.mark.parametrize(
    ("change", "place", "english", "chinese"),
    [
        (typed("XFD1048576", "x"), "intake.xlsx", "XFD1048576 is too far", "XFD1048576离表格太远"),
        (typed("AAA1", "x"), "intake.xlsx", "AAA1 is too far", "AAA1离表格太远"),
        (typed("B2", "｛｛year｝｝"), f"{INTAKE}B2", "half-width braces", "花括号用半角"),
        (typed("B2", "{year}"), f"{INTAKE}B2", "between single braces", "只有一对花括号"),
        (hidden_row, f"{INTAKE}B3", "hidden", "隐藏"),
        (shown_as("yyyy-mm-dd"), f"{INTAKE}B3", "read as nothing: ", "读出来是空白："),
        (shown_as("0%"), f"{INTAKE}B3", "1200%", "1200%"),
        (lambda book: book.create_chartsheet("C"), "intake.xlsx", "delete chart sheets", "删去图表工作表"),
    ],
)
def test_a_workbook_that_cannot_be_used_is_named_once(
    tmp_path: Path, change: Callable[[Any], object], place: str, english: str, chinese: str
) -> None:
    [problem] = all_problems(small_pack(tmp_path, intake=change))
    assert problem.place == place
    assert english in problem.message
    assert chinese in problem.in_chinese


def test_each_input_on_a_hidden_sheet_is_named_but_for_what_the_tool_fills_in(tmp_path: Path) -> None:
    found = all_problems(small_pack(tmp_path, intake=hidden_sheet))
    assert [problem.place for problem in found] == [f"{INTAKE}B3", f"{INTAKE}B4", f"{INTAKE}B6"]


def test_a_cell_too_far_away_is_refused_wherever_the_pack_is_used(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="too far"):
        load_pack(small_pack(tmp_path, intake=typed("XFD1048576", "x")))


def test_a_workbook_that_no_reader_opens_is_refused_when_one_is_made(tmp_path: Path) -> None:
    pack = load_pack(small_pack(tmp_path, intake=lambda book: book.create_chartsheet("C")))
    with pytest.raises(PackError, match="delete chart sheets"):
        new_workbook(pack, agency="Office A", year=2025)


def pointing_to(pointer: str) -> Callable[[dict[str, Any]], None]:
    def change(schema: dict[str, Any]) -> None:
        schema["properties"]["visits"]["balances"][0]["right"] = [pointer]

    return change


@pytest.mark.parametrize("pointer", ["/totl", "/sites/x"])
def test_a_rule_that_points_to_nowhere_is_told_in_chinese_too(tmp_path: Path, pointer: str) -> None:
    [problem] = all_problems(small_pack(tmp_path, schema=pointing_to(pointer)))
    assert "points to nowhere" in problem.message
    assert f"规则total：找不到{pointer}" in problem.in_chinese


@pytest.mark.parametrize(
    ("manifest", "english", "chinese"),
    [
        (MANIFEST.replace("first = 2021", "first = 2021\nlast = 2019"), "serves no year", "没有适用的年度"),
        (MANIFEST.replace('id = "small"', "id = small"), "it is no TOML", "第2行写法不对"),
    ],
)
def test_a_manifest_that_is_wrong_is_told_in_both_languages(
    tmp_path: Path, manifest: str, english: str, chinese: str
) -> None:
    [problem] = all_problems(small_pack(tmp_path, manifest=manifest))
    assert english in problem.message
    assert chinese in problem.in_chinese


def ruled(book: Any) -> None:
    rule = DataValidation("whole", operator="greaterThan", formula1="0")
    rule.add("B3")
    book["Form"].add_data_validation(rule)


def named(book: Any) -> None:
    book.defined_names["year"] = DefinedName("year", attr_text="Form!$B$2")
    book.defined_names["gone"] = DefinedName("gone", attr_text="#REF!")


def protected(book: Any) -> None:
    book["Form"].protection.sheet = True
    book["Form"].protection.password = "secret"


def hidden_code(book: Any) -> None:
    book["Form"].row_dimensions[2].hidden = True


@pytest.mark.parametrize(
    "change",
    [
        ruled,
        named,
        protected,
        hidden_code,
        lambda book: setattr(book["Form"], "print_title_rows", "1:1"),
        lambda book: setattr(book["Form"], "title", "It's"),
        lambda book: setattr(book.create_sheet("Notes"), "sheet_state", "veryHidden"),
        typed("B2", "{{　year　}}"),
        typed("C3", "=B3+1"),
    ],
)
def test_an_unusual_design_that_works_has_no_problem(tmp_path: Path, change: Callable[[Any], object]) -> None:
    assert all_problems(small_pack(tmp_path, intake=change)) == []


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (("{％p if year ％}", "x", "{%p endif %}"), "paragraph 6: {% belongs to no complete tag"),
        (("{% if year %}a{% end %}",), "paragraph 6: {% end %}: there is no statement end"),
        (("{%p for loop in text %}", "{{ loop }}", "{%p endfor %}"), "loop has a meaning of its own"),
        (("{{ ye\u200bar }}",), "it holds a sign that shows nothing"),
        (("{{ text[9] }}",), "it asks for an entry that is not there"),
        (("{{ visits['totl'] }}",), "the schema has no field visits.totl; is visits.total meant?"),
    ],
)
def test_a_cause_is_not_named_with_what_follows_from_it(
    tmp_path: Path, lines: tuple[str, ...], problem: str
) -> None:
    def change(document: Any) -> None:
        for line in lines:
            document.add_paragraph(line)

    [found] = all_problems(small_pack(tmp_path, report=change))
    assert problem in str(found)


def test_a_field_may_be_named_in_brackets(tmp_path: Path) -> None:
    folder = small_pack(tmp_path, report=lambda document: document.add_paragraph("{{ visits['total'] }}"))
    assert all_problems(folder) == []


def test_no_workbook_is_made_for_a_report_that_could_not_be_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    small_pack(tmp_path / "pack", report=lambda document: document.add_paragraph("{{ year / 0 }}"))
    monkeypatch.chdir(tmp_path)
    arguments = ["new", "--pack", "pack", "--agency", "Office A", "--year", "2025", "--lang", "en"]
    assert status_of(arguments) == 2
    assert "report.docx paragraph 6: {{ year / 0 }}: it cannot be worked out" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["pack"]


def test_what_depends_on_a_field_of_a_group_that_may_be_left_out_is_tried_with_the_group_filled_in(
    tmp_path: Path,
) -> None:
    trip = {
        "type": "object",
        "required": ["abroad", "where", "days"],
        "properties": {
            "abroad": {"type": "boolean"},
            "where": {"type": "string"},
            "days": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["day"],
                    "properties": {"day": {"type": "string", "format": "date"}},
                },
            },
        },
    }
    visa = {"type": "string", "applies_when": {"trip.abroad": True}}

    def intake(book: Any) -> None:
        for path in ("visa", "trip.abroad", "trip.where", "trip.days.day"):
            book["Form"].append([path, f"{{{{ {path} }}}}"])

    def report(document: Any) -> None:
        document.add_paragraph("{{ trip.abroad }}, {{ trip.where }}, {{ visa }}")
        for line in ("{%p for day in trip.days %}", "{{ day.day }}", "{%p endfor %}"):
            document.add_paragraph(line)

    made = small_pack(
        tmp_path / "trip",
        schema=lambda described: described["properties"].update(trip=trip, visa=visa),
        intake=intake,
        report=report,
    )
    assert all_problems(made) == []
