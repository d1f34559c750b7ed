"""A ledger filled from the folder: with the workbooks under outgoing/ and rollup/, the versions under received/, and
what the journal tells."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice, starmap

from reportfill.campaign.agencies.agency import Holder
from reportfill.campaign.folder.long_paths import room_in
from reportfill.campaign.folder.naming import Places, put_away_place, returned_place
from reportfill.campaign.folder.parts import ROLLUP, SUPERSEDED, own_folder
from reportfill.campaign.folder.password import passwords_of
from reportfill.campaign.inbox.owners import Owners
from reportfill.campaign.inbox.source_reading import (
    ExpectedSource,
    FileRead,
    SourceReader,
    lost_source,
)
from reportfill.campaign.inbox.sources import Source
from reportfill.campaign.operations.settling import Settling
from reportfill.campaign.records.ancestry import Ancestry
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.history import AgencyChange, History, SentWorkbook, Version
from reportfill.campaign.records.journal import Event, Journal, JournalEntry, JournalTable
from reportfill.campaign.records.last_figures import LastFigures, read_last_figures
from reportfill.campaign.records.ledger import Ledger
from reportfill.campaign.records.made_workbooks import workbook_files
from reportfill.campaign.records.readings import Reading
from reportfill.campaign.records.received_copies import (
    ReceivedCopy,
    mark_of,
    received_copies,
    require_original,
)
from reportfill.campaign.records.told import Told
from reportfill.campaign.storage.putting_away import keeping, put_away
from reportfill.campaign.storage.store import StoredFile
from reportfill.errors import CampaignError
from reportfill.finding import Finding, finding
from reportfill.pack.pack import load_pack
from reportfill.processing import Artefact
from reportfill.text import Text
from reportfill.workers import Workers

_AT_ONCE = 500
"""Versions that are recorded together."""


class Filling:
    """Fills a ledger of a campaign with what the folder holds and the journal tells."""

    def __init__(self, folder: CampaignFolder, ledger: Ledger, journal: Journal, workers: Workers) -> None:
        self._settings, self._roster = folder.settings(), folder.roster()
        self._folder, self._store, self._ledger = folder, folder.store, ledger
        self._journal, self._workers = journal, workers
        self._pack, self._is_own = folder.pack, folder.has_own_ledger
        self._are_files_open = False
        self._waiting: set[Holder] = set()
        self._told = Told.of(journal)
        self._ancestry = Ancestry(journal.seen)
        self._settling = Settling(folder.store, lambda: self._places, self._told, self._ancestry)
        self._last = read_last_figures(folder.store)
        how = folder.store, folder.pack, passwords_of(self._settings)
        self._reader = SourceReader(*how, makes=frozenset())
        self._printer = SourceReader(*how, makes=frozenset((Artefact.REPORT,)))

    # What is kept of a hundred thousand agencies is made when it is needed, which it mostly is not.

    @cached_property
    def _places(self) -> Places:
        return Places(self._roster, self._settings, load_pack(self._pack), room_in(self._store))

    @cached_property
    def _owners(self) -> Owners:
        return Owners(self._roster, self._settings.year, self._ledger.workbooks(), self._told.changes)

    def fill(self, advance: Callable[[], None], *, prints: bool) -> int:
        """Record everything, and return how many versions there are; reports that lack are printed where that is
        wanted. What a table tells of a copy that is not there is looked for again the next time. Raises CampaignError
        where a copy is not what was handed in or cannot be read."""
        self._record_sent(workbook_files(self._store))
        self._record_changes(self._told.changes)
        self._record_given(self._journal.seen)
        self._record_versions(received_copies(self._store), advance)
        number = self._settle(self._ledger.histories(), prints=prints)
        self._record_tables(self._journal.tables)
        return number

    def catch_up(self, names: Collection[str], made: Sequence[StoredFile], *, tidies: bool) -> None:
        """Record what some tables of the journal tell, and workbooks that were made. Tables of which a copy, a report
        or a marked workbook is not there yet, or cannot be read, are taken up again the next time. Where that is
        wanted, reports of what was sent back are put away, and those printed again that another computer has replaced;
        else whoever writes next does."""
        self._record_sent(made)
        tables = [table for table in self._journal.tables if table.name in names]
        known = set(self._ledger.changes())
        self._record_changes([one for one in self._told.changes if one not in known])
        read = self._ledger.journal()
        concerned = self._concerned([table for table in tables if table.name not in read])
        self._record_given(concerned)
        self._record_versions(self._copies_of(self._lacking(tables)), lambda: None, passes_over=True)
        holders = {holder for name in concerned.union(names) for holder in self._told.agencies[name]}
        histories = ((holder, self._ledger.history(holder)) for holder in sorted(holders))
        self._settle(histories, prints=False, is_anew=False, tidies=tidies)
        self._record_tables(tables, are_whole=tidies or not self._are_files_open)

    def _concerned(self, tables: Sequence[JournalTable]) -> set[str]:
        """The names of tables, and of those whose writers had seen one of them, though they came here before."""
        return {
            later.name
            for later in self._journal.tables
            if any(self._ancestry.had_seen(later.name, one.name) for one in tables)
        }

    def _record_tables(self, tables: Sequence[JournalTable], *, are_whole: bool = True) -> None:
        """Record which tables were read, and of which everything is recorded unless none is to be."""
        lacking, told = self._lacking(tables), self._told.agencies
        whole = {
            one.name
            for one in tables
            if are_whole
            and lacking.keys().isdisjoint(entry.digest for entry in one.entries)
            and told[one.name].isdisjoint(self._waiting)
        }
        with self._ledger.writing() as record:
            record.journal([one for one in tables if one.name in whole])
            record.journal([one for one in tables if one.name not in whole], are_whole=False)

    def _lacking(self, tables: Iterable[JournalTable]) -> dict[str, JournalEntry]:
        """What was handed in by these tables, by its SHA-256, and is not recorded."""
        told = {
            entry.digest: entry
            for table in tables
            for entry in table.entries
            if entry.event is Event.HANDED_IN
        }
        known = self._ledger.digests() if told else set()
        return {digest: entry for digest, entry in told.items() if digest not in known}

    def _copies_of(self, entries: Mapping[str, JournalEntry]) -> list[ReceivedCopy]:
        """The copies of contents, as far as they are there."""
        folders = sorted({own_folder(entry.code) for entry in entries.values()})
        marks = set(map(mark_of, entries))
        copies = (copy for folder in folders for copy in received_copies(self._store, folder))
        return [copy for copy in copies if copy.mark in marks]

    def _record_sent(self, made: Sequence[StoredFile]) -> None:
        """Record the workbooks that were handed out, and the sums."""
        # Of two copies of one workbook the one that is not put away counts, and is recorded last.
        ordered = sorted(made, key=lambda file: f"/{SUPERSEDED}/" not in file.path)
        known, unread = set(self._ledger.workbooks()), set[str]()
        found = (one for one in self._sent(ordered, unread) if one.id not in known)
        own = (one for one in found if one.code or one.path.startswith(f"{ROLLUP}/"))
        while some := list(islice(own, _AT_ONCE)):
            with self._ledger.writing() as record:
                record.workbooks({one.id: one for one in some}.values())
        if self._is_own:
            with self._ledger.writing() as record:
                record.seen({file.path: file.stamp for file in made if file.path not in unread})

    def _sent(self, files: Sequence[StoredFile], unread: set[str]) -> Iterator[SentWorkbook]:
        """The workbooks of the campaign's own among some files. Those that cannot be read are added to the `unread`,
        and told with the record."""
        sources = (Source(file.path) for file in files)
        read = self._workers.results(self._reader.sent_workbook, sources)
        for file, one in zip(files, read, strict=True):
            if isinstance(one, Finding):
                unread.add(file.path)
                self._folder.recorded.append(
                    finding("campaign.file_held", reason=self._why_unread(file, one))
                )
            elif one is not None:
                yield one

    def _why_unread(self, file: StoredFile, why: Finding) -> Text:
        place = self._store.place(file.path)
        return Text(f"{place}：{why.message.zh.rstrip('。')}", f"{place}: {why.message.en.rstrip('.')}")

    def _record_changes(self, changes: Sequence[AgencyChange]) -> None:
        with self._ledger.writing() as record:
            record.changes(changes)

    def _record_given(self, names: Collection[str]) -> None:
        """Record until when those agencies may hand in, and who may come in, of whom some tables say so."""
        access, accounts = self._told.access, self._ledger.accounts()
        with self._ledger.writing() as record:
            record.extensions(
                self._ancestry.extension(told)
                for told in self._told.extensions.values()
                if any(name in names for name, _ in told)
            )
            record.links(access.kept_links(self._ancestry, names))
            record.keys(access.kept_keys(self._ancestry, names))
            record.accounts(access.kept_accounts(self._ancestry, names, accounts))

    def _record_versions(
        self, copies: Sequence[ReceivedCopy], advance: Callable[[], None], *, passes_over: bool = False
    ) -> None:
        """Record versions under the numbers of their copies and without their reports, with what was read of them. A
        copy that cannot be read is passed over where that is wanted; else CampaignError is raised."""
        last = self._last.now(self._roster, self._ledger)
        told = self._told.holders if last.reports else {}
        holders = {mark_of(digest): holder for digest, holder in told.items()}
        expected = (
            ExpectedSource(
                Source(copy.path), last.figures_of(holders[copy.mark]) if copy.mark in holders else None
            )
            for copy in copies
        )
        results = self._workers.results(self._reader.read, expected, lost_source)
        recorded: set[str] = set()
        versions: dict[str, Version] = {}
        readings: dict[str, Reading] = {}
        for copy, given in zip(copies, results, strict=True):
            advance()
            holder = self._told.holders.get(given.digest) or self._owner(copy, given)
            try:
                read = self._checked(copy, given, holder, last)
            except CampaignError:
                if passes_over:
                    continue
                raise
            if read.digest not in recorded:
                recorded.add(read.digest)
                versions[read.digest] = self._version(holder, copy, read)
            if read.reading is not None:
                readings[read.digest] = read.reading
            if len(readings) >= _AT_ONCE:
                self._record(versions, readings)
                versions, readings = {}, {}
        self._record(versions, readings)

    def _checked(self, copy: ReceivedCopy, given: FileRead, holder: Holder, last: LastFigures) -> FileRead:
        """What was read of a copy, beside what is known of its agency. Raises CampaignError where nothing could be
        read, and where it is not what was handed in."""
        self._require_read(copy, given)
        require_original(self._store, copy.path, copy.mark, given.content, self._reader.passwords)
        told = self._told.handed_in.get(given.digest)
        name = told.name if told else holder.name
        place_of = self._ledger.place_of_workbook
        read = self._reader.checked_for(name, given, last.figures_of(holder), place_of)
        self._require_read(copy, read)
        return read

    def _record(self, versions: Mapping[str, Version], readings: Mapping[str, Reading]) -> None:
        with self._ledger.writing() as record:
            record.versions(versions.values())
            record.readings(readings)

    @cached_property
    def _codes(self) -> Mapping[str, str]:
        """The codes of agencies by the folders of their versions."""
        told = {own_folder(entry.code): entry.code for entry in self._journal.entries if entry.code}
        return told | {own_folder(code): code for code in self._roster.all_by_code}

    def _owner(self, copy: ReceivedCopy, read: FileRead) -> Holder:
        """Whose a copy is of which the journal does not tell: the agency's in whose folder it lies where nothing else
        can be said."""
        code = self._codes.get(copy.folder, copy.folder.rpartition("/")[2])
        owner = self._owners.of(read, code=code)
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

    def _version(self, holder: Holder, copy: ReceivedCopy, read: FileRead) -> Version:
        told = self._told.handed_in.get(read.digest)
        returned = told.result if told else returned_place(self._places.workbook(holder), copy.number)
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
            "" if read.is_sound else returned,
        )

    def _settle(
        self,
        histories: Iterable[tuple[Holder, History]],
        *,
        prints: bool,
        is_anew: bool = True,
        tidies: bool = False,
    ) -> int:
        """Record what the versions of agencies come to, some at a time: there may be a hundred thousand. How many
        versions there are."""
        number = 0
        settled = starmap(self._settling.settled, histories)
        while some := list(islice(settled, _AT_ONCE)):
            lacking = [one.lacks_report for one in some if one.lacks_report and prints]
            doubtful = [one.has_doubtful_report for one in some if one.has_doubtful_report]
            printed = self._printed([*lacking, *doubtful]) if prints or tidies else {}
            versions = [version for one in some for version in one.history.versions]
            with self._ledger.writing() as record:
                record.versions(printed.get(one.digest, one) for one in versions)
                record.reviews(
                    (review for one in some for review in one.history.reviews),
                    in_place_of=() if is_anew else (one.holder for one in some),
                )
            if self._is_own:  # what others wrote comes file by file
                self._waiting |= {
                    one.holder for one in some if one.lacks_file and not (one.lacks_report and prints)
                }
            self._are_files_open |= any(one.obsolete or one.has_doubtful_report for one in some)
            for one in some if tidies else ():
                if one.obsolete:
                    with self._folder.telling():  # it stays until the next version comes
                        put_away(self._store, *one.obsolete)
            number += len(versions)
        return number

    def _printed(self, versions: Sequence[Version]) -> dict[str, Version]:
        """These versions, with the reports that were written for them now, where something else stood or nothing."""
        sources = [ExpectedSource(Source(one.received)) for one in versions]
        read = self._workers.results(self._printer.read, sources, lost_source)
        printed = {}
        for version, found in zip(versions, read, strict=True):
            place = version.report or self._places.report(version.holder)
            if found.report:
                with (
                    self._folder.telling(),
                    keeping(self._store, place, put_away_place(place, version.number - 1)),
                ):
                    self._store.write(place, found.report)
                    printed[version.digest] = version._replace(report=place)
        return printed
