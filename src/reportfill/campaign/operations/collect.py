"""What came back: every file of the inbox read, checked, and kept; sound ones become reports, others are returned.

Files are read by the workers while anybody may work on the campaign; it is held only while a batch of them is written
down, so that a review, another collect or a server need not wait for the end of this one. See `intake.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from time import monotonic, sleep
from typing import TypeVar

from reportfill.campaign.inbox.source_reading import FileRead, lost_source
from reportfill.campaign.inbox.sources import Source, close_container, inbox_sources, outermost
from reportfill.campaign.operations.collected_batch import Collected
from reportfill.campaign.operations.intake import Intake
from reportfill.campaign.operations.report_outputs import write_report_outputs
from reportfill.campaign.progress import Progress, steps, unseen
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.ledger import Ledger
from reportfill.campaign.storage.store import Store, StoredFile, printable_path
from reportfill.folder_kind import FolderKind
from reportfill.outputs.page_making import OF_THIS_COMPUTER, FontChoice
from reportfill.workers import ProcessWorkers, Workers

_AT_ONCE = 64
"""Files that are written and recorded together: the disk confirms them at the same time."""

_LONGEST = 1.0
"""Seconds after which those that were read are written down, however few they are."""

_OTHERS_TURN = 0.2
"""Seconds for which a campaign on a share is left to others after each batch: a file lets nobody stand in line."""

Item = TypeVar("Item")


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
    fonts: FontChoice = OF_THIS_COMPUTER,
) -> tuple[Collected, ...]:
    """Take in every wanted file of the inbox that is not known yet, in the order of their paths. `each` is called with
    what became of a file as soon as it is written down. The pages of what else is made beside reports are set in
    `fonts`.

    Files are read by the workers and written by this process. Raises CampaignInUseError where another process holds the
    campaign for longer than a batch takes, and CampaignError where it is closed.
    """
    crew = workers or ProcessWorkers(1)
    intake = Intake(folder, now, workers, progress)
    intake.begin()
    unwanted: set[str] = set()

    def is_wanted(file: StoredFile) -> bool:
        is_one = wanted(file)
        if not is_one:
            unwanted.add(printable_path(file.path))
        return is_one

    with folder.read_ledger() as ledger:
        sources = unread_sources(folder.store, ledger, is_wanted)
        strays = {stray.file for stray in ledger.strays()}
        intake.look_around(ledger)
    taken = []
    for one in _results(intake, sources, crew, steps(progress, len(sources))):
        taken.append(one)
        each(one)
    intake.forget_strays({file for file in strays if outermost(file) not in unwanted})
    write_report_outputs(folder, intake.turns, crew, fonts)
    return tuple(taken)


def _results(
    intake: Intake, sources: Sequence[Source], workers: Workers, advance: Callable[[], None]
) -> Iterator[Collected]:
    """What became of the sources; what is known already gives nothing. `advance` is called for every one that was
    read."""
    yield from taken_in(intake, sources, workers, advance)
    yield from taken_in(intake, intake.forgotten_copies(), workers, lambda: None)
    close_container()


def taken_in(
    intake: Intake, sources: Sequence[Source], workers: Workers, advance: Callable[[], None]
) -> Iterator[Collected]:
    """What became of these sources, each as soon as it is written down."""
    results = workers.results(intake.reader.read, map(intake.expected, sources), lost_source)

    def read() -> Iterator[tuple[Source, FileRead]]:
        for one in zip(sources, results, strict=True):
            advance()
            yield one

    for number, batch in enumerate(_batches(read())):
        if number and intake.folder.kind is FolderKind.SHARE:
            sleep(_OTHERS_TURN)
        yield from intake.written_down(batch)


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Items by the batch: so many, or those that came within some time."""
    every = iter(items)
    for first in every:
        batch, begin = [first], monotonic()
        while len(batch) < _AT_ONCE and monotonic() - begin < _LONGEST:
            following = next(every, None)
            if following is None:
                break
            batch.append(following)
        yield batch
