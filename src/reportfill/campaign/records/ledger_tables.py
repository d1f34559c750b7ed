"""The tables of a ledger, and what stands in them for what is known.

SQLAlchemy Core, so that the same tables are made on SQLite in the folder and on PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy import Boolean, Column, DateTime, Index, Integer, LargeBinary, MetaData, String, Table, Text

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.records.history import AgencyChange, Review, SentWorkbook, StrayFile, Version

METADATA = MetaData()
_TYPES: Mapping[str, Any] = {
    **dict.fromkeys(("id",), String(36)),
    **dict.fromkeys(("digest", "made_of"), String(64)),
    **dict.fromkeys(("code", "former_code"), String(80)),
    **dict.fromkeys(("level", "number"), Integer),
    **dict.fromkeys(("is_counted_by_superior", "is_closed", "is_sound", "is_accepted"), Boolean),
    **dict.fromkeys(("seen", "at"), DateTime),
}
"""The types of fields that are no texts of any length."""


def _columns(of: Any, *, key: str = "", indexed: Collection[str] = ()) -> Iterator[Column[Any]]:
    """A column for each field of a class."""
    for name in of._fields if hasattr(of, "_fields") else [field.name for field in fields(of)]:
        yield Column(
            name, _TYPES.get(name, Text), primary_key=name == key, nullable=False, index=name in indexed
        )


ABOUT = Table(
    "about",
    METADATA,
    Column("version", Integer, nullable=False),
    Column("campaign", Text, nullable=False),
    Column("journal", Integer, nullable=False),
)
WORKBOOKS = Table("workbooks", METADATA, *_columns(SentWorkbook, key="id", indexed=("code",)))
VERSIONS = Table(
    "versions",
    METADATA,
    *_columns(Version, key="digest", indexed=("report", "returned")),
    Index("versions_in_order", "code", "name", "number"),
)
PATHS = Table(
    "paths",
    METADATA,
    Column("key", String(16), primary_key=True),
    Column("paths", Text, nullable=False),
)
"""The paths of the figures of readings: those of one pack are the same for all."""
READINGS = Table(
    "readings",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("paths", String(16), nullable=False),
    Column("figures", Text, nullable=False),
)
TEXTS = Table(
    "texts",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("texts", LargeBinary, nullable=False),
)
"""The texts of readings, apart from the figures: whoever adds up does not carry them along."""
REVIEWS = Table(
    "reviews", METADATA, Column("sequence", Integer, primary_key=True), *_columns(Review, indexed=("code",))
)
CHANGES = Table("changes", METADATA, Column("sequence", Integer, primary_key=True), *_columns(AgencyChange))
STRAYS = Table("strays", METADATA, *_columns(StrayFile, key="file"))
SEEN = Table(
    "seen",
    METADATA,
    Column("path", Text, primary_key=True),
    Column("stamp", Text, nullable=False),
)
ROSTERS = Table(
    "rosters",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("agencies", Integer, nullable=False),
    Column("findings", Text, nullable=False),
)
"""Which roster the agencies are those of, and how many it has."""
AGENCIES = Table(
    "agencies",
    METADATA,
    Column("row", Integer, primary_key=True, autoincrement=False),
    *_columns(Agency),
)
