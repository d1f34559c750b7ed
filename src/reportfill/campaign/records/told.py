"""What the journal tells, by whom and by what it tells of."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace

from reportfill.campaign.access.decisions import AccessDecision
from reportfill.campaign.agencies.agency import Holder
from reportfill.campaign.records.ancestry import Ancestry
from reportfill.campaign.records.history import (
    AgencyChange,
    Extension,
    Review,
    decision_in,
)
from reportfill.campaign.records.journal import CHANGES, Event, Journal, JournalEntry
from reportfill.campaign.records.told_access import ToldAccess


@dataclass(slots=True)
class Told:
    """Of each content, by its SHA-256, how it was handed in and whose it is now; of each agency what the coordinator
    said of its versions, and until when it may hand in, each with the table that tells of it, in order; who may come
    in; which agencies came to have another code or name; and of which agencies' reports each table may tell."""

    handed_in: dict[str, JournalEntry] = field(default_factory=dict)
    holders: dict[str, Holder] = field(default_factory=dict)
    reviews: dict[Holder, list[tuple[str, Review]]] = field(default_factory=lambda: defaultdict(list))
    extensions: dict[Holder, list[tuple[str, Extension]]] = field(default_factory=lambda: defaultdict(list))
    access: ToldAccess = field(default_factory=ToldAccess)
    changes: list[AgencyChange] = field(default_factory=list)
    agencies: dict[str, set[Holder]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, journal: Journal) -> Told:
        """What a journal tells."""
        told = cls()
        holders = iter(holders_now(journal))
        for table in journal.tables:
            for entry, holder in zip(table.entries, holders, strict=False):
                told._take(table.name, entry, holder)
        return told

    def _take(self, table: str, entry: JournalEntry, holder: Holder) -> None:
        said = decision_in(entry)
        if isinstance(said, AccessDecision):
            self.access.take(table, said, holder)
            return
        self.agencies[table].add(holder)
        if entry.event is Event.HANDED_IN:
            self.handed_in.setdefault(entry.digest, entry)
            self.holders[entry.digest] = holder
        elif isinstance(said, Review):
            self.reviews[holder].append((table, replace(said, code=holder.code, name=holder.name)))
        elif isinstance(said, Extension):
            self.extensions[holder].append((table, replace(said, code=holder.code, name=holder.name)))
        elif said:
            self.changes.append(said)


def holders_now(journal: Journal) -> list[Holder]:
    """Whose each of a journal's entries is by what it says of agencies that changed later, or at the same time: who did
    not know of a change meant the agency that it became."""
    now: dict[Holder, Holder] = {}
    changed: dict[Holder, list[tuple[str, Holder]]] = defaultdict(list)
    found = []
    for table in reversed(journal.tables):
        for entry in reversed(table.entries):
            holder = now.get(Holder(entry.code, entry.name), Holder(entry.code, entry.name))
            found.append((table.name, holder))
            if entry.event in CHANGES:
                former = Holder(entry.former_code, entry.former_name)
                now[former] = holder
                changed[former].append((table.name, holder))
    ancestry = Ancestry(journal.seen)

    def known(table: str, holder: Holder) -> Holder:
        unknown = (to for place, to in changed.get(holder, ()) if not ancestry.had_seen(table, place))
        return next(unknown, holder)

    return [known(table, holder) for table, holder in reversed(found)]
