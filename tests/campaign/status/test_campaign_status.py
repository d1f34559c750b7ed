"""How agencies stand, by what the ledger knows of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from builders import a_finding
from campaign.office import AGENCIES, NOW, campaign_in

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.operations.catching_up import changing
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.history import Review, Version
from reportfill.campaign.status.agency_status import AgencyStatus, CampaignStatus, State
from reportfill.campaign.status.campaign_status import campaign_status

OFFICE, ARCHIVE, CIVIL_AFFAIRS, COMPLAINTS = AGENCIES
UNEQUAL = a_finding("balance.equal", "表三!C5", "不平", "请改正")
NAMES = {agency.code: agency.name for agency in AGENCIES} | {"05": "清河县盐务局"}
LATER = NOW + timedelta(days=3)


@pytest.fixture
def campaign(tmp_path: Path) -> CampaignFolder:
    """A campaign whose ledger is still empty."""
    return campaign_in(tmp_path / "2023")


def handed_in(code: str, number: int = 1, *, is_sound: bool = True, at: datetime = NOW) -> Version:
    """A version of an agency's, with a report if it is sound and else with the workbook sent back."""
    name = f"{code}第{number}次"
    return Version(
        digest=f"{code}{number}".rjust(64, "0"),
        code=code,
        name=NAMES.get(code, f"单位{code}"),
        number=number,
        file=f"inbox/{name}.xlsx",
        received=f"received/{code}/{name}.xlsx",
        seen=at,
        is_sound=is_sound,
        findings=() if is_sound else (UNEQUAL,),
        report=f"reports/{name}.docx" if is_sound else "",
        returned="" if is_sound else f"returned/{name}.xlsx",
    )


def said(code: str, number: int, *, is_accepted: bool, remark: str = "", file: str = "") -> Review:
    """The coordinator's word on a version."""
    return Review(code, NAMES[code], number, is_accepted, remark, "王芳", file, LATER)


def looked_at(campaign: CampaignFolder, *records: Version | Review) -> CampaignStatus:
    """How the campaign stands after these were recorded."""
    with changing(campaign) as ledger, ledger.writing() as record:
        record.versions(one for one in records if isinstance(one, Version))
        record.reviews(one for one in records if isinstance(one, Review))
    return campaign_status(campaign, date(2024, 1, 24))


def test_who_handed_in_once_stands_by_that_version_and_all_others_are_missing(
    campaign: CampaignFolder,
) -> None:
    standing = looked_at(campaign, handed_in("03"), handed_in("02", is_sound=False))
    assert list(standing.agencies) == [
        AgencyStatus(OFFICE, State.MISSING),
        AgencyStatus(
            ARCHIVE,
            State.FAULTY,
            1,
            NOW,
            NOW,
            (UNEQUAL,),
            returned="returned/02第1次.xlsx",
            received="received/02",
        ),
        AgencyStatus(
            CIVIL_AFFAIRS, State.SOUND, 1, NOW, NOW, report="reports/03第1次.docx", received="received/03"
        ),
        AgencyStatus(COMPLAINTS, State.MISSING),
    ]
    assert standing.strays == []


def test_a_later_version_with_errors_leaves_the_earlier_report_and_says_so(campaign: CampaignFolder) -> None:
    again = handed_in("02", 2, is_sound=False, at=LATER)
    archive = looked_at(campaign, handed_in("02"), again, handed_in("03")).agencies[1]
    assert (archive.state, archive.versions, archive.first, archive.handed_in) == (
        State.FAULTY,
        2,
        NOW,
        LATER,
    )
    assert (archive.report, archive.returned) == ("reports/02第1次.docx", "returned/02第2次.xlsx")
    assert archive.remark == "第2次报送的有错误，报告仍是第1次的"


def test_the_coordinators_word_on_an_only_version_is_how_it_stands(campaign: CampaignFolder) -> None:
    standing = looked_at(
        campaign,
        handed_in("02"),
        handed_in("03"),
        handed_in("04"),
        said("02", 1, is_accepted=True),
        said("03", 1, is_accepted=False, remark="请补充", file="returned/03.xlsx"),
    )
    assert [one.state for one in standing.agencies] == [
        State.MISSING,
        State.ACCEPTED,
        State.SENT_BACK,
        State.SOUND,
    ]
    back = standing.agencies[2]
    assert (back.report, back.returned, back.remark) == ("", "returned/03.xlsx", "请补充")


def test_what_came_from_agencies_outside_the_roster_is_named_whether_they_came_once_or_again(
    campaign: CampaignFolder,
) -> None:
    records = (handed_in("98"), handed_in("02"), handed_in("99"), handed_in("99", 2))
    standing = looked_at(campaign, *records)
    assert [(stray.file, stray.reason.phrase()) for stray in standing.strays] == [
        ("received/98/98第1次.xlsx", "“单位98”（单位编码98）已不在名册中"),
        ("received/99/99第2次.xlsx", "“单位99”（单位编码99）已不在名册中"),
    ]
    assert [one.state for one in standing.agencies] == [
        State.MISSING,
        State.SOUND,
        State.MISSING,
        State.MISSING,
    ]


def test_a_closed_agency_keeps_what_it_handed_in(tmp_path: Path) -> None:
    closed = Agency("05", "清河县盐务局", "盐务局", "01", 2, is_closed=True)
    campaign = campaign_in(tmp_path / "2023", (*AGENCIES, closed))
    standing = looked_at(campaign, handed_in("05"))
    assert [(one.agency.code, one.state) for one in standing.closed] == [("05", State.SOUND)]
    assert "05" not in {one.agency.code for one in standing.agencies}


def test_standings_are_the_same_if_every_agency_stands_the_same(campaign: CampaignFolder) -> None:
    before = looked_at(campaign, handed_in("02"))
    assert before == campaign_status(campaign, date(2024, 1, 24))
    assert before.agencies[:2] == list(before.agencies)[:2]
    assert before != looked_at(campaign, handed_in("03", is_sound=False))
