"""What the journal tells, by whom and by what it tells of."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace

from reportfill.campaign.agencies.agency import Holder
from reportfill.campaign.records.history import (
    AgencyChange,
    Extension,
    Review,
    decision_in,
    holders_now,
)
from reportfill.campaign.records.journal import Event, Journal, JournalEntry


@dataclass(slots=True)
class Told:
    """Of each content, by its SHA-256, how it was handed in and whose it is now; of each agency what the coordinator
    said of its versions, and until when it may hand in, each with the table that tells of it, in order; which agencies
    came to have another code or name; and of which agencies each table tells."""

    handed_in: dict[str, JournalEntry] = field(default_factory=dict)
    holders: dict[str, Holder] = field(default_factory=dict)
    reviews: dict[Holder, list[tuple[str, Review]]] = field(default_factory=lambda: defaultdict(list))
    extensions: dict[Holder, list[tuple[str, Extension]]] = field(default_factory=lambda: defaultdict(list))
    changes: list[AgencyChange] = field(default_factory=list)
    agencies: dict[str, set[Holder]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, journal: Journal) -> Told:
        """What a journal tells."""
        told = cls()
        holders = iter(holders_now(journal.entries))
        for table in journal.tables:
            for entry, holder in zip(table.entries, holders, strict=False):
                told.agencies[table.name].add(holder)
                told._take(table.name, entry, holder)
        return told

    def _take(self, table: str, entry: JournalEntry, holder: Holder) -> None:
        said = decision_in(entry)
        if entry.event is Event.HANDED_IN:
            self.handed_in.setdefault(entry.digest, entry)
            self.holders[entry.digest] = holder
        elif isinstance(said, Review):
            self.reviews[holder].append((table, replace(said, code=holder.code, name=holder.name)))
        elif isinstance(said, Extension):
            self.extensions[holder].append((table, replace(said, code=holder.code, name=holder.name)))
        elif said:
            self.changes.append(said)
