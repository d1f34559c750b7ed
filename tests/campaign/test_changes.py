"""Codes are corrected, exchanged and given to others, agencies are renamed, merged and closed, at any time: nothing
counts for another agency than the one whose it is, and who has to decide is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from campaign.office import (
    AGENCIES,
    NOW,
    TODAY,
    campaign_in,
    completed,
    drop,
    standing,
    taken,
    use_roster,
    versions,
)
from campaign.prepared import digest, prepared, report_of
from places import PACK_FOLDER

from reportfill import Pack, load_pack, read_workbook
from reportfill.campaign.agencies.agency import Agency, Holder
from reportfill.campaign.aggregation.rollup import rollup, subset
from reportfill.campaign.aggregation.rollup_files import partial_notice
from reportfill.campaign.folder.naming import folder_of_workbook, put_away_place
from reportfill.campaign.folder.settings import read_settings, settings_text
from reportfill.campaign.operations.compare_years import compare_years
from reportfill.campaign.operations.distribute import distribute, last_year
from reportfill.campaign.operations.rebuild import rebuild
from reportfill.campaign.operations.review import review
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.journal import Event, read_journal
from reportfill.campaign.status.agency_status import State
from reportfill.campaign.status.campaign_status import campaign_status
from reportfill.errors import CampaignError

OFFICE, ARCHIVE, AFFAIRS, LETTERS = AGENCIES
LICENSING = "proactive.licensing.decisions"


@pytest.fixture
def campaign(tmp_path: Path) -> CampaignFolder:
    """A campaign whose workbooks are out, and to which two agencies handed in 11 and 22."""
    made = campaign_in(tmp_path / "2023")
    distribute(made)
    for figure, agency in ((11, ARCHIVE), (22, AFFAIRS)):
        drop(made, f"{agency.code}.xlsx", prepared(agency, figure))
    return made


def added(campaign: CampaignFolder) -> dict[str, int]:
    """The figure that each agency adds, by its name."""
    found = rollup(campaign)
    names = [one.agency.name for one in found.contributions]
    return dict(zip(names, map(int, found.figures[LICENSING]), strict=True))


def is_the_report_of(campaign: CampaignFolder, path: str, agency: Agency, figure: int) -> bool:
    """Whether a report is that of an agency's prepared workbook."""
    return digest(campaign.store.read(path)) == digest(report_of(prepared(agency, figure)))


@pytest.mark.parametrize("is_late", [False, True])
@pytest.mark.parametrize("codes", [("03", "02", "04"), ("03", "04", "02"), ("92", "93", "94")])
def test_figures_reports_and_reviews_go_with_the_names_whatever_becomes_of_the_codes(
    campaign: CampaignFolder, codes: tuple[str, str, str], *, is_late: bool
) -> None:
    if not is_late:
        taken(campaign)
    new = [one._replace(code=code) for one, code in zip((ARCHIVE, AFFAIRS, LETTERS), codes, strict=True)]
    use_roster(campaign, (OFFICE, *new))
    if is_late:
        assert [one.version is not None for one in taken(campaign)] == [True, True]
    assert added(campaign) == {ARCHIVE.name: 11, AFFAIRS.name: 22}
    assert is_the_report_of(campaign, standing(campaign, codes[0]).report, ARCHIVE, 11)
    assert is_the_report_of(campaign, standing(campaign, codes[1]).report, AFFAIRS, 22)
    said = review(campaign, codes[1], is_accepted=True, remark="", by="王芳", now=NOW)
    assert (said.agency.name, said.review.file) == (AFFAIRS.name, standing(campaign, codes[1]).report)
    assert standing(campaign, codes[0]).state is State.SOUND
    recorded = [one for one in read_journal(campaign.store).entries if one.event is Event.RECODED]
    changed = {(one.former_code, one.code, one.name) for one in recorded}
    agencies = zip((ARCHIVE, AFFAIRS, LETTERS), codes, strict=True)
    assert changed == {(one.code, code, one.name) for one, code in agencies if one.code != code}


