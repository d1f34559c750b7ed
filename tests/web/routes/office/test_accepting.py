"""Many are accepted at once: those that a filter shows and somebody saw, and no others."""

from __future__ import annotations

import re

import pytest
from campaign.office import AGENCIES
from campaign.prepared import prepared
from httpx2 import Response
from web_campaign import COORDINATOR, READER, REVIEWER, ServedCampaign, sign_in
from web_visitor import Visitor

from reportfill.campaign.status.agency_status import State

ARCHIVE, CIVIL_AFFAIRS, LETTERS = AGENCIES[1:]


@pytest.fixture
def served(served: ServedCampaign) -> ServedCampaign:
    """Here the office for letters has handed in a sound one as well."""
    _hand_in(served, 1)
    return served


def _hand_in(served: ServedCampaign, figure: int) -> None:
    served.campaign.hand_in(LETTERS.code, prepared(LETTERS, figure), file_name=f"{figure}.xlsx")
    served.campaign.take_in()


def _states(served: ServedCampaign) -> dict[str, State]:
    return {one.agency.code: one.state for one in served.campaign.status().agencies}


def _accept(visitor: Visitor, query: str, seen: str) -> Response:
    return visitor.post(f"/office/accept?{query}", {"seen": seen}, page="/office")


def _seen(visitor: Visitor, query: str) -> str:
    found = re.search('name="seen" value="([0-9a-f]+)"', visitor.get(f"/office/accept?{query}").text)
    return found[1] if found else ""


@pytest.mark.parametrize(
    ("query", "accepted"),
    [("", {ARCHIVE.code, LETTERS.code}), ("text=档案", {ARCHIVE.code}), ("state=sound", {"02", "04"})],
)
def test_exactly_the_filtered_ones_are_accepted(
    visitor: Visitor, served: ServedCampaign, query: str, accepted: set[str]
) -> None:
    before = _states(served)
    sign_in(visitor, REVIEWER)
    asked = visitor.get(f"/office/accept?{query}").text
    assert f"将审核通过{len(accepted)}个单位" in asked
    assert _states(served) == before
    assert f"已审核通过{len(accepted)}个单位" in _accept(visitor, query, _seen(visitor, query)).text
    assert _states(served) == before | dict.fromkeys(accepted, State.ACCEPTED)
    entries = [entry for entry in served.campaign.log().entries if entry.event.value == "审核通过"]
    assert {entry.by for entry in entries} == {REVIEWER}


def test_those_left_out_are_told_before(visitor: Visitor) -> None:
    sign_in(visitor, REVIEWER)
    asked = visitor.get("/office/accept").text
    assert "有错误 1个" in asked
    assert "未报送 1个" in asked


@pytest.mark.parametrize("query", ["state=faulty", "under=没有的"])
def test_where_nobody_can_be_accepted_there_is_nothing_to_press(
    visitor: Visitor, served: ServedCampaign, query: str
) -> None:
    before = _states(served)
    sign_in(visitor)
    assert _seen(visitor, query) == ""
    assert _accept(visitor, query, "").status_code == 409
    assert _states(served) == before


def test_what_came_in_meanwhile_is_seen_before_it_is_accepted(
    visitor: Visitor, served: ServedCampaign
) -> None:
    sign_in(visitor)
    seen = _seen(visitor, "")
    _hand_in(served, 2)
    refused = _accept(visitor, "", seen)
    assert refused.status_code == 409
    assert "情况有了变化" in refused.text
    assert State.ACCEPTED not in _states(served).values()


def test_of_two_who_accept_the_same_the_second_is_told(visitor: Visitor, served: ServedCampaign) -> None:
    with served.visited() as other:
        sign_in(other, REVIEWER)
        sign_in(visitor, COORDINATOR)
        seen = _seen(visitor, "text=档案")
        assert _accept(other, "", _seen(other, "")).status_code == 200
        assert _accept(visitor, "text=档案", seen).status_code == 409
    accepted = [entry for entry in served.campaign.log().entries if entry.event.value == "审核通过"]
    assert sorted(entry.code for entry in accepted) == [ARCHIVE.code, LETTERS.code]


def test_a_reader_accepts_nothing(visitor: Visitor, served: ServedCampaign) -> None:
    sign_in(visitor, READER)
    assert "/office/accept" not in visitor.get("/office").text
    assert visitor.get("/office/accept").status_code == 403
    assert _accept(visitor, "", "").status_code == 403
    assert State.ACCEPTED not in _states(served).values()
