"""How a campaign stands: for each agency what it handed in and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from itertools import chain
from operator import sub
from typing import TYPE_CHECKING, NamedTuple

from reportfill.campaign.agencies.agency import Agency
from reportfill.finding import Finding, Severity
from reportfill.text import Text

if TYPE_CHECKING:
    from reportfill.campaign.records.history import StrayFile  # slow to import, and help does without


class State(StrEnum):
    """What has become of an agency's report so far."""

    MISSING = "missing"
    """Nothing came in."""
    FAULTY = "faulty"
    """What came in last, and all before, has errors."""
    SOUND = "sound"
    """There is a report, and nobody has looked at it yet."""
    ACCEPTED = "accepted"
    """The coordinator accepted the report."""
    SENT_BACK = "sent back"
    """The coordinator sent the report back."""
    DISPUTED = "disputed"
    """Two coordinators, of whom neither knew of the other, said opposite things of the report."""


STATE_NAMES: Mapping[State, Text] = {
    State.SOUND: Text("校验通过", "report made"),
    State.ACCEPTED: Text("审核通过", "accepted"),
    State.FAULTY: Text("有错误", "with mistakes"),
    State.SENT_BACK: Text("审核退回", "sent back"),
    State.MISSING: Text("未报送", "missing"),
    State.DISPUTED: Text("待确认", "to be decided"),
}
"""What the states are called, in the order in which they are listed."""

OUTSTANDING = (State.FAULTY, State.SENT_BACK, State.MISSING)
"""The states of those that still owe a report that can be used."""


class AgencyStatus(NamedTuple):
    """How one agency stands. `versions` is how many it handed in; `handed_in` when the last one was first seen, `first`
    when the first one was; `mistakes` are errors and warnings of the last one. `report`, `returned` and `received` (the
    folder of all that it handed in) are paths relative to the campaign's folder, empty where there is none. `remark` is
    the coordinator's; `until` is when it may hand in who was given more time, None where the campaign's last day holds.
    """

    agency: Agency
    state: State
    versions: int = 0
    first: datetime | None = None
    handed_in: datetime | None = None
    findings: Sequence[Finding] = ()
    report: str = ""
    returned: str = ""
    remark: str = ""
    received: str = ""
    until: date | None = None


class StatusColumns(NamedTuple):
    """How several agencies stand, by column: the fields of their Agency and AgencyStatus, and how many errors and
    warnings the last version of each has. What is done with a whole column takes little time, for however many."""

    code: Sequence[str]
    name: Sequence[str]
    short_name: Sequence[str]
    superior: Sequence[str]
    level: Sequence[int]
    contact: Sequence[str]
    telephone: Sequence[str]
    email: Sequence[str]
    is_counted_by_superior: Sequence[bool]
    state: Sequence[State]
    versions: Sequence[int]
    first: Sequence[datetime | None]
    handed_in: Sequence[datetime | None]
    findings: Sequence[Sequence[Finding]]
    report: Sequence[str]
    returned: Sequence[str]
    remark: Sequence[str]
    received: Sequence[str]
    until: Sequence[date | None]
    errors: Sequence[int]
    warnings: Sequence[int]


def columns_of(agencies: Sequence[AgencyStatus]) -> StatusColumns:
    """All that is known of agencies, by column."""
    if not agencies:
        return StatusColumns._make([()] * len(StatusColumns._fields))
    rows, *own = zip(*agencies, strict=True)
    of_agencies = list(zip(*rows, strict=True))[: StatusColumns._fields.index("state")]
    findings = [one.findings for one in agencies]
    errors = [_error_count(found) if found else 0 for found in findings]
    warnings = map(sub, map(len, findings), errors)
    return StatusColumns._make((*of_agencies, *own, errors, list(warnings)))


def _error_count(findings: Iterable[Finding]) -> int:
    return [found.severity for found in findings].count(Severity.ERROR)


@dataclass(frozen=True)
class CampaignStatus:
    """How the whole campaign stands on a day. `agencies` are those that must report, `closed` those that need not any
    more."""

    title: str
    issuer: str
    year: int
    deadline: date | None
    today: date
    agencies: Sequence[AgencyStatus]
    strays: Sequence[StrayFile] = ()
    closed: Sequence[AgencyStatus] = ()
    findings: Sequence[Finding] = ()
    """What became of those who handed in, or have an extension, and are not in the roster as they were."""
    whole: CampaignStatus | None = None
    """The status of which this is a part."""

    def part(self, agencies: Sequence[AgencyStatus]) -> CampaignStatus:
        """How some of the agencies stand, and nothing else."""
        return replace(self, agencies=agencies, strays=(), closed=(), findings=(), whole=self)

    @cached_property
    def columns(self) -> StatusColumns:
        """How the agencies that must report stand, by column."""
        return columns_of(self.agencies)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The names of all agencies by their codes, those that report no more among them."""
        if self.whole is not None:
            return self.whole.names
        closed = ((one.agency.code, one.agency.name) for one in self.closed)
        return dict(chain(zip(self.columns.code, self.columns.name, strict=True), closed))

    @property
    def lost(self) -> Sequence[Finding]:
        """What there is to say of agencies that the roster does not have any more, though nobody said that they need
        not report."""
        return [found for found in self.findings if found.code in ("agency.left", "agency.unlisted")]

    @property
    def days_left(self) -> int | None:
        """Days to the deadline, negative after it; None where there is none."""
        return self.days_to(self.deadline)

    def days_to(self, day: date | None) -> int | None:
        """Days to a day, negative after it; None where there is none."""
        return (day - self.today).days if day else None

    def has_time(self, one: AgencyStatus) -> bool:
        """Whether an agency was given more time, and still has some."""
        return one.until is not None and one.until >= self.today
