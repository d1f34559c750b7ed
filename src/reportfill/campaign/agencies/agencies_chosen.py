"""The agencies that a person chooses."""

from __future__ import annotations

from collections.abc import Sequence

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.agencies.agency_named import agency_named
from reportfill.campaign.agencies.roster import Roster
from reportfill.errors import UsageError


def agencies_chosen(
    roster: Roster, named: Sequence[str], under: str | None, *, also_closed: bool = False
) -> list[Agency]:
    """The agencies that are named, and one with all below it, each once. Raises UsageError where nobody is named, or
    one that the roster does not have."""
    chosen = [agency_named(roster, one, also_closed=also_closed) for one in named]
    if under is not None:
        top = agency_named(roster, under, also_closed=True).code
        chosen += [one for one in roster.agencies if roster.is_below(one, top)]
    if not chosen:
        raise UsageError(
            "say which agencies",
            "请写明单位",
            by_command=("or --under CODE", "或者写--under 单位编码"),
        )
    return list(dict.fromkeys(chosen))
