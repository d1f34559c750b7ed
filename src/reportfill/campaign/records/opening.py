"""A ledger opened, made where there is none, or put away.

It holds nothing that the folder does not: it can be made anew from it, and so there are no migrations; one of another
version is made anew.
"""

from __future__ import annotations

from itertools import count
from pathlib import Path

from sqlalchemy import Connection, Engine, insert, inspect, select

from reportfill.campaign.records.database import engine_at, refusals_named
from reportfill.campaign.records.ledger import Ledger
from reportfill.campaign.records.ledger_tables import ABOUT, METADATA
from reportfill.errors import CampaignError
from reportfill.files import not_written

VERSION = 4
BEING_REBUILT = -1
"""What stands for the journal's table in a ledger that is being made anew."""


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
            METADATA.create_all(engine)
            with engine.begin() as connection:
                _require_version(connection)
                whose = connection.execute(select(ABOUT.c.campaign)).scalar()
                if not is_new:
                    _require_whole(connection)
                if whose is None:
                    connection.execute(
                        insert(ABOUT), {"version": VERSION, "campaign": campaign, "journal": 0}
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
        is_there = Path(file).is_file() if file else inspect(engine).has_table(ABOUT.name)
    if not is_there:
        raise CampaignError(
            "the ledger is lost; `reportfill campaign rebuild` makes it anew from what was handed in",
            "台账不见了，请运行 reportfill campaign rebuild，根据已经收到的文件重建",
        )


def _require_whole(connection: Connection) -> None:
    if connection.execute(select(ABOUT.c.journal)).scalar() == BEING_REBUILT:
        raise CampaignError(
            "the ledger was not made anew to its end; run `reportfill campaign rebuild` again",
            "台账还没有重建完，请再运行一次 reportfill campaign rebuild",
        )


def _require_version(connection: Connection) -> None:
    version = connection.execute(select(ABOUT.c.version)).scalar()
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
                METADATA.drop_all(engine)
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
