"""The agency that a person means by a code or a name."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from operator import attrgetter

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.agencies.roster import Roster
from reportfill.errors import UsageError

_KNOWN_BY = (attrgetter("code"), attrgetter("name"), attrgetter("short_name"))
"""What people call an agency by, what is looked for first in front."""


def agency_named(roster: Roster, said: str, *, also_closed: bool = False) -> Agency:
    """The agency with that code, official name or short name. Raises UsageError where there is none, or several of
    that short name, where it does not report any more and is not wanted then, and for an empty name: many agencies
    have no short one."""
    if not said.strip():
        raise UsageError("an empty code or name names no agency", "单位编码或者名称是空的，请写上")
    every = tuple(roster.all_by_code.values())
    named = next(filter(None, ([one for one in every if how(one) == said] for how in _KNOWN_BY)), [])
    named = [one for one in named if not one.is_closed] or named
    if len(named) > 1:
        raise UsageError(
            f"{said}: which of {', '.join(f'{one.name} ({one.code})' for one in named)}?",
            f"“{said}”不止一个单位：{'、'.join(f'{one.name}（{one.code}）' for one in named)}；请写单位编码",
        )
    if not named:
        raise _unknown(said, [*roster.all_by_code, *(agency.name for agency in every)])
    (agency,) = named
    if agency.is_closed and not also_closed:
        raise UsageError(
            f"{agency.name} does not report any more: {roster.change(agency).en}",
            f"“{agency.name}”{roster.change(agency).zh}，不再填报",
        )
    return agency


def _unknown(said: str, known: Sequence[str]) -> UsageError:
    near = get_close_matches(said, known, n=3)
    return UsageError(
        f"the roster has no agency {said}" + (f"; is it {' or '.join(near)}?" if near else ""),
        f"名册中没有“{said}”" + (f"，是不是“{'”“'.join(near)}”？" if near else ""),
    )
