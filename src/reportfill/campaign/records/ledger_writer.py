"""What is recorded in the ledger of a campaign."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Table, bindparam, insert, update

from reportfill.campaign.access.decisions import (
    AccessDecision,
    KeyDecision,
    LinkDecision,
    PasswordDecision,
    RoleDecision,
)
from reportfill.campaign.access.kept import KeptAccount, KeptKey, KeptLink, accounts_after, folded_name
from reportfill.campaign.agencies.agency import Holder
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.records.history import (
    AgencyChange,
    Extension,
    Review,
    SentWorkbook,
    StrayFile,
    Version,
)
from reportfill.campaign.records.journal import JournalTable
from reportfill.campaign.records.kept_findings import as_text
from reportfill.campaign.records.kept_roster import forget_kept_roster, keep_roster
from reportfill.campaign.records.ledger_tables import (
    ACCOUNTS,
    CHANGES,
    EXTENSIONS,
    JOURNAL,
    KEYS,
    LINKS,
    PARAMETERS,
    PATHS,
    READINGS,
    REVIEWS,
    SEEN,
    STRAYS,
    TEXTS,
    VERSIONS,
    WORKBOOKS,
    of_holder,
)
from reportfill.campaign.records.readings import Reading


@lru_cache(maxsize=64)
def _key(paths: tuple[str, ...]) -> str:
    """What stands for the paths of figures in the row of a reading."""
    return sha256("\n".join(paths).encode()).hexdigest()[:16]


class Writer:
    """Records within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def journal(self, tables: Iterable[JournalTable], *, are_whole: bool = True) -> None:
        """Record that everything is recorded that these tables of the journal say, or that they were read."""
        self._put(
            JOURNAL,
            JOURNAL.c.name,
            [
                {
                    "name": table.name,
                    "previous": " ".join(table.previous),
                    "digest": table.digest,
                    "is_whole": are_whole,
                }
                for table in tables
            ],
        )

    def workbooks(self, made: Iterable[SentWorkbook]) -> None:
        """Record workbooks; one of the same id is replaced."""
        self._put(WORKBOOKS, WORKBOOKS.c.id, [asdict(workbook) for workbook in made])

    def versions(self, versions: Iterable[Version]) -> None:
        """Record versions."""
        self._put(
            VERSIONS,
            VERSIONS.c.digest,
            [version._asdict() | {"findings": as_text(version.findings)} for version in versions],
        )

    def readings(self, readings: Mapping[str, Reading]) -> None:
        """Record what was read of contents, by their SHA-256."""
        paths = {
            _key(reading.paths): json.dumps(reading.paths, ensure_ascii=False)
            for reading in readings.values()
        }
        self._put(PATHS, PATHS.c.key, [{"key": key, "paths": named} for key, named in paths.items()])
        figures = [
            {"digest": digest, "paths": _key(reading.paths), "figures": reading.figures}
            for digest, reading in readings.items()
        ]
        self._put(READINGS, READINGS.c.digest, figures)
        texts = [{"digest": digest, "texts": reading.texts} for digest, reading in readings.items()]
        self._put(TEXTS, TEXTS.c.digest, texts)

    def roster(self, digest: str, roster: Roster) -> None:
        """Record the roster that was read from the file of that digest, in place of any other."""
        keep_roster(self._connection, digest, roster)

    def no_roster(self) -> None:
        """Record that no roster is kept."""
        forget_kept_roster(self._connection)

    def reviews(self, reviews: Iterable[Review], in_place_of: Iterable[Holder] = ()) -> None:
        """Record what the coordinator said, behind what was said before, or in place of all that was said of some
        agencies."""
        for holder in in_place_of:
            self._connection.execute(REVIEWS.delete().where(*of_holder(REVIEWS, holder)))
        rows = [asdict(review) for review in reviews]
        if rows:
            self._connection.execute(insert(REVIEWS), rows)

    def changes(self, changes: Iterable[AgencyChange]) -> None:
        """Record that agencies have another code or name now, and let all that is theirs be theirs under it."""
        recorded = list(changes)
        if not recorded:
            return
        self._connection.execute(insert(CHANGES), [asdict(change) for change in recorded])
        told = [
            {"was": one.former_code, "called": one.former_name, "is_now": one.code, "called_now": one.name}
            for one in recorded
        ]
        for table in (VERSIONS, REVIEWS, WORKBOOKS, EXTENSIONS, LINKS):
            theirs = table.c.code == bindparam("was"), table.c.name == bindparam("called")
            now: dict[str, Any] = {"code": bindparam("is_now"), "name": bindparam("called_now")}
            self._connection.execute(update(table).where(*theirs).values(now), told)

    def extensions(self, extensions: Iterable[Extension]) -> None:
        """Record until when agencies may hand in, in place of what was said of them before."""
        recorded = list(extensions)
        if not recorded:
            return
        theirs = EXTENSIONS.c.code == bindparam("whose"), EXTENSIONS.c.name == bindparam("called")
        told = [{"whose": one.code, "called": one.name} for one in recorded]
        self._connection.execute(EXTENSIONS.delete().where(*theirs), told)
        rows = [asdict(one) for one in recorded if one.until]
        if rows:
            self._connection.execute(insert(EXTENSIONS), rows)

    def access(self, said: Sequence[AccessDecision], known: Mapping[str, KeptAccount]) -> None:
        """Record what was decided of who may come in by somebody who knew of all that was given before, also of the
        accounts that are `known`: what was given takes the place of that."""
        links = [one for one in said if isinstance(one, LinkDecision)]
        theirs = LINKS.c.code == bindparam("whose"), LINKS.c.name == bindparam("called")
        self._withdraw(LINKS, theirs, [{"whose": one.code, "called": one.name} for one in links])
        self.links(KeptLink.of(one) for one in links if not one.is_withdrawal)
        keys = [one for one in said if isinstance(one, KeyDecision)]
        called = (KEYS.c.folded_name == bindparam("called"),)
        self._withdraw(KEYS, called, [{"called": folded_name(one.name)} for one in keys])
        self.keys(KeptKey.of(one) for one in keys if not one.is_withdrawal)
        of_accounts = [one for one in said if isinstance(one, RoleDecision | PasswordDecision)]
        if of_accounts:
            self.accounts(accounts_after(known, of_accounts))

    def _withdraw(
        self, table: Table, which: Iterable[ColumnElement[bool]], told: Sequence[Mapping[str, str]]
    ) -> None:
        if told:
            self._connection.execute(update(table).where(*which).values(is_withdrawn=True), told)

    def links(self, links: Iterable[KeptLink]) -> None:
        """Record links; one of the same code is replaced."""
        self._put(LINKS, LINKS.c.digest, [asdict(one) for one in links])

    def keys(self, keys: Iterable[KeptKey]) -> None:
        """Record keys; the same one is replaced."""
        self._put(KEYS, KEYS.c.digest, [asdict(one) for one in keys])

    def accounts(self, accounts: Mapping[str, KeptAccount]) -> None:
        """Record that these, and no others, are the accounts."""
        self._connection.execute(ACCOUNTS.delete())
        if accounts:
            self._connection.execute(insert(ACCOUNTS), [asdict(one) for one in accounts.values()])

    def strays(self, strays: Iterable[StrayFile], in_place_of: Iterable[str]) -> None:
        """Record that of these files, by name, those and no others belong to nobody for certain."""
        files = sorted(in_place_of)
        for start in range(0, len(files), PARAMETERS):
            some = files[start : start + PARAMETERS]
            self._connection.execute(STRAYS.delete().where(STRAYS.c.file.in_(some)))
        rows = [
            {"file": stray.file, "reason": as_text([stray.reason]), "seen": stray.seen} for stray in strays
        ]
        if rows:
            self._connection.execute(insert(STRAYS), rows)

    def seen(self, stamps: Mapping[str, str]) -> None:
        """Record that everything of these files was taken in."""
        self._put(SEEN, SEEN.c.path, [{"path": path, "stamp": stamp} for path, stamp in stamps.items()])

    def _put(self, table: Table, key: Column[str], rows: list[dict[str, Any]]) -> None:
        for start in range(0, len(rows), PARAMETERS):
            some = rows[start : start + PARAMETERS]
            self._connection.execute(table.delete().where(key.in_([row[key.name] for row in some])))
            self._connection.execute(insert(table), some)
