"""The ledger of a campaign: which workbook went to whom, what came back, and what became of it.

SQLAlchemy Core, so that the same statements work on SQLite in the folder and on another database. It holds nothing
that the folder does not: it can be made anew from it, and so there are no migrations; a ledger of another version is
made anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    DateTime,
    Engine,
    Integer,
    MetaData,
    RowMapping,
    String,
    Table,
    Text,
    create_engine,
    event,
    insert,
    select,
)

from reportfill.campaign.standing import Mistake
from reportfill.errors import CampaignError

VERSION = 1

_METADATA = MetaData()
_ABOUT = Table("about", _METADATA, Column("version", Integer, nullable=False))
_WORKBOOKS = Table(
    "workbooks",
    _METADATA,
    Column("id", String(36), primary_key=True),
    Column("code", String(80), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("path", Text, nullable=False),
)
_VERSIONS = Table(
    "versions",
    _METADATA,
    Column("digest", String(64), primary_key=True),
    Column("code", String(80), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("file", Text, nullable=False),
    Column("received", Text, nullable=False),
    Column("seen", DateTime, nullable=False),
    Column("is_sound", Boolean, nullable=False),
    Column("mistakes", Text, nullable=False),
    Column("report", Text, nullable=False),
    Column("returned", Text, nullable=False),
)
_STRAYS = Table(
    "strays",
    _METADATA,
    Column("digest", String(64), primary_key=True),
    Column("file", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("seen", DateTime, nullable=False),
)


@dataclass(frozen=True, slots=True)
class SentWorkbook:
    """A workbook that was made for an agency: its id, and where it lies in the campaign's folder."""

    id: str
    code: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Version:
    """One version that an agency handed in, counted from 1. `file` is where it came from, `received` its copy; `report`
    and `returned` what was made of it, empty where nothing was. All paths are relative to the campaign's folder."""

    digest: str
    code: str
    number: int
    file: str
    received: str
    seen: datetime
    is_sound: bool
    mistakes: tuple[Mistake, ...]
    report: str
    returned: str


@dataclass(frozen=True, slots=True)
class StrayFile:
    """A file of the inbox that belongs to no agency for certain."""

    digest: str
    file: str
    reason: str
    seen: datetime


class Ledger:
    """A campaign's ledger, open. What is recorded within `writing` is recorded whole or not at all."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Record several things at once."""
        with self._engine.begin() as connection:
            yield Writer(connection)

    def workbooks(self) -> dict[str, SentWorkbook]:
        """The workbooks that were made, by id."""
        with self._engine.connect() as connection:
            return {row.id: SentWorkbook(*row) for row in connection.execute(select(_WORKBOOKS))}

    def versions(self) -> list[Version]:
        """Everything that agencies handed in, an agency's versions in order."""
        order = (_VERSIONS.c.code, _VERSIONS.c.number)
        with self._engine.connect() as connection:
            return [_version(row._mapping) for row in connection.execute(select(_VERSIONS).order_by(*order))]

    def strays(self) -> list[StrayFile]:
        """The files that belong to no agency for certain, by name."""
        with self._engine.connect() as connection:
            return [StrayFile(*row) for row in connection.execute(select(_STRAYS).order_by(_STRAYS.c.file))]


class Writer:
    """Records within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def workbooks(self, made: Iterable[SentWorkbook]) -> None:
        """Record workbooks; one of the same id is replaced."""
        self._put(_WORKBOOKS, _WORKBOOKS.c.id, [asdict(workbook) for workbook in made])

    def version(self, version: Version) -> None:
        """Record a version. It is no stray any more, if it was one."""
        mistakes = json.dumps([asdict(mistake) for mistake in version.mistakes], ensure_ascii=False)
        self._connection.execute(_STRAYS.delete().where(_STRAYS.c.digest == version.digest))
        self._put(_VERSIONS, _VERSIONS.c.digest, [asdict(version) | {"mistakes": mistakes}])

    def stray(self, stray: StrayFile) -> None:
        """Record a file that belongs to nobody for certain."""
        self._put(_STRAYS, _STRAYS.c.digest, [asdict(stray)])

    def _put(self, table: Table, key: Column[str], rows: list[dict[str, object]]) -> None:
        if rows:
            keys = [row[key.name] for row in rows]
            for start in range(0, len(keys), 500):  # databases take so many parameters in one statement
                self._connection.execute(table.delete().where(key.in_(keys[start : start + 500])))
            self._connection.execute(insert(table), rows)


def open_ledger(path: Path) -> Ledger:
    """The ledger at a path, made where there is none. Raises CampaignError for one of a newer version."""
    engine = create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", _prepare)
    _METADATA.create_all(engine)
    with engine.begin() as connection:
        version = connection.execute(select(_ABOUT.c.version)).scalar()
        if version is None:
            connection.execute(insert(_ABOUT), {"version": VERSION})
    if version not in (None, VERSION):
        engine.dispose()
        raise CampaignError(
            f"{path} was written by a newer version of reportfill (ledger {version}); use that one"
        )
    return Ledger(engine)


def _prepare(connection: object, _: object) -> None:
    """Write-ahead logging: who reads does not wait for who writes, and a killed process leaves a sound file."""
    cursor = connection.cursor()  # type: ignore[attr-defined]  # a DB-API connection, of which SQLAlchemy has no type
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()


def _version(row: RowMapping) -> Version:
    mistakes = tuple(Mistake(**told) for told in json.loads(str(row["mistakes"])))
    return Version(**{**row, "mistakes": mistakes})
