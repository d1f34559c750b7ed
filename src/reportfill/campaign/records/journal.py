"""The journal of a campaign: tables under log/ that say who handed in what and when, and what was decided.

They are what the ledger cannot be made anew without. Each is written once and never changed. A coordinator opens them
with Excel.

A table is called by a running number, one more than any that its writer had seen, whatever the clock says, and by
letters that nobody draws twice: of two computers that write into one folder none takes the place of the other's. It
names the last tables that its writer had seen, and so it can be told what was decided by whom in knowledge of what.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from hashlib import sha256
from io import StringIO
from secrets import choice
from string import ascii_lowercase
from typing import NamedTuple

from reportfill.campaign.access.kept_password import is_kept_password
from reportfill.campaign.access.roles import ROLE_NAMES
from reportfill.campaign.folder.said_texts import require_sayable
from reportfill.campaign.records.journal_table import HEADINGS, TableError, rows_of
from reportfill.campaign.storage.store import Store
from reportfill.errors import CampaignError
from reportfill.finding import Finding, finding
from reportfill.system_words import reason_of
from reportfill.text import Text

FOLDER = "log"

_LETTERS = 8
"""So many of them a table has behind its number."""

_NAME = re.compile(rf"(\d{{6,}})(?:-[a-z]{{{_LETTERS}}})?")
"""What a table is called; the first versions gave it a number alone."""

_FILE = re.compile(rf"({_NAME.pattern})\.csv")

_DIGEST = re.compile(r"(?:[0-9a-f]{64})?")


class Event(Enum):
    """What happened."""

    HANDED_IN = "报送"
    ACCEPTED = "审核通过"
    SENT_BACK = "审核退回"
    RECODED = "编码变更"
    RENAMED = "更名"
    EXTENDED = "延期"
    NOT_EXTENDED = "取消延期"
    LINK_GIVEN = "开通链接"
    LINK_WITHDRAWN = "停用链接"
    ACCOUNT_ADDED = "添加账号"
    ROLE_CHANGED = "变更角色"
    PASSWORD_SET = "设置登录密码"
    ACCOUNT_REMOVED = "删除账号"
    KEY_GIVEN = "添加接口密钥"
    KEY_WITHDRAWN = "停用接口密钥"
    CLOSED = "封存"
    REOPENED = "启封"
    CONTACTS_FORGOTTEN = "清除联系方式"

    @classmethod
    def _missing_(cls, value: object) -> Event | None:
        """What tables of earlier versions call it."""
        return {
            "交来": cls.HANDED_IN,
            "通过": cls.ACCEPTED,
            "退回": cls.SENT_BACK,
            "更名确认": cls.RENAMED,
        }.get(str(value))


_WITH_ROLES = (Event.ACCOUNT_ADDED, Event.ROLE_CHANGED, Event.KEY_GIVEN)
_ROLES = {name.zh for name in ROLE_NAMES.values()}
CHANGES = (Event.RECODED, Event.RENAMED)
"""What happened to an agency itself."""


class JournalEntry(NamedTuple):
    """One thing that happened: when, to which agency and version (0 for the whole campaign), with which file, the
    report or marked workbook that came of it, the day until which there is more time or a link opens, a role or what is
    kept of a password, and what was said by whom; of an account or a key its name. `digest` is the SHA-256 of the
    version, or of the code or key that was given; where the agency changed, `former_code` and `former_name` are what
    it had before."""

    at: datetime
    event: Event
    code: str = ""
    name: str = ""
    number: int = 0
    file: str = ""
    result: str = ""
    remark: str = ""
    by: str = ""
    digest: str = ""
    former_code: str = ""
    former_name: str = ""


class JournalTable(NamedTuple):
    """One table of the journal: what it is called, the last tables that its writer had seen, and what it says."""

    name: str
    previous: tuple[str, ...]
    entries: tuple[JournalEntry, ...] = ()

    @property
    def path(self) -> str:
        """Where it is."""
        return table_path(self.name)

    @property
    def digest(self) -> str:
        """The SHA-256 of the table as a file."""
        return sha256(self.content).hexdigest()

    @property
    def content(self) -> bytes:
        """The table as a file."""
        text = StringIO()
        table = csv.writer(text)
        table.writerow(HEADINGS)
        previous = " ".join(self.previous)
        table.writerows(
            (*_row(entry), "" if number else previous) for number, entry in enumerate(self.entries)
        )
        # Excel takes a table for one in the system's own encoding unless it begins with this mark.
        return text.getvalue().encode("utf-8-sig")


_FIELDS = len(JournalEntry._fields)


@dataclass(frozen=True, slots=True)
class Journal:
    """What the journal says, a table behind all that its writer had seen, and which of its tables are not what they
    were and could not be read."""

    tables: tuple[JournalTable, ...]
    damage: tuple[Finding, ...]

    @property
    def entries(self) -> tuple[JournalEntry, ...]:
        """All that it says, in order."""
        return tuple(entry for table in self.tables for entry in table.entries)

    @property
    def seen(self) -> dict[str, tuple[str, ...]]:
        """The tables by name, with those that each of them names."""
        return {table.name: table.previous for table in self.tables}

    def require_whole(self) -> None:
        """Raise CampaignError, which names the first damaged table, where there is one."""
        if self.damage:
            message, hint = self.damage[0].message, self.damage[0].hint
            raise CampaignError(f"{message.en} {hint.en}", f"{message.zh}{hint.zh}")


class JournalWriter:
    """Writes tables, each behind all that are there and all that it wrote, whose names are `written`. `seen` are the
    tables that whoever writes has read, with those that each of them names; `before` is called before each is written,
    and raises where nothing may be written any more."""

    def __init__(
        self, store: Store, seen: Mapping[str, Sequence[str]], before: Callable[[], None] = lambda: None
    ) -> None:
        self._store, self._before = store, before
        self.written: list[str] = []
        named = {name for previous in seen.values() for name in previous}
        self._last = tuple(sorted(set(seen) - named))
        self._number = max(map(_number, [*seen, *table_names(store)]), default=0)

    def next(self, entries: Iterable[JournalEntry]) -> JournalTable:
        """The table that comes next. Raises CampaignError for what cannot be said in one."""
        entries = tuple(entries)
        for entry in entries:
            require_sayable(entry.remark)
            require_sayable(entry.by)
        letters = "".join(choice(ascii_lowercase) for _ in range(_LETTERS))
        return JournalTable(f"{self._number + 1:06}-{letters}", self._last, entries)

    def write(self, table: JournalTable) -> None:
        """Write a table. Raises OutputError where it cannot be written."""
        self._before()
        self._store.write(table.path, table.content)
        self._number, self._last = _number(table.name), (table.name,)
        self.written.append(table.name)


def table_names(store: Store) -> list[str]:
    """The names of all tables that are there, in order, and of what has taken the place of one. Raises CampaignError
    where that cannot be told."""
    found = map(_FILE.fullmatch, store.names(FOLDER))
    return sorted((match[1] for match in found if match), key=table_place)


def read_journal(store: Store, known: Iterable[str] = ()) -> Journal:
    """All that the journal says. A table that is not what it was takes nothing of the others with it; those that others
    name or that are known of, and that are not there, are lost."""
    names = table_names(store)
    journal = read_tables(store, names)
    named = {name for table in journal.tables for name in table.previous}
    return replace(journal, damage=(*journal.damage, *lost_tables(names, {*named, *known})))


def lost_tables(there: Iterable[str], known: Iterable[str]) -> tuple[Finding, ...]:
    """That tables are lost, where some that are known of are not among those that are there."""
    gone = sorted(set(known).difference(there), key=table_place)
    return (finding("journal.lost", missing=_missing(gone)),) if gone else ()


def read_tables(store: Store, names: Iterable[str]) -> Journal:
    """What some tables of the journal say."""
    tables, damage = [], []
    for name in names:
        try:
            tables.append(_table(store, name))
        except TableError as error:
            damage.append(_damaged(name, error.reason))
    return Journal(tuple(tables), tuple(damage))


def _table(store: Store, name: str) -> JournalTable:
    """A table. Raises TableError where it is not what was written."""
    try:
        content = store.read(table_path(name))
    except FileNotFoundError as error:
        raise TableError(Text("表已丢失", "it is gone")) from error
    except OSError as error:
        why = reason_of(error)
        raise TableError(Text(f"无法读取：{why.zh}", f"it cannot be read: {why.en}")) from error
    rows = rows_of(content)
    try:
        return JournalTable(name, _previous(name, rows), tuple(map(_entry, rows)))
    except ValueError as error:
        raise TableError(Text("有的内容被改动", f"some of it was changed: {error}")) from error


def _previous(name: str, rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The tables that a table names; one of the first versions has the one before it behind it. Raises ValueError where
    what it names can be none."""
    if not rows or len(rows[0]) < len(HEADINGS):
        return (f"{_number(name) - 1:06}",) if _number(name) > 1 else ()
    named = tuple(rows[0][-1].split())
    if not all(_NAME.fullmatch(one) and _number(one) < _number(name) for one in named):
        raise ValueError(f"the tables {named}")
    return named


