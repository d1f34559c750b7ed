"""A long roster as it was read, kept in the ledger for the next time: a hundred thousand rows of a workbook take two
seconds to read and look at, and every command needs them.

It is a copy of one file's rows, found by the SHA-256 of that file: what another file, or another version of the
program, would be read as is not taken from it.
"""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy import Connection, insert, select

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.records.kept_findings import as_text, findings_in
from reportfill.campaign.records.ledger_tables import AGENCIES, ROSTERS
from reportfill.version import __version__

_READING = f"{__version__}/1"
"""What reads rosters: to be counted on where the same file would be read as another roster."""


def digest_of_roster(content: bytes, name: str) -> str:
    """What tells a roster's file, by its content and name, and by what reads it, from any other."""
    digest = sha256(f"{_READING}\0{name}\0".encode())
    digest.update(content)
    return digest.hexdigest()


def roster_of(connection: Connection, digest: str) -> Roster | None:
    """The roster that is kept of the file of that digest; None where it is not, or not all of it."""
    kept = connection.execute(select(ROSTERS).where(ROSTERS.c.digest == digest)).first()
    if kept is None:
        return None
    wanted = select(*(AGENCIES.c[field] for field in Agency._fields)).order_by(AGENCIES.c.row)
    # The driver's own rows, for to make others of a hundred thousand takes as long as to read them; and one after the
    # other, for all of them would take as much memory as the agencies.
    cursor = connection.execute(wanted).cursor
    agencies = tuple(map(Agency._make, iter(cursor.fetchone, None) if cursor else ()))
    if len(agencies) != kept.agencies:
        return None
    closed = tuple(agency for agency in agencies if agency.is_closed)
    is_open = tuple(agency for agency in agencies if not agency.is_closed) if closed else agencies
    return Roster(is_open, findings_in(kept.findings), closed)


def keep_roster(connection: Connection, digest: str, roster: Roster) -> None:
    """Keep a roster that was read from the file of that digest, in place of what was kept before."""
    agencies = (*roster.agencies, *roster.closed)
    forget_kept_roster(connection)
    kept = {"digest": digest, "agencies": len(agencies), "findings": as_text(roster.findings)}
    connection.execute(insert(ROSTERS), kept)
    # As the driver takes them, which is three times as fast.
    statement = insert(AGENCIES).compile(connection)
    rows = [(number, *agency) for number, agency in enumerate(agencies)]
    names = ("row", *Agency._fields)
    parameters = rows if statement.positional else [dict(zip(names, row, strict=True)) for row in rows]
    if rows:  # drivers refuse none at all
        connection.exec_driver_sql(str(statement), parameters)


def forget_kept_roster(connection: Connection) -> None:
    """Keep none."""
    connection.execute(ROSTERS.delete())
    connection.execute(AGENCIES.delete())
