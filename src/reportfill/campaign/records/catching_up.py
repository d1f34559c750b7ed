"""What a process that was killed had written into the journal, but not recorded in the ledger, recorded now; and what
changed in the roster since, put on record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from reportfill.campaign.agencies.holder_matching import HolderMatching, match_holders
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.folder.naming import put_away_place
from reportfill.campaign.records.history import AgencyChange, Review, agency_change_in, review_in
from reportfill.campaign.records.journal import (
    CHANGES,
    Event,
    JournalEntry,
    next_number,
    read_journal,
    write_entries,
)
from reportfill.campaign.records.ledger import Ledger
from reportfill.campaign.storage.putting_away import put_away
from reportfill.campaign.storage.store import Store
from reportfill.finding import Finding


def catch_up(store: Store, ledger: Ledger, roster: Roster) -> Sequence[Finding]:
    """Let the ledger hold every review and every change that the journal tells of, and both of them every code that was
    corrected in the roster; what there is to say of these."""
    told = read_journal(store, after=ledger.journal()).entries
    if any(entry.event is not Event.HANDED_IN for entry in told):
        _record_told(store, ledger, told)
    return _record_moved(store, ledger, roster)


def _record_told(store: Store, ledger: Ledger, told: Iterable[JournalEntry]) -> None:
    changes, reviews = set(ledger.changes()), set(map(without_holder, ledger.reviews()))
    for entry in told:
        if entry.event in CHANGES and agency_change_in(entry) not in changes:
            record_changes(ledger, [agency_change_in(entry)])
        elif (
            entry.event in (Event.ACCEPTED, Event.SENT_BACK)
            and without_holder(review_in(entry)) not in reviews
        ):
            record_reviews(store, ledger, [review_in(entry)])


def without_holder(review: Review) -> Review:
    """A review without whose it is, which may have changed since."""
    return replace(review, code="", name="")


def _record_moved(store: Store, ledger: Ledger, roster: Roster) -> Sequence[Finding]:
    """Put on record which agencies have another code in the roster now: what is theirs goes with their name."""
    moved = match_holders(roster, ledger.holders(with_workbooks=True)).moved
    if not moved:
        return ()
    now = datetime.now()
    changes = [AgencyChange(*holder, *agency.holder, now) for holder, agency in sorted(moved.items())]
    entries = [recoded(change) for change in changes]
    write_entries(store, next_number(store, ledger.journal()), entries)
    record_changes(ledger, changes)
    return HolderMatching(moved).findings()


def reviewed(said: Review) -> JournalEntry:
    """A review as the journal has it."""
    event = Event.ACCEPTED if said.is_accepted else Event.SENT_BACK
    return JournalEntry(
        said.at, event, *said.holder, said.number, result=said.file, remark=said.remark, by=said.by
    )


def recoded(change: AgencyChange, by: str = "") -> JournalEntry:
    """A change as the journal has it."""
    return JournalEntry(
        change.at,
        Event.RECODED if change.former_name == change.name else Event.RENAMED,
        change.code,
        change.name,
        by=by,
        former_code=change.former_code,
        former_name=change.former_name,
    )


def record_changes(ledger: Ledger, changes: Iterable[AgencyChange]) -> None:
    """Record changes that are in the journal."""
    with ledger.writing() as record:
        record.changes(changes)


def record_reviews(store: Store, ledger: Ledger, reviews: Iterable[Review]) -> None:
    """Do what reviews that are in the journal ask for, and record them: the report of what was sent back is put away.
    It does no harm to do so once more."""
    for review in reviews:
        for version in ledger.history(review.holder).versions:
            if version.number == review.number and version.report and not review.is_accepted:
                put_away(store, version.report, put_away_place(version.report, version.number))
        with ledger.writing() as record:
            record.reviews([review])
