"""Every agency gets its workbook; run again only what is new or changed is made."""

from __future__ import annotations

from pathlib import Path

import pytest
from campaign.office import (
    AGENCIES,
    FAULTY,
    ISSUER,
    campaign_in,
    completed,
    drop,
    settings_for,
    standing,
    taken,
    use_roster,
)
from places import deep

from reportfill import Pack, read_workbook
from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.operations.distribute import distribute, last_year
from reportfill.campaign.operations.rebuild import rebuild
from reportfill.campaign.records.campaign_folder import create_campaign_folder, open_campaign_folder
from reportfill.errors import CampaignError
from reportfill.system_words import LONGEST_PATH, path_length


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


@pytest.mark.usefixtures("impatient")
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


def test_in_a_deep_folder_names_are_short_and_excel_opens_all_that_comes_of_them(
    tmp_path: Path, pack: Pack
) -> None:
    campaign = campaign_in(deep(tmp_path, 170))
    made = {one.agency.code: one.path for one in distribute(campaign).workbooks}
    assert made["04"] == "outgoing/县政府办/信访局（填报表）（04）.xlsx"
    assert [one for one in distribute(campaign).workbooks if one.is_new] == []
    drop(campaign, "a.xlsx", completed(pack, AGENCIES[1]))
    drop(campaign, "b.xlsx", completed(pack, AGENCIES[3], FAULTY))
    taken(campaign)
    written = [path for path in campaign.root.rglob("*") if path.suffix in (".xlsx", ".docx")]
    assert {path_length(path) for path in written} <= set(range(LONGEST_PATH + 1))
    (report,) = campaign.root.glob("reports/**/*.docx")
    assert report.name == "档案馆政府信息公开工作年度报告（02）.docx"
    rebuild(campaign)
    assert standing(campaign, "02").report == report.relative_to(campaign.root).as_posix()
    assert standing(campaign, "04").returned.endswith("（填报表）（04）-第1次-需修改.xlsx")


def test_what_was_handed_out_under_a_long_name_is_known_after_a_move_into_a_deep_folder(
    tmp_path: Path,
) -> None:
    before = campaign_in(tmp_path / "2023")
    sent = {one.agency.code: before.store.read(one.path) for one in distribute(before).workbooks}
    place = deep(tmp_path, 165)
    place.parent.mkdir(parents=True)
    before.root.rename(place)
    campaign = open_campaign_folder(place)
    done = distribute(campaign)
    assert done.findings == ()
    assert [one.agency.code for one in done.workbooks if one.is_new] == ["01", "02", "03", "04"]
    drop(campaign, "a.xlsx", sent["04"])
    assert [one.agency for one in taken(campaign)] == ["清河县信访局"]


def test_where_shortening_does_not_suffice_the_agencies_are_named(tmp_path: Path) -> None:
    done = distribute(campaign_in(deep(tmp_path, 190)))
    assert {one.code for one in done.findings} == {"campaign.long_path"}
    assert "清河县信访局" in [one.value for one in done.findings]
