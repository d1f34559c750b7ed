"""What came back: every file of the inbox read, checked, and kept; sound ones become reports, others are returned.

A file is known by its content: the same one again is nothing new. Whatever the moment at which a run is broken off, the
next one finishes it: files are written before the journal and the ledger tell of them, each whole, and under names that
say which version and content they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from reportfill.campaign.agencies.agency import Holder
from reportfill.campaign.folder.long_paths import room_in
from reportfill.campaign.folder.naming import Places, put_away_place, returned_place
from reportfill.campaign.folder.parts import own_folder
from reportfill.campaign.folder.password import passwords_of
from reportfill.campaign.inbox.marked_copies import ObsoleteCopies, left_in_place
from reportfill.campaign.inbox.owners import Owners
from reportfill.campaign.inbox.source_reading import (
    ExpectedSource,
    FileRead,
    SourceReader,
    lost_source,
)
from reportfill.campaign.inbox.sources import Source, close_container, inbox_sources, suffix_of
from reportfill.campaign.operations.catching_up import changing
from reportfill.campaign.operations.collected_batch import Batch, Collected, PlannedVersion, held_back
from reportfill.campaign.operations.report_outputs import write_report_outputs
from reportfill.campaign.progress import Progress, steps, unseen
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.handover_list import HandoverList
from reportfill.campaign.records.history import History, StrayFile, Version
from reportfill.campaign.records.journal import Event, JournalEntry, read_journal, table_names
from reportfill.campaign.records.last_figures import read_last_figures
from reportfill.campaign.records.ledger import Ledger
from reportfill.campaign.records.received_copies import (
    ReceivedCopy,
    handover_list_path,
    mark_of,
    received_copies,
    received_path,
)
from reportfill.campaign.records.unclaimed_place import unclaimed_place
from reportfill.campaign.storage.putting_away import put_away
from reportfill.campaign.storage.store import Store, StoredFile, printable_path
from reportfill.campaign.storage.writing import write_all
from reportfill.errors import OneFileError
from reportfill.files import not_written
from reportfill.finding import Finding
from reportfill.pack.pack import load_pack
from reportfill.workers import ProcessWorkers, Workers

_AT_ONCE = 64
"""Files that are written and recorded together: the disk confirms them at the same time."""


def unread_sources(
    store: Store, ledger: Ledger, wanted: Callable[[StoredFile], bool] = lambda file: True
) -> list[Source]:
    """What there is to read of the wanted files of the inbox: all of which the ledger does not say that it was."""
    seen = ledger.seen()
    found = inbox_sources(
        store, lambda file: seen.get(printable_path(file.path)) != file.stamp and wanted(file)
    )
    return [one for one in found if seen.get(one.name) != one.stamp or one.is_last]


def collect(
    folder: CampaignFolder,
    now: datetime,
    workers: Workers | None = None,
    *,
    wanted: Callable[[StoredFile], bool] = lambda file: True,
    each: Callable[[Collected], None] = lambda one: None,
    progress: Progress = unseen,
) -> tuple[Collected, ...]:
    """Take in every wanted file of the inbox that is not known yet, in the order of their paths. `each` is called with
    what became of a file as soon as it is written down.

    Files are read by the workers and written by this process. Raises CampaignError where another process works on the
    campaign.
    """
    taken = []
    with changing(folder, workers, progress) as ledger:
        sources = unread_sources(folder.store, ledger, wanted)
        step = steps(progress, len(sources))
        intake = _Intake(folder, ledger, now)
        for one in _results(intake, sources, workers or ProcessWorkers(1), step):
            taken.append(one)
            each(one)
        write_report_outputs(folder, ledger, workers or ProcessWorkers(1))
    return tuple(taken)


def _results(
    intake: _Intake, sources: Sequence[Source], workers: Workers, advance: Callable[[], None]
) -> Iterator[Collected]:
    """What became of the sources; what is known already gives nothing. `advance` is called for every one that was
    read."""
    intake.put_away_left()
    yield from _taken_in(intake, sources, workers, advance)
    yield from intake.flush()
    yield from _taken_in(intake, intake.forgotten_copies(), workers, lambda: None)
    close_container()
    yield from intake.finish()


def _taken_in(
    intake: _Intake, sources: Sequence[Source], workers: Workers, advance: Callable[[], None]
) -> Iterator[Collected]:
    read = workers.results(intake.reader.read, map(intake.expected, sources), lost_source)
    for source, result in zip(sources, read, strict=True):
        yield from intake.take_in(source, result)
        advance()


class _Intake:
    """Taking in files, one after the other, into one campaign."""

    def __init__(self, folder: CampaignFolder, ledger: Ledger, now: datetime) -> None:
        settings, roster, store = folder.settings(), folder.roster(), folder.store
        self.reader = SourceReader(store, folder.pack, passwords_of(settings))
        self._folder, self._store = folder, store
        self._ledger = ledger
        self._roster = roster
        self._now = now
        self._places = Places(roster, settings, load_pack(folder.pack), room_in(store))
        self._taken: dict[str, Holder] = {}
        self._sent = ledger.workbooks()
        self._owners = Owners(roster, settings.year, self._sent, ledger.changes())
        self._last = read_last_figures(store).now(roster, ledger)
        self._known = ledger.digests()
        self._numbers = ledger.numbers()
        self._copies = self._unrecorded_copies()
        self._strays = {stray.file: stray for stray in ledger.strays()}
        self._strays_now: dict[str, StrayFile] = {}
        self._told = self._told_beyond_ledger()
        self._journal = folder.journal_writer(ledger.journal())
        self._batch = Batch()
        self._unsettled: set[str] = set()
        self._held: dict[Holder, Finding] = {}

    def expected(self, source: Source) -> ExpectedSource:
        """A file, with last year's figures of the agency whose it will probably turn out to be."""
        holder = self._owners.expected(source) if self._last.reports else None
        return ExpectedSource(source, self._last.figures_of(holder) if holder else None)

    def take_in(self, source: Source, read: FileRead) -> Iterator[Collected]:
        """Take in one file. What became of it, and of those before it, comes as soon as it is written down."""
        if read.digest not in self._known:
            told = self._told.get(read.digest)
            owner = self._owners.of(read, told, source.code)
            if any(one.version.holder == owner for one in self._batch.planned):
                yield from self.flush()
            if isinstance(owner, Finding):
                self._leave(source, read, owner)
            elif owner in self._held:  # what it handed in later may not come to count before
                self._unsettled.add(source.path)
                self._batch.collected.append(Collected(read.file, owner.name, None, self._held[owner]))
            else:
                self._plan(source, read, owner)
        elif source.handover:
            yield from self.flush()
            self._keep_list(source.handover, read.digest)
        if source.stamp and read.digest in self._known:
            self._batch.seen[source.name] = source.stamp
            self._batch.digests[source.name] = read.digest
        if source.stamp and source.is_last and source.path not in self._unsettled:
            self._batch.seen[printable_path(source.path)] = source.stamp
        if len(self._batch.files) >= _AT_ONCE:
            yield from self.flush()

    def flush(self) -> Iterator[Collected]:
        """Write down what was taken in so far: the files, then the journal, then the ledger."""
        batch, self._batch = self._batch, Batch()
        self._leave_out(batch, self._without_room(batch.planned))
        held = write_all(self._store, batch.files)
        by_file = {path: one.version.digest for one in batch.planned for path in one.files}
        self._leave_out(batch, {by_file[path]: error for path, error in held.items()})
        versions = [one.version for one in batch.planned]
        former = [version for one in batch.planned for version in one.obsolete.put_away(self._folder)]
        untold = [version for version in versions if version.digest not in self._told]
        table = self._journal.next(map(self._entry, untold))
        if untold:
            self._journal.write(table)
        if versions or batch.seen:
            with self._ledger.writing() as record:
                record.journal([table] if untold else [])
                record.versions(versions)
                record.readings({one.version.digest: one.reading for one in batch.planned if one.reading})
                record.versions(former)
                record.seen(batch.seen)
        yield from batch.collected

    def put_away_left(self) -> None:
        """Put the marked workbooks away, and the reports that were sent back, that an earlier run could not."""
        for version in self._ledger.reports_once_sent_back():
            is_there = self._store.exists(version.report)
            if is_there and self._ledger.history(version.holder).is_sent_back:
                with self._folder.telling():
                    put_away(self._store, version.report, put_away_place(version.report, version.number))
        former = left_in_place(self._ledger).put_away(self._folder)
        if former:
            with self._ledger.writing() as record:
                record.versions(former)

    def _without_room(self, planned: Sequence[PlannedVersion]) -> dict[str, OneFileError]:
        """Put the reports away that counted so far; by digest, the versions whose former reports cannot be, as
        another program has them open."""
        held: dict[str, OneFileError] = {}
        for one in planned:
            if one.former_report is not None:
                path, target = one.former_report
                try:
                    self._put_away(path, target, one.files.get(path))
                except OneFileError as error:
                    held[one.version.digest] = error
        return held

    def _leave_out(self, batch: Batch, held: Mapping[str, OneFileError]) -> None:
        for one in batch.planned:
            if one.version.digest in held:
                self._held[one.version.holder] = held_back(held[one.version.digest])
                self._known.discard(one.version.digest)
                self._unsettled.add(one.source.path)
        batch.leave_out(held)

    def finish(self) -> Iterator[Collected]:
        """Write down what is left, and which files belong to nobody."""
        yield from self.flush()
        with self._ledger.writing() as record:
            record.strays(self._strays_now.values())

    def forgotten_copies(self) -> list[Source]:
        """Copies that an earlier run had written, but not recorded, of files that are not in the inbox any more."""
        codes = {own_folder(code): code for code in self._roster.all_by_code}
        return [Source(copy.path, code=codes.get(copy.folder, "")) for copy in self._copies.values()]

    def _told_beyond_ledger(self) -> dict[str, JournalEntry]:
        """What the journal tells of contents that the ledger lost or has not got, which keep their times and names."""
        if not self._copies and self._ledger.journal(only_whole=True).keys() >= set(table_names(self._store)):
            return {}
        entries = read_journal(self._store).entries
        return {entry.digest: entry for entry in entries if entry.event is Event.HANDED_IN}

    def _unrecorded_copies(self) -> dict[str, ReceivedCopy]:
        """Copies that an earlier run had written, but not recorded, by how their SHA-256 begins; their numbers are
        taken."""
        unrecorded = received_copies(self._store, without=set(map(mark_of, self._known)))
        copies = {copy.mark: copy for copy in unrecorded}
        folders = {copy.folder for copy in copies.values()}
        for code, agency in self._roster.all_by_code.items() if folders else ():
            if own_folder(code) in folders:
                numbers = [copy.number for copy in copies.values() if copy.folder == own_folder(code)]
                self._numbers[agency.holder] = max(*numbers, self._numbers.get(agency.holder, 0))
        return copies

    def _leave(self, source: Source, read: FileRead, reason: Finding) -> None:
        stray = StrayFile(read.file, reason, self._now)
        known = self._strays.get(read.file)
        self._unsettled.add(source.path)
        is_told = known is not None and known.reason.message == reason.message
        self._strays_now[read.file] = known if known is not None and is_told else stray
        if self._strays_now[read.file] is stray:
            self._batch.collected.append(Collected(read.file, read.name, None, reason))

    def _plan(self, source: Source, read: FileRead, holder: Holder) -> None:
        """Plan the files of a version: its copy, and its report or the marked workbook."""
        last = self._last.figures_of(holder)
        read = self.reader.checked_for(holder.name, read, last, self._place_of_workbook)
        if read.trouble:
            self._leave(source, read, read.trouble)
            return
        copy = self._copies.pop(mark_of(read.digest), None)
        if copy is None or copy.folder != own_folder(holder.code):
            copy = None
        number = copy.number if copy else self._numbers.get(holder, 0) + 1
        received = (
            copy.path if copy else received_path(holder.code, number, read.digest, suffix_of(read.file))
        )
        history = self._ledger.history(holder) if self._numbers.get(holder) else History()
        report, returned = self._outcomes(read, holder, number, history)
        files = {received: read.content}
        if source.handover:
            listed = source.handover.as_json()
            files[handover_list_path(received, listed)] = listed
        if report:
            files[report] = read.report
        if returned:
            files[returned] = read.returned
        told = self._told.get(read.digest)
        version = Version(
            read.digest,
            *holder,
            number,
            told.file if told else read.file,
            received,
            told.at if told else self._now,
            read.is_sound,
            read.findings,
            report,
            returned,
        )
        newest = max(number, self._numbers.get(holder, 0))
        obsolete = ObsoleteCopies()
        obsolete.add((*history.versions, version), history.reviews, newest)
        former = next((one for one in reversed(history.versions) if report and one.report), None)
        room = (former.report, put_away_place(former.report, former.number)) if former else None
        self._batch.planned.append(PlannedVersion(source, version, read.reading, files, room, obsolete))
        self._batch.collected.append(Collected(read.file, holder.name, version))
        self._known.add(read.digest)
        self._numbers[holder] = newest

    def _keep_list(self, listed: HandoverList, digest: str) -> None:
        """Keep the list of a hand-over whose report came before, without a seal perhaps."""
        received = self._ledger.place_of_copy(digest)
        path = handover_list_path(received, listed.as_json())
        if received and not self._store.exists(path):
            self._store.write(path, listed.as_json())

    def _place_of_workbook(self, id: str) -> str:
        sent = self._sent.get(id)
        return sent.path if sent else ""

    def _outcomes(self, read: FileRead, holder: Holder, number: int, history: History) -> tuple[str, str]:
        """The places of the report and of the marked workbook, empty where there is none. A version that comes to light
        behind a newer sound one has no report."""
        report = returned = ""
        if read.report and not any(one.is_sound and one.number > number for one in history.versions):
            report = self._free_place(self._places.report(holder), holder)
        if read.returned:
            returned = self._free_place(returned_place(self._places.workbook(holder), number), holder)
        return report, returned

    def _free_place(self, place: str, holder: Holder) -> str:
        found = unclaimed_place(place, holder, self._places, self._store, self._ledger, self._taken)
        self._taken[found] = holder
        return found

    def _put_away(self, path: str, target: str, new: bytes | None) -> None:
        """Put the report that counted so far away, for somebody may have worked on it; not the new one, which a run
        that was broken off has written already."""
        try:
            is_written = new is not None and self._store.exists(path) and self._store.read(path) == new
        except OSError as error:
            raise not_written(self._store.place(path), error) from error
        if not is_written:
            put_away(self._store, path, target)

    def _entry(self, version: Version) -> JournalEntry:
        return JournalEntry(
            self._now,
            Event.HANDED_IN,
            version.code,
            version.name,
            version.number,
            version.file,
            version.report or version.returned,
            "" if version.is_sound else "有错误",
            digest=version.digest,
        )
