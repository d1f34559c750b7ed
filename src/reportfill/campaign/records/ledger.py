"""The ledger of a campaign: which workbook went to whom, what came back, and what became of it.

SQLAlchemy Core, so that the same statements work on SQLite in the folder and on PostgreSQL. It holds nothing that the
folder does not: it can be made anew from it, and so there are no migrations; one of another version is made anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import lru_cache
from itertools import count, groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    DateTime,
    Engine,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    insert,
    inspect,
    select,
    update,
)

from reportfill.campaign.records.database import engine_at, refusals_named
from reportfill.campaign.records.history import History, Mistake, Review, SentWorkbook, StrayFile, Version
from reportfill.errors import CampaignError
from reportfill.files import not_written

VERSION = 4
BEING_REBUILT = -1
"""What stands for the journal's table in a ledger that is being made anew."""


def _as_json(mistakes: Iterable[Mistake]) -> str:
    """What the table holds of mistakes."""
    return json.dumps([mistake._asdict() for mistake in mistakes], ensure_ascii=False)


@lru_cache(maxsize=1000)
def _mistakes(told: str) -> tuple[Mistake, ...]:
    """Mistakes from their JSON; those that many agencies make are read and kept once."""
    return tuple(Mistake(**one) for one in json.loads(told))


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
    Column("code", String(80), nullable=False),
    Column("number", Integer, nullable=False),
    Column("file", Text, nullable=False),
    Column("received", Text, nullable=False),
    Column("seen", DateTime, nullable=False),
    Column("is_sound", Boolean, nullable=False),
    Column("mistakes", Text, nullable=False),
    Column("report", Text, nullable=False, index=True),
    Column("returned", Text, nullable=False),
    Index("versions_in_order", "code", "number"),
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
_PARAMETERS = 500
"""Databases take so many parameters in one statement."""


_CODE, _MISTAKES = Version._fields.index("code"), Version._fields.index("mistakes")


def _row(version: Version) -> dict[str, Any]:
    """What the table holds of a version."""
    return version._asdict() | {"mistakes": _as_json(version.mistakes)}


def _versions(rows: Iterable[Sequence[Any]]) -> Iterator[Version]:
    """The versions of which the table holds these rows."""
    columns: list[Iterable[Any]] = list(zip(*rows, strict=True))
    columns[_MISTAKES] = map(_mistakes, columns[_MISTAKES])
    return map(Version._make, zip(*columns, strict=True))


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
        with refusals_named(), self._engine.begin() as connection:
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
            for rows in connection.execution_options(yield_per=1000).execute(wanted).partitions():
                yield from _versions(rows)

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
        for code, own in groupby(self.versions(), itemgetter(_CODE)):
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
        with refusals_named(), self._engine.connect() as connection:
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


def open_ledger(url: str, campaign: str, *, is_new: bool = True) -> Ledger:
    """The ledger at the URL of a database; `campaign` says whose it is. Where there is none it is made if it may be
    new.

    Raises CampaignError for one that is lost, of a newer version or of another campaign, and where the database cannot
    be reached.
    """
    engine = engine_at(url)
    try:
        if not is_new:
            _require_ledger(engine)
        with refusals_named():
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
    with refusals_named():
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
    engine = engine_at(url)
    try:
        if engine.dialect.name != "sqlite":
            with refusals_named():
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