def _missing(names: Sequence[str]) -> Text:
    """Which tables are not there any more, in words."""
    first = table_path(names[0])
    if len(names) == 1:
        return Text(f"{first}已丢失", f"{first} is gone")
    return Text(f"{first}等{len(names)}张表已丢失", f"gone are {first} and {len(names) - 1} more")


def _damaged(name: str, reason: Text) -> Finding:
    return finding("journal.damaged", value=table_path(name), reason=reason)


def table_path(name: str) -> str:
    """Where the table of a name is."""
    return f"{FOLDER}/{name}.csv"


def _number(name: str) -> int:
    return int(name.partition("-")[0])


def table_place(name: str) -> tuple[int, str]:
    """Where a table stands among the others: behind all that its writer had seen."""
    return _number(name), name


def _row(entry: JournalEntry) -> tuple[object, ...]:
    at, event, code, name, number, *rest = entry
    return (_moment(at), event.value, code, name, number or "", *rest)


def _require_result(event: Event, result: str) -> None:
    """Raise ValueError for a result that is not as it was written."""
    is_day = event is Event.EXTENDED or (event is Event.LINK_GIVEN and result)
    if is_day and str(date.fromisoformat(result)) != result:
        raise ValueError(f"the day {result}")
    if event in _WITH_ROLES and result not in _ROLES:
        raise ValueError(f"the role {result}")
    if event is Event.PASSWORD_SET and not is_kept_password(result):
        raise ValueError("what is kept of a password")


def _moment(at: datetime) -> str:
    return at.isoformat(sep=" ", timespec="microseconds")


def _entry(row: list[str]) -> JournalEntry:
    """What a row says. Raises ValueError where it is not as it was written: Excel makes other texts of moments, and
    at the same time loses the zeros in front of codes."""
    at, event, code, name, number, file, result, remark, by, digest, *former = row[:_FIELDS]
    moment = datetime.fromisoformat(at)
    if at != _moment(moment):
        raise ValueError(f"the time {at}")
    if not _DIGEST.fullmatch(digest):
        raise ValueError(f"the SHA-256 {digest}")
    _require_result(Event(event), result)
    return JournalEntry(
        moment, Event(event), code, name, int(number or 0), file, result, remark, by, digest, *former
    )