def test_what_changed_is_found_again_when_the_ledger_is_made_anew(campaign: CampaignFolder) -> None:
    taken(campaign)
    use_roster(campaign, (OFFICE, ARCHIVE._replace(code="03"), AFFAIRS._replace(code="02"), LETTERS))
    drop(campaign, "again.xlsx", prepared(ARCHIVE, 12))
    taken(campaign)
    review(campaign, "02", is_accepted=True, remark="", by="王芳", now=NOW)
    use_roster(campaign, (OFFICE, ARCHIVE._replace(code="92"), AFFAIRS._replace(code="02"), LETTERS))
    distribute(campaign)
    with campaign.read_ledger() as ledger:
        before = versions(campaign), ledger.reviews(), ledger.changes()
    counted = {one.digest: one.report for one in before[0]}
    rebuild(campaign)
    with campaign.read_ledger() as ledger:
        anew = versions(campaign), ledger.reviews(), ledger.changes()
    assert [one._replace(report="") for one in anew[0]] == [one._replace(report="") for one in before[0]]
    assert anew[1:] == before[1:]
    assert all(one.report in ("", counted[one.digest]) for one in anew[0])
    drop(campaign, "late.xlsx", prepared(ARCHIVE, 13))
    (late,) = [one.version for one in taken(campaign)]
    assert late is not None
    assert (late.holder, late.number) == (Holder("92", ARCHIVE.name), 3)


def test_a_code_given_to_another_agency_brings_nothing_along(campaign: CampaignFolder) -> None:
    taken(campaign)
    newcomer = Agency("02", "清河县数据局", "数据局", "01", 2)
    use_roster(campaign, (OFFICE, newcomer, AFFAIRS))
    distribute(campaign)
    assert added(campaign) == {AFFAIRS.name: 22}
    told = standing(campaign, "02")
    assert (told.state, told.versions, told.report) == (State.MISSING, 0, "")
    assert [(one.code, one.severity.value) for one in told.findings] == [("agency.renamed", "error")]
    assert ARCHIVE.name in told.findings[0].message.zh
    assert [stray.reason.phrase() for stray in campaign_status(campaign, TODAY).strays] == [
        f"由“{ARCHIVE.name}”报送，单位编码02在名册中现为“{newcomer.name}”"
    ]
    drop(campaign, "new.xlsx", prepared(newcomer, 5))
    taken(campaign)
    told = standing(campaign, "02")
    assert (told.state, told.versions, told.findings) == (State.SOUND, 1, ())
    assert is_the_report_of(campaign, told.report, newcomer, 5)
    assert added(campaign) == {newcomer.name: 5, AFFAIRS.name: 22}


def test_files_that_are_called_by_their_codes_are_nobody_elses(tmp_path: Path) -> None:
    campaign = campaign_in(tmp_path / "2023")
    campaign.change_settings(replace(campaign.settings(), report_name="{单位编码}"))
    drop(campaign, "a.xlsx", prepared(ARCHIVE, 11))
    taken(campaign)
    newcomer = Agency("02", "清河县数据局", "数据局", "01", 2)
    use_roster(campaign, (OFFICE, newcomer, AFFAIRS))
    drop(campaign, "b.xlsx", prepared(newcomer, 5))
    taken(campaign)
    reports = {one.name: one.report for one in versions(campaign)}
    assert is_the_report_of(campaign, reports[ARCHIVE.name], ARCHIVE, 11)
    assert is_the_report_of(campaign, reports[newcomer.name], newcomer, 5)


def test_a_workbook_sent_back_under_its_code_never_takes_the_place_of_another_agencys(tmp_path: Path) -> None:
    campaign = campaign_in(tmp_path / "2023")
    campaign.change_settings(replace(campaign.settings(), workbook_name="{单位编码}"))
    for figure, agency in ((11, ARCHIVE), (22, AFFAIRS)):
        drop(campaign, f"{agency.code}.xlsx", prepared(agency, figure))
    taken(campaign)
    first = review(campaign, "02", is_accepted=False, remark="甲", by="王芳", now=NOW).review.file
    content = campaign.store.read(first)
    use_roster(campaign, (OFFICE, ARCHIVE._replace(code="03"), AFFAIRS._replace(code="02"), LETTERS))
    second = review(campaign, "02", is_accepted=False, remark="乙", by="王芳", now=NOW).review.file
    assert second != first
    assert campaign.store.read(first) == content
    assert read_workbook(campaign.store.read(second)).agency == AFFAIRS.name
    assert standing(campaign, "02").returned == second
    assert standing(campaign, "03").returned == first


