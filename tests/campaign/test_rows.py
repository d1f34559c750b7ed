"""Campaigns of a pack with rows: what is known of last year's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from campaign.row_campaigns import REPORTING, begun, collected, hand_in, report_of
from pack.row_pack import row_pack

from reportfill import Campaign
from reportfill.campaign.status.agency_status import State

LAST = {
    "id": "last",
    "title": "许可总计等于上年",
    "left": ["/sums/permits"],
    "right": ["last:/units/*/permits"],
}
OF_ROWS = LAST | {"id": "all", "title": "各行许可等于上年", "left": ["/units/*/permits"]}


def followed(root: dict[str, Any]) -> None:
    """This year's figures are to be those of last year's rows."""
    root["balances"] += [LAST, OF_ROWS]


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack that compares with last year's rows."""
    return row_pack(tmp_path / "pack", schema=followed)


@pytest.fixture
def last(tmp_path: Path, pack: Path) -> Campaign:
    """Last year's campaign, in which everybody reported."""
    campaign = begun(tmp_path / "2024", pack, 2024)
    collected(campaign, {agency: report_of(agency) | {"units": unsigned(agency)} for agency in REPORTING})
    return campaign


def unsigned(agency: Any) -> list[dict[str, Any]]:
    """An agency's rows without days, which are of one year."""
    return [{key: one[key] for key in one if key != "signed"} for one in report_of(agency)["units"]]


def test_what_last_years_rows_came_to_is_known_when_workbooks_come_back(
    tmp_path: Path, pack: Path, last: Campaign
) -> None:
    campaign = begun(tmp_path / "2025", pack)
    assert campaign.distribute(last).findings == ()
    for agency in REPORTING:
        hand_in(campaign, agency, report_of(agency))
    changed = report_of(REPORTING[1])
    changed["units"][0]["permits"] = 11
    hand_in(campaign, REPORTING[1], changed)
    campaign.collect()
    found = {one.agency.code: one for one in campaign.status().agencies}
    assert {code: one.state for code, one in found.items()} == {
        "02": State.SOUND,
        "03": State.FAULTY,
        "04": State.SOUND,
    }
    told = [(f.code, f.field, f.value, f.expected) for f in found["03"].findings]
    assert told == [
        ("history.unequal", "units[*].permits", 11, 10),
        ("history.unequal", "sums.permits", 11, 10),
    ]
    campaign.rebuild()
    assert {one.agency.code: one.state for one in campaign.status().agencies} == {
        code: one.state for code, one in found.items()
    }


def test_a_comparison_names_what_does_not_follow_from_last_years_rows(tmp_path: Path) -> None:
    def doubtful(root: dict[str, Any]) -> None:
        root["balances"] += [LAST | {"severity": "warning"}, OF_ROWS | {"severity": "warning"}]

    pack = row_pack(tmp_path / "pack", schema=doubtful)
    last, campaign = begun(tmp_path / "2024", pack, 2024), begun(tmp_path / "2025", pack)
    collected(last, {agency: report_of(agency) | {"units": unsigned(agency)} for agency in REPORTING})
    changed = report_of(REPORTING[1])
    changed["units"][0]["permits"] = 50
    collected(campaign, {REPORTING[0]: report_of(REPORTING[0]), REPORTING[1]: changed})
    done = campaign.compare(last)
    assert [(one.agency.code, one.finding.field, one.last) for one in done.comparison.breaks] == [
        ("03", "sums.permits", 10),
        ("03", "units[*].permits", 10),
    ]
    sums = {one.path: (one.last, one.now) for one in done.comparison.in_both}
    assert sums["sums.permits"] == (17, 57)
    assert [(one.agency.code, one.change.path) for one in done.comparison.jumps] == [
        ("03", "sums.permits"),
        ("03", "sums.total"),
    ]
    assert len(done.files) == 2
