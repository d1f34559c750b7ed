"""What came back: every file of the inbox read, checked, and kept; sound ones become reports, others are returned.

A file is known by its content: the same one again is nothing new. Whatever the moment at which a run is broken off, the
next one finishes it: files are written before the journal and the ledger tell of them, each whole, and under names that
say which version and content they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.inbox.reading import FileRead, lost_source, read_source, with_name_checked
from reportfill.campaign.inbox.sources import Source, inbox_sources, let_go, suffix_of
from reportfill.campaign.place.folder import CampaignFolder
from reportfill.campaign.place.naming import (
    put_away_place,
    report_places,
    returned_place,
    with_code,
    workbook_places,
)
from reportfill.campaign.place.parts import REPORTS, own_folder
from reportfill.campaign.place.password import passwords_of
from reportfill.campaign.place.settings import Settings
from reportfill.campaign.place.store import Store, StoredFile, Writers, put_away, shown
from reportfill.campaign.place.workers import ProcessWorkers, Workers
from reportfill.campaign.records.history import History, SentWorkbook, StrayFile, Version
from reportfill.campaign.records.journal import Entry, Event, entries_of, next_number, write_entries
from reportfill.campaign.records.ledger import Ledger
from reportfill.campaign.records.received import ReceivedCopy, mark_of, received_copies, received_path
from reportfill.pack.pack import load_pack

_AT_ONCE = 64
"""Files that are written and recorded together: the disk confirms them at the same time."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What became of one file of the inbox: the version that it is, or why it belongs to nobody."""

    file: str
    agency: str
    version: Version | None
    reason: str = ""


class Collecting:
    """One run over the inbox. `sources` is what there is to read, so that it can be counted before it begins."""

    def __init__(
        self,
        folder: CampaignFolder,
        ledger: Ledger,
        now: datetime,
        wanted: Callable[[StoredFile], bool] = lambda file: True,
    ) -> None:
        settings, roster = folder.settings(), folder.roster()
        self._settings = settings
        self._store = folder.store
        self._passwords = passwords_of(settings)
        self._intake = partial(_Intake, folder.store, ledger, roster, settings, now)
        seen = ledger.seen()
        found = inbox_sources(
            folder.store, lambda file: seen.get(shown(file.path)) != file.stamp and wanted(file)
        )
        self.sources: list[Source] = [one for one in found if seen.get(one.name) != one.stamp or one.is_last]

    def results(self, workers: Workers, advance: Callable[[], None] = lambda: None) -> Iterator[Collected]:
        """Take in what there is to read, in the order of the paths; what is known already gives nothing.

        Files are read by the workers and written by this process. `advance` is called for every file that was read.
        """
        with Writers(self._store) as writers:
            intake = self._intake(writers)
            yield from self._taken_in(intake, self.sources, workers, advance)
            yield from intake.flush()
            yield from self._taken_in(intake, intake.forgotten_copies(), workers)
            let_go()
            yield from intake.finish()

    def _taken_in(
        self,
        intake: _Intake,
        sources: Sequence[Source],
        workers: Workers,
        advance: Callable[[], None] = lambda: None,
    ) -> Iterator[Collected]:
        read = partial(read_source, self._store, self._settings.pack, self._passwords)
        for source, result in zip(sources, workers.results(read, sources, lost_source), strict=True):
            yield from intake.take_in(source, result)
            advance()


def collect(folder: CampaignFolder, now: datetime, workers: Workers | None = None) -> Iterator[Collected]:
    """Take in every file of the inbox that is not known yet, in the order of their paths.

    Raises CampaignError where another process works on the campaign.
    """
    with folder.changing() as ledger:
        yield from Collecting(folder, ledger, now).results(workers or ProcessWorkers(1))


@dataclass
class _Batch:
    """What is to be written together."""

    versions: list[Version] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    moves: list[tuple[str, str]] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)
    collected: list[Collected] = field(default_factory=list)


