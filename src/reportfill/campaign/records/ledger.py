"""The ledger of a campaign: which workbook went to whom, what came back, and what became of it.

SQLAlchemy Core, so that the same statements work on SQLite in the folder and on PostgreSQL. It holds nothing that the
folder does not: it can be made anew from it, and so there are no migrations; one of another version is made anew.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import count, groupby
from pathlib import Path
from typing import Any
from zlib import crc32

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    DateTime,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    insert,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from reportfill.campaign.records.journal import Entry, Event
from reportfill.campaign.status.standing import Mistake
from reportfill.errors import CampaignError
from reportfill.files import not_written

VERSION = 4
BEING_REBUILT = -1
"""What stands for the journal's table in a ledger that is being made anew."""


_METADATA = MetaData()
_ABOUT = Table(
    "about",
    _METADATA,
    Column("version", Integer, nullable=False),
    Column("campaign", Text, nullable=False),
    Column("journal", Integer, nullable=False),
)
_WORKBOOKS = Table(
    "workbooks",
    _METADATA,
    Column("id", String(36), primary_key=True),
    Column("code", String(80), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("made_of", String(64), nullable=False),
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
    Column("report", Text, nullable=False, index=True),
    Column("returned", Text, nullable=False),
)
_REVIEWS = Table(
    "reviews",
    _METADATA,
    Column("sequence", Integer, primary_key=True),
    Column("code", String(80), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("is_accepted", Boolean, nullable=False),
    Column("remark", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("at", DateTime, nullable=False),
)
_STRAYS = Table(
    "strays",
    _METADATA,
    Column("file", Text, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("seen", DateTime, nullable=False),
)
_SEEN = Table(
    "seen",
    _METADATA,
    Column("path", Text, primary_key=True),
    Column("stamp", Text, nullable=False),
)
_NO_MISTAKES = "[]"
_PLACE_OF_MISTAKES = list(_VERSIONS.c).index(_VERSIONS.c.mistakes)
_PARAMETERS = 500
"""Databases take so many parameters in one statement."""


@dataclass(frozen=True, slots=True)
class SentWorkbook:
    """A workbook that was made for an agency: its id, and where it lies in the campaign's folder. `made_of` is a digest
    of all that went into it, empty where that is not known any more."""

    id: str
    code: str
    name: str
    path: str
    made_of: str = ""


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
class Review:
    """The coordinator's word on a version: accepted, or sent back with a remark; `by` is a person's name, `file` the
    report, or the workbook with the remark, relative to the campaign's folder."""

    code: str
    number: int
    is_accepted: bool
    remark: str
    by: str
    file: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StrayFile:
    """A file of the inbox that belongs to no agency for certain; one within an archive is named behind it."""

    file: str
    reason: str
    seen: datetime


@dataclass(frozen=True, slots=True)
class History:
    """What one agency handed in, in order, and what the coordinator said of it, in order."""

    versions: Sequence[Version] = ()
    reviews: Sequence[Review] = ()

    @property
    def verdict(self) -> Review | None:
        """The last word on the newest version; None where there is none."""
        if not self.reviews or not self.versions:
            return None
        said = [review for review in self.reviews if review.number == self.versions[-1].number]
        return said[-1] if said else None

    @property
    def counted(self) -> Version | None:
        """The version that counts: the newest sound one, unless the coordinator sent it back."""
        newest = next((one for one in reversed(self.versions) if one.is_sound), None)
        if not self.reviews:
            return newest
        said = [review for review in self.reviews if newest and review.number == newest.number]
        return None if said and not said[-1].is_accepted else newest


class Ledger:
    """A campaign's ledger, open. What is recorded within `writing` is recorded whole or not at all.

    Everything raises CampaignError where the database refuses.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Record several things at once."""
        with _refusals_named(), self._engine.begin() as connection:
            yield Writer(connection)

    def journal(self) -> int:
        """The number of the journal's table up to which the ledger holds everything for certain."""
        with self._reading() as connection:
            return int(connection.execute(select(_ABOUT.c.journal)).scalar_one())

    def workbooks(self) -> dict[str, SentWorkbook]:
        """The workbooks that were made, by id."""
        with self._reading() as connection:
            return {row.id: SentWorkbook(*row) for row in connection.execute(select(_WORKBOOKS))}

    def versions(self, code: str | None = None) -> Iterator[Version]:
        """Everything that agencies, or one of them, handed in: an agency's versions in order."""
        wanted = select(_VERSIONS).order_by(_VERSIONS.c.code, _VERSIONS.c.number)
        if code is not None:
            wanted = wanted.where(_VERSIONS.c.code == code)
        with self._reading() as connection:
            for row in connection.execution_options(yield_per=1000).execute(wanted):
                yield _version(row)

    def reviews(self, code: str | None = None) -> list[Review]:
        """What the coordinator said of the versions of all agencies or of one, in order."""
        wanted = select(*(column for column in _REVIEWS.c if column is not _REVIEWS.c.sequence))
        if code is not None:
            wanted = wanted.where(_REVIEWS.c.code == code)
        with self._reading() as connection:
            return [Review(*row) for row in connection.execute(wanted.order_by(_REVIEWS.c.sequence))]

    def histories(self) -> Iterator[tuple[str, History]]:
        """Every agency that handed anything in, by code in the ledger's order, with its history."""
        reviews: dict[str, list[Review]] = {}
        for review in self.reviews():
            reviews.setdefault(review.code, []).append(review)
        for code, own in groupby(self.versions(), key=lambda version: version.code):
            yield code, History(list(own), reviews.get(code, ()))

    def history(self, code: str) -> History:
        """The history of one agency."""
        return History(list(self.versions(code)), self.reviews(code))

    def code_of_report(self, path: str) -> str:
        """The code of the agency whose version has its report at that path; empty where none has."""
        wanted = select(_VERSIONS.c.code).where(_VERSIONS.c.report == path).limit(1)
        with self._reading() as connection:
            return connection.execute(wanted).scalar() or ""

    def strays(self) -> list[StrayFile]:
        """The files that belong to no agency for certain, by name."""
        with self._reading() as connection:
            return [StrayFile(*row) for row in connection.execute(select(_STRAYS).order_by(_STRAYS.c.file))]

    def digests(self) -> set[str]:
        """The contents that were taken in."""
        with self._reading() as connection:
            return set(connection.execute(select(_VERSIONS.c.digest)).scalars())

    def numbers(self) -> dict[str, int]:
        """The number of each agency's newest version, by code."""
        with self._reading() as connection:
            rows = connection.execute(select(_VERSIONS.c.code, _VERSIONS.c.number))
            numbers: dict[str, int] = {}
            for code, number in rows:
                numbers[code] = max(number, numbers.get(code, 0))
            return numbers

    def seen(self) -> dict[str, str]:
        """The stamp of each file of the inbox of which everything was taken in, by path."""
        with self._reading() as connection:
            return {row.path: row.stamp for row in connection.execute(select(_SEEN))}

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with _refusals_named(), self._engine.connect() as connection:
            yield connection


class Writer:
    """Records within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def journal(self, number: int) -> None:
        """Record that the ledger holds all that the journal says up to a table."""
        self._connection.execute(update(_ABOUT).values(journal=number))

    def workbooks(self, made: Iterable[SentWorkbook]) -> None:
        """Record workbooks; one of the same id is replaced."""
        self._put(_WORKBOOKS, _WORKBOOKS.c.id, [asdict(workbook) for workbook in made])

    def versions(self, versions: Iterable[Version]) -> None:
        """Record versions."""
        self._put(_VERSIONS, _VERSIONS.c.digest, [_row(version) for version in versions])

    def reviews(self, reviews: Iterable[Review]) -> None:
        """Record what the coordinator said, behind what was said before."""
        rows = [asdict(review) for review in reviews]
        if rows:
            self._connection.execute(insert(_REVIEWS), rows)

    def strays(self, strays: Iterable[StrayFile]) -> None:
        """Record that these, and no other files, belong to nobody for certain."""
        self._connection.execute(_STRAYS.delete())
        rows = [asdict(stray) for stray in strays]
        if rows:
            self._connection.execute(insert(_STRAYS), rows)

    def seen(self, stamps: Mapping[str, str]) -> None:
        """Record that everything of these files was taken in."""
        self._put(_SEEN, _SEEN.c.path, [{"path": path, "stamp": stamp} for path, stamp in stamps.items()])

    def _put(self, table: Table, key: Column[str], rows: list[dict[str, Any]]) -> None:
        for start in range(0, len(rows), _PARAMETERS):
            some = rows[start : start + _PARAMETERS]
            self._connection.execute(table.delete().where(key.in_([row[key.name] for row in some])))
            self._connection.execute(insert(table), some)


def reviews_in(entries: Iterable[Entry]) -> list[Review]:
    """What the coordinator said, by the journal."""
    return [
        Review(one.code, one.number, one.event is Event.ACCEPTED, one.remark, one.by, one.result, one.at)
        for one in entries
        if one.event in (Event.ACCEPTED, Event.SENT_BACK)
    ]


def open_ledger(url: str, campaign: str, *, is_new: bool = True) -> Ledger:
    """The ledger at the URL of a database; `campaign` says whose it is. Where there is none it is made if it may be
    new.

    Raises CampaignError for one that is lost, of a newer version or of another campaign, and where the database cannot
    be reached.
    """
    engine = _engine(url)
    try:
        if not is_new:
            _require_ledger(engine)
        with _refusals_named():
            _METADATA.create_all(engine)
            with engine.begin() as connection:
                _require_version(connection)
                whose = connection.execute(select(_ABOUT.c.campaign)).scalar()
                if not is_new:
                    _require_whole(connection)
                if whose is None:
                    connection.execute(
                        insert(_ABOUT), {"version": VERSION, "campaign": campaign, "journal": 0}
                    )
        if whose not in (None, campaign):
            raise CampaignError(
                f"the ledger is that of another campaign: {whose}", f"台账属于另一项年报工作：{whose}"
            )
    except CampaignError:
        engine.dispose()
        raise
    return Ledger(engine)


def _require_ledger(engine: Engine) -> None:
    """Refuse a place without a ledger, without making one there."""
    file = engine.url.database if engine.dialect.name == "sqlite" else None
    with _refusals_named():
        is_there = Path(file).is_file() if file else inspect(engine).has_table(_ABOUT.name)
    if not is_there:
        raise CampaignError(
            "the ledger is lost; `reportfill campaign rebuild` makes it anew from what was handed in",
            "台账不见了，请运行 reportfill campaign rebuild，根据已经收到的文件重建",
        )


def _require_whole(connection: Connection) -> None:
    if connection.execute(select(_ABOUT.c.journal)).scalar() == BEING_REBUILT:
        raise CampaignError(
            "the ledger was not made anew to its end; run `reportfill campaign rebuild` again",
            "台账还没有重建完，请再运行一次 reportfill campaign rebuild",
        )


def _require_version(connection: Connection) -> None:
    version = connection.execute(select(_ABOUT.c.version)).scalar()
    if version is not None and version > VERSION:
        raise CampaignError(
            f"the ledger was written by a newer version of reportfill (ledger {version}); use that one",
            f"台账是更新版本的reportfill写的（台账版本{version}），请使用该版本",
        )
    if version is not None and version < VERSION:
        raise CampaignError(
            "the ledger was written by an older version of reportfill; `reportfill campaign rebuild` makes it anew",
            "台账是较早版本的reportfill写的，请运行 reportfill campaign rebuild 重建",
        )


def set_aside(url: str) -> None:
    """Put a ledger away, so that one can be made anew: a file, with what SQLite keeps beside it, under a numbered
    name; the tables of a server are removed."""
    engine = _engine(url)
    try:
        if engine.dialect.name != "sqlite":
            with _refusals_named():
                _METADATA.drop_all(engine)
            return
        ledger = Path(engine.url.database or "")
    finally:
        engine.dispose()
    for path in (ledger, *(ledger.with_name(ledger.name + suffix) for suffix in ("-wal", "-shm"))):
        if path.exists():
            free = (path.with_name(f"{path.name}.old{number}") for number in count(1))
            try:
                path.rename(next(place for place in free if not place.exists()))
            except OSError as error:
                raise not_written(path, error) from error


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Hold a ledger for this process alone. Raises CampaignError where another has it.

    Either way the system lets go of it however the process ends: the lock of a file is one of SQLite's on an empty
    database beside it, that of a server belongs to the connection.
    """
    engine = _engine(url)
    try:
        if engine.dialect.name == "sqlite":
            with _file_locked(Path(engine.url.database or "campaign.db")):
                yield
        else:
            with _refusals_named(), engine.connect() as connection:
                _lock_on_server(connection, url)
                yield
    finally:
        engine.dispose()


@contextmanager
def _file_locked(ledger: Path) -> Iterator[None]:
    place = ledger.with_name(f".{ledger.stem}.lock")
    try:
        connection = sqlite3.connect(place, timeout=0, isolation_level=None)
    except sqlite3.Error as error:
        raise _not_locked(place, error) from error
    try:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            raise _not_locked(place, error) from error
        yield
    finally:
        connection.close()


def _not_locked(place: Path, error: sqlite3.Error) -> CampaignError:
    """Why a campaign cannot be held: somebody has it, or its file cannot be written."""
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
        return _in_use()
    return CampaignError(
        f"{place}: {error}; see that the folder can be written to and the disk has room, or remove this file",
        f"无法使用{place}：{error}。请检查文件夹能不能写入、磁盘有没有空间，或者删去这个文件",
    )


def _lock_on_server(connection: Connection, url: str) -> None:
    if connection.dialect.name != "postgresql":
        raise CampaignError(
            f"a ledger is kept by SQLite or PostgreSQL, not by {connection.dialect.name}",
            f"台账只能用SQLite或PostgreSQL保存，不能用{connection.dialect.name}",
        )
    number = crc32(make_url(url).render_as_string(hide_password=True).encode())
    held = connection.execute(text("SELECT pg_try_advisory_lock(:number)"), {"number": number}).scalar()
    connection.commit()
    if not held:
        raise _in_use()


def _in_use() -> CampaignError:
    return CampaignError(
        "the campaign is being worked on by another process; try again when it ends",
        "另一个程序正在处理这项年报工作，请等它结束后再试",
    )


def _engine(url: str) -> Engine:
    try:
        engine = create_engine(url)
    except (ArgumentError, NoSuchModuleError) as error:
        raise CampaignError(f"the ledger's URL: {error}", f"台账的数据库地址有误：{error}") from error
    except ImportError as error:
        raise CampaignError(
            "for a ledger on PostgreSQL, run: pip install 'reportfill[postgresql]'",
            "使用PostgreSQL保存台账，请先运行：pip install 'reportfill[postgresql]'",
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: Any, _: object) -> None:
    """Write-ahead logging: who reads does not wait for who writes, and a killed process leaves a sound file."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()


@contextmanager
def _refusals_named() -> Iterator[None]:
    """Say in one line why the database refuses."""
    try:
        yield
    except DBAPIError as error:
        reason = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else "?"
        if "readonly" in reason or "unable to open" in reason:
            raise CampaignError(
                f"the ledger cannot be written: {reason}; see that the folder can be written to",
                "台账无法写入，请检查文件夹是不是只读的",
            ) from error
        if "disk is full" in reason or "No space left" in reason:
            raise CampaignError(
                f"the ledger cannot be written: {reason}; make room and run the command again",
                "台账无法写入：磁盘已满。请腾出空间后再运行一次",
            ) from error
        raise CampaignError(
            f"the ledger cannot be used: {reason}; where it is damaged, `reportfill campaign rebuild` makes it anew",
            f"台账无法使用：{reason}；台账损坏的，可以运行 reportfill campaign rebuild 重建",
        ) from error


def _row(version: Version) -> dict[str, Any]:
    mistakes = json.dumps([asdict(mistake) for mistake in version.mistakes], ensure_ascii=False)
    return {column.name: getattr(version, column.name) for column in _VERSIONS.c} | {"mistakes": mistakes}


def _version(row: Sequence[Any]) -> Version:
    """A version from a row of its table, whose columns are its fields in their order."""
    values = list(row)
    told = values[_PLACE_OF_MISTAKES]
    values[_PLACE_OF_MISTAKES] = (
        () if told == _NO_MISTAKES else tuple(Mistake(**one) for one in json.loads(told))
    )
    return Version(*values)
