"""A workbook for every agency of the roster, under outgoing/ by superior; made anew only where something changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import islice

from reportfill.campaign.agencies.agency import Agency, Holder
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.aggregation.counted_copies import CountedCopy, figures_of_copies, readings_of_copies
from reportfill.campaign.aggregation.coverage import copies_by_agency
from reportfill.campaign.comparison.agency_matching import match_agencies, possible_renames
from reportfill.campaign.folder.long_paths import long_paths, room_in
from reportfill.campaign.folder.naming import put_away_place, workbook_places
from reportfill.campaign.folder.parts import OUTGOING
from reportfill.campaign.folder.password import passwords_of
from reportfill.campaign.operations.agency_workbook import AgencyWorkbook, Task, agency_workbook, notes
from reportfill.campaign.operations.catching_up import changing
from reportfill.campaign.operations.former_pack import former_pack_findings
from reportfill.campaign.progress import Progress, steps, unseen
from reportfill.campaign.records.campaign_folder import CampaignFolder, require_earlier
from reportfill.campaign.records.extensions import extensions_now
from reportfill.campaign.records.history import SentWorkbook
from reportfill.campaign.records.last_figures import (
    LastFigures,
    LastReport,
    paths_that_matter,
    read_last_figures,
    write_last_figures,
)
from reportfill.campaign.records.ledger import Ledger
from reportfill.campaign.records.made_workbooks import take_notice
from reportfill.campaign.records.readings import Reading, packed
from reportfill.campaign.storage.putting_away import put_away
from reportfill.campaign.storage.store import Store
from reportfill.campaign.storage.writing import write_all
from reportfill.errors import CampaignError
from reportfill.files import noting
from reportfill.finding import Finding
from reportfill.pack.check import refuse_unsound
from reportfill.pack.last_report import figures_as_in
from reportfill.pack.pack import Pack, load_pack
from reportfill.system_words import in_one_line
from reportfill.text import Text
from reportfill.trials.report_trial import refuse_unworkable
from reportfill.workers import ProcessWorkers, Workers

_AT_ONCE = 64
"""Workbooks that are written and recorded together."""


@dataclass(frozen=True, slots=True)
class Distributed:
    """What became of one agency's workbook: where it lies in the campaign's folder, whether it was made just now,
    whether last year's figures are in it, and until when the agency has time that it was given more."""

    agency: Agency
    path: str
    is_new: bool
    has_last: bool = False
    until: date | None = None


@dataclass(frozen=True, slots=True)
class LastYear:
    """Where last year's figures are: the copies that count in last year's campaign, by this year's codes; and what
    there is to say of agencies that may have been renamed since."""

    folder: CampaignFolder
    copies: Mapping[str, CountedCopy]
    findings: Sequence[Finding]


def last_year(folder: CampaignFolder, year: int, agencies: Sequence[Agency]) -> LastYear:
    """What an earlier campaign knows of the agencies of that year. An agency is the one of its name: beside the same
    code the name of another may stand by now. Nothing is known of one into which others were merged since: what it goes
    on from is not what it reported itself. Raises CampaignError where the campaign is not of an earlier year, its
    roster has errors, or its ledger cannot be used."""
    require_earlier(folder, year)
    roster = folder.roster()
    with folder.read_ledger() as ledger:
        copies = copies_by_agency(roster, ledger)
    matches = match_agencies(agencies, tuple(roster.all_by_code.values()))
    by_code = {
        one.now.code: copy
        for one in matches
        if one.now and one.last and not one.last.is_closed and (copy := copies.get(one.last.holder))
    }
    grown = {one.now.successor for one in matches if one.now and one.now.code in by_code}
    return LastYear(
        folder, {code: by_code[code] for code in by_code if code not in grown}, possible_renames(matches)
    )


