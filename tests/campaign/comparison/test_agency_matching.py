"""An agency is found again by its code and name, by its name alone, and by the name that it says it had; never by its
code alone."""

from __future__ import annotations

from campaign.two_years import ARCHIVE, LETTERS, WATER

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.comparison.agency_matching import AgencyMatch, match_agencies, possible_renames
from reportfill.campaign.comparison.figure_words import OTHER_CODE, OTHER_NAME, change_of_entry


def test_the_same_roster_matches_itself_in_its_order() -> None:
    assert match_agencies([LETTERS, ARCHIVE], [ARCHIVE, LETTERS]) == [
        AgencyMatch(LETTERS, LETTERS),
        AgencyMatch(ARCHIVE, ARCHIVE),
    ]


def test_an_agency_with_another_code_is_found_by_its_name() -> None:
    moved = Agency("A2", "清河县档案馆")
    found = match_agencies([moved], [ARCHIVE])
    assert found == [AgencyMatch(moved, ARCHIVE)]
    assert change_of_entry(found[0]) == OTHER_CODE


def test_an_agency_with_another_name_is_found_by_the_name_that_it_says_it_had() -> None:
    renamed = Agency("03", "清河县水务局", former_name=WATER.name)
    found = match_agencies([renamed], [WATER])
    assert found == [AgencyMatch(renamed, WATER)]
    assert change_of_entry(found[0]) == OTHER_NAME


def test_a_roster_that_was_numbered_anew_does_not_mix_up_agencies() -> None:
    new = Agency("02", "清河县大数据局")
    archive, water = Agency("03", ARCHIVE.name), Agency("04", WATER.name)
    found = match_agencies([new, archive, water], [ARCHIVE, WATER])
    assert found == [AgencyMatch(new, None), AgencyMatch(archive, ARCHIVE), AgencyMatch(water, WATER)]


def test_a_name_that_two_agencies_bear_matches_nobody_under_another_code() -> None:
    office, other = Agency("51", "综合办公室"), Agency("52", "综合办公室")
    before = Agency("61", "综合办公室")
    assert match_agencies([office, other], [before]) == [
        AgencyMatch(office, None),
        AgencyMatch(other, None),
        AgencyMatch(None, before),
    ]


def test_new_agencies_have_no_last_year_and_those_that_are_gone_come_last() -> None:
    found = match_agencies([ARCHIVE, WATER], [LETTERS, WATER])
    assert found == [AgencyMatch(ARCHIVE, None), AgencyMatch(WATER, WATER), AgencyMatch(None, LETTERS)]
    assert [match.agency for match in found] == [ARCHIVE, WATER, LETTERS]


def test_another_name_beside_a_code_is_another_agency_and_named() -> None:
    other = Agency("03", "清河县水务局")
    found = match_agencies([other, ARCHIVE], [WATER, ARCHIVE])
    assert found == [AgencyMatch(other, None), AgencyMatch(ARCHIVE, ARCHIVE), AgencyMatch(None, WATER)]
    assert [(one.code, one.value, one.expected) for one in possible_renames(found)] == [
        ("agency.other_last_year", "清河县水务局", WATER.name)
    ]


def test_codes_that_were_exchanged_between_the_years_mix_up_nobody() -> None:
    archive, water = Agency(WATER.code, ARCHIVE.name), Agency(ARCHIVE.code, WATER.name)
    found = match_agencies([archive, water], [ARCHIVE, WATER])
    assert found == [AgencyMatch(archive, ARCHIVE), AgencyMatch(water, WATER)]
    assert possible_renames(found) == []
