"""A reporting year that is no calendar year: 2023—2024学年, in the names of files and in both templates."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook
from pack.small_pack import DATA, MANIFEST, small_pack

from reportfill import Pack, Submission, load_pack, new_workbook, read_workbook, render
from reportfill.trials.trial import all_problems

NAMES = (
    MANIFEST.replace("[years]\n", '[years]\nbegins = "09-01"\n')
    .replace(
        'report = "{{ agency.name }} {{ year }}"',
        'report = "{{ agency.name }}{{ year }}—{{ year + 1 }}学年报告"',
    )
    .replace(
        'workbook = "{{ agency.name }} {{ year }} form"',
        'workbook = "{{ agency.name }}{{year}}—{{year+1}}学年填报表"',
    )
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small pack as one of school years."""
    return small_pack(
        tmp_path / "school",
        manifest=NAMES,
        intake=lambda book: book["Form"].append(
            ["{{ agency.name }}{{ year }}—{{ year + 1 }}学年信息公开情况"]
        ),
        report=lambda document: document.add_paragraph("{{ year }}—{{ year + 1 }}学年"),
    )


@pytest.fixture
def pack(folder: Path) -> Pack:
    """That pack, loaded."""
    return load_pack(folder)


def test_the_pack_is_sound(folder: Path) -> None:
    assert all_problems(folder) == []


def test_files_are_named_by_both_years(pack: Pack) -> None:
    assert pack.report_name({"agency": {"name": "河南大学"}, "year": 2023}) == "河南大学2023—2024学年报告"
    assert pack.workbook_name({"agency": {"name": "河南大学"}, "year": 2023}) == "河南大学2023—2024学年填报表"


def test_the_workbook_shows_both_years_and_knows_one(pack: Pack) -> None:
    content = new_workbook(pack, year=2023, agency="河南大学", data=DATA)
    cell = load_workbook(BytesIO(content))["Form"]["A8"].value
    assert cell == "='Form'!$B$1&'Form'!$B$2&\"—\"&('Form'!$B$2+1)&\"学年信息公开情况\""
    assert (
        load_workbook(BytesIO(content), data_only=True)["Form"]["A8"].value
        == "河南大学2023—2024学年信息公开情况"
    )
    assert read_workbook(content, pack).year == 2023


def test_the_report_prints_both_years(pack: Pack) -> None:
    report = docx.Document(BytesIO(render(Submission.from_data(pack, DATA | {"year": 2023}))))
    assert report.paragraphs[-1].text == "2023—2024学年"


@pytest.mark.parametrize("tag", ["{{ year + }}", "{{ year - 1 }}", "{{ + 1 }}"])
def test_what_else_is_worked_out_in_a_name_is_refused(tmp_path: Path, tag: str) -> None:
    odd = small_pack(tmp_path / "odd", manifest=NAMES.replace("{{ year + 1 }}", tag))
    assert any("names.report" in str(problem.place) for problem in all_problems(odd))
