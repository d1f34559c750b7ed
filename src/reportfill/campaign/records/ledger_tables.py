"""The tables of a ledger, and what stands in them for what is known.

SQLAlchemy Core, so that the same tables are made on SQLite in the folder and on PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Boolean, Column, DateTime, Index, Integer, LargeBinary, MetaData, String, Table, Text

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.records.history import Version
from reportfill.campaign.records.kept_findings import as_text, findings_in

METADATA = MetaData()
_TYPES = {"level": Integer, "is_counted_by_superior": Boolean, "is_closed": Boolean}
"""The types of an agency's fields that are no texts."""

ABOUT = Table(
    "about",
    METADATA,
    Column("version", Integer, nullable=False),
    Column("campaign", Text, nullable=False),
    Column("journal", Integer, nullable=False),
)
WORKBOOKS = Table(
    "workbooks",
    METADATA,
    Column("id", String(36), primary_key=True),
    Column("code", String(80), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("made_of", String(64), nullable=False),
)
VERSIONS = Table(
    "versions",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("code", String(80), nullable=False),
    Column("name", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("file", Text, nullable=False),
    Column("received", Text, nullable=False),
    Column("seen", DateTime, nullable=False),
    Column("is_sound", Boolean, nullable=False),
    Column("findings", Text, nullable=False),
    Column("report", Text, nullable=False, index=True),
    Column("returned", Text, nullable=False, index=True),
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
    "reviews",
    METADATA,
    Column("sequence", Integer, primary_key=True),
    Column("code", String(80), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("is_accepted", Boolean, nullable=False),
    Column("remark", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("at", DateTime, nullable=False),
)
CHANGES = Table(
    "changes",
    METADATA,
    Column("sequence", Integer, primary_key=True),
    Column("former_code", String(80), nullable=False),
    Column("former_name", Text, nullable=False),
    Column("code", String(80), nullable=False),
    Column("name", Text, nullable=False),
    Column("at", DateTime, nullable=False),
)
STRAYS = Table(
    "strays",
    METADATA,
    Column("file", Text, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("seen", DateTime, nullable=False),
)
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
    *(Column(field, _TYPES.get(field, Text), nullable=False) for field in Agency._fields),
)

_FINDINGS = Version._fields.index("findings")


def row_of(version: Version) -> dict[str, Any]:
    """What the table holds of a version."""
    return version._asdict() | {"findings": as_text(version.findings)}


def versions_of(rows: Iterable[Sequence[Any]]) -> Iterator[Version]:
    """The versions of which the table holds these rows."""
    columns: list[Iterable[Any]] = list(zip(*rows, strict=True))
    columns[_FINDINGS] = map(findings_in, columns[_FINDINGS])
    return map(Version._make, zip(*columns, strict=True))
