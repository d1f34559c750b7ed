"""A roll-up of reports with rows: its workbook, its report, and the table of who adds what."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from campaign.office import ISSUER
from campaign.row_campaigns import REPORTING, begun, collected, hand_in, report_of
from excel import typed
from ooxml_judges import ooxml_problems
from openpyxl import load_workbook
from pack.row_pack import row_pack

from reportfill import Campaign, Submission, check, load_pack, read_workbook, render
from reportfill.campaign.aggregation.rollup import Rollup
from reportfill.campaign.aggregation.rollup_files import contribution_tables, rollup_workbook
from reportfill.intake import room_for_rows
from reportfill.office.inspection.extent import Reach

MANY = [{"number": number, "name": f"第{number}局", "permits": number, "fines": 1} for number in range(1, 7)]
"""As many rows as the form has and the schema allows."""
TEXT = "本年做了一些应当做的事情，都已做好。"


def rolled_up(tmp_path: Path, word: Any, **more: Any) -> Rollup:
    """The roll-up of the agencies of a pack that has this word for its rows."""

    def schema(root: dict[str, Any]) -> None:
        root["properties"]["units"]["rollup"] = word

    campaign = begun(tmp_path / "2025", row_pack(tmp_path / "pack", schema=schema))
    collected(campaign, {agency: report_of(agency, **more) for agency in REPORTING})
    return campaign.rollup().rollup


def read_back(sums: Rollup, **cells: Any) -> Submission:
    """What the workbook of a roll-up says, with that typed into it."""
    written = rollup_workbook(sums, ISSUER)
    return read_workbook(typed(written, {f"Form!{at}": value for at, value in cells.items()}), sums.pack)


def codes(submission: Submission) -> list[tuple[str, str]]:
    """What a check finds, and where."""
    return [(found.code, found.field) for found in check(submission)]


@pytest.mark.parametrize("word", ["join", {"sum_by": ["/name"]}])
def test_totals_over_rows_are_those_of_the_rows(tmp_path: Path, word: Any) -> None:
    sums = rolled_up(tmp_path, word)
    book = read_back(sums, B6=TEXT)
    assert (book.figures["sums.permits"], book.figures["sums.total"]) == (22, 25)
    assert book.figures_and_sums["units[*].permits"] == 22
    assert codes(book) == []
    assert len(book.rows["units"]) == (4 if word == "join" else 3)


def test_rows_that_are_left_out_are_said_and_their_totals_stand(tmp_path: Path) -> None:
    sums = rolled_up(tmp_path, "none")
    assert [(f.code, f.field, f.value) for f in sums.findings] == [("rollup.rows_left_out", "units", 4)]
    book = read_back(sums, B6=TEXT)
    assert (book.figures["sums.permits"], book.figures["sums.total"]) == (22, 25)
    assert ("rows.empty", "units") in codes(book)
    own = read_back(sums, B6=TEXT, B9="全县", C9=22, D9=3)
    assert codes(own) == []


def test_what_differs_in_rows_that_became_one_is_blank_and_said(tmp_path: Path) -> None:
    sums = rolled_up(tmp_path, {"sum_by": ["/name"]})
    assert [(f.code, f.field, f.value) for f in sums.findings] == [("rollup.rows_differ", "units.kind", 1)]
    assert sums.findings[0].phrase().startswith("“执法主体 · 类别”")


@pytest.fixture
def joined(tmp_path: Path) -> Rollup:
    """A roll-up with three times as many rows as the form has, and as a report may have."""
    return rolled_up(tmp_path, "join", units=MANY)


def test_a_roll_up_holds_more_rows_than_the_form_has(joined: Rollup, tmp_path: Path) -> None:
    book = read_back(joined, B6=TEXT)
    assert book.is_rolled_up
    assert [row["name"] for row in book.data["units"]] == [row["name"] for row in MANY] * 3
    assert book.figures["sums.total"] == 3 * (21 + 6)
    assert codes(book) == []
    assert "第6局6" in "".join(_texts(render(book)))
    written = rollup_workbook(joined, ISSUER)
    (tmp_path / "sums.xlsx").write_bytes(written)
    assert ooxml_problems(tmp_path / "sums.xlsx") == []
    sheet = load_workbook(BytesIO(written))["Form"]
    assert (sheet["C27"].value, sheet["E26"].value) == (
        "=SUM(C9:C26)",
        '=IF(COUNTA(C26:D26)=0,"",SUM(C26:D26))',
    )


def _texts(report: bytes) -> list[str]:
    import docx

    tables = docx.Document(BytesIO(report)).tables
    return [cell.text for table in tables for row in table.rows for cell in row.cells]


def test_a_report_of_one_agency_has_no_more_rows_than_before(joined: Rollup) -> None:
    own = Submission.from_data(
        joined.pack, report_of(REPORTING[0], units=[*MANY, MANY[0] | {"name": "甲局"}])
    )
    assert ("schema.invalid", "units") in codes(own)


def test_rows_that_no_sheet_holds_are_left_out_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room_for_rows, "FORM", Reach(rows=26, columns=50, cells=10_000))
    sums = rolled_up(tmp_path, "join", units=MANY)
    assert [(f.code, f.field, f.value) for f in sums.findings] == [("rollup.too_many_rows", "units", 18)]
    book = read_back(sums)
    assert (book.figures["sums.permits"], book.data["units"]) == (63, [])
    monkeypatch.setattr(room_for_rows, "FORM", Reach(rows=27, columns=50, cells=10_000))
    assert rolled_up(tmp_path / "fits", "join", units=MANY).findings == ()


def test_the_table_has_the_rows_of_every_agency(tmp_path: Path) -> None:
    sums = rolled_up(tmp_path, {"sum_by": ["/name"]})
    book = load_workbook(BytesIO(contribution_tables(sums).saved()))
    told = list(book["执法主体（各行）"].iter_rows(min_row=2, values_only=True))
    assert told[0] == ("02", "清河县档案馆", 1, 1, "甲局", 3, 1, 4, "机关", "2025年3月1日")
    assert [(row[0], row[4], row[5]) for row in told[1:]] == [
        ("02", "乙局", 4),
        ("03", "甲局", 10),
        ("04", "丙局", 5),
    ]


def test_a_roll_up_of_roll_ups_has_the_rows_of_both(tmp_path: Path, joined: Rollup) -> None:
    """A superior hands in the workbook of its own roll-up, completed."""
    superior = REPORTING[0]
    above = begun(tmp_path / "above", tmp_path / "pack")
    above.distribute()
    completed = typed(rollup_workbook(joined, superior.name), {"Form!B6": TEXT})
    above.folder.store.write("inbox/a.xlsx", completed)
    hand_in(above, REPORTING[1], report_of(REPORTING[1]))
    above.collect()
    status = above.status()
    assert {one.agency.code: one.state.value for one in status.agencies}["02"] == "sound"
    sums = above.rollup().rollup
    assert len(sums.others["units"]) == 3 * len(MANY) + 1
    assert sums.sums["sums.permits"] == 3 * 21 + 10
    assert load_pack(above.folder.pack).narrative[0].path == "text"
    book = read_back(sums)
    assert book.data["text"][0].startswith("【部分汇总")


def test_rebuilt_ledgers_roll_up_the_same(tmp_path: Path) -> None:
    sums = rolled_up(tmp_path, "join")
    campaign = Campaign.open(tmp_path / "2025")
    campaign.rebuild()
    assert campaign.rollup().rollup.others == sums.others
