"""What is known of an agency: the workbook that was sent to it, the versions that it handed in, and what was said of
them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from reportfill.campaign.access.decisions import AccessDecision
from reportfill.campaign.agencies.agency import Holder
from reportfill.campaign.records.access_entries import access_decision_in, access_entry
from reportfill.campaign.records.journal import CHANGES, Event, JournalEntry
from reportfill.finding import Finding


@dataclass(frozen=True, slots=True)
class SentWorkbook:
    """A workbook that was made for an agency: its id, and where it lies in the campaign's folder. `made_of` is a digest
    of all that went into it, empty where that is not known any more. One without an agency's code is a roll-up."""

    id: str
    code: str
    name: str
    path: str
    made_of: str = ""

    @property
    def holder(self) -> Holder:
        """The agency for which it was made."""
        return Holder(self.code, self.name)

    @property
    def is_rollup(self) -> bool:
        """Whether it holds the sums of the campaign itself."""
        return not self.code


class Version(NamedTuple):
    """One version that an agency handed in, counted from 1; `code` and `name` say whose it is. `file` is where it came
    from, `received` its copy; `report` and `returned` what was made of it, empty where nothing was. All paths are
    relative to the campaign's folder."""

    digest: str
    code: str
    name: str
    number: int
    file: str
    received: str
    seen: datetime
    is_sound: bool
    findings: tuple[Finding, ...]
    report: str
    returned: str

    @property
    def holder(self) -> Holder:
        """The agency that handed it in."""
        return Holder(self.code, self.name)


class OnlyVersion(NamedTuple):
    """The one version that an agency handed in, of which nothing was said: what became of it."""

    received: str
    seen: datetime
    is_sound: bool
    findings: tuple[Finding, ...]
    report: str
    returned: str


@dataclass(frozen=True, slots=True)
class Review:
    """The coordinator's word on a version: accepted, or sent back with a remark; `by` is a person's name, `file` the
    report, or the workbook with the remark, relative to the campaign's folder. `digest` is the version's, empty in
    journals of the first versions. It `is_disputed` where somebody who did not know of it said the opposite, and nobody
    has decided since."""

    code: str
    name: str
    number: int
    is_accepted: bool
    remark: str
    by: str
    file: str
    at: datetime
    digest: str = ""
    is_disputed: bool = False

    @property
    def holder(self) -> Holder:
        """The agency of which it was said."""
        return Holder(self.code, self.name)


@dataclass(frozen=True, slots=True)
class AgencyChange:
    """An agency that is in the roster under another code, or another name, than what is recorded of it bears."""

    former_code: str
    former_name: str
    code: str
    name: str
    at: datetime

    @property
    def former(self) -> Holder:
        """The agency as it was."""
        return Holder(self.former_code, self.former_name)

    @property
    def now(self) -> Holder:
        """The agency as it is."""
        return Holder(self.code, self.name)


@dataclass(frozen=True, slots=True)
class Extension:
    """Until when an agency may hand in, though others may not any more; None where it has the campaign's own time
    again. `remark` says why, `by` is a person's name."""

    code: str
    name: str
    until: date | None
    remark: str
    by: str
    at: datetime

    @property
    def holder(self) -> Holder:
        """The agency that has the time."""
        return Holder(self.code, self.name)


@dataclass(frozen=True, slots=True)
class StrayFile:
    """A file of the inbox that belongs to no agency for certain, and why; one within an archive is named behind it."""

    file: str
    reason: Finding
    seen: datetime


class History(NamedTuple):
    """What one agency handed in, in order, and what the coordinator said of it, in order."""

    versions: Sequence[Version] = ()
    reviews: Sequence[Review] = ()

    @property
    def verdict(self) -> Review | None:
        """The last word on the newest version; None where there is none."""
        if not self.reviews or not self.versions:
            return None
        said = [review for review in self.reviews if review.number == self.versions[-1].number]
        return said[-1] if said else None

    @property
    def is_sent_back(self) -> bool:
        """Whether the newest version was sent back, and nobody said otherwise."""
        verdict = self.verdict
        return verdict is not None and not verdict.is_accepted and not verdict.is_disputed

    @property
    def counted(self) -> Version | None:
        """The version that counts: the newest sound one, unless the coordinator sent it back, or it is not decided
        which of two opposite words on it holds."""
        newest = next(filter(attrgetter("is_sound"), reversed(self.versions)), None)
        if not self.reviews:
            return newest
        said = [review for review in self.reviews if newest and review.number == newest.number]
        is_good = not said or (said[-1].is_accepted and not said[-1].is_disputed)
        return newest if is_good else None


Decision: TypeAlias = Review | AgencyChange | Extension | AccessDecision
"""What was decided: the coordinator's word on a version of an agency, that it had another code or name before, until
when it may hand in; or who may come in."""


def decision_in(told: JournalEntry) -> Decision | None:
    """What an entry of the journal says was decided; None where it tells of something else."""
    if told.event in CHANGES:
        return AgencyChange(told.former_code, told.former_name, told.code, told.name, told.at)
    if told.event in (Event.EXTENDED, Event.NOT_EXTENDED):
        until = date.fromisoformat(told.result) if told.event is Event.EXTENDED else None
        return Extension(told.code, told.name, until, told.remark, told.by, told.at)
    if told.event not in (Event.ACCEPTED, Event.SENT_BACK):
        return access_decision_in(told)
    is_accepted = told.event is Event.ACCEPTED
    return Review(
        told.code,
        told.name,
        told.number,
        is_accepted,
        told.remark,
        told.by,
        told.result,
        told.at,
        told.digest,
    )


def entry_of(said: Decision, by: str = "") -> JournalEntry:
    """A decision as the journal has it; `by` whom a change was put on record."""
    if isinstance(said, Review):
        event = Event.ACCEPTED if said.is_accepted else Event.SENT_BACK
        return JournalEntry(
            said.at,
            event,
            *said.holder,
            said.number,
            result=said.file,
            remark=said.remark,
            by=said.by,
            digest=said.digest,
        )
    if isinstance(said, Extension):
        event, result = (Event.EXTENDED, str(said.until)) if said.until else (Event.NOT_EXTENDED, "")
        return JournalEntry(said.at, event, *said.holder, result=result, remark=said.remark, by=said.by)
    if not isinstance(said, AgencyChange):
        return access_entry(said)
    event = Event.RECODED if said.former_name == said.name else Event.RENAMED
    return JournalEntry(
        said.at, event, *said.now, by=by, former_code=said.former_code, former_name=said.former_name
    )
