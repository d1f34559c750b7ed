"""The database of a ledger: reached by its URL, held by one process at a time, and its refusals in one line."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from zlib import crc32

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from reportfill.campaign.records import in_use
from reportfill.campaign.records.in_use import held_by_another, waited_for
from reportfill.errors import CampaignError, NoRoomError
from reportfill.extras import install_command

_KEEPERS = ("sqlite", "postgresql")

_LONGEST_PATH = 504
"""Bytes of a path that SQLite takes on all systems but Windows: of its 512, with what it lays beside the file."""


def url_of_file(path: Path) -> URL:
    """The URL of a database in a file, in parts, whatever its path has in it: of a URL as text SQLAlchemy 2.1.9 decodes
    what 2.0.44 took as it stood (findings/sqlalchemy-file-of-a-url.sh), and browsers call folders 年报%20a."""
    return URL.create("sqlite", database=str(path))


def place_of_ledger(url: URL | str) -> str:
    """Where a ledger is, for people: the path of its file, or its URL without the password. Raises CampaignError where
    the URL is none."""
    with _urls_named():
        whole = make_url(url)
    return whole.database or str(whole) if whole.drivername == "sqlite" else whole.render_as_string()


@contextmanager
def _urls_named() -> Iterator[None]:
    """Say in one line what is wrong with the URL of a ledger. What names it may hold a password, and is not told."""
    try:
        yield
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise CampaignError(
            f"the ledger's URL is none of SQLite or PostgreSQL: {error}",
            "台账的地址有误，应当写成postgresql+psycopg://…",
        ) from error


def keeper_of(url: URL | str) -> str:
    """What keeps a database. Raises CampaignError where it is nothing that keeps ledgers."""
    with _urls_named():
        keeper = make_url(url).get_backend_name()
    if keeper not in _KEEPERS:
        raise CampaignError(
            f"a ledger is kept by SQLite or PostgreSQL, not by {keeper}",
            f"台账只能存放在SQLite或PostgreSQL，不能用{keeper}",
        )
    return keeper


def file_of(url: URL | str) -> str:
    """The file of a database; empty where it is kept by a server. Raises CampaignError where nothing keeps it that
    keeps ledgers."""
    return make_url(url).database or "campaign.db" if keeper_of(url) == "sqlite" else ""


def engine_at(url: URL | str) -> Engine:
    """The engine for a database. Raises CampaignError where there can be none."""
    keeper_of(url)
    try:
        with _urls_named():
            engine = create_engine(url)
    except ImportError as error:
        command = install_command("postgresql")
        raise CampaignError(
            f"for a ledger on PostgreSQL, run: {command}", f"使用PostgreSQL保存台账，请先运行：{command}"
        ) from error
    if engine.dialect.name == "sqlite":
        _require_short(engine.url.database or "")
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


def _require_short(place: str) -> None:
    """Raise CampaignError where the path of a database is longer than SQLite takes: it would only say that it cannot
    be opened."""
    length = len(os.fsencode(os.path.realpath(place)))
    if length > _LONGEST_PATH and os.name != "nt":
        raise CampaignError(
            f"{place}: its path has {length} bytes, and that of a ledger {_LONGEST_PATH} at most: move the folder up",
            f"{place}：路径过长（{length}个字节，台账的路径最多{_LONGEST_PATH}个字节），请把文件夹放在层次较少的位置",
        )


_BUSY = 5.0
"""Seconds for which SQLite waits for others, but not where it is told to write ahead."""


def _write_ahead(cursor: sqlite3.Cursor) -> None:
    try:
        cursor.execute("PRAGMA journal_mode=WAL")
    except sqlite3.OperationalError as error:
        if not _is_busy(error):
            raise
        raise held_by_another() from error


def _is_busy(error: sqlite3.Error) -> bool:
    """Whether a database is in the hands of somebody else, whatever they are about."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY


WRITES = "reportfill_writes"
"""The option of a connection that is going to write."""


