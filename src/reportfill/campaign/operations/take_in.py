"""What agencies handed in themselves, taken in: it alone, and without a look at the rest of the inbox."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from reportfill.arrivals import is_junk
from reportfill.campaign.agencies.agency_named import agency_named
from reportfill.campaign.folder.parts import HANDED_IN
from reportfill.campaign.inbox.sources import Source, close_container, sources_in
from reportfill.campaign.operations.collect import taken_in
from reportfill.campaign.operations.collected_batch import Collected
from reportfill.campaign.operations.intake import Intake
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.ledger import Ledger
from reportfill.campaign.records.receipts import HandedInFile, receipts_of
from reportfill.campaign.storage.store import StoredFile, printable_path
from reportfill.workers import ProcessWorkers, Workers


def take_in(
    folder: CampaignFolder,
    given: Iterable[HandedInFile] | None,
    now: datetime,
    workers: Workers | None = None,
) -> tuple[Collected, ...]:
    """Take in these files that agencies handed in, or all of which none was taken in yet. One that belongs to nobody is
    looked at once; `collect` looks at it again.

    Raises CampaignInUseError where another process holds the campaign for longer than a batch takes, and CampaignError
    where it is closed.
    """
    with folder.read_ledger() as ledger:
        intake = Intake(folder, now, workers)
        sources = _unread(folder, ledger, given)
        if sources:
            intake.know_last(ledger)
    taken = tuple(taken_in(intake, sources, workers or ProcessWorkers(1), lambda: None))
    close_container()
    return taken


def pending_of(folder: CampaignFolder, named: str) -> tuple[HandedInFile, ...]:
    """What an agency, named by its code or a name, handed in itself and is not taken in yet, in order. Raises
    UsageError where the roster has no such agency."""
    agency = agency_named(folder.roster(), named, also_closed=True)
    with folder.read_ledger() as ledger:
        known = {version.digest for version in ledger.history(agency.holder).versions}
        there = {one.path: one for one in receipts_of(folder.store, agency.code) if one.digest not in known}
        files = filter(None, map(folder.store.stored, there))
        return tuple(there[file.path] for file in _not_looked_at(ledger, list(files)))


def _unread(folder: CampaignFolder, ledger: Ledger, given: Iterable[HandedInFile] | None) -> list[Source]:
    """What there is to read."""
    store = folder.store
    if given is None:
        files = [file for file in store.files(HANDED_IN) if not is_junk(file.path)]
    else:
        files = [file for one in given if (file := store.stored(one.path)) is not None]
    return [source for file in _not_looked_at(ledger, files) for source in sources_in(store, file)]


def _not_looked_at(ledger: Ledger, files: list[StoredFile]) -> Iterator[StoredFile]:
    """Those of the files that were neither taken in nor found to belong to nobody."""
    for start in range(0, len(files), _AT_ONCE):
        some = {printable_path(file.path): file for file in files[start : start + _AT_ONCE]}
        seen = ledger.seen(some)
        strays = {stray.file for stray in ledger.strays(some)}
        yield from (
            file for path, file in some.items() if seen.get(path) != file.stamp and path not in strays
        )


_AT_ONCE = 500
"""Files of which the ledger is asked at the same time."""
