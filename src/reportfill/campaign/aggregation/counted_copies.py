"""The figures of what was handed in, as the ledger keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice, starmap
from typing import TYPE_CHECKING

from reportfill.campaign.agencies.agency import Holder
from reportfill.campaign.folder.password import passwords_of
from reportfill.campaign.records.readings import Reading, reading_of
from reportfill.campaign.records.received_copies import content_of_copy, unreadable_copy
from reportfill.campaign.storage.store import Store
from reportfill.decimals import Number
from reportfill.errors import CampaignError
from reportfill.finding import Finding
from reportfill.intake.read import read_workbook
from reportfill.office.encryption import unlocked_with
from reportfill.pack.pack import load_pack
from reportfill.workers import Workers

if TYPE_CHECKING:  # slow to import, and workers do without
    from reportfill.campaign.records.campaign_folder import CampaignFolder
    from reportfill.campaign.records.ledger import Ledger

_AT_ONCE = 500
"""Readings that are recorded together."""


@dataclass(frozen=True, slots=True)
class CountedCopy:
    """The copy of a version that counts: its number, where it lies, and its SHA-256."""

    number: int
    path: str
    digest: str


def counted_copies(ledger: Ledger) -> dict[Holder, CountedCopy]:
    """The copy of the version that counts, by whose it is as the ledger has it."""
    return {
        holder: CountedCopy(counted.number, counted.received, counted.digest)
        for holder, history in ledger.histories()
        if (counted := history.counted) is not None
    }


def figures_of_copies(
    folder: CampaignFolder, copies: Sequence[CountedCopy], workers: Workers
) -> Iterator[Mapping[str, Number]]:
    """The figures of each copy by path, in order."""
    digests = [copy.digest for copy in copies]
    with folder.read_ledger() as ledger:
        keep_readings(folder, ledger, digests, workers)
        yield from ledger.figures(digests)


def readings_of_copies(
    folder: CampaignFolder, copies: Sequence[CountedCopy], workers: Workers
) -> Iterator[Reading]:
    """What was read of each copy, in order."""
    digests = [copy.digest for copy in copies]
    with folder.read_ledger() as ledger:
        keep_readings(folder, ledger, digests, workers, with_texts=True)
        yield from ledger.readings(digests)


def keep_readings(
    folder: CampaignFolder,
    ledger: Ledger,
    digests: Iterable[str],
    workers: Workers,
    *,
    with_texts: bool = False,
) -> None:
    """Let the ledger keep what the copies of versions, by their SHA-256, say of which it does not know that yet. Raises
    CampaignError where one of these is gone or was changed, or cannot be read in time or in memory."""
    lacking = copies_of(ledger, ledger.unread(digests, with_texts=with_texts))
    read = partial(_read, folder.store, folder.pack, passwords_of(folder.settings()))
    found = workers.results(read, lacking, partial(_refused, folder.store))
    while some := dict(islice(found, _AT_ONCE)):
        with ledger.writing() as record:
            record.readings(some)


def copies_of(ledger: Ledger, digests: Iterable[str]) -> Iterator[CountedCopy]:
    """The copies of versions that count, by the SHA-256 of these, in order."""
    return starmap(CountedCopy, ledger.copies(digests))


def _refused(store: Store, copy: CountedCopy, why: Finding) -> tuple[str, Reading]:
    place = store.place(copy.path)
    raise CampaignError(
        f"{place}: {why.message.en} Nothing was written, try again.",
        f"{place}：{why.message.zh}没有生成汇总，请再运行一次。",
    )


def _read(store: Store, pack: str, passwords: tuple[str, ...], copy: CountedCopy) -> tuple[str, Reading]:
    content = content_of_copy(store, copy.path, copy.digest, passwords)
    reading = reading_of(read_workbook(unlocked_with(passwords, content), load_pack(pack)))
    if reading is None:
        raise unreadable_copy(store, copy.path)
    return copy.digest, reading