def test_a_workbook_with_a_remark_that_somebody_worked_on_is_kept_when_it_is_sent_back_again(
    campaign: CampaignFolder,
) -> None:
    taken(campaign)
    place = review(campaign, "02", is_accepted=False, remark="甲", by="王芳", now=NOW).review.file
    campaign.store.write(place, b"worked on")
    assert review(campaign, "02", is_accepted=False, remark="乙", by="王芳", now=NOW).review.file == place
    assert campaign.store.read(put_away_place(place)) == b"worked on"


def test_a_renamed_agency_is_asked_about_until_somebody_accepts_what_it_handed_in(
    campaign: CampaignFolder,
) -> None:
    taken(campaign)
    review(campaign, "02", is_accepted=True, remark="", by="王芳", now=NOW)
    renamed = ARCHIVE._replace(name="清河县档案局")
    use_roster(campaign, (OFFICE, renamed, AFFAIRS))
    assert [one.code for one in standing(campaign, "02").findings] == ["agency.renamed"]
    assert added(campaign) == {AFFAIRS.name: 22}
    said = review(campaign, "02", is_accepted=True, remark="", by="王芳", now=datetime(2024, 1, 21))
    assert said.former == ARCHIVE.holder
    told = standing(campaign, "02")
    assert (told.state, told.versions, told.findings) == (State.ACCEPTED, 1, ())
    assert added(campaign) == {renamed.name: 11, AFFAIRS.name: 22}
    events = [one.event for one in read_journal(campaign.store).entries]
    assert events[-2:] == [Event.RENAMED, Event.ACCEPTED]
    rebuild(campaign)
    assert added(campaign) == {renamed.name: 11, AFFAIRS.name: 22}
    assert standing(campaign, "02").state is State.ACCEPTED


def test_an_agency_whose_former_name_is_in_the_roster_counts_and_says_so(campaign: CampaignFolder) -> None:
    taken(campaign)
    renamed = ARCHIVE._replace(code="77", name="清河县档案局", former_name=ARCHIVE.name)
    use_roster(campaign, (OFFICE, renamed, AFFAIRS))
    for _ in range(2):
        told = standing(campaign, "77")
        assert (told.state, [one.code for one in told.findings]) == (State.SOUND, ["campaign.other_name"])
        assert added(campaign) == {renamed.name: 11, AFFAIRS.name: 22}
        taken(campaign)
    review(campaign, "77", is_accepted=True, remark="", by="王芳", now=NOW)
    assert standing(campaign, "77").findings == ()


def test_name_and_code_changed_at_once_lead_to_nobody_and_are_named(campaign: CampaignFolder) -> None:
    taken(campaign)
    use_roster(campaign, (OFFICE, Agency("77", "清河县档案局"), AFFAIRS, LETTERS))
    assert added(campaign) == {AFFAIRS.name: 22}
    found = campaign_status(campaign, TODAY)
    assert [one.code for one in found.findings] == ["agency.left"]
    assert [stray.reason.phrase() for stray in found.strays] == [
        f"“{ARCHIVE.name}”（单位编码02）已不在名册中"
    ]
    with pytest.raises(CampaignError, match="nothing yet"):
        review(campaign, "77", is_accepted=True, remark="", by="", now=NOW)


LOST = (ARCHIVE, LETTERS)
"""Two agencies of which one has handed in and the other has only been given a workbook."""


@pytest.mark.parametrize("agencies", [(OFFICE, AFFAIRS), (OFFICE, AFFAIRS, Agency("09", "清河县数据局"))])
def test_agencies_whose_rows_are_gone_from_the_roster_are_missed_until_it_says_that_they_were_closed(
    campaign: CampaignFolder, agencies: tuple[Agency, ...]
) -> None:
    drop(campaign, "01.xlsx", prepared(OFFICE, 1))
    drop(campaign, "09.xlsx", prepared(agencies[-1], 9))
    use_roster(campaign, (*AGENCIES, *agencies[2:]))
    taken(campaign)
    use_roster(campaign, agencies)
    found = rollup(campaign)
    assert (found.is_partial, [one.name for one in found.lost]) == (True, [one.name for one in LOST])
    assert [one.agency.name for one in found.absent] == [one.name for one in LOST]
    assert all(one.name in partial_notice(found) for one in LOST)
    assert [one.code for one in campaign_status(campaign, TODAY).lost] == ["agency.left", "agency.unlisted"]
    assert rollup(campaign, subset(campaign.roster(), of="01")).is_partial
    assert not rollup(campaign, subset(campaign.roster(), of="03")).is_partial
    assert rollup(campaign, subset(campaign.roster(), listed=frozenset({"01"}))).lost == []
    use_roster(campaign, (*agencies, *(one._replace(is_closed=True) for one in LOST)))
    found = rollup(campaign)
    assert (found.is_partial, found.lost) == (False, [])
    assert campaign_status(campaign, TODAY).lost == []


