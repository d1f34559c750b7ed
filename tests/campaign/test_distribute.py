"""Every agency gets its workbook; run again only what is new or changed is made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from campaign.office import AGENCIES, campaign_in

from reportfill import read_workbook
from reportfill.campaign.agency import Agency
from reportfill.campaign.distribute import distribute
from reportfill.campaign.folder import created, opened
from reportfill.campaign.roster_sheet import blank_roster
from reportfill.campaign.settings import default_settings
from reportfill.errors import CampaignError


def test_each_agency_has_its_workbook_below_its_superior(tmp_path: Path) -> None:
    campaign = campaign_in(tmp_path / "2023")
    made = {one.agency.code: one for one in distribute(campaign)}
    assert all(one.is_new for one in made.values())
    assert made["02"].path.parent == campaign.outgoing / "县政府办"
    assert made["01"].path.parent == campaign.outgoing
    for agency in AGENCIES:
        submission = read_workbook(made[agency.code].path)
        assert (submission.agency, submission.code, submission.year) == (agency.name, agency.code, 2023)


def test_run_again_only_what_is_new_or_changed_is_made(tmp_path: Path) -> None:
    campaign = campaign_in(tmp_path / "2023")
    list(distribute(campaign))
    assert not any(one.is_new for one in distribute(campaign))
    renamed = (
        *AGENCIES[:3],
        replace(AGENCIES[3], name="清河县信访和群众工作局"),
        Agency("05", "清河县财政局"),
    )
    campaign.roster_file.write_bytes(blank_roster(renamed))
    assert [one.agency.code for one in distribute(campaign) if one.is_new] == ["04", "05"]


def test_a_workbook_that_was_deleted_is_made_again(tmp_path: Path) -> None:
    campaign = campaign_in(tmp_path / "2023")
    first = next(one.path for one in list(distribute(campaign)))
    content = first.read_bytes()
    first.unlink()
    assert [one.path for one in distribute(campaign) if one.is_new] == [first]
    assert first.read_bytes() == content


def test_agencies_whose_files_would_be_the_same_get_their_codes_in_the_name(tmp_path: Path) -> None:
    alike = (Agency("1/1", "甲/乙局"), Agency("2", "甲:乙局"), Agency("3", "ABC局"), Agency("4", "abc局"))
    made = list(distribute(campaign_in(tmp_path / "2023", alike)))
    names = [one.path.name.casefold() for one in made]
    assert len(set(names)) == 4
    assert all(one.path.is_file() for one in made)


def test_a_campaign_that_another_process_works_on_is_left_alone(tmp_path: Path) -> None:
    campaign = campaign_in(tmp_path / "2023")
    with campaign.locked(), pytest.raises(CampaignError, match="another process"):
        list(distribute(campaign))
    assert len(list(distribute(campaign))) == 4


def test_a_folder_that_is_no_campaign_or_one_already_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CampaignError, match="no campaign"):
        opened(tmp_path)
    campaign_in(tmp_path / "2023")
    with pytest.raises(CampaignError, match="already"):
        created(tmp_path / "2023", default_settings("annual-report-2021", 2023, "办公室"), b"")
