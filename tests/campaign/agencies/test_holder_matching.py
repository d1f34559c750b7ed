"""Nothing that is recorded of an agency becomes another's, whatever is done to the roster."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportfill.campaign.agencies.agency import Agency, Holder
from reportfill.campaign.agencies.holder_matching import match_holders
from reportfill.campaign.agencies.roster import Roster

FIRST, SECOND, THIRD = Holder("001", "甲局"), Holder("002", "乙局"), Holder("003", "丙局")


def roster(*rows: tuple[str, str], **closed: str) -> Roster:
    """A roster of codes and names; `closed` are the codes of those that do not report any more, by name."""
    agencies = tuple(Agency(*row) for row in rows)
    return Roster(agencies, (), tuple(Agency(code, name, is_closed=True) for name, code in closed.items()))


def test_who_is_in_the_roster_as_before_is_not_spoken_of() -> None:
    found = match_holders(roster(FIRST, SECOND, 丙局="003"), [FIRST, SECOND, THIRD])
    assert found.findings() == []
    assert found.holder_now(FIRST) == FIRST


@pytest.mark.parametrize("codes", ["002 001 003", "002 003 001", "003 002 001", "101 102 103", "001 003 104"])
def test_codes_that_were_exchanged_or_numbered_anew_are_followed_by_the_names(codes: str) -> None:
    names = [holder.name for holder in (FIRST, SECOND, THIRD)]
    new = dict(zip(names, codes.split(), strict=True))
    found = match_holders(roster(*((code, name) for name, code in new.items())), [FIRST, SECOND, THIRD])
    for holder in (FIRST, SECOND, THIRD):
        assert found.holder_now(holder) == Holder(new[holder.name], holder.name)
    assert (found.doubtful, found.gone) == ({}, frozenset())
    assert {one.code for one in found.findings()} == {"agency.code_changed"}


def test_another_name_beside_a_code_is_asked_about_and_nothing_goes_with_it() -> None:
    found = match_holders(roster(("001", "新局"), SECOND), [FIRST, SECOND])
    assert {holder: agency.name for holder, agency in found.doubtful.items()} == {FIRST: "新局"}
    assert found.now({FIRST: 11, SECOND: 22}) == {FIRST: 11, SECOND: 22}
    (said,) = found.findings()
    assert (said.code, said.value, said.expected) == ("agency.renamed", "甲局", "新局")


def test_who_has_a_report_of_its_own_is_not_asked_about_the_former_bearer_of_its_code() -> None:
    found = match_holders(roster(("001", "新局")), [FIRST, Holder("001", "新局")])
    assert (found.doubtful, found.gone) == ({}, {FIRST})


def test_a_code_that_went_to_somebody_known_is_no_sign_of_a_new_name() -> None:
    found = match_holders(roster(("002", "甲局")), [FIRST, SECOND])
    assert found.holder_now(FIRST) == Holder("002", "甲局")
    assert (found.doubtful, found.gone) == ({}, {SECOND})


def test_a_code_given_to_somebody_new_says_nothing_of_who_had_it() -> None:
    found = match_holders(roster(("003", "甲局"), ("001", "新局")), [FIRST])
    assert {holder: agency.name for holder, agency in found.doubtful.items()} == {FIRST: "甲局"}
    assert [one.code for one in found.findings()] == ["agency.code_doubtful"]
    again = match_holders(roster(("003", "甲局"), ("001", "新局")), [FIRST], [Holder("001", "新局")])
    assert again == found
    exchanged = match_holders(roster(("002", "甲局"), ("001", "乙局")), [FIRST], [SECOND])
    assert exchanged.holder_now(FIRST) == Holder("002", "甲局")


def test_who_left_takes_its_report_along_when_its_code_is_given_away() -> None:
    found = match_holders(roster(("001", "新局"), 甲局="001旧"), [FIRST])
    assert found.holder_now(FIRST) == Holder("001旧", "甲局")
    assert found.doubtful == {}


def test_an_agency_that_says_what_it_was_called_does_not_lose_its_report_to_who_has_that_name() -> None:
    renamed, heir = Agency("001", "甲委员会", former_name="甲局"), Agency("009", "甲局")
    found = match_holders(Roster((renamed, heir)), [FIRST])
    assert found.holder_now(FIRST) == renamed.holder


def test_a_name_and_a_code_that_both_changed_lead_nowhere() -> None:
    found = match_holders(roster(("101", "甲委员会"), SECOND), [FIRST, SECOND])
    assert found.gone == {FIRST}
    assert [one.code for one in found.findings()] == ["agency.left"]


def test_a_former_name_in_the_roster_says_who_it_is_under_any_code() -> None:
    renamed = Agency("101", "甲委员会", former_name="甲局")
    found = match_holders(Roster((renamed,)), [FIRST])
    assert found.holder_now(FIRST) == renamed.holder
    assert [one.code for one in found.findings()] == ["agency.former_name"]


def test_the_width_of_brackets_makes_no_other_agency() -> None:
    found = match_holders(roster(("001", "甲局(乙局)")), [Holder("001", "甲局（乙局）")])
    assert found.holder_now(Holder("001", "甲局（乙局）")) == Holder("001", "甲局(乙局)")


_NAMES = st.lists(st.sampled_from("甲乙丙丁戊"), unique=True, max_size=5)


@given(_NAMES, _NAMES, st.permutations(range(5)), st.permutations(range(5)))
def test_nothing_goes_with_another_name_and_nobody_is_forgotten(
    before: list[str], after: list[str], codes: list[int], later: list[int]
) -> None:
    recorded = [Holder(f"{code}", name) for code, name in zip(codes, before, strict=False)]
    now = roster(*((f"{code}", name) for code, name in zip(later, after, strict=False)))
    found = match_holders(now, recorded)
    assert all(found.holder_now(holder).name == holder.name for holder in recorded)
    assert len({found.holder_now(holder) for holder in recorded}) == len(recorded)
    at_home = {holder for holder in recorded if holder in now.by_holder}
    assert at_home | found.moved.keys() | found.doubtful.keys() | found.gone == set(recorded)
    assert all(agency.holder not in recorded for agency in found.doubtful.values())
