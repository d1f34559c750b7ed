"""The figures of what was handed in, read from the copies that count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reportfill.campaign.agencies.agency import Holder
from reportfill.campaign.place.folder import CampaignFolder
from reportfill.campaign.place.password import passwords_of
from reportfill.campaign.place.store import Store
from reportfill.campaign.place.workers import Workers
from reportfill.campaign.records.history import Version
from reportfill.campaign.records.ledger import Ledger
from reportfill.campaign.records.received import content_of_copy
from reportfill.checks.submission import Submission
from reportfill.errors import CampaignError
from reportfill.intake.read import read_workbook
from reportfill.ooxml.encryption import unlocked_with
from reportfill.pack.figures import Number
from reportfill.pack.pack import load_pack


@dataclass(frozen=True, slots=True)
class CountedCopy:
    """The copy of a version that counts: its number, where it lies, and its SHA-256."""

    number: int
    path: str
    digest: str


@dataclass(frozen=True, slots=True)
class CopyReader:
    """Reads copies of one campaign; it can be sent to other processes."""

    store: Store
    pack: str
    passwords: tuple[str, ...]

    def data(self, copy: CountedCopy) -> Mapping[str, Any]:
        """What a copy says, as nested data. Raises CampaignError where it is gone or was changed."""
        return self._submission(copy).exact_data

    def figures(self, copy: CountedCopy) -> Mapping[str, Number]:
        """The figures of a copy by path. Raises CampaignError where it is gone or was changed."""
        return dict(self._submission(copy).figures)

    def _submission(self, copy: CountedCopy) -> Submission:
        content = content_of_copy(self.store, copy.path, copy.digest)
        return read_workbook(unlocked_with(self.passwords, content), load_pack(self.pack))


def copy_reader(folder: CampaignFolder) -> CopyReader:
    """The reader for a campaign's copies."""
    return CopyReader(folder.store, folder.pack, passwords_of(folder.settings()))


def counted_copies(ledger: Ledger) -> dict[Holder, CountedCopy]:
    """The copy of the version that counts, by whose it is as the ledger has it."""
    found = ((holder, history.counted) for holder, history in ledger.histories())
    return {holder: _copy(version) for holder, version in found if version is not None}


def figures_of_copies(
    folder: CampaignFolder, copies: Iterable[CountedCopy], workers: Workers
) -> Iterator[Mapping[str, Number]]:
    """The figures of each copy by path, in order. Raises CampaignError where one is gone or was changed, or where a
    process ended at it."""

    def refuse(copy: CountedCopy) -> Mapping[str, Number]:
        place = folder.store.place(copy.path)
        raise CampaignError(
            f"the process that read {place} was ended, probably for lack of memory; nothing was written, try again",
            f"读取{place}时程序异常退出，多半是内存不够；什么也没有写出，请再运行一次",
        )

    return workers.results(copy_reader(folder).figures, copies, refuse)


def _copy(version: Version) -> CountedCopy:
    return CountedCopy(version.number, version.received, version.digest)
