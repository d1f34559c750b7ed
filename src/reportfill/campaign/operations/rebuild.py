"""The ledger made anew from the folder: from the workbooks under outgoing/, the versions under received/, and the
journal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from reportfill.campaign.agencies.agency import Holder
from reportfill.campaign.folder.long_paths import room_in
from reportfill.campaign.folder.naming import Places, put_away_place, returned_place
from reportfill.campaign.folder.parts import OUTGOING, RECEIVED, ROLLUP, SUPERSEDED, own_folder
from reportfill.campaign.folder.password import passwords_of
from reportfill.campaign.inbox.owners import Owners
from reportfill.campaign.inbox.source_reading import (
    ExpectedSource,
    FileRead,
    SourceReader,
    lost_source,
)
from reportfill.campaign.inbox.sources import Source
from reportfill.campaign.progress import Progress, steps, unseen
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.checked_journal import checked_journal
from reportfill.campaign.records.database import locked
from reportfill.campaign.records.history import (
    AgencyChange,
    History,
    Review,
    Version,
    decision_in,
    holders_now,
)
from reportfill.campaign.records.journal import Event, Journal, JournalEntry, next_number
from reportfill.campaign.records.last_figures import read_last_figures
from reportfill.campaign.records.ledger import Ledger
from reportfill.campaign.records.open_ledger import ledger_made_anew
from reportfill.campaign.records.readings import Reading
from reportfill.campaign.records.received_copies import (
    ReceivedCopy,
    mark_of,
    received_copies,
    require_original,
)
from reportfill.errors import CampaignError
from reportfill.pack.pack import load_pack
from reportfill.processing import Artefact
from reportfill.workers import ProcessWorkers, Workers

_AT_ONCE = 500
"""Readings that are recorded together."""


def rebuild(
    folder: CampaignFolder,
    workers: Workers | None = None,
    progress: Progress = unseen,
    *,
    without_damaged: bool = False,
) -> int:
    """Make the ledger anew and return how many versions it holds. It is made on the side; the old one is kept under a
    numbered name.

    When a version was handed in, by whom and under which name is what the journal says, else when its copy was written
    and what it says itself. Raises CampaignError where another process works on the campaign, where the roster has
    errors, where a table of the journal is damaged or lost, unless it is to be done without those, and where a copy is
    not what was handed in or cannot be opened or read within its limits; the old ledger is then as it was.
    """
    with locked(folder.ledger_url):
        folder.roster()
        journal = checked_journal(folder)
        if not without_damaged:
            journal.require_whole()
        step = steps(progress, len(folder.store.files(RECEIVED)))
        with ledger_made_anew(folder.ledger_url, folder.title) as ledger:
            return _Rebuilding(folder, ledger, journal).run(workers or ProcessWorkers(1), step)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the journal tells: of each content when it came, whose it is now, and of each agency what the coordinator
    said, and of which agencies the code or the name changed."""

    handed_in: dict[str, JournalEntry]
    holders: dict[str, Holder]
    reviews: dict[Holder, list[Review]]
    changes: list[AgencyChange]


