"""An agency's link: the page that its code opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from reportfill.campaign.access.kept import KeptLink
from reportfill.campaign.agencies.agency import Agency
from reportfill.text import Text


class LinkState(Enum):
    """Whether a link opens anything, and why it does not."""

    OPEN = "open"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    NOT_REPORTING = "not reporting"


LINK_STATES = {
    LinkState.OPEN: Text("有效", "open"),
    LinkState.EXPIRED: Text("已到期", "expired"),
    LinkState.WITHDRAWN: Text("已停用", "withdrawn"),
    LinkState.NOT_REPORTING: Text("单位不再填报", "the agency does not report any more"),
}
"""What a person calls the state of a link."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link: the agency that has it, as the roster has that now, None where nobody has it any more; the last day on
    which it opens, None where there is none; and whether it opens now. `digest` tells it from others."""

    agency: Agency | None
    until: date | None
    state: LinkState
    digest: str

    @classmethod
    def of(cls, kept: KeptLink, agency: Agency | None, today: date) -> Link:
        """A link that is kept, as it is on a day."""
        return cls(agency, kept.until, _state(kept, agency, today), kept.digest)

    @property
    def is_open(self) -> bool:
        """Whether it opens."""
        return self.state is LinkState.OPEN


def _state(kept: KeptLink, agency: Agency | None, today: date) -> LinkState:
    if kept.is_withdrawn:
        return LinkState.WITHDRAWN
    if has_expired(kept, today):
        return LinkState.EXPIRED
    return LinkState.NOT_REPORTING if agency is None or agency.is_closed else LinkState.OPEN


def has_expired(kept: KeptLink, today: date) -> bool:
    """Whether the last day of a link is behind us."""
    return kept.until is not None and kept.until < today
