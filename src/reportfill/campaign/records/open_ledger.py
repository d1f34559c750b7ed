"""A ledger opened, made where there is none, or put away.

It holds nothing that the folder does not: it can be made anew from it, and so there are no migrations; one of another
version is made anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, inspect, select, text
from sqlalchemy.engine import URL, make_url

from reportfill.campaign.records.as_kept import REBUILD
from reportfill.campaign.records.database import engine_at, refusals_named, transaction
from reportfill.campaign.records.ledger import Ledger
from reportfill.campaign.records.ledger_tables import ABOUT, METADATA
from reportfill.errors import CampaignError
from reportfill.files import not_written
from reportfill.held_files import patiently, removed

VERSION = 13
SIDE = "rebuilding"
"""What a ledger is called that is being made anew: the ending of its file, or its schema on a server."""


def open_ledger(url: URL | str, campaign: str, *, is_new: bool = True) -> Ledger:
    """The ledger at the URL of a database; `campaign` says whose it is. Where there is none it is made if it may be
    new.

    Raises CampaignError for one that is lost, of a newer version or of another campaign, and where the database cannot
    be reached.
    """
    return _opened(engine_at(url), campaign, is_new=is_new)


def _opened(engine: Engine, campaign: str, *, is_new: bool) -> Ledger:
    try:
        if not is_new:
            _require_ledger(engine)
        with refusals_named(), engine.connect() as connection:
            whose = _campaign_of(connection)
        if whose is None:
            whose = _made(engine, campaign)
        if whose != campaign:
            raise CampaignError(
                f"the ledger is that of another campaign: {whose}", f"台账属于另一项年度报告工作：{whose}"
            )
    except CampaignError:
        engine.dispose()
        raise
    return Ledger(engine)


def _made(engine: Engine, campaign: str) -> str:
    """Make the tables, unless another process has done so meanwhile; whose ledger it is then."""
    with transaction(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _MAKING})
        METADATA.create_all(connection)
        whose = _campaign_of(connection)
        if whose is None:
            told = {"version": VERSION, "campaign": campaign, "revision": 0}
            connection.execute(insert(ABOUT), told)
        return whose or campaign


_MAKING = 5_721_403
"""The number by which a server knows that somebody makes the tables of a ledger."""


@contextmanager
def ledger_made_anew(url: URL | str, campaign: str) -> Iterator[Ledger]:
    """A ledger that is made on the side, and takes the place of the one at that URL when all of it was made; until
    then, and where that fails, nothing happens to the old one. Of a file the old one is kept under a numbered name."""
    engine = engine_at(url)
    if engine.dialect.name == "sqlite":
        engine.dispose()
        yield from _anew_in_file(make_url(url), campaign)
    else:
        yield from _anew_on_server(engine, campaign)


def _anew_in_file(url: URL, campaign: str) -> Iterator[Ledger]:
    place = Path(url.database or "")
    side = place.with_name(f"{place.name}.{SIDE}")
    _remove(side)
    try:
        ledger = open_ledger(url.set(database=str(side)), campaign)
        try:
            yield ledger
        finally:
            ledger.close()
        _set_aside(place)
        _renamed(side, place)
    finally:
        _remove(side)


def _anew_on_server(engine: Engine, campaign: str) -> Iterator[Ledger]:
    """Made in a schema of its own, from which the tables move in one transaction."""
    aside = engine.execution_options(schema_translate_map={None: SIDE})
    try:
        with refusals_named(), engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA IF EXISTS {SIDE} CASCADE"))
            connection.execute(text(f"CREATE SCHEMA {SIDE}"))
        yield _opened(aside, campaign, is_new=True)
        with refusals_named(), engine.begin() as connection:
            target = connection.execute(text("SELECT quote_ident(current_schema())")).scalar_one()
            METADATA.drop_all(connection)
            for table in METADATA.sorted_tables:
                connection.execute(text(f"ALTER TABLE {SIDE}.{table.name} SET SCHEMA {target}"))
            connection.execute(text(f"DROP SCHEMA {SIDE} CASCADE"))
    finally:
        engine.dispose()


def is_ledger_at(url: URL | str) -> bool:
    """Whether there is a ledger at the URL of a database; none is made there. Raises CampaignError where that cannot be
    reached."""
    engine = engine_at(url)
    try:
        return _has_ledger(engine)
    finally:
        engine.dispose()


def _has_ledger(engine: Engine) -> bool:
    file = engine.url.database if engine.dialect.name == "sqlite" else None
    with refusals_named():
        return Path(file).is_file() if file else inspect(engine).has_table(ABOUT.name)


def _require_ledger(engine: Engine) -> None:
    """Refuse a place without a ledger, without making one there."""
    if not _has_ledger(engine):
        raise CampaignError(
            "the ledger is lost",
            "台账已丢失",
            by_command=REBUILD,
        )


def _campaign_of(connection: Connection) -> str | None:
    """Whose a ledger is, of which the version is looked at too; None where it is not made, or not all of it: what it is
    about is written last."""
    schema = connection.get_execution_options().get("schema_translate_map", {}).get(None)
    if not inspect(connection).has_table(ABOUT.name, schema):
        return None
    _require_version(connection)
    return connection.execute(select(ABOUT.c.campaign)).scalar()


def _require_version(connection: Connection) -> None:
    version = connection.execute(select(ABOUT.c.version)).scalar()
    if version is not None and version > VERSION:
        raise CampaignError(
            f"the ledger was written by a newer version of reportfill (ledger {version}); use that one",
            f"台账由更新版本的reportfill生成（台账版本{version}），请使用该版本",
        )
    if version is not None and version < VERSION:
        raise CampaignError(
            "the ledger was written by an older version of reportfill",
            "台账由较早版本的reportfill生成",
            by_command=REBUILD,
        )


def _set_aside(ledger: Path) -> None:
    """Put a ledger's file, with what SQLite keeps beside it, away under a numbered name."""
    for path in _with_companions(ledger):
        if path.exists():
            free = (path.with_name(f"{path.name}.old{number}") for number in count(1))
            _renamed(path, next(place for place in free if not place.exists()))


def _renamed(path: Path, place: Path) -> None:
    try:
        patiently(lambda: path.rename(place), path)
    except OSError as error:
        raise not_written(path, error) from error


def _remove(ledger: Path) -> None:
    for path in _with_companions(ledger):
        removed(path)


def _with_companions(ledger: Path) -> list[Path]:
    """A ledger's file and those that SQLite keeps beside it."""
    return [ledger, *(ledger.with_name(ledger.name + suffix) for suffix in ("-wal", "-shm"))]
