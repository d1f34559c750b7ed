"""What the files of a campaign are called: short enough for Excel, and never two alike."""

from __future__ import annotations

from campaign.office import AGENCIES, ISSUER, settings_for

from reportfill import load_pack
from reportfill.campaign.agencies.agency import Agency, Holder
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.folder.naming import Places, workbook_places

PACK = load_pack("annual-report-2021")
TITLE = "2023年政府信息公开工作年度报告"


def places(room: int, *agencies: Agency) -> dict[str, str]:
    return workbook_places(Roster(agencies or AGENCIES), settings_for(), PACK, room)


def test_names_are_shortened_only_where_a_place_is_too_long() -> None:
    whole = places(1000)
    assert whole["04"] == f"县政府办/清河县信访局{TITLE}（填报表）"
    assert places(len(whole["04"])) == whole
    some = places(len(whole["04"]) - 1)
    assert some["04"] == f"县政府办/信访局{TITLE[5:]}（填报表）（04）"
    assert some["01"] == whole["01"]
    assert places(25)["01"] == f"县政府办{TITLE[5:]}（填报表）（01）"


def test_agencies_of_one_short_name_have_different_files() -> None:
    offices = [Agency(f"0{number}", f"清河县{name}镇人民政府办公室") for number, name in enumerate("甲乙丙")]
    short = places(20, *offices)
    assert list(short.values()) == [f"办公室（填报表）（0{number}）" for number in range(3)]


def test_agencies_of_one_long_name_have_their_codes_and_are_short_enough() -> None:
    alike = [Agency(code, "清河县信访局") for code in ("1", "2")]
    length = len(f"清河县信访局{TITLE}（填报表）（1）")
    assert list(places(length, *alike).values()) == [
        f"清河县信访局{TITLE}（填报表）（{code}）" for code in "12"
    ]
    assert list(places(length - 1, *alike).values()) == [
        f"信访局{TITLE}（填报表）（{code}）" for code in "12"
    ]


def test_reports_and_those_who_left_the_roster_have_short_names_too() -> None:
    known = Places(Roster(AGENCIES), settings_for(), PACK, 26)
    assert known.report(AGENCIES[3].holder) == f"reports/县政府办/信访局{TITLE[5:]}（04）.docx"
    assert known.report(Holder("09", ISSUER)) == f"reports/办公室{TITLE}（09）.docx"
    assert known.workbook(Holder("09", ISSUER)) == f"办公室{TITLE[5:]}（填报表）（09）"


def test_names_do_not_depend_on_the_run() -> None:
    for room in range(60):
        assert places(room) == places(room)
        assert len({one.casefold() for one in places(room).values()}) == len(AGENCIES)
