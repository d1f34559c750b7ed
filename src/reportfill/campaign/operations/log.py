"""The journal as a whole, or what it says of one agency."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from reportfill.campaign.agencies.agency_named import agency_named
from reportfill.campaign.agencies.holder_matching import match_holders
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.checked_journal import checked_journal
from reportfill.campaign.records.journal import Event, Journal, JournalEntry
from reportfill.campaign.records.seal import finish_closing, read_seal
from reportfill.campaign.records.told import holders_now
from reportfill.errors import CampaignError, OutputError, UsageError
from reportfill.finding import Finding


@dataclass(frozen=True, slots=True)
class Log:
    """What the journal says, in order, and what of it is damaged or lost."""

    entries: tuple[JournalEntry, ...]
    damage: tuple[Finding, ...]


def journal_of(folder: CampaignFolder, agency: str | None = None) -> Log:
    """All that the journal says, or what it says of one agency. Raises UsageError where nobody is called so."""
    if folder.is_sealed:
        with suppress(CampaignError, OutputError):  # what a closing had not come to write, `verify` tells of
            finish_closing(folder.store, read_seal(folder.store))
    journal = checked_journal(folder)
    entries = journal.entries if agency is None else _entries_of(folder.roster(), journal, agency)
    return Log(tuple(map(_without_secret, entries)), journal.damage)


def _without_secret(entry: JournalEntry) -> JournalEntry:
    """An entry without what is kept of a password."""
    return entry._replace(result="") if entry.event is Event.PASSWORD_SET else entry


def _entries_of(roster: Roster, journal: Journal, named: str) -> list[JournalEntry]:
    """What the journal says of one agency, under whichever code and name it had; of one that the roster does not have
    any more, by the name or code that it had."""
    holders = holders_now(journal)
    recorded = match_holders(roster, holders)
    try:
        wanted = {agency_named(roster, named, also_closed=True).holder}
    except UsageError:
        wanted = {holder for holder in {*recorded.gone, *recorded.doubtful} if named in holder}
        if not wanted:
            raise
    return [
        entry
        for entry, holder in zip(journal.entries, map(recorded.holder_now, holders), strict=True)
        if holder in wanted
    ]