class _Rebuilding:
    def __init__(self, folder: CampaignFolder, ledger: Ledger, journal: Journal) -> None:
        settings, self._roster = folder.settings(), folder.roster()
        self._store, self._ledger, self._is_sealed = folder.store, ledger, folder.is_sealed
        self._year = settings.year
        self._places = Places(self._roster, settings, load_pack(folder.pack), room_in(folder.store))
        self._told = _told(journal)
        self._codes = {own_folder(entry.code): entry.code for entry in journal.entries if entry.code}
        self._codes |= {own_folder(code): code for code in self._roster.all_by_code}
        self._claimed = {entry.result: self._told.holders[one] for one, entry in self._told.handed_in.items()}
        self._last = read_last_figures(folder.store)
        how = folder.store, folder.pack, passwords_of(settings)
        self._reader = SourceReader(*how, makes=frozenset())
        self._printer = SourceReader(*how, makes=frozenset((Artefact.REPORT,)))

    def run(self, workers: Workers, advance: Callable[[], None]) -> int:
        self._record_sent(workers)
        versions = self._versions(workers, advance)
        reports = self._with_reports(versions, workers)
        with self._ledger.writing() as record:
            record.versions(version for own in reports.values() for version in own)
            record.reviews(review for own in self._told.reviews.values() for review in own)
            record.journal(next_number(self._store) - 1)
        return sum(map(len, reports.values()))

    def _record_sent(self, workers: Workers) -> None:
        """Record the workbooks that were handed out, and the sums, and what changed since."""
        made = (file.path for place in (OUTGOING, ROLLUP) for file in self._store.files(place))
        sent = [Source(path) for path in made if path.endswith(".xlsx")]
        read = filter(None, workers.results(self._reader.sent_workbook, sent))
        with self._ledger.writing() as record:
            # Of two copies of one workbook the one that is not put away is the one that counts.
            record.workbooks(
                {
                    one.id: one
                    for one in sorted(read, key=lambda one: f"/{SUPERSEDED}/" not in one.path)
                    if one.code or one.path.startswith(f"{ROLLUP}/")
                }.values()
            )
            record.changes(self._told.changes)

    def _versions(self, workers: Workers, advance: Callable[[], None]) -> dict[Holder, list[Version]]:
        """The versions of each agency, in order, without their reports."""
        sent = self._ledger.workbooks()
        owners = Owners(self._roster, self._year, sent, self._told.changes)
        last = self._last.now(self._roster, self._ledger)
        found: dict[str, Version] = {}
        readings: dict[str, Reading] = {}
        copies = received_copies(self._store)
        holders = {mark_of(digest): holder for digest, holder in self._told.holders.items()}
        expected = (
            ExpectedSource(
                Source(copy.path), last.figures_of(holders[copy.mark]) if copy.mark in holders else None
            )
            for copy in copies
        )
        results = workers.results(self._reader.read, expected, lost_source)
        for copy, given in zip(copies, results, strict=True):
            self._require_read(copy, given)
            require_original(self._store, copy.path, copy.mark, given.content, self._reader.passwords)
            holder = self._told.holders.get(given.digest) or self._owner(owners, copy, given)
            told = self._told.handed_in.get(given.digest)
            read = self._reader.checked_for(
                told.name if told else holder.name,
                given,
                last.figures_of(holder),
                sent.get(given.workbook),
            )
            self._require_read(copy, read)
            found.setdefault(read.digest, self._version(holder, copy, read))
            if read.reading is not None:
                readings[read.digest] = read.reading
            if len(readings) >= _AT_ONCE:
                self._record(readings)
                readings = {}
            advance()
        self._record(readings)
        own: dict[Holder, list[Version]] = defaultdict(list)
        for version in sorted(found.values(), key=lambda one: (one.number, one.seen)):
            before = own[version.holder]
            number = max(version.number, before[-1].number + 1) if before else version.number
            before.append(version._replace(number=number))
        return own

    def _record(self, readings: Mapping[str, Reading]) -> None:
        with self._ledger.writing() as record:
            record.readings(readings)

    def _owner(self, owners: Owners, copy: ReceivedCopy, read: FileRead) -> Holder:
        """Whose a copy is of which the journal does not tell: the agency's in whose folder it lies where nothing else
        can be said."""
        code = self._codes.get(copy.folder, copy.folder.rpartition("/")[2])
        owner = owners.of(read, code=code)
        agency = self._roster.all_by_code.get(code)
        return (
            owner
            if isinstance(owner, Holder)
            else Holder(code, read.name or (agency.name if agency else code))
        )

    def _require_read(self, copy: ReceivedCopy, read: FileRead) -> None:
        """Refuse a copy of which nothing could be read."""
        if read.trouble:
            place, why = self._store.place(copy.path), read.trouble.message
            raise CampaignError(f"{place}: {why.en}", f"{place}：{why.zh}")

    def _with_reports(
        self, versions: Mapping[Holder, Sequence[Version]], workers: Workers
    ) -> dict[Holder, list[Version]]:
        """The versions, of which those that count have their reports; a report that lacks is written."""
        places: dict[str, str] = {}
        lacking: dict[str, Version] = {}
        for holder, own in versions.items():
            counted = History(own, self._told.reviews.get(holder, ())).counted
            if counted is not None:
                places[counted.digest] = self._report_of(counted)
                if not places[counted.digest] and not self._is_sealed:
                    lacking[counted.digest] = counted
        printed = (ExpectedSource(Source(one.received)) for one in lacking.values())
        read = workers.results(self._printer.read, printed)
        for version, found in zip(lacking.values(), read, strict=True):
            places[version.digest] = self._places.report(version.holder)
            if found.report:
                self._store.write(places[version.digest], found.report)
        return {
            holder: [one._replace(report=places.get(one.digest, "")) for one in own]
            for holder, own in versions.items()
        }

    def _report_of(self, counted: Version) -> str:
        """Where the report of the version that counts is: where the journal says, or where it would be written now;
        empty where it is at neither place, and where another's is there."""
        told = self._told.handed_in.get(counted.digest)
        said = self._told.reviews.get(counted.holder, ())
        places = [review.file for review in reversed(said) if review.number == counted.number]
        places += [told.result if told else ""]
        usual = self._places.report(counted.holder)
        places += [usual] if self._claimed.get(usual, counted.holder) == counted.holder else []
        return next((place for place in places if place and self._store.exists(place)), "")

    def _version(self, holder: Holder, copy: ReceivedCopy, read: FileRead) -> Version:
        told = self._told.handed_in.get(read.digest)
        returned = told.result if told else returned_place(self._places.workbook(holder), copy.number)
        places = (returned, put_away_place(returned)) if returned and not read.is_sound else ()
        return Version(
            read.digest,
            *holder,
            told.number if told else copy.number,
            told.file if told else copy.path,
            copy.path,
            told.at if told else copy.modified,
            read.is_sound,
            read.findings,
            "",
            next(filter(self._store.exists, places), ""),
        )


def _told(journal: Journal) -> _Told:
    told = _Told({}, {}, defaultdict(list), [])
    for entry, holder in zip(journal.entries, holders_now(journal.entries), strict=True):
        said = decision_in(entry)
        if entry.event is Event.HANDED_IN:
            told.handed_in.setdefault(entry.digest, entry)
            told.holders[entry.digest] = holder
        elif isinstance(said, Review):
            told.reviews[holder].append(replace(said, code=holder.code, name=holder.name))
        elif said:
            told.changes.append(said)
    return told
