"""What may be published: the reports that the coordinator has accepted."""

from __future__ import annotations

from collections.abc import Mapping

from reportfill.campaign.agencies.agency import Holder
from reportfill.campaign.agencies.holder_matching import match_holders
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.aggregation.counted_copies import CountedCopy
from reportfill.campaign.records.history import History
from reportfill.campaign.records.ledger import Ledger


def accepted_copies(roster: Roster, ledger: Ledger) -> Mapping[Holder, CountedCopy]:
    """The copies of the versions that were accepted, by whose they are in the roster; without agencies of which that is
    doubtful, and those behind whose accepted version a newer one came."""
    copies = {
        holder: CountedCopy(newest.number, newest.received, newest.digest)
        for holder, history in ledger.histories(with_a_story=True)
        if _is_accepted(history) and (newest := history.counted) is not None
    }
    matching = match_holders(roster, ledger.holders(), ledger.holders(with_workbooks=True))
    return matching.now(copies)


def _is_accepted(history: History) -> bool:
    """Whether the newest version is accepted, and nobody said otherwise."""
    verdict = history.verdict
    return verdict is not None and verdict.is_accepted and not verdict.is_disputed
