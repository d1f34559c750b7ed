"""What somebody wants to see of a campaign, found by whole columns, is what a plain loop finds."""

from __future__ import annotations

from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.status.agency_status import (
    OUTSTANDING,
    AgencyStatus,
    CampaignStatus,
    State,
)
from reportfill.campaign.status.timing import Timing
from reportfill.web.status_index import AgencyFilter, Sorting, StatusIndex

TODAY, DEADLINE = date(2024, 2, 1), date(2024, 1, 31)
DAYS = [None, date(2024, 1, 20), TODAY, date(2024, 3, 1)]
NAMES = ["档案馆", "民政局", "信访局", "Ａ股办", "a 股 办", "局"]

statuses = st.lists(
    st.builds(
        lambda superior, name, state, until, versions: (superior, name, state, until, versions),
        st.integers(-1, 8),
        st.sampled_from(NAMES),
        st.sampled_from(State),
        st.sampled_from(DAYS),
        st.integers(0, 3),
    ),
    max_size=12,
).map(
    lambda rows: [
        AgencyStatus(
            Agency(f"0{number}", f"{number}号{name}", "", "" if superior < 0 else f"0{superior}"),
            state,
            versions,
            first=datetime(2024, 1 + versions // 2, 20 * (versions % 2) + 1) if versions else None,
            handed_in=datetime(2024, 2, 1 + versions) if versions else None,
            until=until,
        )
        for number, (superior, name, state, until, versions) in enumerate(rows)
    ]
)
filters = st.builds(
    AgencyFilter,
    st.none() | st.sampled_from(State),
    st.none() | st.sampled_from(Timing),
    st.sampled_from(["", "00", "01", "05", "08", "0号档案馆", "没有的"]),
    st.sampled_from(["", "局", "A股", "0", "1号", "号 档", "没有"]),
)


def _status(agencies: list[AgencyStatus], deadline: date | None = DEADLINE) -> CampaignStatus:
    return CampaignStatus("表", "办公室", 2023, deadline, TODAY, agencies)


def _is_wanted(one: AgencyStatus, agencies: list[AgencyStatus], wanted: AgencyFilter) -> bool:
    last_day = one.until or DEADLINE
    is_overdue = one.state in OUTSTANDING and last_day < TODAY
    is_late = one.first is not None and one.first.date() > last_day
    return (
        wanted.state in (None, one.state)
        and (wanted.timing is not Timing.OVERDUE or is_overdue)
        and (wanted.timing is not Timing.LATE or is_late)
        and (wanted.timing is not Timing.EXTENDED or one.until is not None)
        and (not wanted.under or _is_below(one, agencies, wanted.under))
        and any(_plain(wanted.text) in _plain(text) for text in (one.agency.code, one.agency.name))
    )


def _plain(text: str) -> str:
    return text.replace("Ａ", "a").replace(" ", "").lower()


def _is_below(one: AgencyStatus, agencies: list[AgencyStatus], named: str) -> bool:
    by_code = {other.agency.code: other.agency for other in agencies}
    code, seen = one.agency.code, set()
    while code and code not in seen:
        agency = by_code.get(code)
        if named in (code, agency.name if agency else ""):
            return True
        seen.add(code)
        code = agency.superior if agency else ""
    return False


@given(statuses, filters, st.sampled_from(Sorting), st.booleans())
def test_exactly_those_are_found_that_a_plain_loop_finds(
    agencies: list[AgencyStatus], wanted: AgencyFilter, sorting: Sorting, is_descending: bool
) -> None:
    found = StatusIndex(_status(agencies), "").found(wanted, sorting, is_descending=is_descending)
    expected = [place for place, one in enumerate(agencies) if _is_wanted(one, agencies, wanted)]
    assert sorted(found) == expected


@given(statuses, st.booleans())
def test_equals_stay_in_the_order_of_the_roster(agencies: list[AgencyStatus], is_descending: bool) -> None:
    found = StatusIndex(_status(agencies), "").found(
        AgencyFilter(), Sorting.VERSIONS, is_descending=is_descending
    )
    sign = -1 if is_descending else 1
    assert list(found) == sorted(range(len(agencies)), key=lambda place: sign * agencies[place].versions)


def test_names_stand_in_the_order_of_their_sounds() -> None:
    agencies = [
        AgencyStatus(Agency(str(number), name), State.MISSING) for number, name in enumerate(NAMES[:3])
    ]
    found = StatusIndex(_status(agencies), "").found(AgencyFilter(), Sorting.NAME)
    assert [NAMES[place] for place in found] == ["档案馆", "民政局", "信访局"]


def test_nobody_is_late_where_there_is_no_last_day() -> None:
    agencies = [AgencyStatus(Agency("1", "局"), State.MISSING)]
    assert not any(StatusIndex(_status(agencies, None), "").timing_counts.values())


def test_a_part_names_the_superiors_that_are_left_out() -> None:
    superior = AgencyStatus(Agency("1", "上级"), State.MISSING)
    below = AgencyStatus(Agency("2", "下级", "", "1", 2), State.MISSING)
    part = StatusIndex(_status([superior, below]), "").part([1])
    assert list(part.agencies) == [below]
    assert part.names["1"] == "上级"
