"""The reports of many agencies as open data: one file of each kind with all of them, and what says what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from importlib import import_module
from itertools import islice
from pathlib import Path

from reportfill.files import write_file, written_whole
from reportfill.model.submission import Submission
from reportfill.outputs.kind import kinds_named
from reportfill.outputs.open_data.data_package import (
    DATA_PACKAGE,
    DATA_SCHEMA,
    AboutData,
    data_package,
    data_schema,
)
from reportfill.outputs.open_data.data_writer import DataWriter
from reportfill.pack.pack import Pack

_ROOM = "reportfill.outputs.open_data"
_WRITERS = {
    "csv": (f"{_ROOM}.csv_data", "CsvData"),
    "json": (f"{_ROOM}.json_data", "JsonData"),
    "xlsx": (f"{_ROOM}.wide_workbook", "WideWorkbook"),
    "parquet": (f"{_ROOM}.parquet_data", "ParquetData"),
}
"""The module and the class that writes each kind; a library may be slow to import, or come with an extra."""

KINDS_OF_DATA = tuple(_WRITERS)
"""The kinds of open data, by the names of their kinds of output."""

_AT_ONCE = 200
"""Reports that are in memory at the same time."""


def write_open_data(
    pack: Pack,
    submissions: Iterable[Submission],
    folder: Path,
    about: AboutData,
    kinds: Iterable[str] = KINDS_OF_DATA,
) -> tuple[Path, ...]:
    """Write the reports of a pack into a folder as data.csv, data.json, data.xlsx and data.parquet, with what says what
    they hold: schema.json and datapackage.json. The paths of all that was written, and the same bytes for the same
    reports in the same order.

    Kinds that are no data are passed over. Each report is taken once and none is kept. A file that is there is replaced
    once the new one is whole. Raises UsageError for a kind that is none or needs what is not installed, OutputError
    where something cannot be written.
    """
    named = [kind.name for kind in kinds_named(kinds) if kind.name in _WRITERS]
    paths = [folder / f"data.{name}" for name in named]
    with ExitStack() as stack:
        streams = [stack.enter_context(written_whole(path)) for path in paths]
        writers = [_writer(name)(pack, stream) for name, stream in zip(named, streams, strict=True)]
        for some in _blocks(submissions):
            for writer in writers:
                writer.add(some)
        for writer in writers:
            writer.finish()
    paths.append(write_file(folder / DATA_SCHEMA, data_schema(pack), keep=False).path)
    package = data_package(pack, about, paths)
    return (*paths, write_file(folder / DATA_PACKAGE, package, keep=False).path)


def _writer(kind: str) -> type[DataWriter]:
    module, name = _WRITERS[kind]
    writer: type[DataWriter] = getattr(import_module(module), name)
    return writer


def _blocks(submissions: Iterable[Submission]) -> Iterator[list[Submission]]:
    remaining = iter(submissions)
    while some := list(islice(remaining, _AT_ONCE)):
        yield some
