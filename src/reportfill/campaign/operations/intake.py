"""Files that were read, written down by the batch: the campaign is held for each batch alone.

A file is known by its content: the same one again is nothing new. Whatever the moment at which a run is broken off, the
next one finishes it: files are written before the journal and the ledger tell of them, each whole, and under names that
say which version and content they are. What others wrote between two batches is asked of the ledger, of those agencies
and contents alone with which a batch has to do.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from reportfill.campaign.agencies.agency import Holder
from reportfill.campaign.folder.naming import Places, put_away_place, returned_place
from reportfill.campaign.folder.parts import own_folder
from reportfill.campaign.folder.password import passwords_of
from reportfill.campaign.inbox.marked_copies import ObsoleteCopies, left_in_place
from reportfill.campaign.inbox.owners import Owners, handed_in_by_another
from reportfill.campaign.inbox.source_reading import ExpectedSource, FileRead, SourceReader
from reportfill.campaign.inbox.sources import Source, suffix_of
from reportfill.campaign.operations.catching_up import Turn, turns_in
from reportfill.campaign.operations.collected_batch import Batch, Collected, PlannedVersion, held_back
from reportfill.campaign.operations.lookups import known_of_last_year, places_in
from reportfill.campaign.progress import Progress, unseen
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.handover_list import HandoverList
from reportfill.campaign.records.history import History, SentWorkbook, StrayFile, Version
from reportfill.campaign.records.journal import Event, JournalEntry, read_journal
from reportfill.campaign.records.last_figures import LastFigures
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
from reportfill.campaign.storage.store import printable_path
from reportfill.campaign.storage.writing import write_all
from reportfill.errors import OneFileError
from reportfill.files import not_written
from reportfill.finding import Finding
from reportfill.workers import Workers


class _Look(NamedTuple):
    """A second look at a content: as whose it was looked at, and beside which workbook that was handed out."""

    digest: str
    holder: Holder
    form: str


class Intake:
    """One run that takes files into one campaign."""

    def __init__(
        self,
        folder: CampaignFolder,
        now: datetime,
        workers: Workers | None = None,
        progress: Progress = unseen,
    ) -> None:
        self.folder, self.store, self.now = folder, folder.store, now
        self.settings, self.roster = folder.settings(), folder.roster()
        self.reader = SourceReader(folder.store, folder.pack, passwords_of(self.settings))
        self.turns = turns_in(folder, workers, progress)
        self.held: dict[Holder, Finding] = {}
        self.unsettled: set[str] = set()
        self.unrecorded: Mapping[str, ReceivedCopy] = {}
        self.last = LastFigures()
        self._owners: Owners | None = None
        self._strays: set[str] = set()

    @cached_property
    def places(self) -> Places:
        """Where what agencies hand in goes."""
        return places_in(self.folder)

    def begin(self) -> None:
        """Do what is left of runs that were broken off, and what an earlier one could not."""
        with self.turns.taken() as turn:
            self.folder.remove_leftovers()
            self._put_away_left(turn.ledger)

    def look_around(self, ledger: Ledger) -> None:
        """Take notice of what was on record of last year, and of copies that were written but not recorded."""
        self.know_last(ledger)
        known = set(map(mark_of, ledger.digests()))
        self.unrecorded = {copy.mark: copy for copy in received_copies(self.store, without=known)}
        if self.last.reports:
            workbooks, changes = ledger.workbooks(), ledger.changes()
            self._owners = Owners(self.roster, self.settings.year, workbooks, changes)

    def know_last(self, ledger: Ledger) -> None:
        """Take notice of what was on record of last year."""
        self.last = known_of_last_year(self.folder, ledger)
        self._owners = Owners(self.roster, self.settings.year, {}, ledger.changes())

    def expected(self, source: Source) -> ExpectedSource:
        """A file, with last year's figures of the agency whose it will probably turn out to be."""
        holder = self._owners.expected(source) if self._owners and self.last.reports else None
        return ExpectedSource(source, self.last.figures_of(holder) if holder else None)

    def written_down(self, batch: Sequence[tuple[Source, FileRead]]) -> Sequence[Collected]:
        """What became of files that were read, written down while nobody else has the campaign; what is known already
        gives nothing."""
        looks = self._second_looks(batch)
        with self.turns.taken() as turn:
            writing = _Writing(self, turn, batch, looks)
            writing.take_in_all()
            self._strays |= writing.strays.keys()
            return writing.collected

    def checked(self, read: FileRead, holder: Holder, form: str) -> FileRead:
        """What was read, beside what is known of the agency whose it is; `form` is where the workbook lies that was
        handed out to it."""
        last = self.last.figures_of(holder)
        return self.reader.checked_for(holder.name, read, last, lambda id: form)

    def _second_looks(self, batch: Sequence[tuple[Source, FileRead]]) -> dict[_Look, FileRead]:
        """What a second look gives at those files of a batch that perhaps need one, as far as it can be told whose they
        are before the campaign is held: it may take long."""
        has_last = bool(self.last.reports)
        doubtful = [one for one in batch if self.reader.needs_second_look(one[1], has_last=has_last)]
        if not doubtful:
            return {}
        with self.folder.read_ledger() as ledger:
            known = ledger.holders_of([read.digest for _, read in doubtful])
            sent = _LedgerWorkbooks(ledger, {read.workbook for _, read in doubtful})
            owners = Owners(self.roster, self.settings.year, sent, ledger.changes())
            return {
                _Look(read.digest, owner, form): self.checked(read, owner, form)
                for source, read in doubtful
                if read.digest not in known and isinstance(owner := owners.of_source(source, read), Holder)
                for form in [sent.place(read.workbook)]
            }

    def forgotten_copies(self) -> list[Source]:
        """Copies that an earlier run had written, but not recorded, of files that are not in the inbox any more."""
        if not self.unrecorded:
            return []
        codes = {own_folder(code): code for code in self.roster.all_by_code}
        with self.folder.read_ledger() as ledger:
            known = set(map(mark_of, ledger.digests()))
        return [
            Source(copy.path, code=codes.get(copy.folder, ""))
            for copy in self.unrecorded.values()
            if copy.mark not in known
        ]

    def forget_strays(self, known: Collection[str]) -> None:
        """Forget those of the files that belonged to nobody that this run has not come upon any more."""
        gone = set(known) - self._strays
        if gone:
            with self.turns.taken() as turn, turn.ledger.writing() as record:
                record.strays((), in_place_of=gone)

    def _put_away_left(self, ledger: Ledger) -> None:
        """Put the marked workbooks away, and the reports that were sent back, that an earlier run could not."""
        for version in ledger.reports_once_sent_back():
            is_there = self.store.exists(version.report)
            if is_there and ledger.history(version.holder).is_sent_back:
                with self.folder.telling():
                    put_away(self.store, version.report, put_away_place(version.report, version.number))
        former = left_in_place(ledger).put_away(self.folder)
        if former:
            with ledger.writing() as record:
                record.versions(former)


