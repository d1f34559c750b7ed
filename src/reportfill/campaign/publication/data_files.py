"""Open data over all agencies of a year: the files of a site with it, and what its pages say of them."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from reportfill.campaign.publication.site import PublishedYear
from reportfill.campaign.storage.own_files import OwnFiles
from reportfill.files import noting
from reportfill.model.submission import Submission
from reportfill.outputs.kind import KINDS
from reportfill.outputs.open_data.data_package import DATA_PACKAGE, DATA_SCHEMA, AboutData
from reportfill.outputs.open_data.writing import KINDS_OF_DATA, write_open_data
from reportfill.pack.pack import Pack

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
    modules = {name: KINDS[name].module for name in KINDS_OF_DATA}
    return tuple(name for name, module in modules.items() if not module or find_spec(module) is not None)


def write_data_files(
    files: OwnFiles, year: PublishedYear, pack: Pack, submissions: Iterable[Submission], about: AboutData
) -> dict[str, str]:
    """Write the reports of all agencies as open data into a site; the SHA-256 of the files by place, without those that
    could not be written. They are made on this machine first, for a site may lie elsewhere."""
    digests = {}
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for path in write_open_data(pack, submissions, Path(folder), about, data_kinds()):
            place = year.places.data_file(path.name)
            with noting(files.held), open(path, "rb") as made:
                with files.store.writing(place) as stream:
                    shutil.copyfileobj(made, stream)
                made.seek(0)
                digests[place] = hashlib.file_digest(made, "sha256").hexdigest()
    return digests


def named_data_files(places: Iterable[str]) -> list[DataFile]:
    """What the first page of a year says of files of open data."""
    return [_named(place) for place in places]


def _named(place: str) -> DataFile:
    name = place.rpartition("/")[2]
    kind = KINDS.get(name.rpartition(".")[2])
    if name in _ABOUT or kind is None:
        return DataFile(_ABOUT.get(name, name), place, name)
    return DataFile(kind.title.zh, place, _NOTES.get(kind.name, ""))
