"""What a process that was killed had written into the journal, but not recorded in the ledger, recorded now."""

from __future__ import annotations

from collections.abc import Iterable

from reportfill.campaign.place.naming import put_away_place
from reportfill.campaign.place.store import Store, put_away
from reportfill.campaign.records.history import Review, reviews_in
from reportfill.campaign.records.journal import entries_of
from reportfill.campaign.records.ledger import Ledger


def catch_up(store: Store, ledger: Ledger) -> None:
    """Let the ledger hold every review that the journal tells of."""
    told = reviews_in(entries_of(store, after=ledger.journal()))
    if told:
        known = set(ledger.reviews())
        record_reviews(store, ledger, [review for review in told if review not in known])


def record_reviews(store: Store, ledger: Ledger, reviews: Iterable[Review]) -> None:
    """Do what reviews that are in the journal ask for, and record them: the report of what was sent back is put away.
    It does no harm to do so once more."""
    for review in reviews:
        for version in ledger.history(review.code).versions:
            if version.number == review.number and version.report and not review.is_accepted:
                put_away(store, version.report, put_away_place(version.report, version.number))
        with ledger.writing() as record:
            record.reviews([review])