def test_a_row_that_is_gone_makes_only_the_roll_up_of_its_own_superior_partial(
    tmp_path: Path, pack: Pack
) -> None:
    office = Agency("00", "清河市政府办公室")
    counties = [Agency(f"{n}0", f"{name}政府办公室", name, "00", 2) for n, name in ((1, "甲县"), (2, "乙县"))]
    below = [Agency(f"{one.code}1", f"{one.short_name}档案馆", "", one.code, 3) for one in counties]
    everybody = (office, *counties, *below)
    campaign = campaign_in(tmp_path / "campaign", everybody)
    distribute(campaign)
    for agency in everybody:
        drop(campaign, f"{agency.code}.xlsx", completed(pack, agency))
    taken(campaign)
    use_roster(campaign, everybody[:3] + everybody[4:])
    for of, lost in ((None, [below[0].name]), ("10", [below[0].name]), ("20", [])):
        found = rollup(campaign, subset(campaign.roster(), of=of or ""))
        assert (found.is_partial, [one.name for one in found.lost]) == (bool(lost), lost)
        assert [one.agency.name for one in found.absent] == lost
    put_away = "outgoing/旧版/甲县/甲县档案馆.xlsx"
    assert [folder_of_workbook(path) for path in (put_away, "outgoing/甲县/甲.xlsx", "outgoing/甲.xlsx")] == [
        "甲县",
        "甲县",
        "",
    ]


@pytest.mark.parametrize(
    ("agencies", "advice"),
    [
        ((OFFICE, AFFAIRS), "请先核对名册，再重新汇总。"),
        ((OFFICE, AFFAIRS, Agency("09", "清河县数据局")), "请先核对名册，补齐后再重新汇总。"),
        (AGENCIES, "补齐后请重新汇总。"),
    ],
)
def test_a_partial_roll_up_says_what_makes_it_whole(
    campaign: CampaignFolder, agencies: tuple[Agency, ...], advice: str
) -> None:
    drop(campaign, "01.xlsx", prepared(OFFICE, 1))
    taken(campaign)
    use_roster(campaign, agencies)
    notice = partial_notice(rollup(campaign))
    assert (notice.endswith(f"。{advice}"), notice.count("重新汇总")) == (True, 1)


def test_a_roster_cut_off_at_the_end_of_a_row_is_missed_rows_before_anything_came_in(
    campaign: CampaignFolder,
) -> None:
    whole = "单位编码,单位名称\n" + "".join(f"{one.code},{one.name}\n" for one in AGENCIES)
    campaign.store.remove("roster.xlsx")
    campaign.store.write("roster.csv", whole[: whole.index(LETTERS.code)].encode())
    taken(campaign)
    drop(campaign, "01.xlsx", prepared(OFFICE, 1))
    taken(campaign)
    assert [one.name for one in rollup(campaign).lost] == [LETTERS.name]
    campaign.store.write("roster.csv", whole.encode())
    assert [one.name for one in rollup(campaign).missing] == [LETTERS.name]


def test_a_name_that_was_corrected_before_anything_came_in_is_nobody_that_is_missed(
    campaign: CampaignFolder,
) -> None:
    taken(campaign)
    use_roster(campaign, (OFFICE, ARCHIVE, AFFAIRS, LETTERS._replace(name="清河县信访中心")))
    distribute(campaign)
    assert rollup(campaign).lost == []


@pytest.mark.parametrize(("codes", "now"), [(("007", "008"), ("7", "8")), (("7", "8"), ("007", "8"))])
def test_a_code_that_lost_or_got_zeros_in_front_is_the_same_with_a_note(
    tmp_path: Path, codes: tuple[str, str], now: tuple[str, str]
) -> None:
    one, other = (ARCHIVE._replace(code=codes[0]), AFFAIRS._replace(code=codes[1]))
    made = campaign_in(tmp_path / "2023", (OFFICE, one, other))
    distribute(made)
    drop(made, "a.xlsx", prepared(one, 11))
    taken(made)
    use_roster(made, (OFFICE, one._replace(code=now[0]), other._replace(code=now[1])))
    found = campaign_status(made, TODAY)
    assert {(one.code, one.severity.value) for one in found.findings} == {
        ("agency.code_without_zeros", "note")
    }
    assert added(made) == {ARCHIVE.name: 11}
    drop(made, "b.xlsx", completed(load_pack(PACK_FOLDER), other))  # not one that was handed out
    assert [one.agency for one in taken(made)] == [other.name]


