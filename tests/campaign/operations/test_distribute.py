"""Every agency gets its workbook; run again only what is new or changed is made."""

from __future__ import annotations

from pathlib import Path

import pytest
from campaign.office import AGENCIES, ISSUER, campaign_in, completed, drop, settings_for, taken, use_roster

from reportfill import Pack, read_workbook
from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.operations.distribute import distribute, last_year
from reportfill.campaign.records.campaign_folder import create_campaign_folder, open_campaign_folder
from reportfill.errors import CampaignError


def test_each_agency_has_its_workbook_below_its_superior(tmp_path: Path) -> None:
    campaign = campaign_in(tmp_path / "2023")
    made = {one.agency.code: one for one in distribute(campaign).workbooks}
    assert all(one.is_new for one in made.values())
    assert made["02"].path.startswith("outgoing/县政府办/清河县档案馆")
    assert made["01"].path.startswith(f"outgoing/{ISSUER}")
    for agency in AGENCIES:
        submission = read_workbook(campaign.root / made[agency.code].path)
        assert (submission.agency, submission.code, submission.year) == (agency.name, agency.code, 2023)


def test_run_again_only_what_is_new_or_changed_is_made(tmp_path: Path) -> None:
    campaign = campaign_in(tmp_path / "2023")
    distribute(campaign)
    assert not any(one.is_new for one in distribute(campaign).workbooks)
    renamed = (
        *AGENCIES[:3],
        AGENCIES[3]._replace(name="清河县信访和群众工作局"),
        Agency("05", "清河县财政局"),
    )
    use_roster(campaign, renamed)
    assert [one.agency.code for one in distribute(campaign).workbooks if one.is_new] == ["04", "05"]


def test_a_workbook_that_was_deleted_is_made_again(tmp_path: Path) -> None:
    campaign = campaign_in(tmp_path / "2023")
    first = next(one.path for one in distribute(campaign).workbooks)
    content = campaign.store.read(first)
    campaign.store.remove(first)
    assert [one.path for one in distribute(campaign).workbooks if one.is_new] == [first]
    assert campaign.store.read(first) == content


def test_agencies_whose_files_would_be_the_same_get_their_codes_in_the_name(tmp_path: Path) -> None:
    alike = (Agency("1/1", "甲/乙局"), Agency("2", "甲:乙局"), Agency("3", "ABC局"), Agency("4", "abc局"))
    campaign = campaign_in(tmp_path / "2023", alike)
    made = distribute(campaign).workbooks
    assert len({one.path.casefold() for one in made}) == 4
    assert all(campaign.store.exists(one.path) for one in made)


def test_a_campaign_that_another_process_works_on_is_left_alone(tmp_path: Path) -> None:
    campaign = campaign_in(tmp_path / "2023")
    with campaign.locked(), pytest.raises(CampaignError, match="another process"):
        distribute(campaign)
    assert len(distribute(campaign).workbooks) == 4


def test_a_folder_that_is_no_campaign_or_one_already_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CampaignError, match="no campaign"):
        open_campaign_folder(tmp_path)
    campaign_in(tmp_path / "2023")
    with pytest.raises(CampaignError, match="already"):
        create_campaign_folder(tmp_path / "2023", settings_for(), b"", b"")


def test_the_workbook_of_an_agency_that_was_renamed_is_put_away_and_still_its_own(tmp_path: Path) -> None:
    campaign = campaign_in(tmp_path / "2023")
    before = {one.agency.code: one.path for one in distribute(campaign).workbooks}
    renamed = AGENCIES[3]._replace(name="清河县信访和群众工作局", former_name=AGENCIES[3].name)
    use_roster(campaign, (*AGENCIES[:3], renamed))
    distribute(campaign)
    assert not campaign.store.exists(before["04"])
    kept = campaign.root / "outgoing" / "旧版" / before["04"].removeprefix("outgoing/")
    drop(campaign, "a.xlsx", kept.read_bytes())
    assert [one.agency for one in taken(campaign)] == ["清河县信访和群众工作局"]


def test_last_years_figures_are_in_the_workbooks_of_those_who_have_any(tmp_path: Path, pack: Pack) -> None:
    last = campaign_in(tmp_path / "2022", year=2022)
    figures = {
        "requests.received.natural_person": 3,
        "requests.outcomes.granted.natural_person": 1,
        "requests.carried_forward.natural_person": 2,
    }
    drop(last, "a.xlsx", completed(pack, AGENCIES[1], figures, year=2022))
    taken(last)
    campaign = campaign_in(tmp_path / "2023", (AGENCIES[0], AGENCIES[1]._replace(code="22"), *AGENCIES[2:]))
    made = {one.agency.code: one for one in distribute(campaign, last).workbooks}
    assert [code for code, one in made.items() if one.has_last] == ["22"]
    submission = read_workbook(campaign.root / made["22"].path)
    assert submission.figures["requests.carried_over.natural_person"] == 2
    assert not any(one.is_new for one in distribute(campaign, last).workbooks)
    assert not any(one.is_new for one in distribute(campaign).workbooks)
    drop(last, "b.xlsx", completed(pack, AGENCIES[1], year=2022))
    taken(last)
    assert [one.agency.code for one in distribute(campaign, last).workbooks if one.is_new] == ["22"]


@pytest.mark.parametrize("year", [2022, 2021])
def test_only_an_earlier_campaign_stands_for_last_years(tmp_path: Path, year: int) -> None:
    last = campaign_in(tmp_path / "2022", year=2022)
    with pytest.raises(CampaignError, match="which is not before"):
        last_year(last, year, AGENCIES)