class DistributeRun:
    """One distribution of the workbooks of a pack. Raises CampaignError where the roster has errors."""

    def __init__(
        self, folder: CampaignFolder, pack: Pack, ledger: Ledger, last: LastYear | None = None
    ) -> None:
        self._settings, self._roster = folder.settings(), folder.roster()
        self._store, self._ledger, self._last = folder.store, ledger, last
        self._pack_name, self._pack = folder.pack, pack
        self._former_pack = last.folder.pack_id if last else pack.id
        self._passwords = passwords_of(self._settings) if self._settings.is_protected else ()
        room = room_in(self._store)
        places = workbook_places(self._roster, self._settings, self._pack, room)
        self._copies = last.copies if last else {}
        self._known = _kept(self._store, self._roster, ledger, is_renewed=last is not None)
        self._extended = extensions_now(self._roster, ledger).after(self._settings.agency_deadline)
        self._tasks = [
            self._task(agency, f"{OUTGOING}/{places[agency.code]}.xlsx") for agency in self._roster.agencies
        ]
        every = ledger.workbooks().values()
        self._sent = {one.holder: one for one in every if one.made_of}
        self._of_rebuilt = {(one.holder, one.path) for one in every if not one.made_of}
        self._there = {file.path for file in self._store.files(OUTGOING)}
        self.held: list[Text] = []
        names = {one.name: places[one.code] for one in self._roster.agencies}
        self.long_paths = list(long_paths(room, names))

    @property
    def total(self) -> int:
        """How many workbooks there are to be."""
        return len(self._tasks)

    def results(self, workers: Workers) -> Iterator[Distributed]:
        """Make the workbooks that are not there yet or whose agency changed; one of each agency, those that did not
        change first."""
        open_tasks = [task for task in self._tasks if not self._is_done(task)]
        if open_tasks:
            refuse_unworkable(self._pack)
        waiting = {task.agency.code for task in open_tasks}
        done = [task for task in self._tasks if task.agency.code not in waiting]
        reports = self._reports_of(done, workers)
        for task in done:
            yield self._distributed(task, is_new=False)
        open_tasks = self._with_room(open_tasks)
        make = partial(
            agency_workbook, self._settings, self._pack_name, self._former_pack, self._passwords[:1]
        )
        # With this process's own tasks: those that came back from another one would be there twice.
        made = zip(open_tasks, workers.results(make, self._with_last(open_tasks, workers)), strict=True)
        try:
            while batch := list(islice(made, _AT_ONCE)):
                reports |= {
                    task.agency.holder: one.last._replace(digest=task.last.digest)  # which is there already
                    for task, one in batch
                    if one.last and task.last
                }
                yield from self._written(batch)
        finally:
            if self._last:
                with noting(self.held):
                    write_last_figures(self._store, LastFigures(paths_that_matter(self._pack), reports))

    def _with_last(self, tasks: Sequence[Task], workers: Workers) -> Iterator[tuple[Task, Reading | None]]:
        """Each of the tasks with what last year's report says."""
        copies = [task.last for task in tasks if task.last]
        found = readings_of_copies(self._last.folder, copies, workers) if self._last else iter(())
        return ((task, next(found) if task.last else None) for task in tasks)

    @property
    def unknown(self) -> int:
        """How many agencies have workbooks with last year's figures that are not kept in the campaign: a run was broken
        off, or an earlier version of the program made them."""
        sent = (self._sent.get(task.agency.holder) for task in self._tasks)
        with_last = [one for one in sent if one and one.made_of.partition("-")[2]]
        return sum(one.holder not in self._known.reports for one in with_last) if not self._last else 0

    def _reports_of(self, tasks: Sequence[Task], workers: Workers) -> dict[Holder, LastReport]:
        """Last year's reports of agencies whose workbooks are there already: as they are kept, else read."""
        if self._last is None:
            return {}
        paths = paths_that_matter(self._pack)
        kept = self._known.reports if self._known.paths == paths else {}
        copies = {task.agency.holder: task.last for task in tasks if task.last}
        known = {
            holder: kept[holder]
            for holder, copy in copies.items()
            if holder in kept and kept[holder].digest == copy.digest
        }
        lacking = {holder: copy for holder, copy in copies.items() if holder not in known}
        read = figures_of_copies(self._last.folder, list(lacking.values()), workers)
        for (holder, copy), figures in zip(lacking.items(), read, strict=True):
            own = figures_as_in(self._pack, self._former_pack, figures)
            known[holder] = LastReport(copy.digest, packed(paths, own))
        return known

    def _task(self, agency: Agency, place: str) -> Task:
        last = self._copies.get(agency.code)
        until = self._extended.get(agency.holder, self._settings.agency_deadline)
        about = (
            self._pack.id,
            self._pack.version,
            self._settings.year,
            agency.name,
            agency.code,
            place,
            len(self._passwords),
            *notes(self._settings, self._pack.manifest.language, until),
        )
        made_of = f"{hashlib.sha256(json.dumps(about).encode()).hexdigest()[:32]}-"
        made_of += last.digest[:16] if last else ""
        return Task(agency, place, made_of, last, until)

    def _is_done(self, task: Task) -> bool:
        """Whether an agency's workbook is there as it should be; without last year's campaign one that has last year's
        figures may keep them, also where a ledger that was made anew does not know what went into it."""
        holder = task.agency.holder
        sent = self._sent.get(holder)
        if task.place not in self._there:
            return False
        if sent is None:
            is_of_rebuilt = (holder, task.place) in self._of_rebuilt
            return self._last is None and is_of_rebuilt and holder in self._known.reports
        return sent.made_of == task.made_of or (
            self._last is None and sent.made_of.partition("-")[0] == task.made_of.partition("-")[0]
        )

    def _written(self, batch: Sequence[tuple[Task, AgencyWorkbook]]) -> Iterator[Distributed]:
        new = {task.place: made.content for task, made in batch if self._differs(task, made)}
        held = write_all(self._store, new)
        self.held += map(in_one_line, held.values())
        batch = [(task, made) for task, made in batch if task.place not in held]
        with self._ledger.writing() as record:
            record.workbooks(
                SentWorkbook(made.workbook, *task.agency.holder, task.place, task.made_of)
                for task, made in batch
            )
        for task, _ in batch:
            yield self._distributed(task, is_new=task.place in new)

    def _distributed(self, task: Task, *, is_new: bool) -> Distributed:
        until = self._extended.get(task.agency.holder)
        return Distributed(task.agency, task.place, is_new, bool(task.last), until)

    def _differs(self, task: Task, made: AgencyWorkbook) -> bool:
        """Whether another workbook than that of now is there, or one that cannot be read."""
        try:
            return task.place not in self._there or self._store.read(task.place) != made.content
        except OSError:
            return True

    def _with_room(self, tasks: Sequence[Task]) -> list[Task]:
        """Move the workbooks that agencies had under other names, which still count as theirs if they come back, before
        anything is written: one agency may take over another's name. The tasks, without those of agencies whose former
        workbook cannot be moved, as another program has it open."""
        places = {task.agency.code: task.place for task in tasks}
        former = []
        for sent in self._sent.values():
            if sent.code in places and sent.path != places[sent.code]:
                with noting(self.held):
                    target = put_away_place(sent.path)
                    target = put_away(self._store, sent.path, target) or target
                    self._there.discard(sent.path)
                    former.append(replace(sent, path=target, made_of=""))
                    continue
                del places[sent.code]
        with self._ledger.writing() as record:
            record.workbooks(former)
        return [task for task in tasks if task.agency.code in places]