def test_zeros_in_front_make_another_code_where_the_roster_has_both(campaign: CampaignFolder) -> None:
    seven = Agency("7", "清河县数据局")
    use_roster(campaign, (*AGENCIES, seven, Agency("007", "清河县气象局")))
    drop(campaign, "a.xlsx", completed(load_pack(PACK_FOLDER), seven._replace(code="007")))
    reasons = {one.file: one.reason.phrase() for one in taken(campaign) if one.reason}
    assert "名册中该单位的编码为7" in reasons["inbox/a.xlsx"]


ROSTERS = {
    "as it was": AGENCIES,
    "merged": (OFFICE, ARCHIVE, AFFAIRS._replace(is_closed=True, successor="02"), LETTERS),
    "closed": (OFFICE, ARCHIVE._replace(is_closed=True), AFFAIRS, LETTERS),
    "exchanged": (OFFICE, ARCHIVE._replace(code="03"), AFFAIRS._replace(code="02"), LETTERS),
    "renamed": (OFFICE, ARCHIVE._replace(name="清河县档案局"), AFFAIRS, LETTERS),
    "counted above": (OFFICE, ARCHIVE._replace(is_counted_by_superior=True), AFFAIRS, LETTERS),
    "deleted": (OFFICE, AFFAIRS, LETTERS),
    "deep": (OFFICE, ARCHIVE._replace(superior="03", level=3), AFFAIRS, LETTERS),
}


@pytest.fixture(scope="module")
def last_campaign(tmp_path_factory: pytest.TempPathFactory, pack: Pack) -> CampaignFolder:
    """The campaign of the year before, in which two agencies handed in."""
    last = campaign_in(tmp_path_factory.mktemp("last") / "2022", year=2022)
    for figure, agency in ((100, ARCHIVE), (200, AFFAIRS)):
        drop(last, f"{agency.code}.xlsx", completed(pack, agency, {LICENSING: figure}, year=2022))
    taken(last)
    return last


@pytest.mark.parametrize("agencies", ROSTERS.values(), ids=ROSTERS.keys())
@pytest.mark.parametrize("through", [None, 2])
def test_the_same_agencies_count_in_roll_up_comparison_and_status(
    campaign: CampaignFolder, last_campaign: CampaignFolder, agencies: tuple[Agency, ...], through: int | None
) -> None:
    taken(campaign)
    use_roster(campaign, agencies)
    if through:
        text = settings_text(campaign.settings()).replace("# through = 2", "through = 2")
        campaign.change_settings(read_settings(text))
    some = subset(campaign.roster(), usual=campaign.settings().through)
    of_rollup = rollup(campaign, some)
    compared = compare_years(campaign, last_campaign).comparison
    (both,) = [change for change in compared.over_all if change.path == LICENSING]
    assert both.now == of_rollup.sums[LICENSING]
    usable = {
        one.agency.holder
        for one in campaign_status(campaign, TODAY).agencies
        if one.state in (State.SOUND, State.ACCEPTED) and not one.agency.is_counted_by_superior
    }
    deep = {one.holder for one in agencies if through and one.level > through}
    assert {one.agency.holder for one in of_rollup.contributions} == usable - deep


def test_next_year_an_agency_gets_its_own_last_figures_under_any_code(
    campaign: CampaignFolder, tmp_path: Path
) -> None:
    taken(campaign)
    newcomer = Agency("03", "清河县数据局")
    renamed = AFFAIRS._replace(code="94", name="清河县民政和社会工作局", former_name=AFFAIRS.name)
    exchanged = (OFFICE, ARCHIVE._replace(code="04"), newcomer, LETTERS._replace(code="02"), renamed)
    new = campaign_in(tmp_path / "2024", exchanged, year=2024)
    with_last = {one.agency.name for one in distribute(new, campaign).workbooks if one.has_last}
    assert with_last == {ARCHIVE.name, renamed.name}
    undeclared = renamed._replace(code="03", former_name="")
    known = last_year(campaign, 2024, [undeclared])
    assert [one.value for one in known.findings] == [undeclared.name]
    assert known.copies == {}
