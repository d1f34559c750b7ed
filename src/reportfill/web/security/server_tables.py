"""The tables of a server's own database."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, Integer, MetaData, String, Table

SERVER_TABLES = MetaData()

SESSIONS = Table(
    "sessions",
    SERVER_TABLES,
    Column("digest", String(64), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("whose", String, nullable=False),
    Column("stamp", String, nullable=False),
    Column("begun", Float, nullable=False),
    Column("seen", Float, nullable=False),
)
MISTAKES = Table(
    "mistakes",
    SERVER_TABLES,
    Column("whose", String, primary_key=True),
    Column("times", Integer, nullable=False),
    Column("last", Float, nullable=False),
)
AUDIT = Table(
    "audit",
    SERVER_TABLES,
    Column("serial", Integer, primary_key=True),
    Column("at", Float, nullable=False, index=True),
    Column("event", String(32), nullable=False),
    Column("who", String, nullable=False),
    Column("about", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("address", String, nullable=False),
    sqlite_autoincrement=True,
)
"""Who did what; the newest has the greatest serial number."""
OPERATIONS = Table(
    "operations",
    SERVER_TABLES,
    Column("number", Integer, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("wish", String, nullable=False),
    Column("by", String, nullable=False),
    Column("begun", Float, nullable=False),
    Column("seen", Float, nullable=False),
    Column("state", String(16), nullable=False),
    Column("done", Integer, nullable=False, default=0),
    Column("total", Integer, nullable=False, default=0),
    Column("is_to_stop", Boolean, nullable=False, default=False),
    Column("result", String, nullable=False, default=""),
)
"""What was begun at a click, and what came of it."""
