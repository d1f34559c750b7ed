"""A ledger brought up to what the journal tells: what a process that was killed had written and not recorded, what
other computers wrote, and what changed in the roster since, put on record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import NamedTuple

from reportfill.campaign.access.decisions import AccessDecision
from reportfill.campaign.agencies.holder_matching import HolderMatching, match_holders
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.folder.naming import put_away_place
from reportfill.campaign.folder.parts import RECEIVED
from reportfill.campaign.progress import Progress, steps, unseen
from reportfill.campaign.records.as_kept import REBUILD
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.checked_journal import checked_journal
from reportfill.campaign.records.database import locked
from reportfill.campaign.records.history import AgencyChange, Decision, Extension, Review, entry_of
from reportfill.campaign.records.in_use import CampaignInUseError
from reportfill.campaign.records.journal import (
    Journal,
    JournalEntry,
    JournalWriter,
    read_journal,
    table_names,
)
from reportfill.campaign.records.ledger import Ledger
from reportfill.campaign.records.made_workbooks import unseen_workbooks
from reportfill.campaign.records.open_ledger import ledger_made_anew
from reportfill.campaign.storage.putting_away import put_away
from reportfill.campaign.storage.store import StoredFile
from reportfill.errors import CampaignError
from reportfill.finding import Finding
from reportfill.workers import ProcessWorkers, Workers

# What fills a ledger is slow to import, and mostly there is nothing to fill.


class Turn(NamedTuple):
    """A campaign while it is held: its ledger, caught up, what writes its journal, and whether tables of the journal
    tell of what is not there yet."""

    ledger: Ledger
    journal: JournalWriter
    is_behind: bool


class Turns:
    """A campaign that is held again and again, a moment each, and by others in between. What has to be looked up is
    looked up where anything was written meanwhile, or the roster is another one."""

    def __init__(
        self, folder: CampaignFolder, workers: Workers | None = None, progress: Progress = unseen
    ) -> None:
        self._folder, self._workers, self._progress = folder, workers, progress
        self._left: tuple[int, list[str]] | None = None
        self._roster: Roster | None = None
        self._known: tuple[JournalWriter, bool] | None = None

    @contextmanager
    def taken(self) -> Iterator[Turn]:
        """Hold the campaign. Raises CampaignInUseError where another process has it and does not let go of it, and
        CampaignError where it is closed."""
        with self._folder.locked(), opened_ledger(self._folder, self._workers, self._progress) as ledger:
            names = table_names(self._folder.store)
            journal, is_behind = self._caught_up(ledger, names)
            self._known = None
            yield Turn(ledger, journal, is_behind)
            left = table_names(self._folder.store)
            if set(left) == {*names, *journal.written}:  # and no other table has come meanwhile
                self._left, self._known = (ledger.revision(), left), (journal, is_behind)

    def _caught_up(self, ledger: Ledger, names: list[str]) -> tuple[JournalWriter, bool]:
        found, roster = (ledger.revision(), names), self._folder.roster()
        if self._known is not None and found == self._left and roster is self._roster:
            return self._known
        is_new = _catch_up(self._folder, ledger, self._workers, tidies=True)
        if is_new or roster is not self._roster:
            self._folder.recorded.extend(_record_moved(self._folder, ledger))
        self._roster = roster
        is_behind = not ledger.whole_tables().issuperset(table_names(self._folder.store))
        return self._folder.journal_writer(ledger.journal()), is_behind


def turns_in(folder: CampaignFolder, workers: Workers | None = None, progress: Progress = unseen) -> Turns:
    """The turns that this process takes in a campaign: what it knows goes on from one operation to the next."""
    return folder.kept("turns", (workers, progress), lambda: Turns(folder, workers, progress))


@contextmanager
def changing(
    folder: CampaignFolder, workers: Workers | None = None, progress: Progress = unseen
) -> Iterator[Ledger]:
    """The ledger of a campaign that is held for this process alone, caught up. Raises CampaignInUseError where another
    process has it and does not let go of it, and CampaignError where it is closed."""
    with turns_in(folder, workers, progress).taken() as turn:
        yield turn.ledger


@contextmanager
def caught_up_ledger(
    folder: CampaignFolder, workers: Workers | None = None, progress: Progress = unseen
) -> Iterator[Ledger]:
    """The ledger of a campaign that is held, open, with all that the journal tells and with what changed in the roster
    on record."""
    with opened_ledger(folder, workers, progress) as ledger:
        _catch_up(folder, ledger, workers, tidies=True)
        folder.recorded.extend(_record_moved(folder, ledger))
        yield ledger


@contextmanager
def opened_ledger(
    folder: CampaignFolder, workers: Workers | None = None, progress: Progress = unseen
) -> Iterator[Ledger]:
    """The ledger of a campaign that is held, open, and filled from the folder where it was lost."""
    if folder.lacks_ledger:
        fill_ledger(folder, checked_journal(folder), workers, progress)
    with folder.read_ledger() as ledger:
        yield ledger


def bring_up_to_date(
    folder: CampaignFolder, workers: Workers | None = None, progress: Progress = unseen
) -> None:
    """Let a ledger that is only read hold what the folder tells: one that lacks is filled, and one that is behind gets
    what was written since. Raises CampaignError where it lacks and cannot be filled."""
    if folder.lacks_ledger:
        with locked(folder.ledger_url):
            fill_ledger(folder, checked_journal(folder), workers, progress)
        return
    with folder.read_ledger() as ledger:
        if any(_behind(folder, ledger)):
            # Where another process writes to it, that catches up.
            with suppress(CampaignInUseError), locked(folder.ledger_url, patience=0):
                _catch_up(folder, ledger, workers, tidies=False)


def fill_ledger(
    folder: CampaignFolder,
    journal: Journal,
    workers: Workers | None = None,
    progress: Progress = unseen,
    *,
    is_asked: bool = False,
) -> int:
    """Make the ledger of a campaign, which is held on this computer, anew from the folder; how many versions it holds.
    Unless somebody has asked for it, nothing else is written, and CampaignError is raised where the journal is damaged,
    or lost: what it told would be gone for good."""
    if not is_asked:
        journal.require_whole()
        if not journal.tables:
            raise CampaignError(
                "the ledger is lost",
                "台账已丢失",
                by_command=REBUILD,
            )
    from reportfill.campaign.operations.filling import Filling

    folder.roster()
    step = steps(progress, len(folder.store.files(RECEIVED)))
    with ledger_made_anew(folder.ledger_url, folder.title) as ledger:
        filling = Filling(folder, ledger, journal, workers or ProcessWorkers(1))
        return filling.fill(step, prints=is_asked and not folder.is_sealed)


def _catch_up(folder: CampaignFolder, ledger: Ledger, workers: Workers | None, *, tidies: bool) -> bool:
    """Let the ledger hold what it is behind with, and, where that is wanted, the folder what follows from it; whether
    it was behind with anything."""
    tables, workbooks = _behind(folder, ledger)
    if tables or workbooks:
        from reportfill.campaign.operations.filling import Filling

        journal = read_journal(folder.store)
        filling = Filling(folder, ledger, journal, workers or ProcessWorkers(1))
        filling.catch_up(tables, workbooks, tidies=tidies)
    return bool(tables or workbooks)


def _behind(folder: CampaignFolder, ledger: Ledger) -> tuple[list[str], list[StoredFile]]:
    """The tables of the journal of which the ledger does not hold everything, and of a user's own the workbooks that
    others have made."""
    recorded = ledger.whole_tables()
    tables = [name for name in table_names(folder.store) if name not in recorded]
    return tables, unseen_workbooks(folder, ledger) if folder.has_own_ledger else []


def _record_moved(folder: CampaignFolder, ledger: Ledger) -> Sequence[Finding]:
    """Put on record which agencies have another code in the roster now: what is theirs goes with their name."""
    moved = match_holders(folder.roster(), ledger.holders(with_workbooks=True)).moved
    if not moved:
        return ()
    now = datetime.now()
    changes = [AgencyChange(*holder, *agency.holder, now) for holder, agency in sorted(moved.items())]
    put_on_record(folder, ledger, changes)
    return HolderMatching(moved).findings()


def put_in_journal(folder: CampaignFolder, ledger: Ledger, entry: JournalEntry) -> None:
    """Write down what happened to the whole campaign, of which the ledger keeps nothing but that it was read."""
    writer = folder.journal_writer(ledger.journal())
    table = writer.next([entry])
    writer.write(table)
    with ledger.writing() as record:
        record.journal([table])


def put_on_record(folder: CampaignFolder, ledger: Ledger, said: Sequence[Decision], by: str = "") -> None:
    """Write down what was decided, the changes before the reviews: in the journal, then in the ledger. `by` is who says
    that agencies changed. The report of what was sent back is put away, or, while another program has it open, stays
    until the next collect, and that is told."""
    writer = folder.journal_writer(ledger.journal())
    table = writer.next(entry_of(one, by) for one in said)
    writer.write(table)
    reviews = [one for one in said if isinstance(one, Review)]
    with ledger.writing() as record:
        record.changes(one for one in said if isinstance(one, AgencyChange))
        record.extensions(one for one in said if isinstance(one, Extension))
        record.access([one for one in said if isinstance(one, AccessDecision)], ledger.accounts())
    reviewed = [
        (version, review)
        for review in reviews
        for version in ledger.history(review.holder).versions
        if version.number == review.number
    ]
    for version, review in reviewed:
        if version.report and not review.is_accepted:
            with folder.telling():
                put_away(folder.store, version.report, put_away_place(version.report, version.number))
    with ledger.writing() as record:
        record.versions(
            version._replace(report=review.file)
            for version, review in reviewed
            if review.is_accepted and version.report != review.file
        )
        record.reviews(reviews)
        record.journal([table])
