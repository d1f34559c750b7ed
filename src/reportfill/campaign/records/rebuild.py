"""The ledger made anew from the folder: from the workbooks under outgoing/, the versions under received/, and the
journal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.inbox.reading import (
    FileRead,
    lost_source,
    read_identity,
    read_source,
    with_name_checked,
)
from reportfill.campaign.inbox.sources import Source
from reportfill.campaign.place.folder import CampaignFolder
from reportfill.campaign.place.naming import report_places, returned_place, workbook_places
from reportfill.campaign.place.parts import OUTGOING, REPORTS, ROLLUP, SUPERSEDED, own_folder
from reportfill.campaign.place.password import passwords_of
from reportfill.campaign.place.store import Store
from reportfill.campaign.place.workers import ProcessWorkers, Workers
from reportfill.campaign.records.database import locked
from reportfill.campaign.records.history import History, Review, SentWorkbook, Version, reviews_in
from reportfill.campaign.records.journal import Entry, Event, entries_of, next_number
from reportfill.campaign.records.ledger import Ledger
from reportfill.campaign.records.opening import BEING_REBUILT, set_aside
from reportfill.campaign.records.received import ReceivedCopy, received_copies, require_originals
from reportfill.pack.pack import load_pack


def rebuild(
    folder: CampaignFolder, workers: Workers | None = None, advance: Callable[[], None] = lambda: None
) -> int:
    """Make the ledger anew and return how many versions it holds; the old one is kept under a numbered name.

    When a version was handed in and under which name is what the journal says, else when its copy was written. Raises
    CampaignError where another process works on the campaign, and before anything is done where a copy is not what was
    handed in or cannot be opened.
    """
    with locked(folder.ledger_url):
        require_originals(folder.store, passwords_of(folder.settings()))
        set_aside(folder.ledger_url)
        with folder.read_ledger(is_new=True) as ledger:
            return _Rebuilding(folder, ledger).run(workers or ProcessWorkers(1), advance)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the journal tells: of each content when it came, and of each agency what the coordinator said."""

    handed_in: dict[str, Entry]
    codes: dict[str, str]
    reviews: dict[str, list[Review]]


class _Rebuilding:
    def __init__(self, folder: CampaignFolder, ledger: Ledger) -> None:
        settings, roster = folder.settings(), folder.roster()
        self._roster = roster
        self._store, self._ledger, self._is_sealed = folder.store, ledger, folder.is_sealed
        pack = load_pack(settings.pack)
        self._places = report_places(roster, settings, pack)
        self._workbooks = workbook_places(roster, settings, pack)
        self._told = _told(folder.store, roster)
        how = (folder.store, settings.pack, passwords_of(settings))
        self._read, self._identify = partial(read_source, *how), partial(read_identity, *how)

    def run(self, workers: Workers, advance: Callable[[], None]) -> int:
        made = (file.path for place in (OUTGOING, ROLLUP) for file in self._store.files(place))
        sent = [Source(path, "") for path in made if path.endswith(".xlsx")]
        with self._ledger.writing() as record:
            record.journal(BEING_REBUILT)
        with self._ledger.writing() as record:
            read = workers.results(self._identify, sent, lost_source)
            # Of two copies of one workbook the one that is not put away is the one that counts.
            record.workbooks(
                {
                    one.workbook: SentWorkbook(one.workbook, one.code, one.name, one.file)
                    for one in sorted(read, key=lambda one: f"/{SUPERSEDED}/" not in one.file)
                    if one.workbook and (one.code or one.file.startswith(f"{ROLLUP}/"))
                }.values()
            )
        copies = received_copies(self._store)
        results = zip(copies, workers.results(self._read, map(_source, copies), lost_source), strict=True)
        number = 0
        for folder, own in groupby(results, key=lambda result: result[0].folder):
            code = self._told.codes.get(folder, folder.rpartition("/")[2])
            versions = self._versions(code, own, advance)
            with self._ledger.writing() as record:
                record.versions(versions)
                record.reviews(self._told.reviews[code])
            number += len(versions)
        with self._ledger.writing() as record:
            record.journal(next_number(self._store) - 1)
        return number

    def _versions(
        self, code: str, own: Iterable[tuple[ReceivedCopy, FileRead]], advance: Callable[[], None]
    ) -> list[Version]:
        """The versions of one agency; the report of the one that counts is written where it lacks."""
        versions: list[Version] = []
        reports: dict[int, bytes] = {}
        for copy, given in own:
            read = with_name_checked(given, self._roster.all_by_code.get(code))
            versions.append(self._version(code, copy, read))
            reports = {copy.number: read.report} if read.report else reports
            advance()
        counted = History(versions, self._told.reviews[code]).counted
        if counted is None:
            return versions
        place = self._report_of(counted, code)
        if not place and not self._is_sealed:
            place = f"{REPORTS}/{self._places.get(code, code)}.docx"
            self._store.write(place, reports[counted.number])
        return [one._replace(report=place) if one is counted else one for one in versions]

    def _report_of(self, counted: Version, code: str) -> str:
        """Where the report of the version that counts is: where the journal says, or where it would be written now;
        empty where it is at neither place."""
        told = self._told.handed_in.get(counted.digest)
        reviews = [review.file for review in self._told.reviews[code] if review.number == counted.number]
        places = [*reversed(reviews), told.result if told else ""]
        places += [f"{REPORTS}/{self._places.get(code, code)}.docx"]
        return next((place for place in places if place and self._store.exists(place)), "")

    def _version(self, code: str, copy: ReceivedCopy, read: FileRead) -> Version:
        told = self._told.handed_in.get(read.digest)
        returned = told.result if told else returned_place(self._workbooks.get(code, code), copy.number)
        return Version(
            read.digest,
            code,
            copy.number,
            told.file if told else copy.path,
            copy.path,
            told.at if told else copy.modified,
            read.is_sound,
            read.mistakes,
            "",
            returned if not read.is_sound and self._store.exists(returned) else "",
        )


def _told(store: Store, roster: Roster) -> _Told:
    handed_in: dict[str, Entry] = {}
    codes = {own_folder(code): code for code in roster.all_by_code}
    reviews: dict[str, list[Review]] = defaultdict(list)
    for entry in entries_of(store):
        if entry.event is Event.HANDED_IN:
            handed_in.setdefault(entry.digest, entry)
            codes.setdefault(own_folder(entry.code), entry.code)
        else:
            reviews[entry.code] += reviews_in([entry])
    return _Told(handed_in, codes, reviews)


def _source(copy: ReceivedCopy) -> Source:
    return Source(copy.path, "")
