"""Whose each link is now, by the roster: one goes with an agency that has another code or name as all that it handed in
does."""

from __future__ import annotations

from collections.abc import Mapping

from reportfill.campaign.agencies.agency import Agency, Holder
from reportfill.campaign.agencies.holder_matching import HolderMatching, match_holders
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.records.ledger import Ledger
from reportfill.finding import Finding, finding


def link_holders_now(roster: Roster, ledger: Ledger) -> Mapping[Holder, Agency | None]:
    """The agencies that have links by those that were given them; None for who is nobody any more for certain."""
    holders = ledger.link_holders()
    matching = _matching(roster, ledger, holders)
    return {holder: _now(roster, matching, holder) for holder in holders}


def link_holder_now(roster: Roster, ledger: Ledger, holder: Holder) -> Agency | None:
    """The agency that has a link now which was given to that one. It mostly is in the roster as it was, which is
    quickly told of a hundred thousand."""
    agency = roster.by_holder.get(holder)
    return agency or link_holders_now(roster, ledger).get(holder)


def moved_link_holders(roster: Roster, ledger: Ledger) -> Mapping[Holder, Agency]:
    """The agencies that have links which they were given under another code or name, by those."""
    return _matching(roster, ledger, ledger.link_holders()).moved


def link_questions(roster: Roster, ledger: Ledger) -> list[Finding]:
    """What there is to ask of links whose agencies may be others than those to which they were given."""
    matching = _matching(roster, ledger, ledger.link_holders())
    return [
        finding(
            "agency.link_doubtful",
            value=holder.name,
            expected=now.name,
            former_code=holder.code,
            code_of_agency=now.code,
        )
        for holder, now in sorted(matching.doubtful.items())
    ]


def _matching(roster: Roster, ledger: Ledger, holders: set[Holder]) -> HolderMatching:
    if holders.issubset(roster.by_holder):
        return HolderMatching()
    return match_holders(roster, holders, ledger.holders(with_workbooks=True))


def _now(roster: Roster, matching: HolderMatching, holder: Holder) -> Agency | None:
    return roster.by_holder.get(holder) or matching.moved.get(holder)
