"""Looking at a campaign: how every agency stands, from the roster and the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType

from reportfill.campaign.agencies.agency import Agency, Holder
from reportfill.campaign.agencies.holder_matching import HolderMatching, identity_question, match_holders
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.extensions import extensions_now
from reportfill.campaign.records.history import AgencyChange, History, OnlyVersion, Review, StrayFile, Version
from reportfill.campaign.records.links import link_questions
from reportfill.campaign.status.agency_status import (
    AgencyStatus,
    CampaignStatus,
    State,
)
from reportfill.finding import Finding, finding
from reportfill.pack.discovery import manifest_of


def campaign_status(folder: CampaignFolder, today: date) -> CampaignStatus:
    """How a campaign stands on a day. What an agency handed in that is not in the roster any more, as it was, is a
    stray, and who has its code now is told so."""
    settings, roster = folder.settings(), folder.roster()
    with folder.read_ledger() as ledger:
        strays = ledger.strays()
        only: Mapping[Holder, OnlyVersion] = ledger.only_versions()
        stories = dict(ledger.histories(with_a_story=True))
        changes, known = ledger.changes(), ledger.holders(with_workbooks=True)
        extensions, questions = extensions_now(roster, ledger), link_questions(roster, ledger)
    recorded = match_holders(roster, {*only, *stories}, known)
    only, histories = recorded.now(only), recorded.now(stories)
    left_behind = {*recorded.gone, *recorded.doubtful}
    if left_behind:
        strays += _strays_of(left_behind, roster, only, histories)
    return CampaignStatus(
        title=manifest_of(folder.pack).title,
        issuer=settings.issuer,
        year=settings.year,
        deadline=settings.agency_deadline,
        today=today,
        agencies=_statuses(
            roster.agencies,
            only,
            histories,
            _doubts(recorded),
            _former_names(recorded, changes),
            extensions.after(settings.agency_deadline),
        ),
        strays=strays,
        closed=_statuses(roster.closed, only, histories),
        findings=(*recorded.findings(), *extensions.findings, *questions),
    )


def _doubts(recorded: HolderMatching) -> dict[Holder, tuple[Finding, ...]]:
    """What there is to say of agencies beside whose code something of another name is recorded."""
    said: dict[Holder, tuple[Finding, ...]] = {}
    for former, agency in sorted(recorded.doubtful.items()):
        said[agency.holder] = (*said.get(agency.holder, ()), identity_question(former, agency))
    return said


def _former_names(
    recorded: HolderMatching, changes: Iterable[AgencyChange]
) -> dict[Holder, tuple[str, datetime]]:
    """What agencies were called that were renamed, and when that was put on record."""
    on_record = {one.now: (one.former_name, one.at) for one in changes if one.former_name != one.name}
    found = {
        now.holder: (former.name, datetime.max)
        for former, now in recorded.moved.items()
        if former.name != now.name
    }
    return {**on_record, **found}


def _under_former_name(status: AgencyStatus, former: str, renamed_at: datetime) -> tuple[Finding, ...]:
    """What there is to say of a report that bears a name that its agency had: until somebody accepts it, or another one
    comes."""
    is_newer = status.handed_in is None or status.handed_in > renamed_at
    said = finding("campaign.other_name", value=former, expected=status.agency.name)
    is_settled = is_newer or status.state is State.ACCEPTED or said in status.findings
    return () if is_settled else (said,)


def _strays_of(
    left_behind: Iterable[Holder],
    roster: Roster,
    only: Mapping[Holder, OnlyVersion],
    stories: Mapping[Holder, History],
) -> Iterator[StrayFile]:
    """What those handed in who are not in the roster any more as they were."""
    for holder in sorted(left_behind):
        last = stories[holder].versions[-1] if holder in stories else only[holder]
        yield StrayFile(last.received, _why_left(holder, roster), last.seen)


def _why_left(holder: Holder, roster: Roster) -> Finding:
    now = roster.all_by_code.get(holder.code)
    if now is None:
        return finding("stray.not_in_roster", value=holder.name, former_code=holder.code)
    return finding("stray.code_given_away", value=holder.name, expected=now.name, former_code=holder.code)


def _statuses(
    agencies: Sequence[Agency],
    only: Mapping[Holder, OnlyVersion],
    stories: Mapping[Holder, History],
    doubts: Mapping[Holder, tuple[Finding, ...]] = MappingProxyType({}),
    former_names: Mapping[Holder, tuple[str, datetime]] = MappingProxyType({}),
    later: Mapping[Holder, date] = MappingProxyType({}),
) -> list[AgencyStatus]:
    """How agencies stand, in their order: those of whom one version is all that came in, or nothing, those with a
    story, what there is to ask of some, and which have more time."""
    found = []
    for agency in agencies:
        holder = Holder(agency.code, agency.name)
        version = only.get(holder)
        if version is not None:
            status = _status_of_only(agency, version)
        elif holder in stories:
            status = _status_of_agency(agency, stories[holder])
        else:
            status = AgencyStatus(agency, State.MISSING)
        if holder in doubts:
            status = status._replace(findings=(*doubts[holder], *status.findings))
        if holder in former_names:
            said = _under_former_name(status, *former_names[holder])
            status = status._replace(findings=(*status.findings, *said))
        if holder in later:
            status = status._replace(until=later[holder])
        found.append(status)
    return found


def _status_of_only(agency: Agency, version: OnlyVersion) -> AgencyStatus:
    """How an agency stands that handed in once, and of whose report nothing was said."""
    received, seen, is_sound, findings, report, returned = version
    state = State.SOUND if is_sound else State.FAULTY
    folder = received[: received.rfind("/")]
    return AgencyStatus(agency, state, 1, seen, seen, findings, report, returned, "", folder)


def _status_of_agency(agency: Agency, history: History) -> AgencyStatus:
    """How one agency stands: its newest sound version counts, and what came after it is said."""
    first, last = history.versions[0], history.versions[-1]
    counted, verdict = history.counted, history.verdict
    return AgencyStatus(
        agency=agency,
        state=_state(last, verdict),
        versions=last.number,
        first=first.seen,
        handed_in=last.seen,
        findings=last.findings,
        report=counted.report if counted else "",
        returned=_returned(last, verdict),
        remark=_remark(last, counted, verdict),
        received=last.received.rpartition("/")[0],
    )


def _state(last: Version, verdict: Review | None) -> State:
    if verdict is not None and verdict.is_disputed:
        return State.DISPUTED
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
    if verdict is not None and verdict.is_disputed:
        return "对这次报送，有人审核通过，有人退回，互不知情：请商定后再审核通过或者退回一次"
    if verdict is not None and verdict.remark:
        return verdict.remark
    if counted is not None and counted is not last:
        return f"第{last.number}次报送的有错误，报告仍是第{counted.number}次的"
    return ""
