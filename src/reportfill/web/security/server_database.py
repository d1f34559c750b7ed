"""What the server remembers of visitors, in a database of its own: who is signed in, how often somebody was wrong, and
who did what.

Nothing of a campaign is in it: when it is lost, everybody signs in again.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from time import time

from sqlalchemy import Connection, delete, insert, select, text, update

from reportfill.campaign.records.database import engine_at, refusals_named, transaction, url_of_file
from reportfill.web.security.audit_log import AuditLog
from reportfill.web.security.server_tables import MISTAKES, SERVER_TABLES, SESSIONS

LONGEST_SESSION = 12 * 3600.0
LONGEST_REST = 2 * 3600.0
"""Seconds after which a session ends: after it began, and after anything was asked for in it."""

_TOUCHED = 60.0
"""So seldom it is written down that a session is in use."""

_ALONE = 5_721_404
"""The number by which a database's server knows that somebody reads here and is going to write."""

_FORGOTTEN = 24 * 3600.0
_LONGEST_WAIT = 900.0
_BYTES_OF_TOKEN = 32


class SessionKind(StrEnum):
    """Who is signed in: somebody with an account, or an agency by its link."""

    USER = "user"
    AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is signed in: the name of the account with its stamp, or the digest of the link."""

    kind: SessionKind
    whose: str
    stamp: str


class ServerDatabase:
    """The database of a server, in its own file or at a URL. All processes of a server share it."""

    def __init__(self, place: Path | str) -> None:
        self.engine = engine_at(url_of_file(place) if isinstance(place, Path) else place)
        with self.alone() as connection:
            SERVER_TABLES.create_all(connection)
        self.audit = AuditLog(self.engine)

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """A transaction for what is read before it is written: one such after the other, whichever process has it. On
        SQLite any that writes is such a one."""
        with transaction(self.engine) as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ALONE})
            yield connection

    def begin_session(self, session: Session) -> str:
        """Begin a session; its token, of which only SHA-256 is kept. What has ended is forgotten."""
        token, now = secrets.token_urlsafe(_BYTES_OF_TOKEN), time()
        row = {
            "digest": _digest(token),
            "kind": session.kind.value,
            "whose": session.whose,
            "stamp": session.stamp,
            "begun": now,
            "seen": now,
        }
        with transaction(self.engine) as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.begun < now - LONGEST_SESSION))
            connection.execute(insert(SESSIONS).values(row))
        return token

    def session_of(self, token: str) -> Session | None:
        """The session of a token; None where there is none, or it has ended."""
        found, now = select(SESSIONS).where(SESSIONS.c.digest == _digest(token)), time()
        with refusals_named(), self.engine.connect() as connection:
            row = connection.execute(found).first()
        if row is None or now - row.begun > LONGEST_SESSION or now - row.seen > LONGEST_REST:
            return None
        if now - row.seen > _TOUCHED:
            with transaction(self.engine) as connection:
                connection.execute(update(SESSIONS).where(SESSIONS.c.digest == row.digest).values(seen=now))
        return Session(SessionKind(row.kind), row.whose, row.stamp)

    def end_session(self, token: str) -> None:
        """End a session."""
        with transaction(self.engine) as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.digest == _digest(token)))

    def seconds_to_wait(self, whose: str, free: int) -> float:
        """How long somebody has to wait who was wrong more often than is free: twice as long each time."""
        found = select(MISTAKES).where(MISTAKES.c.whose == _digest(whose))
        with refusals_named(), self.engine.connect() as connection:
            row = connection.execute(found).first()
        if row is None or row.times < free:
            return 0.0
        wait = min(2.0 ** min(row.times - free, 20), _LONGEST_WAIT)
        return float(max(0.0, row.last + wait - time()))

    def note_mistake(self, whose: str) -> None:
        """Write down that somebody was wrong."""
        now, key = time(), _digest(whose)
        with self.alone() as connection:
            connection.execute(delete(MISTAKES).where(MISTAKES.c.last < now - _FORGOTTEN))
            changed = connection.execute(
                update(MISTAKES).where(MISTAKES.c.whose == key).values(times=MISTAKES.c.times + 1, last=now)
            )
            if not changed.rowcount:
                connection.execute(insert(MISTAKES).values(whose=key, times=1, last=now))

    def forget_mistakes(self, whose: str) -> None:
        """Forget that somebody was wrong."""
        with transaction(self.engine) as connection:
            connection.execute(delete(MISTAKES).where(MISTAKES.c.whose == _digest(whose)))

    def close(self) -> None:
        """Let the database go."""
        self.engine.dispose()


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