class _LedgerWorkbooks:
    """The workbooks that were handed out, as a ledger has them: those of a batch, and all of them where somebody asks
    for all."""

    def __init__(self, ledger: Ledger, ids: Collection[str]) -> None:
        self._ledger, self._called = ledger, ledger.workbooks_called(ids)

    def get(self, id: str, /) -> SentWorkbook | None:
        """The workbook of an id that was asked for."""
        return self._called.get(id)

    def place(self, id: str) -> str:
        """Where the workbook of an id lies; empty where it is none of those."""
        sent = self._called.get(id)
        return sent.path if sent else ""

    def values(self) -> Collection[SentWorkbook]:
        """All of them."""
        return self._every.values()

    @cached_property
    def _every(self) -> Mapping[str, SentWorkbook]:
        return self._ledger.workbooks()


class _Writing:
    """One batch of files being written down, while the campaign is held."""

    def __init__(
        self,
        intake: Intake,
        turn: Turn,
        files: Sequence[tuple[Source, FileRead]],
        looks: Mapping[_Look, FileRead],
    ) -> None:
        read = [one for _, one in files]
        self._looks = looks
        self._intake, self._turn, self._sources = intake, turn, files
        self._store, self._ledger = intake.store, turn.ledger
        self._known = self._ledger.holders_of([one.digest for one in read])
        self._sent = _LedgerWorkbooks(self._ledger, {one.workbook for one in read if one.workbook})
        changes = self._ledger.changes()
        self._owners = Owners(intake.roster, intake.settings.year, self._sent, changes)
        self._numbers: dict[Holder, int] = {}
        self._earlier: set[Holder] = set()
        self._taken: dict[str, Holder] = {}
        self._batch = Batch()
        self._files = {one.file for one in read}
        self._former_strays = {one.file: one for one in self._ledger.strays(self._files)}
        self.strays: dict[str, StrayFile] = {}
        self.collected: list[Collected] = []

    def take_in_all(self) -> None:
        """Take in the files, one after the other, and write down what came of them."""
        owners = [self._owner(source, read) for source, read in self._sources]
        codes = {owner.code for owner in owners if isinstance(owner, Holder)}
        self._earlier.update(self._ledger.numbers(codes))
        for (source, read), owner in zip(self._sources, owners, strict=True):
            self._take_in(source, read, owner)
        self.flush()

    def _take_in(self, source: Source, read: FileRead, owner: Holder | Finding) -> None:
        if read.digest not in self._known:
            if any(one.version.holder == owner for one in self._batch.planned):
                self.flush()
            if isinstance(owner, Finding):
                self._leave(source, read, owner)
            elif owner in self._intake.held:  # what it handed in later may not come to count before
                self._intake.unsettled.add(source.path)
                why = self._intake.held[owner]
                self._batch.collected.append(Collected(read.file, owner.name, None, why))
            else:
                self._plan(source, read, owner)
        elif why_not := self._why_not_its_own(source, read):
            self._leave(source, read, why_not)
        elif source.handover:
            self.flush()
            self._keep_list(source.handover, read.digest)
        if source.stamp and read.digest in self._known and read.file not in self.strays:
            self._batch.seen[source.name] = source.stamp
            self._batch.digests[source.name] = read.digest
        if source.stamp and source.is_last and source.path not in self._intake.unsettled:
            self._batch.seen[printable_path(source.path)] = source.stamp

    def flush(self) -> None:
        """Write down what was taken in so far: the files, then the journal, then the ledger."""
        batch, self._batch = self._batch, Batch()
        self._leave_out(batch, self._without_room(batch.planned))
        held = write_all(self._store, batch.files)
        by_file = {path: one.version.digest for one in batch.planned for path in one.files}
        self._leave_out(batch, {by_file[path]: error for path, error in held.items()})
        versions = [one.version for one in batch.planned]
        former = [version for one in batch.planned for version in one.obsolete.put_away(self._intake.folder)]
        untold = [version for version in versions if self._told(version.digest) is None]
        table = self._turn.journal.next(map(self._entry, untold))
        if untold:
            self._turn.journal.write(table)
        if versions or batch.seen or self.strays or self._former_strays:
            with self._ledger.writing() as record:
                record.journal([table] if untold else [])
                record.versions(versions)
                record.readings({one.version.digest: one.reading for one in batch.planned if one.reading})
                record.versions(former)
                record.seen(batch.seen)
                record.strays(self.strays.values(), in_place_of=self._files)
        self.collected += batch.collected

    def _owner(self, source: Source, read: FileRead) -> Holder | Finding:
        return self._owners.of_source(source, read, self._told(read.digest))

    def _why_not_its_own(self, source: Source, read: FileRead) -> Finding | None:
        """Why a content that is known may not be handed in by the agency that did; None where it may."""
        by = self._owners.agency_of_folder(source.handed_in) if source.handed_in else None
        owner = self._known[read.digest]
        return handed_in_by_another(owner, by) if by and owner.code != by.code else None

    def _without_room(self, planned: Iterable[PlannedVersion]) -> dict[str, OneFileError]:
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
                self._intake.held[one.version.holder] = held_back(held[one.version.digest])
                self._known.pop(one.version.digest, None)
                self._intake.unsettled.add(one.source.path)
        batch.leave_out(held)

    def _told(self, digest: str) -> JournalEntry | None:
        """What the journal tells of a content that the ledger lost or has not got, which keeps its time and name."""
        if self._turn.is_behind or mark_of(digest) in self._intake.unrecorded:
            return self._told_by_journal.get(digest)
        return None

    @cached_property
    def _told_by_journal(self) -> Mapping[str, JournalEntry]:
        entries = read_journal(self._store).entries
        return {entry.digest: entry for entry in entries if entry.event is Event.HANDED_IN}

    def _unrecorded(self, holder: Holder, history: History) -> dict[str, ReceivedCopy]:
        """Copies of an agency that a run which was broken off had written, but not recorded, by how their SHA-256
        begins; their numbers are taken."""
        known = {mark_of(version.digest) for version in history.versions}
        copies = received_copies(self._store, own_folder(holder.code), without=known)
        others = self._ledger.recorded_copies([copy.path for copy in copies]) if copies else set()
        return {copy.mark: copy for copy in copies if copy.path not in others}

    def _leave(self, source: Source, read: FileRead, reason: Finding) -> None:
        stray = StrayFile(read.file, reason, self._intake.now)
        known = self._former_strays.get(read.file)
        self._intake.unsettled.add(source.path)
        is_told = known is not None and known.reason.message == reason.message
        self.strays[read.file] = known if known is not None and is_told else stray
        if self.strays[read.file] is stray:
            self._batch.collected.append(Collected(read.file, read.name, None, reason))

    def _plan(self, source: Source, read: FileRead, holder: Holder) -> None:
        """Plan the files of a version: its copy, and its report or the marked workbook."""
        form = self._sent.place(read.workbook)
        look = self._looks.get(_Look(read.digest, holder, form))
        read = look or self._intake.checked(read, holder, form)
        if read.trouble:
            self._leave(source, read, read.trouble)
            return
        history = self._ledger.history(holder) if holder in self._earlier else History()
        unrecorded = self._unrecorded(holder, history)
        copy = unrecorded.get(mark_of(read.digest))
        numbers = (*(one.number for one in history.versions), *(one.number for one in unrecorded.values()))
        number = copy.number if copy else max(numbers, default=0) + 1
        received = (
            copy.path if copy else received_path(holder.code, number, read.digest, suffix_of(read.file))
        )
        report, returned = self._outcomes(read, holder, number, history)
        files = {received: read.content}
        if source.handover:
            listed = source.handover.as_json()
            files[handover_list_path(received, listed)] = listed
        if report:
            files[report] = read.report
        if returned:
            files[returned] = read.returned
        told = self._told(read.digest)
        version = Version(
            read.digest,
            *holder,
            number,
            told.file if told else read.file,
            received,
            told.at if told else self._intake.now,
            read.is_sound,
            read.findings,
            report,
            returned,
        )
        obsolete = ObsoleteCopies()
        obsolete.add((*history.versions, version), history.reviews, max((number, *numbers)))
        former = next((one for one in reversed(history.versions) if report and one.report), None)
        room = (former.report, put_away_place(former.report, former.number)) if former else None
        self._batch.planned.append(PlannedVersion(source, version, read.reading, files, room, obsolete))
        self._batch.collected.append(Collected(read.file, holder.name, version))
        self._known[read.digest] = holder
        self._earlier.add(holder)

    def _keep_list(self, listed: HandoverList, digest: str) -> None:
        """Keep the list of a hand-over whose report came before, without a seal perhaps."""
        received = self._ledger.place_of_copy(digest)
        path = handover_list_path(received, listed.as_json())
        if received and not self._store.exists(path):
            self._store.write(path, listed.as_json())

    def _outcomes(self, read: FileRead, holder: Holder, number: int, history: History) -> tuple[str, str]:
        """The places of the report and of the marked workbook, empty where there is none. A version that comes to light
        behind a newer sound one has no report."""
        places, report, returned = self._intake.places, "", ""
        if read.report and not any(one.is_sound and one.number > number for one in history.versions):
            report = self._free_place(places.report(holder), holder)
        if read.returned:
            returned = self._free_place(returned_place(places.workbook(holder), number), holder)
        return report, returned

    def _free_place(self, place: str, holder: Holder) -> str:
        found = unclaimed_place(place, holder, self._intake.places, self._store, self._ledger, self._taken)
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
            self._intake.now,
            Event.HANDED_IN,
            version.code,
            version.name,
            version.number,
            version.file,
            version.report or version.returned,
            "" if version.is_sound else "有错误",
            digest=version.digest,
        )
