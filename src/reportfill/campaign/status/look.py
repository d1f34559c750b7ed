"""Looking at a campaign: how every agency stands, from the roster and the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.place.folder import CampaignFolder
from reportfill.campaign.records.history import History, OnlyVersions, Review, Version
from reportfill.campaign.status.standing import (
    AgencyStanding,
    AgencyStandings,
    Standing,
    State,
    Stray,
)
from reportfill.pack.discovery import manifest_of


def standing_of(folder: CampaignFolder, today: date, roster: Roster | None = None) -> Standing:
    """How a campaign stands on a day. What an agency handed in that is not in the roster any more is a stray."""
    settings, roster = folder.settings(), roster or folder.roster()
    with folder.read_ledger() as ledger:
        strays = [Stray(stray.file, stray.reason) for stray in ledger.strays()]
        only = ledger.only_versions()
        stories = dict(ledger.histories(with_a_story=True))
    left_behind = set(only.code).union(stories).difference(roster.all_by_code)
    if left_behind:
        strays += _strays_of(left_behind, only, stories)
    return Standing(
        title=manifest_of(settings.pack).title,
        issuer=settings.issuer,
        year=settings.year,
        deadline=settings.agency_deadline,
        today=today,
        agencies=_standings(roster.agencies, only, stories),
        strays=strays,
        closed=list(_standings(roster.closed, only, stories)),
    )


def _strays_of(left_behind: Iterable[str], only: OnlyVersions, stories: Mapping[str, History]) -> list[Stray]:
    """What those handed in, by code, who are not in the roster any more."""
    copies = dict(zip(only.code, only.received, strict=True))
    copies |= {code: history.versions[-1].received for code, history in stories.items()}
    return [Stray(copies[code], f"单位编码{code}已不在名册中") for code in sorted(left_behind)]


def _standings(
    agencies: Sequence[Agency], only: OnlyVersions, stories: Mapping[str, History]
) -> AgencyStandings:
    """How agencies stand, in their order: column by column those of whom one version is all that came in, or nothing,
    and one by one the few with a story."""
    if not agencies:
        return AgencyStandings.of(())
    sound, faulty = State.SOUND, State.FAULTY
    # Behind the last place of all stands what holds where nothing came in.
    places = dict(zip(only.code, range(len(only.code)), strict=True))
    taken = [places.get(agency.code, -1) for agency in agencies]

    def column(values: Iterable[Any], of_missing: Any) -> list[Any]:
        every = [*values, of_missing]
        return [every[place] for place in taken]

    seen = column(only.seen, None)
    columns = [
        list(agencies),
        column([sound if is_sound else faulty for is_sound in only.is_sound], State.MISSING),
        column([1] * len(only.code), 0),
        seen,
        list(seen),
        column(only.mistakes, ()),
        column(only.report, ""),
        column(only.returned, ""),
        [""] * len(agencies),
        column([path[: path.rfind("/")] for path in only.received], ""),
    ]
    for row, agency in enumerate(agencies if stories else ()):
        if agency.code in stories:
            for values, value in zip(columns, _standing(agency, stories[agency.code]), strict=True):
                values[row] = value
    return AgencyStandings(columns)


def _standing(agency: Agency, history: History) -> AgencyStanding:
    """How one agency stands: its newest sound version counts, and what came after it is said."""
    first, last = history.versions[0], history.versions[-1]
    counted, verdict = history.counted, history.verdict
    return AgencyStanding(
        agency=agency,
        state=_state(last, verdict),
        versions=last.number,
        first=first.seen,
        handed_in=last.seen,
        mistakes=last.mistakes,
        report=counted.report if counted else "",
        returned=_returned(last, verdict),
        remark=_remark(last, counted, verdict),
        received=last.received.rpartition("/")[0],
    )


def _state(last: Version, verdict: Review | None) -> State:
    if verdict is not None:
        return State.ACCEPTED if verdict.is_accepted else State.SENT_BACK
    return State.SOUND if last.is_sound else State.FAULTY


def _returned(last: Version, verdict: Review | None) -> str:
    """The marked workbook: with the coordinator's remark where there is one, else with the mistakes alone."""
    if verdict is not None:
        return "" if verdict.is_accepted else verdict.file
    return last.returned


def _remark(last: Version, counted: Version | None, verdict: Review | None) -> str:
    """The coordinator's remark on the newest version, or that another one counts."""
    if verdict is not None and verdict.remark:
        return verdict.remark
    if counted is not None and counted is not last:
        return f"第{last.number}次交来的有错误，报告仍是第{counted.number}次的"
    return ""
