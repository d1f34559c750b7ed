"""A workbook for every agency of the roster, under outgoing/ by superior; made anew only where something changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.place.folder import CampaignFolder, require_earlier
from reportfill.campaign.place.naming import put_away_place, workbook_places
from reportfill.campaign.place.parts import OUTGOING
from reportfill.campaign.place.password import passwords_of
from reportfill.campaign.place.protection import locked_with
from reportfill.campaign.place.settings import Settings
from reportfill.campaign.place.store import Writers, put_away
from reportfill.campaign.place.workers import ProcessWorkers, Workers
from reportfill.campaign.records.history import SentWorkbook
from reportfill.campaign.records.ledger import Ledger
from reportfill.campaign.sending.facts import contact_in_words, day_in_words
from reportfill.campaign.sums.figures import CopyReader, CountedCopy, copy_reader, counted_copies
from reportfill.errors import CampaignError
from reportfill.intake.author import identity_of
from reportfill.intake.mould import mould
from reportfill.pack.check import refuse_unsound
from reportfill.pack.pack import load_pack

_AT_ONCE = 64
"""Workbooks that are written and recorded together."""


@dataclass(frozen=True, slots=True)
class Distributed:
    """What became of one agency's workbook: where it lies in the campaign's folder, whether it was made just now, and
    whether last year's figures are in it."""

    agency: Agency
    path: str
    is_new: bool
    has_last: bool = False


@dataclass(frozen=True, slots=True)
class LastYear:
    """Where last year's figures are: the copies that count in last year's campaign, by the agency's code, and the code
    it had by its name."""

    reader: CopyReader = field(repr=False)
    copies: Mapping[str, CountedCopy] = field(repr=False)
    codes: Mapping[str, str] = field(repr=False)

    def copy_of(self, agency: Agency) -> CountedCopy | None:
        """Last year's copy of an agency, by its code, else by its name; None where there is none."""
        return self.copies.get(agency.code) or self.copies.get(self.codes.get(agency.name, ""))


@dataclass(frozen=True, slots=True)
class _Task:
    """One workbook to be made."""

    agency: Agency
    place: str
    made_of: str
    last: CountedCopy | None
    """Last year's copy."""


@dataclass(frozen=True, slots=True)
class _Made:
    task: _Task
    workbook: str
    content: bytes


def last_year(folder: CampaignFolder, year: int) -> LastYear:
    """What an earlier campaign knows, for one of that year. Raises CampaignError where it is not of an earlier year, or
    its ledger cannot be used."""
    require_earlier(folder, year)
    with folder.read_ledger() as ledger:
        copies = counted_copies(ledger)
    codes = {agency.name: agency.code for agency in folder.roster().all_by_code.values()}
    return LastYear(copy_reader(folder), copies, codes)


