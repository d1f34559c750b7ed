"""Tables of the journal that are lost: the last ones leave no gap, but the ledger knows what stood in them."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

from reportfill.campaign.place.folder import CampaignFolder
from reportfill.campaign.records.catching_up import without_holder
from reportfill.campaign.records.history import Change, Review, change_in, review_in
from reportfill.campaign.records.journal import CHANGES, Event, Journal, next_number, read_journal
from reportfill.campaign.records.opening import open_ledger
from reportfill.checks.findings import finding
from reportfill.errors import CampaignError

_REVIEWS = (Event.ACCEPTED, Event.SENT_BACK)


def compared_journal(folder: CampaignFolder) -> Journal:
    """All that the journal says; among its damage is that tables are lost, where the ledger holds reviews or changes of
    agencies that it does not tell of. A ledger that is lost or damaged itself says nothing."""
    try:
        known, number = _in_ledger(folder)
    except CampaignError:
        return read_journal(folder.store)
    journal = read_journal(folder.store)  # after the ledger, which gets what the journal has got before
    is_lost = number >= next_number(folder.store) or not known <= _told(journal)
    if journal.damage or not is_lost:
        return journal
    return replace(journal, damage=(finding("journal.lost"),))


def _in_ledger(folder: CampaignFolder) -> tuple[set[Review | Change], int]:
    with closing(open_ledger(folder.ledger_url, folder.title, is_new=False)) as ledger:
        return {*map(without_holder, ledger.reviews()), *ledger.changes()}, ledger.journal()


def _told(journal: Journal) -> set[Review | Change]:
    reviews = (without_holder(review_in(entry)) for entry in journal.entries if entry.event in _REVIEWS)
    changes = (change_in(entry) for entry in journal.entries if entry.event in CHANGES)
    return {*reviews, *changes}
