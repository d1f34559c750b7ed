"""A campaign of the statistics of law enforcement: tables with rows, parts that an office does not have, a series
of its own."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from campaign.office import drop, states, taken
from places import DATA, ROOT

from reportfill import Campaign, load_pack, new_workbook, read_workbook
from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.agencies.roster_sheet import blank_roster
from reportfill.campaign.operations.rebuild import rebuild
from reportfill.campaign.records.campaign_folder import open_campaign_folder
from reportfill.campaign.status.agency_status import State
from reportfill.model.figures import with_values

PACK = load_pack(ROOT / "templates" / "law-enforcement-statistics")
OFFICES = (Agency("07", "清河县农业农村局", "", "", 1), Agency("08", "清河县市场监督管理局", "", "", 1))


def data_of(name: str, agency: Agency) -> dict[str, Any]:
    """A report of an agency."""
    data = json.loads((DATA / f"{name}.json").read_text("utf-8"), parse_float=Decimal)
    return with_values(
        data, {"agency": {"name": agency.name, "code": agency.code}, "year": 2023, "issued": "2024-01-19"}
    )


def test_workbooks_with_rows_go_out_come_back_and_are_told_apart(tmp_path: Path) -> None:
    folder = tmp_path / "campaign"
    Campaign.new(folder, year=2023, issuer="清河县司法局", pack=PACK.id)
    campaign = open_campaign_folder(folder)
    campaign.store.write("roster.xlsx", blank_roster(OFFICES))
    assert Campaign.open(folder).distribute() is not None
    blanks = [
        read_workbook(campaign.store.read(one.path))
        for one in campaign.store.files("outgoing")
        if one.path.endswith(".xlsx")
    ]
    assert {(one.pack.id if one.pack else "", one.agency) for one in blanks} == {
        (PACK.id, office.name) for office in OFFICES
    }
    sound, faulty = data_of("qinghe-nongye-2023", OFFICES[0]), data_of("yongchuan-2022", OFFICES[1])
    faulty = with_values(faulty, {"penalties.bodies[0].simple": 69, "account.penalties": []})
    for office, data in zip(OFFICES, (sound, faulty), strict=True):
        content = new_workbook(PACK, agency=office.name, code=office.code, year=2023, data=data)
        drop(campaign, f"{office.code}.xlsx", content)
    taken(campaign)
    assert states(campaign) == {"07": State.SOUND, "08": State.FAULTY}
    [report] = [one.path for one in campaign.store.files("reports") if one.path.endswith(".docx")]
    assert "清河县农业农村局2023年度行政执法统计年报" in report
    [returned] = [one.path for one in campaign.store.files("returned") if one.path.endswith(".xlsx")]
    again = read_workbook(campaign.store.read(returned))
    assert again.exact_data["penalties"]["bodies"][0]["simple"] == 69
    rebuild(campaign)
    assert states(campaign) == {"07": State.SOUND, "08": State.FAULTY}
