"""What may be published: the reports that the coordinator has accepted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.aggregation.coverage import recorded_holders
from reportfill.campaign.records.history import History
from reportfill.campaign.records.ledger import Ledger


class AcceptedReports(NamedTuple):
    """The SHA-256 of the version that was accepted by the code of its agency, and how many sound reports wait for that.
    There may be a hundred thousand: whatever else is known of a version the ledger is asked for."""

    versions: Mapping[str, str]
    waiting: int


def accepted_reports(roster: Roster, ledger: Ledger) -> AcceptedReports:
    """What may be published of the agencies in the roster; not of those of which it is doubtful whose their version is,
    and of those behind whose accepted version a newer one came."""
    matching, versions, waiting = recorded_holders(roster, ledger), {}, 0
    for holder, history in ledger.histories():
        counted, now = history.counted, matching.holder_now(holder)
        if counted is not None and not _is_accepted(history):
            waiting += 1
        elif counted is not None and roster.has(now):
            versions[roster.all_by_code[now.code].code] = counted.digest
    return AcceptedReports(versions, waiting)


def _is_accepted(history: History) -> bool:
    """Whether the newest version is accepted, and nobody said otherwise."""
    verdict = history.verdict
    return verdict is not None and verdict.is_accepted and not verdict.is_disputed
