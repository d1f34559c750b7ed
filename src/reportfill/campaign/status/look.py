"""Looking at a campaign: how every agency stands, from the roster and the ledger."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import date
from itertools import compress, repeat

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.place.folder import CampaignFolder
from reportfill.campaign.records.history import History, OnlyVersions, Review, Version
from reportfill.campaign.status.standing import AgencyStanding, Standing, State, Stray
from reportfill.pack.discovery import manifest_of


def standing_of(folder: CampaignFolder, today: date, roster: Roster | None = None) -> Standing:
    """How a campaign stands on a day. What an agency handed in that is not in the roster any more is a stray."""
    settings, roster = folder.settings(), roster or folder.roster()
    agencies = roster.all_by_code
    with folder.read_ledger() as ledger:
        strays = [Stray(stray.file, stray.reason) for stray in ledger.strays()]
        only = ledger.only_versions()
        stories = dict(ledger.histories(with_a_story=True))
    left_behind = set(only.code).union(stories).difference(agencies)
    if left_behind:
        strays += _strays_of(left_behind, only, stories)
        only = _without(left_behind, only)
    standings = _standings_of_only(only, agencies)
    standings |= {
        code: _standing(agencies[code], history) for code, history in stories.items() if code in agencies
    }
    return Standing(
        title=manifest_of(settings.pack).title,
        issuer=settings.issuer,
        year=settings.year,
        deadline=settings.agency_deadline,
        today=today,
        agencies=_of(roster.agencies, standings),
        strays=strays,
        closed=_of(roster.closed, standings),
    )


def _of(agencies: Iterable[Agency], standings: Mapping[str, AgencyStanding]) -> list[AgencyStanding]:
    """The standings of agencies, those of which nothing came in among them."""
    return [standings.get(agency.code) or AgencyStanding(agency, State.MISSING) for agency in agencies]


def _strays_of(left_behind: Iterable[str], only: OnlyVersions, stories: Mapping[str, History]) -> list[Stray]:
    """What those handed in, by code, who are not in the roster any more."""
    copies = dict(zip(only.code, only.received, strict=True))
    copies |= {code: history.versions[-1].received for code, history in stories.items()}
    return [Stray(copies[code], f"单位编码{code}已不在名册中") for code in sorted(left_behind)]


def _without(left_behind: Container[str], only: OnlyVersions) -> OnlyVersions:
    """The versions of all agencies but those."""
    stay = [code not in left_behind for code in only.code]
    return OnlyVersions._make(list(compress(column, stay)) for column in only)


def _standings_of_only(only: OnlyVersions, agencies: Mapping[str, Agency]) -> dict[str, AgencyStanding]:
    """How those stand, by code, who handed in these versions and nothing else: made column by column."""
    sound, faulty = State.SOUND, State.FAULTY
    rows = zip(
        map(agencies.__getitem__, only.code),
        [sound if is_sound else faulty for is_sound in only.is_sound],
        repeat(1),
        only.seen,
        only.seen,
        only.mistakes,
        only.report,
        only.returned,
        repeat(""),
        [path[: path.rfind("/")] for path in only.received],
        strict=False,
    )
    return dict(zip(only.code, map(AgencyStanding._make, rows), strict=True))


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
