"""Open data over all agencies of a year: the files of a site with it, and what its pages say of them."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from reportfill.campaign.publication.report_making import submission_of
from reportfill.campaign.publication.site import PublishedYear
from reportfill.campaign.records.campaign_folder import open_campaign_folder
from reportfill.campaign.storage.store import Store
from reportfill.files import noting
from reportfill.outputs.kind import KINDS
from reportfill.outputs.open_data.data_package import DATA_PACKAGE, DATA_SCHEMA, AboutData
from reportfill.outputs.open_data.writing import KINDS_OF_DATA, write_open_data
from reportfill.pack.pack import load_pack
from reportfill.text import Text

_NOTES = {
    "csv": "每个数据一行，适合程序处理",
    "json": "每份报告一行，结构见schema.json",
    "xlsx": "每个单位一行，用Excel、WPS打开",
    "parquet": "适合大数据分析工具",
}
_ABOUT = {DATA_PACKAGE: "数据包说明", DATA_SCHEMA: "数据结构"}


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of open data: what it is called for people, where it lies, what is said of it."""

    name: str
    place: str
    note: str


def data_kinds() -> tuple[str, ...]:
    """The kinds of open data for which nothing lacks here."""
    return tuple(name for name in KINDS_OF_DATA if KINDS[name].is_installed)


class DataJob(NamedTuple):
    """What open data are written of: the campaign, the SHA-256 of the versions whose reports are in them, joined, and
    the site with its year into which they go. It can be sent to other processes."""

    campaign: str
    versions: bytes
    store: Store
    year: PublishedYear


class WrittenData(NamedTuple):
    """The SHA-256 of files that were written by place, and what could not be for a reason of its own."""

    files: Mapping[str, str]
    held: Sequence[Text]


def write_data_files(job: DataJob) -> WrittenData:
    """Write the reports of all agencies as open data into a site. They are made on this machine first, for a site may
    lie elsewhere."""
    places, digests = job.year.places, {}
    about = AboutData(f"{places.series}-{places.year}", job.year.title, publisher=job.year.issuer)
    campaign, held = open_campaign_folder(job.campaign), list[Text]()
    pack = load_pack(campaign.pack)
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, campaign.read_ledger() as ledger:
        readings = zip(_digests(job.versions), ledger.readings(_digests(job.versions)), strict=True)
        submissions = (submission_of(pack, reading, version) for version, reading in readings)
        for path in write_open_data(pack, submissions, Path(folder), about, data_kinds()):
            place = places.data_file(path.name)
            with noting(held), open(path, "rb") as made:
                with job.store.writing(place) as stream:
                    shutil.copyfileobj(made, stream)
                made.seek(0)
                digests[place] = hashlib.file_digest(made, "sha256").hexdigest()
    return WrittenData(digests, held)


def joined_digests(digests: Iterable[str]) -> bytes:
    """SHA-256 one behind the other: of a hundred thousand a third of what they take as texts."""
    return b"".join(map(bytes.fromhex, digests))


def _digests(joined: bytes) -> Iterator[str]:
    size = hashlib.sha256().digest_size
    return (joined[start : start + size].hex() for start in range(0, len(joined), size))


def named_data_files(places: Iterable[str]) -> list[DataFile]:
    """What the first page of a year says of files of open data."""
    return [_named(place) for place in places]


def _named(place: str) -> DataFile:
    name = place.rpartition("/")[2]
    kind = KINDS.get(name.rpartition(".")[2])
    if name in _ABOUT or kind is None:
        return DataFile(_ABOUT.get(name, name), place, name)
    return DataFile(kind.title.zh, place, _NOTES.get(kind.name, ""))
