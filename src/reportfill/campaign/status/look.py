"""Looking at a campaign: how every agency stands, from the roster and the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import repeat

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.place.folder import CampaignFolder
from reportfill.campaign.records.history import History, Review, Version
from reportfill.campaign.status.standing import AgencyStanding, Standing, State, Stray
from reportfill.pack.discovery import manifest_of


def standing_of(folder: CampaignFolder, today: date, roster: Roster | None = None) -> Standing:
    """How a campaign stands on a day. What an agency handed in that is not in the roster any more is a stray."""
    settings, roster = folder.settings(), roster or folder.roster()
    standings: dict[str, AgencyStanding] = {}
    agencies = roster.all_by_code
    single: list[Version] = []
    with folder.read_ledger() as ledger:
        strays = [Stray(stray.file, stray.reason) for stray in ledger.strays()]
        for code, history in ledger.histories():
            agency = agencies.get(code)
            if agency is None:
                strays.append(Stray(history.versions[-1].received, f"单位编码{code}已不在名册中"))
            elif history.is_single:
                single.append(history.versions[0])
            else:
                standings[code] = _standing(agency, history)
    standings |= _standings_of_single(agencies, single)
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


def _standings_of_single(
    agencies: Mapping[str, Agency], single: Sequence[Version]
) -> dict[str, AgencyStanding]:
    """How those stand by whom one version came in and nothing was said of it, as by nearly all."""
    if not single:
        return {}
    _, codes, numbers, _, received, seen, are_sound, mistakes, reports, returned = zip(*single, strict=True)
    sound, faulty = State.SOUND, State.FAULTY
    states = [sound if is_sound else faulty for is_sound in are_sound]
    folders = [path[: path.rfind("/")] for path in received]
    own = map(agencies.__getitem__, codes)
    rows = zip(own, states, numbers, seen, seen, mistakes, reports, returned, repeat(""), folders)
    return dict(zip(codes, map(AgencyStanding._make, rows), strict=True))


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