class _Intake:
    """Taking in files, one after the other, into one campaign."""

    def __init__(
        self,
        store: Store,
        ledger: Ledger,
        roster: Roster,
        settings: Settings,
        now: datetime,
        writers: Writers,
    ) -> None:
        self._store = store
        self._writers = writers
        self._ledger = ledger
        self._roster = roster
        self._year = settings.year
        self._now = now
        pack = load_pack(settings.pack)
        self._reports = report_places(roster, settings, pack)
        self._workbooks = workbook_places(roster, settings, pack)
        self._sent: Mapping[str, SentWorkbook] = ledger.workbooks()
        self._names = {agency.name: agency.code for agency in (*roster.closed, *roster.agencies)}
        self._known = ledger.digests()
        self._numbers = ledger.numbers()
        self._copies = self._unrecorded_copies()
        self._strays = {stray.file: stray for stray in ledger.strays()}
        self._strays_now: dict[str, StrayFile] = {}
        # What a run that was broken off had written down already keeps its time and name.
        self._told = {entry.digest: entry for entry in entries_of(store, after=ledger.journal())}
        self._table = next_number(store)
        self._batch = _Batch()
        self._unsettled: set[str] = set()

    def take_in(self, source: Source, read: FileRead) -> Iterator[Collected]:
        """Take in one file. What became of it, and of those before it, comes as soon as it is written down."""
        if read.digest not in self._known:
            code, reason = (source.code, "") if source.code else self._owner(read)
            if any(version.code == code for version in self._batch.versions):
                yield from self.flush()
            if code:
                self._plan(read, code)
            else:
                self._leave(source, read, reason)
        if source.stamp and read.digest in self._known:
            self._batch.seen[source.name] = source.stamp
        if source.stamp and source.is_last and source.path not in self._unsettled:
            self._batch.seen[shown(source.path)] = source.stamp
        if len(self._batch.files) >= _AT_ONCE:
            yield from self.flush()

    def flush(self) -> Iterator[Collected]:
        """Write down what was taken in so far: the files, then the journal, then the ledger."""
        batch, self._batch = self._batch, _Batch()
        for path, target in batch.moves:
            self._put_away(path, target, batch.files.get(path))
        self._writers.write(batch.files)
        untold = [version for version in batch.versions if version.digest not in self._told]
        if untold:
            write_entries(self._store, self._table, map(self._entry, untold))
            self._table += 1
        if batch.versions or batch.seen:
            with self._ledger.writing() as record:
                record.versions(batch.versions)
                record.seen(batch.seen)
        yield from batch.collected

    def finish(self) -> Iterator[Collected]:
        """Write down what is left, and which files belong to nobody."""
        yield from self.flush()
        with self._ledger.writing() as record:
            record.strays(self._strays_now.values())
            record.journal(self._table - 1)

    def forgotten_copies(self) -> list[Source]:
        """Copies that an earlier run had written, but not recorded, of files that are not in the inbox any more."""
        codes = {own_folder(code): code for code in self._roster.all_by_code}
        return [
            Source(copy.path, "", code=codes[copy.folder])
            for copy in self._copies.values()
            if copy.folder in codes
        ]

    def _unrecorded_copies(self) -> dict[str, ReceivedCopy]:
        """Copies that an earlier run had written, but not recorded, by how their SHA-256 begins; their numbers are
        taken."""
        known = set(map(mark_of, self._known))
        copies = {copy.mark: copy for copy in received_copies(self._store) if copy.mark not in known}
        folders = {copy.folder for copy in copies.values()}
        for code in self._roster.all_by_code:
            if folders and own_folder(code) in folders:
                numbers = [copy.number for copy in copies.values() if copy.folder == own_folder(code)]
                self._numbers[code] = max(*numbers, self._numbers.get(code, 0))
        return copies

    def _owner(self, read: FileRead) -> tuple[str, str]:
        """The code of the agency whose file it is, or why that cannot be told: it is never guessed."""
        if read.trouble:
            return "", read.trouble
        if read.year is not None and read.year != self._year:
            return "", f"是{read.year}年度的填报表，这里收的是{self._year}年度"
        sent = self._sent.get(read.workbook)
        named = self._names.get(read.name, "")
        if sent is not None and sent.is_rollup:
            return "", "是本项工作自己的汇总填报表，不是单位交来的"
        if sent is not None and named not in ("", sent.code):
            return "", f"是发给“{sent.name}”的填报表，里面写的却是“{read.name}”"
        if sent is not None:
            return self._due(sent.code, sent.name)
        if not read.name:
            return "", read.mistakes[0].message.removesuffix("。") if read.mistakes else "没有写明单位名称"
        if not named:
            return "", f"名册中没有“{read.name}”"
        if read.code and read.code != named:
            return "", f"单位名称“{read.name}”与单位编码“{read.code}”不一致"
        return self._due(named, read.name)

    def _due(self, code: str, name: str) -> tuple[str, str]:
        if code in self._roster.by_code:
            return code, ""
        closed = self._roster.all_by_code.get(code)
        if closed is None:
            return "", f"“{name}”已不在名册中"
        return "", f"“{name}”{self._roster.change_in_words(closed)}"

    def _leave(self, source: Source, read: FileRead, reason: str) -> None:
        stray = StrayFile(read.file, reason, self._now)
        known = self._strays.get(read.file)
        self._unsettled.add(source.path)
        self._strays_now[read.file] = known if known is not None and known.reason == reason else stray
        if self._strays_now[read.file] is stray:
            self._batch.collected.append(Collected(read.file, read.name, None, reason))

    def _plan(self, read: FileRead, code: str) -> None:
        """Plan the files of a version: its copy, and its report or the marked workbook."""
        read = with_name_checked(read, self._roster.all_by_code.get(code))
        copy = self._copies.pop(mark_of(read.digest), None)
        if copy is None or copy.folder != own_folder(code):
            copy = None
        number = copy.number if copy else self._numbers.get(code, 0) + 1
        received = copy.path if copy else received_path(code, number, read.digest, suffix_of(read.file))
        report, returned = self._outcomes(read, code, number)
        told = self._told.get(read.digest)
        version = Version(
            read.digest,
            code,
            number,
            told.file if told else read.file,
            received,
            told.at if told else self._now,
            read.is_sound,
            read.mistakes,
            report,
            returned,
        )
        self._batch.files[received] = read.content
        self._batch.versions.append(version)
        self._batch.collected.append(Collected(read.file, self._name_of(code), version))
        self._known.add(read.digest)
        self._numbers[code] = max(number, self._numbers.get(code, 0))

    def _outcomes(self, read: FileRead, code: str, number: int) -> tuple[str, str]:
        """The places of the report and of the marked workbook, with what is to be written there. A version that comes
        to light behind a newer sound one has no report."""
        report = returned = ""
        history = self._ledger.history(code) if self._numbers.get(code) else History()
        if read.report and not any(one.is_sound and one.number > number for one in history.versions):
            report = self._report_place(code)
            if history.counted is not None and history.counted.report:
                former = history.counted
                self._batch.moves.append((former.report, put_away_place(former.report, former.number)))
            self._batch.files[report] = read.report
        if read.returned:
            returned = returned_place(self._workbooks.get(code, code), number)
            self._batch.files[returned] = read.returned
        return report, returned

    def _report_place(self, code: str) -> str:
        """Where an agency's report goes: where no other's is, which may have had the same name."""
        place = f"{REPORTS}/{self._reports.get(code, code)}.docx"
        if not self._store.exists(place) or self._ledger.code_of_report(place) in ("", code):
            return place
        return f"{with_code(place.removesuffix('.docx'), code)}.docx"

    def _put_away(self, path: str, target: str, new: bytes | None) -> None:
        """Put the report that counted so far away, for somebody may have worked on it; not the new one, which a run
        that was broken off has written already."""
        if new is None or not self._store.exists(path) or self._store.read(path) != new:
            put_away(self._store, path, target)

    def _entry(self, version: Version) -> Entry:
        return Entry(
            self._now,
            Event.HANDED_IN,
            version.code,
            self._name_of(version.code),
            version.number,
            version.file,
            version.report or version.returned,
            "" if version.is_sound else "有错误",
            digest=version.digest,
        )

    def _name_of(self, code: str) -> str:
        agency = self._roster.all_by_code.get(code)
        return agency.name if agency else code
