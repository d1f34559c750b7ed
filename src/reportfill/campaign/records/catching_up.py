"""What a process that was killed had written into the journal, but not recorded in the ledger, recorded now; and what
changed in the roster since, put on record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime

from reportfill.campaign.agencies.holder_matching import HolderMatching, match_holders
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.folder.naming import put_away_place
from reportfill.campaign.records.history import (
    AgencyChange,
    Decision,
    Review,
    decisions_in,
    entry_of,
    without_holder,
)
from reportfill.campaign.records.journal import Event, JournalEntry, next_number, read_journal, write_entries
from reportfill.campaign.records.ledger import Ledger
from reportfill.campaign.storage.putting_away import put_away
from reportfill.campaign.storage.store import Store
from reportfill.errors import OneFileError
from reportfill.finding import Finding


def catch_up(store: Store, ledger: Ledger, roster: Roster) -> Sequence[Finding]:
    """Let the ledger hold every review and every change that the journal tells of, and both of them every code that was
    corrected in the roster; what there is to say of these."""
    told = read_journal(store, after=ledger.journal()).entries
    if any(entry.event is not Event.HANDED_IN for entry in told):
        _record_told(store, ledger, told)
    return _record_moved(store, ledger, roster)


def _record_told(store: Store, ledger: Ledger, told: Iterable[JournalEntry]) -> None:
    known = known_decisions(ledger)
    for said in decisions_in(told):
        if without_holder(said) not in known:
            _record(store, ledger, [said])


def known_decisions(ledger: Ledger) -> set[Decision]:
    """What the ledger holds of reviews, without whose they are, and of changes."""
    return {*map(without_holder, ledger.reviews()), *ledger.changes()}


def _record_moved(store: Store, ledger: Ledger, roster: Roster) -> Sequence[Finding]:
    """Put on record which agencies have another code in the roster now: what is theirs goes with their name."""
    moved = match_holders(roster, ledger.holders(with_workbooks=True)).moved
    if not moved:
        return ()
    now = datetime.now()
    changes = [AgencyChange(*holder, *agency.holder, now) for holder, agency in sorted(moved.items())]
    put_on_record(store, ledger, changes)
    return HolderMatching(moved).findings()


def put_on_record(store: Store, ledger: Ledger, said: Sequence[Decision], by: str = "") -> None:
    """Write down what was decided, the changes before the reviews: in the journal, then in the ledger. `by` is who says
    that agencies changed."""
    write_entries(store, next_number(store, ledger.journal()), [entry_of(one, by) for one in said])
    _record(store, ledger, said)


def _record(store: Store, ledger: Ledger, said: Sequence[Decision]) -> None:
    """Do what decisions that are in the journal ask for, and record them: the report of what was sent back is put away,
    or, while another program has it open, stays until the next version comes. It does no harm to do so once more."""
    changes = [one for one in said if isinstance(one, AgencyChange)]
    reviews = [one for one in said if isinstance(one, Review)]
    if changes:
        with ledger.writing() as record:
            record.changes(changes)
    for review in reviews:
        for version in ledger.history(review.holder).versions if not review.is_accepted else ():
            if version.number == review.number and version.report:
                with suppress(OneFileError):
                    put_away(store, version.report, put_away_place(version.report, version.number))
    if reviews:
        with ledger.writing() as record:
            record.reviews(reviews)
