"""The journal beside what is known of it otherwise: tables that are lost leave no gap, but the ledger knows of them."""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import replace

from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.conflict_copies import conflict_copies
from reportfill.campaign.records.journal import Journal, read_journal
from reportfill.campaign.records.open_ledger import open_ledger
from reportfill.errors import CampaignError


def checked_journal(folder: CampaignFolder) -> Journal:
    """All that the journal says; among its damage are tables that the ledger has got and that are not there any more,
    and copies that sync clients made. A ledger that is lost or damaged itself says nothing."""
    known: frozenset[str] = frozenset()
    # Before the journal, which gets before the ledger what that has got.
    with (
        suppress(CampaignError),
        closing(open_ledger(folder.ledger_url, folder.title, is_new=False)) as ledger,
    ):
        known = frozenset(ledger.journal())
    journal = read_journal(folder.store, known)
    return replace(journal, damage=(*journal.damage, *conflict_copies(folder.store)))
