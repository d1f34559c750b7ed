"""How a campaign stands: for each agency what it handed in and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.records.history import Mistake


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


OUTSTANDING = (State.FAULTY, State.SENT_BACK, State.MISSING)
"""The states of those that still owe a report that can be used."""


class AgencyStanding(NamedTuple):
    """How one agency stands. `versions` is how many it handed in; `handed_in` when the last one was first seen, `first`
    when the first one was; `mistakes` are errors and warnings of the last one. `report`, `returned` and `received` (the
    folder of all that it handed in) are paths relative to the campaign's folder, empty where there is none. `remark` is
    the coordinator's."""

    agency: Agency
    state: State
    versions: int = 0
    first: datetime | None = None
    handed_in: datetime | None = None
    mistakes: Sequence[Mistake] = ()
    report: str = ""
    returned: str = ""
    remark: str = ""
    received: str = ""


@dataclass(frozen=True, slots=True)
class Stray:
    """A file in the inbox that belongs to no agency for certain; `reason` says why, in Chinese."""

    file: str
    reason: str


@dataclass(frozen=True)
class Standing:
    """How the whole campaign stands on a day. `agencies` are those that must report, `closed` those that need not any
    more."""

    title: str
    issuer: str
    year: int
    deadline: date | None
    today: date
    agencies: Sequence[AgencyStanding]
    strays: Sequence[Stray] = ()
    closed: Sequence[AgencyStanding] = ()

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The names of all agencies by their codes, those that report no more among them."""
        return {one.agency.code: one.agency.name for one in chain(self.agencies, self.closed)}

    @property
    def days_left(self) -> int | None:
        """Days to the deadline, negative after it; None where there is none."""
        return (self.deadline - self.today).days if self.deadline else None