class Distributing:
    """One distribution. Raises CampaignError where the roster has errors."""

    def __init__(self, folder: CampaignFolder, ledger: Ledger, last: LastYear | None = None) -> None:
        self._settings, self._roster = folder.settings(), folder.roster()
        if self._roster.has_errors:
            raise CampaignError(
                f"{folder.roster_file} has mistakes; `reportfill campaign status` lists them",
                f"名册{folder.roster_file}有错误，用 reportfill campaign status 查看",
            )
        self._store, self._ledger, self._last = folder.store, ledger, last
        self._pack = load_pack(self._settings.pack)
        refuse_unsound(self._pack)
        self._passwords = passwords_of(self._settings) if self._settings.is_protected else ()
        places = workbook_places(self._roster, self._settings, self._pack)
        self._tasks = [
            self._task(agency, f"{OUTGOING}/{places[agency.code]}.xlsx") for agency in self._roster.agencies
        ]
        self._sent = {workbook.code: workbook for workbook in ledger.workbooks().values() if workbook.made_of}
        self._there = {file.path for file in self._store.files(OUTGOING)}

    @property
    def total(self) -> int:
        """How many workbooks there are to be."""
        return len(self._tasks)

    def results(self, workers: Workers) -> Iterator[Distributed]:
        """Make the workbooks that are not there yet or whose agency changed; one of each agency, those that did not
        change first."""
        open_tasks = [task for task in self._tasks if not self._is_done(task)]
        waiting = {task.agency.code for task in open_tasks}
        for task in self._tasks:
            if task.agency.code not in waiting:
                yield Distributed(task.agency, task.place, is_new=False, has_last=bool(task.last))
        self._put_away(open_tasks)
        make = partial(_made, self._settings, self._passwords[:1], self._last.reader if self._last else None)
        made = iter(workers.results(make, open_tasks))
        with Writers(self._store) as writers:
            while batch := list(islice(made, _AT_ONCE)):
                yield from self._written(batch, writers)

    def _task(self, agency: Agency, place: str) -> _Task:
        last = self._last.copy_of(agency) if self._last else None
        about = (
            self._pack.id,
            self._pack.version,
            self._settings.year,
            agency.name,
            agency.code,
            place,
            len(self._passwords),
            *_notes(self._settings, self._pack.manifest.language),
        )
        made_of = f"{hashlib.sha256(json.dumps(about).encode()).hexdigest()[:32]}-"
        made_of += last.digest[:16] if last else ""
        return _Task(agency, place, made_of, last)

    def _is_done(self, task: _Task) -> bool:
        """Whether an agency's workbook is there as it should be; without last year's campaign one that has last year's
        figures may keep them."""
        sent = self._sent.get(task.agency.code)
        if sent is None or task.place not in self._there:
            return False
        return sent.made_of == task.made_of or (
            self._last is None and sent.made_of.partition("-")[0] == task.made_of.partition("-")[0]
        )

    def _written(self, batch: Sequence[_Made], writers: Writers) -> Iterator[Distributed]:
        new = {made.task.place: made.content for made in batch if self._differs(made)}
        writers.write(new)
        with self._ledger.writing() as record:
            record.workbooks(
                SentWorkbook(
                    made.workbook,
                    made.task.agency.code,
                    made.task.agency.name,
                    made.task.place,
                    made.task.made_of,
                )
                for made in batch
            )
        for made in batch:
            task = made.task
            yield Distributed(task.agency, task.place, task.place in new, bool(task.last))

    def _differs(self, made: _Made) -> bool:
        place = made.task.place
        return place not in self._there or self._store.read(place) != made.content

    def _put_away(self, tasks: Sequence[_Task]) -> None:
        """Move the workbooks that agencies had under other names, which still count as theirs if they come back, before
        anything is written: one agency may take over another's name."""
        former = []
        for task in tasks:
            sent = self._sent.get(task.agency.code)
            if sent is not None and sent.path != task.place:
                target = put_away_place(sent.path)
                target = put_away(self._store, sent.path, target) or target
                self._there.discard(sent.path)
                former.append(replace(sent, path=target, made_of=""))
        with self._ledger.writing() as record:
            record.workbooks(former)


def distribute(
    folder: CampaignFolder, last: LastYear | None = None, workers: Workers | None = None
) -> Iterator[Distributed]:
    """Make the workbooks that are not there yet or whose agency changed; one of each agency.

    Raises CampaignError where the roster has errors or another process works on the campaign.
    """
    with folder.changing() as ledger:
        yield from Distributing(folder, ledger, last).results(workers or ProcessWorkers(1))


def _notes(settings: Settings, language: str) -> tuple[str, str]:
    """What the workbooks say of the campaign: until when they are to be sent back, and whom to ask."""
    return day_in_words(settings.agency_deadline, language), contact_in_words(settings, language)


def _made(settings: Settings, passwords: tuple[str, ...], last: CopyReader | None, task: _Task) -> _Made:
    """An agency's workbook, with last year's figures where they are known."""
    pack = load_pack(settings.pack)
    agency = task.agency
    data = last.data(task.last) if last and task.last else None
    notes = _notes(settings, pack.manifest.language)
    content = mould(pack, settings.year, *notes).workbook(agency.name, agency.code, data)
    workbook = identity_of(pack, settings.year, agency.name, agency.code, last=data).workbook
    return _Made(task, workbook, locked_with(passwords[0], content) if passwords else content)
