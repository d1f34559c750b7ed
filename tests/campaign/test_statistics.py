"""A campaign of the statistics of law enforcement: tables with rows, parts that an office does not have, a series
of its own."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from campaign.office import drop, states, taken
from campaign.prepared import with_narrative
from openpyxl import load_workbook
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


def begun(folder: Path) -> Campaign:
    """A campaign of both offices."""
    campaign = Campaign.new(folder, year=2023, issuer="清河县司法局", pack=PACK.id)
    campaign.folder.store.write("roster.xlsx", blank_roster(OFFICES))
    return campaign


def test_workbooks_with_rows_go_out_come_back_and_are_told_apart(tmp_path: Path) -> None:
    begun(tmp_path / "campaign").distribute()
    campaign = open_campaign_folder(tmp_path / "campaign")
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


def test_a_part_on_which_no_office_reports_comes_to_nothing(tmp_path: Path) -> None:
    campaign = begun(tmp_path / "campaign")
    data = data_of("yongchuan-2022", OFFICES[1]) | {"account": {"summary": ["本年度依法履行职责。"]}}
    content = new_workbook(PACK, agency=OFFICES[1].name, code=OFFICES[1].code, year=2023, data=data)
    drop(campaign.folder, "08.xlsx", content)
    campaign.collect()
    done = campaign.rollup()
    assert "compulsion.total.sum" not in done.rollup.sums
    [detail] = [file.place for file in done.files if "明细" in file.place]
    rows = load_workbook(detail)["数据来源"].iter_rows(values_only=True)
    told = {row[0]: row[1:3] for row in rows}
    assert told["合计 · 行政许可实施数量（件） · 申请数量"] == (8131, 1)
    reviewed = [label for label in told if "法制审核数量（件） · 审核数量" in str(label)]
    assert [label[:2] for label in reviewed] == ["表1", "表2"]
    assert told["合计 · 行政强制措施实施数量（宗） · 扣押财物"] == (0, 0)


def test_a_roll_up_with_rows_is_handed_over_and_taken_in_by_the_office_above(tmp_path: Path) -> None:
    county = begun(tmp_path / "county")
    for office, name in zip(OFFICES, ("qinghe-nongye-2023", "yongchuan-2022"), strict=True):
        content = new_workbook(
            PACK, agency=office.name, code=office.code, year=2023, data=data_of(name, office)
        )
        drop(county.folder, f"{office.code}.xlsx", content)
    county.collect()
    sums = county.rollup().rollup.sums
    (form,) = (tmp_path / "county" / "rollup").glob("*填报表.xlsx")
    form.write_bytes(with_narrative(form.read_bytes()))
    county.close()
    done = county.handover(tmp_path / "a.zip")
    assert done.written is not None, done.findings
    city = Campaign.new(tmp_path / "city", year=2023, issuer="邢台市司法局", pack=PACK.id)
    city.folder.store.write("roster.xlsx", blank_roster((Agency("34", "清河县司法局"),)))
    drop(city.folder, "清河县.zip", done.written.path.read_bytes())
    (one,) = city.collect()
    assert one.version is not None
    assert one.version.is_sound, one.version.findings
    assert city.rollup().rollup.sums == sums
