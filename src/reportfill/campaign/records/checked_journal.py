"""The journal beside what is known of it otherwise: tables that are lost leave no gap, but the ledger knows of them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import replace

from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.conflict_copies import conflict_copies
from reportfill.campaign.records.journal import (
    Journal,
    lost_tables,
    read_journal,
    read_tables,
    table_names,
    table_path,
)
from reportfill.campaign.records.open_ledger import open_ledger
from reportfill.campaign.storage.putting_away import digest_of_file
from reportfill.campaign.storage.store import Store
from reportfill.errors import CampaignError
from reportfill.finding import Finding


def checked_journal(folder: CampaignFolder) -> Journal:
    """All that the journal says; among its damage are tables that the ledger has got and that are not there any more,
    and copies that sync clients made. A ledger that is lost or damaged itself says nothing."""
    known, _ = _in_ledger(folder)
    journal = read_journal(folder.store, known)
    return replace(journal, damage=(*journal.damage, *conflict_copies(folder.store)))


def journal_damage(folder: CampaignFolder) -> tuple[Finding, ...]:
    """The damage of the checked journal. Tables that are byte for byte what the ledger has got are not read for it:
    every command asks, and there may be thousands."""
    known, digests = _in_ledger(folder)
    store = folder.store
    names = table_names(store)
    changed = (name for name in names if not _is_unchanged(store, name, digests))
    seen, damage = {**known}, list[Finding]()
    for read in (
        read_tables(store, [name]) for name in changed
    ):  # none is kept, for all may be of an earlier version
        seen |= read.seen
        damage += read.damage
    named = {name for previous in seen.values() for name in previous}
    return (*damage, *lost_tables(names, {*named, *known}), *conflict_copies(store))


def _in_ledger(folder: CampaignFolder) -> tuple[Mapping[str, tuple[str, ...]], Mapping[str, str]]:
    """The tables that the ledger has got, with those that each names, and their SHA-256. Asked for before the journal
    is read, which gets before the ledger what that has got."""
    with (
        suppress(CampaignError),
        closing(open_ledger(folder.ledger_url, folder.title, is_new=False)) as ledger,
    ):
        return ledger.journal(), ledger.journal_digests()
    return {}, {}


def _is_unchanged(store: Store, name: str, digests: Mapping[str, str]) -> bool:
    with suppress(OSError):
        return name in digests and digest_of_file(store, table_path(name)) == digests[name]
    return False
