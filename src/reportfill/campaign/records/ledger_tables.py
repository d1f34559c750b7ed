"""The tables of a ledger, and what stands in them for what is known.

SQLAlchemy Core, so that the same tables are made on SQLite in the folder and on PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Date,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

from reportfill.campaign.access.kept import KeptAccount, KeptKey, KeptLink
from reportfill.campaign.agencies.agency import Agency, Holder
from reportfill.campaign.records.history import (
    AgencyChange,
    Extension,
    Review,
    SentWorkbook,
    StrayFile,
    Version,
)

PARAMETERS = 500
"""Databases take so many parameters in one statement."""

METADATA = MetaData()
_TYPES: Mapping[str, Any] = {
    **dict.fromkeys(("key",), String(16)),
    **dict.fromkeys(("id",), String(36)),
    **dict.fromkeys(("digest", "made_of"), String(64)),
    **dict.fromkeys(("code", "former_code"), String(80)),
    **dict.fromkeys(("level", "number", "version", "revision", "agencies"), Integer),
    **dict.fromkeys(("folded_name",), String(250)),
    **dict.fromkeys(
        (
            *("is_counted_by_superior", "is_closed", "is_sound", "is_accepted", "is_disputed", "is_whole"),
            "is_withdrawn",
        ),
        Boolean,
    ),
    **dict.fromkeys(("seen", "at"), DateTime),
    **dict.fromkeys(("until",), Date),
    **dict.fromkeys(("texts",), LargeBinary),
}
"""The types of columns that are no texts of any length."""


def _table(
    name: str, columns: Iterable[str], *more: Column[int], key: str = "", indexed: Collection[str] = ()
) -> Table:
    """A table with these columns behind `more`."""
    made = (
        Column(
            one, _TYPES.get(one, Text), primary_key=one == key, nullable=one == "until", index=one in indexed
        )
        for one in columns
    )
    return Table(name, METADATA, *more, *made)


def _fields(of: type) -> list[str]:
    return [field.name for field in fields(of)]


ABOUT = _table("about", ("version", "campaign", "revision"))
"""What the ledger is of, and how often anything was recorded in it."""
JOURNAL = _table("journal", ("name", "previous", "digest", "is_whole"), key="name")
"""The tables of the journal that were read, with those that each of them names, their SHA-256, and whether all that
they tell of was there."""
WORKBOOKS = _table("workbooks", _fields(SentWorkbook), key="id", indexed=("code",))
VERSIONS = _table("versions", Version._fields, key="digest", indexed=("report", "returned"))
Index("versions_in_order", VERSIONS.c.code, VERSIONS.c.name, VERSIONS.c.number)
PATHS = _table("paths", ("key", "paths"), key="key")
"""The paths of the figures of readings: those of one pack are the same for all."""
READINGS = _table("readings", ("digest", "paths", "figures"), key="digest")
TEXTS = _table("texts", ("digest", "texts"), key="digest")
"""The texts of readings, apart from the figures: whoever adds up does not carry them along."""
REVIEWS = _table("reviews", _fields(Review), Column("sequence", Integer, primary_key=True), indexed=("code",))
CHANGES = _table("changes", _fields(AgencyChange), Column("sequence", Integer, primary_key=True))
EXTENSIONS = _table("extensions", _fields(Extension), Column("sequence", Integer, primary_key=True))
"""The extensions that hold, one an agency."""
LINKS = _table("links", _fields(KeptLink), key="digest", indexed=("code",))
KEYS = _table("keys", _fields(KeptKey), key="digest")
ACCOUNTS = _table("accounts", _fields(KeptAccount), key="folded_name")
STRAYS = _table("strays", _fields(StrayFile), key="file")
SEEN = _table("seen", ("path", "stamp"), key="path")
ROSTERS = _table("rosters", ("digest", "agencies", "findings"), key="digest")
"""Which roster the agencies are those of, and how many it has."""
AGENCIES = _table("agencies", Agency._fields, Column("row", Integer, primary_key=True, autoincrement=False))


def of_holder(table: Table, holder: Holder) -> tuple[ColumnElement[bool], ...]:
    """What is true of the rows of an agency."""
    return table.c.code == holder.code, table.c.name == holder.name
