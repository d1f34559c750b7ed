"""The ledger of a campaign: which workbook went to whom, what came back, and what became of it.

SQLAlchemy Core, so that the same statements work on SQLite in the folder and on PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from itertools import groupby, islice
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    FromClause,
    Row,
    Select,
    Table,
    and_,
    func,
    not_,
    or_,
    select,
    union,
    union_all,
)

from reportfill.campaign.access.kept import KeptAccount, KeptKey, KeptLink
from reportfill.campaign.agencies.agency import Holder
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.records.as_kept import read_as_kept
from reportfill.campaign.records.database import refusals_named, transaction
from reportfill.campaign.records.history import (
    AgencyChange,
    Extension,
    History,
    OnlyVersion,
    Review,
    SentWorkbook,
    StrayFile,
    Version,
)
from reportfill.campaign.records.in_use import held_by_another
from reportfill.campaign.records.kept_findings import findings_in
from reportfill.campaign.records.kept_roster import roster_of
from reportfill.campaign.records.ledger_tables import (
    ABOUT,
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
from reportfill.campaign.records.ledger_writer import Writer
from reportfill.campaign.records.readings import Reading, figures_in, paths_in
from reportfill.decimals import Number

_WITH_A_STORY = select(VERSIONS.c.code).where(VERSIONS.c.number > 1).union(select(REVIEWS.c.code))
"""The codes of the agencies that handed in more than once, or of whose version something was said."""


_OF_VERSIONS = select(VERSIONS.c.code, VERSIONS.c.name)
_OF_HOLDERS = (
    _OF_VERSIONS,
    select(WORKBOOKS.c.code, WORKBOOKS.c.name).where(WORKBOOKS.c.code != ""),
    select(EXTENSIONS.c.code, EXTENSIONS.c.name),
    select(LINKS.c.code, LINKS.c.name).where(LINKS.c.is_withdrawn.is_(False)),
)
"""Whose it is what is recorded of agencies."""

_FINDINGS = Version._fields.index("findings")


def _has_later(table: Table) -> ColumnElement[bool]:
    """Whether the same agency handed in a version behind that of a row."""
    later = VERSIONS.alias()
    same = later.c.code == table.c.code, later.c.name == table.c.name
    return select(later.c.number).where(*same, later.c.number > table.c.number).exists()


def _in_sequence(table: Table) -> Select[Any]:
    """The rows of a table in the order in which they were recorded, without the number that says so."""
    return select(*(column for column in table.c if column.name != "sequence")).order_by(table.c.sequence)


def _in_parts(values: Iterable[str]) -> Iterator[list[str]]:
    """Values in lists of so many as a statement takes."""
    every = iter(values)
    while some := list(islice(every, PARAMETERS)):
        yield some


class Ledger:
    """A campaign's ledger, open. What is recorded within `writing` is recorded whole or not at all.

    Everything raises CampaignError where the database refuses.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Record several things at once, which the disk has confirmed afterwards."""
        with transaction(self._engine) as connection:
            yield Writer(connection)
            connection.execute(ABOUT.update().values(revision=ABOUT.c.revision + 1))

    def forget_roster(self) -> None:
        """Keep no roster any more, nor any trace of one that was kept, as far as this is in a file of ours. Raises
        CampaignInUseError where another process does not let go of what SQLite keeps beside it."""
        with self.writing() as record:
            record.no_roster()
        if self._engine.dialect.name == "sqlite":  # it leaves in its file what was deleted
            with refusals_named(), closing(self._engine.raw_connection()) as connection:
                connection.cursor().execute("VACUUM")
        self.settle()

    def settle(self) -> None:
        """Let all that was recorded be in the ledger's file alone, where it is in one. Raises CampaignInUseError where
        another process does not let go of what SQLite keeps beside it."""
        if self._engine.dialect.name != "sqlite":
            return
        with refusals_named(), closing(self._engine.raw_connection()) as connection:
            (is_busy, *_) = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if is_busy:
            raise held_by_another()

    def revision(self) -> int:
        """A number that is another one whenever anything was recorded."""
        with self._reading() as connection:
            return int(connection.execute(select(ABOUT.c.revision)).scalar_one())

    def journal(self) -> dict[str, tuple[str, ...]]:
        """The tables of the journal that were read, by name, with those that each of them names."""
        wanted = select(JOURNAL.c.name, JOURNAL.c.previous)
        with self._reading() as connection:
            return {name: tuple(previous.split()) for name, previous in connection.execute(wanted)}

    def whole_tables(self) -> set[str]:
        """The names of the tables of the journal of which everything is recorded."""
        with self._reading() as connection:
            return set(connection.execute(select(JOURNAL.c.name).where(JOURNAL.c.is_whole)).scalars())

    def journal_digests(self) -> dict[str, str]:
        """The SHA-256 of the tables of the journal that were read, by name, as this program writes them."""
        with self._reading() as connection:
            return {
                row.name: row.digest for row in connection.execute(select(JOURNAL.c.name, JOURNAL.c.digest))
            }

    def workbooks(self) -> dict[str, SentWorkbook]:
        """The workbooks that were made, by id."""
        with self._reading() as connection:
            return {row.id: SentWorkbook(*row) for row in connection.execute(select(WORKBOOKS))}

    def workbooks_called(self, ids: Collection[str]) -> dict[str, SentWorkbook]:
        """Those of the workbooks that were made that have one of these ids, by id."""
        wanted = select(WORKBOOKS).where(WORKBOOKS.c.id.in_(ids))
        with self._reading() as connection:
            return {row.id: SentWorkbook(*row) for row in connection.execute(wanted)}

    def workbook_of(self, holder: Holder) -> str:
        """Where the workbook is that was made for an agency; empty where none was."""
        whose = and_(WORKBOOKS.c.code == holder.code, WORKBOOKS.c.name == holder.name)
        with self._reading() as connection:
            return connection.execute(select(WORKBOOKS.c.path).where(whose)).scalar() or ""

    def place_of_workbook(self, id: str) -> str:
        """Where the workbook of an id is; empty where none has it."""
        wanted = select(WORKBOOKS.c.path).where(WORKBOOKS.c.id == id)
        with self._reading() as connection:
            return connection.execute(wanted).scalar() or ""

    def versions(self, holder: Holder | None = None, *, with_a_story: bool = False) -> Iterator[Version]:
        """Everything that agencies, or one of them, handed in, an agency's versions in order; without those of
        `only_versions` where `with_a_story` says so."""
        conditions = [] if holder is None else [*of_holder(VERSIONS, holder)]
        conditions += [VERSIONS.c.code.in_(_WITH_A_STORY)] if with_a_story else []
        return self._versions(*conditions)

    def superseded(self, put_away: str) -> tuple[list[Version], list[str]]:
        """The versions, of all agencies, behind which others came and whose marked workbooks are not in this folder;
        and the workbooks with remarks on versions behind which others came, wherever they are."""
        marked = VERSIONS.c.returned != "", not_(VERSIONS.c.returned.startswith(f"{put_away}/"))
        remarks = select(REVIEWS.c.file).where(REVIEWS.c.is_accepted.is_(False), _has_later(REVIEWS))
        with self._reading() as connection:
            files = list(connection.execute(remarks).scalars())
        return list(self._versions(*marked, _has_later(VERSIONS))), files

    def reports_once_sent_back(self) -> list[Version]:
        """The newest versions with a report of agencies that were sent one back, whatever was said later."""
        sent_back = select(REVIEWS.c.code).where(REVIEWS.c.is_accepted.is_(False))
        newest = VERSIONS.c.report != "", not_(_has_later(VERSIONS))
        return list(self._versions(VERSIONS.c.code.in_(sent_back), *newest))

    def _versions(self, *conditions: ColumnElement[bool]) -> Iterator[Version]:
        order = VERSIONS.c.code, VERSIONS.c.name, VERSIONS.c.number
        wanted = select(VERSIONS).where(*conditions).order_by(*order)
        with self._reading() as connection:
            for rows in connection.execution_options(yield_per=1000).execute(wanted).partitions():
                columns: list[Iterable[Any]] = list(zip(*rows, strict=True))
                columns[_FINDINGS] = map(findings_in, columns[_FINDINGS])
                yield from map(Version._make, zip(*columns, strict=True))

    def only_versions(self) -> dict[Holder, OnlyVersion]:
        """What those handed in of whom one version came in, and of which nothing was said, in no order."""
        wanted = select(*(VERSIONS.c[name] for name in ("code", "name", *OnlyVersion._fields)))
        with self._reading() as connection:
            # Left out here and not by the statement: PostgreSQL takes hours for a NOT IN of many.
            told = set(connection.execute(_WITH_A_STORY).scalars())
            return {
                Holder(code, name): OnlyVersion(
                    received, seen, is_sound, findings_in(findings), report, returned
                )
                for code, name, received, seen, is_sound, findings, report, returned in connection.execute(
                    wanted.where(VERSIONS.c.number == 1)
                )
                if code not in told
            }

    def reviews(self, holder: Holder | None = None) -> list[Review]:
        """What the coordinator said of the versions of all agencies or of one, in order."""
        wanted = _in_sequence(REVIEWS).where(*([] if holder is None else of_holder(REVIEWS, holder)))
        with self._reading() as connection:
            return [Review(*row) for row in connection.execute(wanted)]

    def changes(self) -> list[AgencyChange]:
        """The agencies that came to have another code or name, in the order in which that was recorded."""
        with self._reading() as connection:
            return [AgencyChange(*row) for row in connection.execute(_in_sequence(CHANGES))]

    def extensions(self) -> dict[Holder, Extension]:
        """The extensions that hold, by whose they are."""
        with self._reading() as connection:
            known = (Extension(*row) for row in connection.execute(_in_sequence(EXTENSIONS)))
            return {one.holder: one for one in known}

    def link(self, digest: str) -> KeptLink | None:
        """The link of a code, by its SHA-256, also one that was withdrawn; None where there was never one."""
        with self._reading() as connection:
            row = connection.execute(select(LINKS).where(LINKS.c.digest == digest)).first()
            return KeptLink(*row) if row else None

    def links(self, holder: Holder | None = None) -> list[KeptLink]:
        """The links that were not withdrawn, of one agency or all, an agency's newest last."""
        wanted = select(LINKS).where(LINKS.c.is_withdrawn.is_(False)).order_by(LINKS.c.at, LINKS.c.digest)
        if holder is not None:
            wanted = wanted.where(*of_holder(LINKS, holder))
        with self._reading() as connection:
            return [KeptLink(*row) for row in connection.execute(wanted)]

    def link_holders(self) -> set[Holder]:
        """The agencies that have links which were not withdrawn."""
        wanted = select(LINKS.c.code, LINKS.c.name).where(LINKS.c.is_withdrawn.is_(False)).distinct()
        with self._reading() as connection:
            return {Holder(*row) for row in connection.execute(wanted)}

    def key(self, digest: str) -> KeptKey | None:
        """The key of that SHA-256, also one that was withdrawn; None where there was never one."""
        with self._reading() as connection:
            row = connection.execute(select(KEYS).where(KEYS.c.digest == digest)).first()
            return KeptKey(*row) if row else None

    def open_keys(self) -> list[KeptKey]:
        """The keys that were not withdrawn, by name."""
        wanted = select(KEYS).where(KEYS.c.is_withdrawn.is_(False)).order_by(KEYS.c.folded_name, KEYS.c.at)
        with self._reading() as connection:
            return [KeptKey(*row) for row in connection.execute(wanted)]

    def accounts(self) -> dict[str, KeptAccount]:
        """The accounts by their folded names."""
        with self._reading() as connection:
            rows = connection.execute(select(ACCOUNTS).order_by(ACCOUNTS.c.folded_name))
            return {row.folded_name: KeptAccount(*row) for row in rows}

    def histories(self, *, with_a_story: bool = False) -> Iterator[tuple[Holder, History]]:
        """Every agency that handed anything in, in the ledger's order, with its history: without those of
        `only_versions` where `with_a_story` says so. They are read some at a time."""
        by_holder = groupby(self.versions(with_a_story=with_a_story), attrgetter("code", "name"))
        every = ((Holder(code, name), list(own)) for (code, name), own in by_holder)
        while some := dict(islice(every, PARAMETERS)):
            reviews = self._reviews_of(some)
            for holder, versions in some.items():
                yield holder, History(versions, reviews.get(holder, ()))

    def _reviews_of(self, holders: Iterable[Holder]) -> dict[Holder, list[Review]]:
        """What was said of the versions of some agencies, in order."""
        theirs = REVIEWS.c.code.in_([holder.code for holder in holders])
        reviews: dict[Holder, list[Review]] = {}
        with self._reading() as connection:
            for row in connection.execute(_in_sequence(REVIEWS).where(theirs)):
                review = Review(*row)
                reviews.setdefault(review.holder, []).append(review)
        return reviews

    def history(self, holder: Holder) -> History:
        """The history of one agency."""
        return History(list(self.versions(holder)), self.reviews(holder))

    def holders_of_file(self, path: str) -> set[Holder]:
        """The agencies whose versions have their report or their marked workbook at that path, or the workbook with
        the coordinator's remark."""
        there = or_(VERSIONS.c.report == path, VERSIONS.c.returned == path)
        of_versions = select(VERSIONS.c.code, VERSIONS.c.name).where(there)
        of_reviews = select(REVIEWS.c.code, REVIEWS.c.name).where(REVIEWS.c.file == path)
        with self._reading() as connection:
            return {Holder(*row) for row in connection.execute(of_versions.union(of_reviews))}

    def holders(self, *, with_workbooks: bool = False) -> set[Holder]:
        """Those of whom anything came in; or as well those for whom a workbook was made, and who have an extension or
        a link."""
        wanted = union(*_OF_HOLDERS) if with_workbooks else _OF_VERSIONS.distinct()
        with self._reading() as connection:
            return set(map(Holder._make, connection.execute(wanted)))

    def each_holder(self) -> Iterator[Holder]:
        """Those of `holders` and those with workbooks, an extension or a link, one after the other, and some of them
        more than once."""
        every = union_all(*_OF_HOLDERS)
        with self._reading() as connection:
            yield from map(Holder._make, connection.execution_options(yield_per=1000).execute(every))

    def strays(self, files: Collection[str] | None = None) -> list[StrayFile]:
        """The files that belong to no agency for certain, or those of them with one of these names, by name."""
        wanted = select(STRAYS).order_by(STRAYS.c.file)
        with self._reading() as connection:
            rows = connection.execute(wanted if files is None else wanted.where(STRAYS.c.file.in_(files)))
            return [StrayFile(row.file, findings_in(row.reason)[0], row.seen) for row in rows]

    def digests(self) -> set[str]:
        """The contents that were taken in."""
        with self._reading() as connection:
            return set(connection.execute(select(VERSIONS.c.digest)).scalars())

    def place_of_copy(self, digest: str) -> str:
        """Where the copy of a version is kept; empty where no version has this content."""
        with self._reading() as connection:
            wanted = select(VERSIONS.c.received).where(VERSIONS.c.digest == digest)
            return connection.execute(wanted).scalar() or ""

    def holders_of(self, digests: Collection[str]) -> dict[str, Holder]:
        """Whose those of the contents are that were taken in."""
        wanted = select(VERSIONS.c.digest, VERSIONS.c.code, VERSIONS.c.name)
        with self._reading() as connection:
            rows = connection.execute(wanted.where(VERSIONS.c.digest.in_(digests)))
            return {digest: Holder(code, name) for digest, code, name in rows}

    def recorded_copies(self, paths: Collection[str]) -> set[str]:
        """Those of the copies that are a version's."""
        with self._reading() as connection:
            wanted = select(VERSIONS.c.received).where(VERSIONS.c.received.in_(paths))
            return set(connection.execute(wanted).scalars())

    def numbers(self, codes: Collection[str]) -> dict[Holder, int]:
        """The number of the newest version of each agency that has one of these codes."""
        with self._reading() as connection:
            newest = select(VERSIONS.c.code, VERSIONS.c.name, func.max(VERSIONS.c.number))
            of_those = newest.where(VERSIONS.c.code.in_(codes))
            rows = connection.execute(of_those.group_by(VERSIONS.c.code, VERSIONS.c.name))
            return {Holder(code, name): number for code, name, number in rows}

    def seen(self, paths: Collection[str] | None = None) -> dict[str, str]:
        """The stamp of each file of the inbox, or of each of these, of which everything was taken in, by path."""
        wanted = select(SEEN.c.path, SEEN.c.stamp)
        with self._reading() as connection:
            rows = connection.execute(wanted if paths is None else wanted.where(SEEN.c.path.in_(paths)))
            return {row.path: row.stamp for row in rows}

    def unread(self, digests: Iterable[str], *, with_texts: bool = False) -> Iterator[str]:
        """Those of the contents, in order, of which the figures, or not all that was read of them, are not kept."""
        kept = select(READINGS.c.digest).join(PATHS, PATHS.c.key == READINGS.c.paths)
        kept = kept.join(TEXTS, TEXTS.c.digest == READINGS.c.digest) if with_texts else kept
        for some in _in_parts(digests):
            with self._reading() as connection:
                known = set(connection.execute(kept.where(READINGS.c.digest.in_(some))).scalars())
            yield from (digest for digest in some if digest not in known)

    def copies(self, digests: Iterable[str]) -> Iterator[tuple[int, str, str]]:
        """The number of each of these contents among the versions of its agency, where its copy is kept, and its
        SHA-256, in order. Raises KeyError where no version has it."""
        wanted = select(VERSIONS.c.number, VERSIONS.c.received, VERSIONS.c.digest)
        for some in _in_parts(digests):
            with self._reading() as connection:
                found = connection.execute(wanted.where(VERSIONS.c.digest.in_(some)))
                rows = {digest: (number, received, digest) for number, received, digest in found}
            yield from map(rows.__getitem__, some)

    def figures(self, digests: Iterable[str]) -> Iterator[Mapping[str, Number]]:
        """The figures of contents by path, in order. Raises KeyError where they are not kept."""
        for rows in self._readings(digests, READINGS):
            yield from (figures_in(paths, row.figures) for paths, row in rows)

    def readings(self, digests: Iterable[str]) -> Iterator[Reading]:
        """What was read of contents, in order. Raises KeyError where that is not kept."""
        for rows in self._readings(digests, READINGS.join(TEXTS, READINGS.c.digest == TEXTS.c.digest)):
            yield from (Reading(paths, row.figures, row.texts) for paths, row in rows)

    def _readings(
        self, digests: Iterable[str], source: FromClause
    ) -> Iterator[list[tuple[tuple[str, ...], Row[Any]]]]:
        """The rows of contents with the paths of their figures, in order, some at a time."""
        wanted = [column for column in source.c if column is not TEXTS.c.digest]
        with self._reading() as connection:
            known = {row.key: paths_in(row.paths) for row in connection.execute(select(PATHS))}
            for some in _in_parts(digests):
                statement = select(*wanted).select_from(source).where(READINGS.c.digest.in_(some))
                rows = {row.digest: row for row in connection.execute(statement)}
                yield [(known[rows[digest].paths], rows[digest]) for digest in some]

    def roster(self, digest: str) -> Roster | None:
        """The roster that was read from the file of that digest; None where it is not kept."""
        with self._reading() as connection:
            return roster_of(connection, digest)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        # Of a text that is no moment SQLAlchemy 2.1.9 says so by ValueError.
        with refusals_named(), read_as_kept((ValueError,)), self._engine.connect() as connection:
            yield connection
