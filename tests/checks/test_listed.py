"""Texts that have to be one of those that rows list: offered in the workbook, named where they are none of them."""

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

from reportfill import Pack, PackError, Submission, check, load_pack, new_workbook, read_workbook
from reportfill.trials.sample_data import sample_data
from reportfill.trials.trial import all_problems

TEAMS: dict[str, Any] = {
    "type": "array",
    "title": "执法队伍",
    "items": {
        "type": "object",
        "required": ["unit"],
        "properties": {"unit": {"type": "string", "title": "所属主体", "listed_in": "units.name"}},
    },
}
LEADER = {"type": "string", "title": "牵头主体", "listed_in": "units.name"}


def listing_pack(folder: Path, **changed: Any) -> Path:
    """The pack of rows with a field and a second table of rows whose names the first one lists."""

    def schema(root: dict[str, Any]) -> None:
        root["properties"] |= {"leader": {**LEADER, **changed}, "teams": deepcopy(TEAMS)}
        root["required"] += ["leader", "teams"]

    def report(document: Any) -> None:
        lines = ("{{ leader }}", "{%p for team in teams %}", "{{ team.unit }}", "{%p endfor %}")
        for line in lines:
            document.add_paragraph(line)

    row_pack(folder, schema=schema, report=report)
    book = load_workbook(folder / "intake.xlsx")
    sheet = book.create_sheet("Teams")
    for row in (["牵头主体", "{{ leader }}"], [], ["所属主体"], ["{{ teams.unit }}"]):
        sheet.append(row)
    book.save(folder / "intake.xlsx")
    return folder


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return load_pack(listing_pack(tmp_path_factory.mktemp("listed") / "pack"))


def said(pack: Pack, leader: str, *teams: str) -> list[tuple[str, str, str]]:
    """Code, field and message of what is said of data with these names."""
    data = DATA | {"leader": leader, "teams": [{"unit": team} for team in teams]}
    return [(f.code, f.field, f.message.zh) for f in check(Submission.from_data(pack, data))]


def test_the_pack_passes_every_trial_and_is_tried_with_names_that_are_listed(tmp_path: Path) -> None:
    folder = listing_pack(tmp_path / "pack")
    assert all_problems(folder) == []
    data = sample_data(load_pack(folder))
    names = [unit["name"] for unit in data["units"]]
    assert [data["leader"], *(team["unit"] for team in data["teams"])] == [names[0], *names]


def test_names_that_are_listed_are_right_however_wide_and_with_whatever_blanks(pack: Pack) -> None:
    assert said(pack, "甲局", "甲局", "乙局", "甲　局") == []


def test_a_name_that_is_not_listed_is_named_with_the_one_that_was_meant(pack: Pack) -> None:
    assert said(pack, "丙处", "甲局", "市乙局") == [
        ("cell.not_listed", "leader", "牵头主体：“丙处”不在可选的内容中。"),
        (
            "cell.not_listed",
            "teams[1].unit",
            "市乙局 · 所属主体：“市乙局”不在可选的内容中，是不是“乙局”？",
        ),
    ]


def test_where_nothing_is_listed_that_alone_is_said(pack: Pack) -> None:
    data = DATA | {"units": [], "sums": {}, "leader": "甲局", "teams": [{"unit": "乙局"}]}
    codes = {found.code for found in check(Submission.from_data(pack, data))}
    assert "rows.empty" in codes
    assert "cell.not_listed" not in codes


def test_the_workbook_offers_the_names_as_they_are_typed(
    pack: Pack, tmp_path: Path, convert: Callable[..., Path]
) -> None:
    data = DATA | {"leader": "甲局", "teams": [{"unit": "乙局"}]}
    place = tmp_path / "listed.xlsx"
    place.write_bytes(new_workbook(pack, year=2025, agency="甲市", data=data))
    assert ooxml_problems(place) == []
    for workbook in (place, convert(place, "xlsx")):
        book = load_workbook(BytesIO(workbook.read_bytes()))
        rules = [
            rule for rule in book["Teams"].data_validations.dataValidation if "B1" in str(rule.sqref).split()
        ]
        assert [rule.type for rule in rules] == ["list"]
        assert "units.name" in rules[0].formula1
        assert "OFFSET" in rules[0].formula1
    assert [f.code for f in check(read_workbook(place.read_bytes(), pack))] == []


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("units.names", "units.names"),
        ("units.permits", "units.permits不是各行里的文字"),
        ("units.kind", "units.kind不是各行里的文字"),
        ("agency.name", "agency.name不是各行里的文字"),
    ],
)
def test_what_lists_no_texts_is_a_fault_of_the_pack(tmp_path: Path, path: str, problem: str) -> None:
    folder = listing_pack(tmp_path / "pack", listed_in=path)
    with pytest.raises(PackError) as raised:
        load_pack(folder)
    assert problem in raised.value.chinese


def test_a_sum_among_rows_whose_names_are_listed_is_named_once(pack: Pack) -> None:
    assert [code for code, *_ in said(pack, "甲局", "甲局", "合计")] == ["rows.total"]