@dataclass(frozen=True, slots=True)
class Distribution:
    """One distribution: what became of each agency's workbook, those that did not change first; what there is to say
    of agencies that may have been renamed since last year, of figures that last year's pack did not have, and of paths
    that will be too long; how many workbooks hold
    last year's figures that are not known, so that collect cannot check them; and what could not be written for a
    reason of its own."""

    workbooks: tuple[Distributed, ...]
    findings: tuple[Finding, ...] = ()
    unknown: int = 0
    held: tuple[Text, ...] = ()


def distribute(
    folder: CampaignFolder,
    last: CampaignFolder | None = None,
    workers: Workers | None = None,
    progress: Progress = unseen,
) -> Distribution:
    """Make the workbooks that are not there yet or whose agency changed, with the figures of an earlier campaign where
    one is given.

    Raises PackError where the campaign's pack cannot be used, and CampaignError where the roster has errors, the other
    campaign is not of an earlier year, or another process works on the campaign.
    """
    pack = load_pack(folder.pack)
    refuse_unsound(pack)
    known = (
        last_year(last, folder.settings().year, tuple(folder.roster().all_by_code.values())) if last else None
    )
    with changing(folder, workers, progress) as ledger:
        folder.remove_leftovers(OUTGOING)
        run = DistributeRun(folder, pack, ledger, known)
        unknown, step = run.unknown, steps(progress, run.total)
        made = []
        for one in run.results(workers or ProcessWorkers(1)):
            made.append(one)
            step()
        if folder.has_own_ledger:
            take_notice(folder, ledger)
    about_last = (*known.findings, *former_pack_findings(pack, known.folder)) if known else ()
    findings = (*about_last, *run.long_paths)
    return Distribution(tuple(made), findings, unknown, tuple(run.held))


def _kept(store: Store, roster: Roster, ledger: Ledger, *, is_renewed: bool) -> LastFigures:
    """What is kept of last year; where that is made anew it need not be whole."""
    try:
        return read_last_figures(store).now(roster, ledger)
    except CampaignError:
        if not is_renewed:
            raise
        return LastFigures()
