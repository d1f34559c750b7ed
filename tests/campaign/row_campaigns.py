"""Campaigns of a pack with rows: some agencies, their data, and what comes of them."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

from campaign.office import AGENCIES, ISSUER
from pack.row_pack import DATA

from reportfill import Campaign, load_pack, new_workbook
from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.agencies.roster_sheet import blank_roster

UNITS: Mapping[str, list[dict[str, Any]]] = {
    "02": [
        {"number": 1, "name": "甲局", "permits": 3, "fines": 1, "kind": "office", "signed": "2025-03-01"},
        {"number": 2, "name": "乙局", "permits": 4, "fines": 0, "kind": "body"},
    ],
    "03": [{"number": 1, "name": "甲局", "permits": 10, "fines": 2, "kind": "body", "signed": "2025-03-01"}],
    "04": [{"number": 1, "name": "丙局", "permits": 5, "fines": 0}],
}
"""What each agency has in its rows, by its code."""
REPORTING = tuple(agency._replace(superior="", level=1) for agency in AGENCIES[1:])


def report_of(agency: Agency, **more: Any) -> dict[str, Any]:
    """What an agency fills in."""
    return deepcopy({**DATA, "agency": {"name": agency.name}, "units": UNITS[agency.code], **more})


def begun(place: Path, pack: Path, year: int = 2025, agencies: tuple[Agency, ...] = REPORTING) -> Campaign:
    """A campaign of a pack with these agencies."""
    campaign = Campaign.new(place, year=year, issuer=ISSUER, pack=str(pack), deadline=date(year + 1, 1, 31))
    campaign.folder.store.write("roster.xlsx", blank_roster(agencies))
    return campaign


def hand_in(campaign: Campaign, agency: Agency, data: Mapping[str, Any]) -> None:
    """Put what an agency fills in into the inbox."""
    pack, year = load_pack(campaign.folder.pack), campaign.settings.year
    given = {key: value for key, value in data.items() if key not in ("agency", "year")}
    content = new_workbook(pack, year=year, agency=agency.name, code=agency.code, data=given)
    campaign.folder.store.write(f"inbox/{agency.code}.xlsx", content)


def collected(campaign: Campaign, reports: Mapping[Agency, Mapping[str, Any]]) -> None:
    """Hand out workbooks, hand in reports, and take them in."""
    campaign.distribute()
    for agency, data in reports.items():
        hand_in(campaign, agency, data)
    campaign.collect()