@contextmanager
def transaction(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes. It holds a database of SQLite from its beginning: one that reads first could not go on
    to write where another has written meanwhile."""
    with refusals_named(), engine.execution_options(**{WRITES: True}).begin() as connection:
        yield connection


def _begin(connection: Connection) -> None:
    """Who writes says so first: two who had both read could not both go on to write."""
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _prepare(connection: Any, _: object) -> None:
    """Write-ahead logging: who reads does not wait for who writes, and a killed process leaves a sound file; what was
    confirmed survives a power cut."""
    connection.isolation_level = None  # transactions begin where they are said to
    cursor = connection.cursor()
    waited_for(lambda: _write_ahead(cursor), _BUSY)
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()


@contextmanager
def locked(url: URL | str, patience: float | None = None) -> Iterator[None]:
    """Hold a ledger for this process alone, as soon as nobody else has it. Raises CampaignInUseError where somebody
    still has it after so many seconds, without a number after as many as one usually waits.

    Either way the system lets go of it however the process ends: the lock of a file is one of SQLite's on an empty
    database beside it, that of a server belongs to the connection.
    """
    seconds = in_use.PATIENCE if patience is None else patience
    if file := file_of(url):
        with _file_locked(Path(file), seconds):
            yield
        return
    engine = engine_at(url)
    try:
        with refusals_named(), engine.connect() as connection:
            _lock_on_server(connection, seconds)
            yield
    finally:
        engine.dispose()


def seat_of(url: URL | str) -> str:
    """What tells the place of a ledger that is held in a file here from any on another computer, though that may be
    called alike: its path, and the number of its folder on the disk."""
    place = Path(make_url(url).database or "campaign.db")
    return f"{place} {place.parent.stat().st_ino}"


@contextmanager
def _file_locked(ledger: Path, patience: float) -> Iterator[None]:
    """Whoever waits holds what all have to take first: who lets go of a ledger and wants it again stands behind."""
    with ExitStack() as held:
        with _exclusive(ledger.with_name(f".{ledger.stem}.next"), patience):
            held.enter_context(_exclusive(ledger.with_name(f".{ledger.stem}.lock"), patience))
        yield


@contextmanager
def _exclusive(place: Path, patience: float) -> Iterator[None]:
    """Have an empty database alone."""
    _require_short(str(place))
    try:
        connection = sqlite3.connect(place, timeout=0, isolation_level=None)
    except sqlite3.Error as error:
        raise _not_locked(place, error) from error

    def take() -> None:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            raise _not_locked(place, error) from error

    try:
        waited_for(take, patience)
        yield
    finally:
        connection.close()


def _not_locked(place: Path, error: sqlite3.Error) -> CampaignError:
    """Why a campaign cannot be held: somebody has it, or its file cannot be written."""
    if _is_busy(error):
        return held_by_another()
    return _no_room(str(error)) or CampaignError(
        f"{place}: {error}; see that the folder can be written to and the disk has room, or remove this file",
        f"无法使用{place}：{_in_chinese(str(error))}。请核对文件夹能否写入、磁盘有无空间，或者删去这个文件",
    )


def _lock_on_server(connection: Connection, patience: float) -> None:
    """Take a server's lock, for which it lets those who wait stand in line."""
    number = crc32(connection.engine.url.render_as_string(hide_password=True).encode())
    longest = {"longest": f"{max(round(patience * 1000), 1)}ms"}
    connection.execute(text("SELECT set_config('lock_timeout', :longest, false)"), longest)
    try:
        connection.execute(text("SELECT pg_advisory_lock(:number)"), {"number": number})
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", "") == _LOCK_NOT_AVAILABLE:
            raise held_by_another() from error
        raise
    connection.commit()


_LOCK_NOT_AVAILABLE = "55P03"
"""What PostgreSQL says where a lock was waited for in vain."""

_REASONS = {
    "not a database": "文件的内容不是台账",
    "malformed": "文件的内容已损坏",
    "no such table": "缺少表",
    "no such column": "缺少列",
    "unable to open": "文件无法打开",
    "readonly": "文件或者文件夹只读",
}
"""What SQLite and PostgreSQL say, in Chinese."""

_LOCKED = "database is locked"
"""What SQLite says where others did not let go of a database for some seconds."""

_UNREACHABLE = ("could not connect", "connection failed")
"""What PostgreSQL's driver says of a server that does not answer, or does not let in."""


@contextmanager
def refusals_named() -> Iterator[None]:
    """Say in one line why the database refuses."""
    try:
        yield
    except DBAPIError as error:
        reason = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else "?"
        if "readonly" in reason or "unable to open" in reason:
            raise CampaignError(
                f"the ledger cannot be written: {reason}; see that the folder can be written to",
                "台账无法写入，请核对文件夹是否只读",
            ) from error
        if _LOCKED in reason:
            raise held_by_another() from error
        if any(said in reason for said in _UNREACHABLE):
            raise CampaignError(
                f"the ledger's server cannot be reached: {reason}; see that it runs, and what is said of it",
                "无法连接存放台账的服务器，请核对网络、服务器是否运行，以及台账的地址",
            ) from error
        raise _no_room(reason) or CampaignError(
            f"the ledger cannot be used: {reason}",
            f"台账无法使用，可能已损坏（{_in_chinese(reason)}）",
            by_command=(
                "where it is damaged, `reportfill campaign rebuild` makes it anew",
                "可以运行 reportfill campaign rebuild 重建",
            ),
        ) from error


def _in_chinese(reason: str) -> str:
    return next((words for said, words in _REASONS.items() if said in reason), reason)


def _no_room(reason: str) -> NoRoomError | None:
    """That the disk has no room, where a database says so: SQLite calls it an I/O error where it is what it keeps
    beside its file that finds none."""
    if any(said in reason for said in ("disk is full", "disk I/O error", "No space left")):
        return NoRoomError(
            f"the ledger cannot be written: {reason}; make room and run the command again",
            "台账无法写入：磁盘已满，或者出了故障。请腾出空间后再运行一次",
        )
    return None
