"""The journal of a campaign: tables under log/ that say who handed in what and when, and what was decided.

They are what the ledger cannot be made anew without. Each is written once and never changed, under a running number:
whatever the clock does, they stay in order. A coordinator opens them with Excel.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from io import StringIO
from typing import NamedTuple

from reportfill.campaign.records.journal_table import HEADINGS, TableError, rows_of
from reportfill.campaign.storage.putting_away import is_taken
from reportfill.campaign.storage.store import Store, StoredFile
from reportfill.errors import CampaignError
from reportfill.finding import Finding, finding
from reportfill.system_words import reason_of
from reportfill.text import Text

FOLDER = "log"


class Event(Enum):
    """What happened."""

    HANDED_IN = "报送"
    ACCEPTED = "审核通过"
    SENT_BACK = "审核退回"
    RECODED = "编码变更"
    RENAMED = "更名"
    CLOSED = "封存"
    REOPENED = "启封"

    @classmethod
    def _missing_(cls, value: object) -> Event | None:
        """What tables of earlier versions call it."""
        return {
            "交来": cls.HANDED_IN,
            "通过": cls.ACCEPTED,
            "退回": cls.SENT_BACK,
            "更名确认": cls.RENAMED,
        }.get(str(value))


CHANGES = (Event.RECODED, Event.RENAMED)
"""What happened to an agency itself."""


class JournalEntry(NamedTuple):
    """One thing that happened: when, to which agency and version (0 for the whole campaign), with which file, the
    report or marked workbook that came of it, and what was said by whom. `digest` is the SHA-256 of what was handed
    in; where the agency changed, `former_code` and `former_name` are what it had before."""

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


@dataclass(frozen=True, slots=True)
class Journal:
    """What the journal says, in order, and which of its tables are not what they were and could not be read.
    `is_whole_through` is the number of the last table before the first of those."""

    entries: tuple[JournalEntry, ...]
    damage: tuple[Finding, ...]
    is_whole_through: int

    def require_whole(self) -> None:
        """Raise CampaignError, which names the first damaged table, where there is one."""
        if self.damage:
            message, hint = self.damage[0].message, self.damage[0].hint
            raise CampaignError(f"{message.en} {hint.en}", f"{message.zh}{hint.zh}")


def write_entries(store: Store, number: int, entries: Iterable[JournalEntry]) -> None:
    """Write one table of the journal, the `number`-th."""
    store.write(table_path(number), table_of(entries))


def table_of(entries: Iterable[JournalEntry]) -> bytes:
    """A table of the journal as a file."""
    text = StringIO()
    table = csv.writer(text)
    table.writerow(HEADINGS)
    table.writerows(map(_row, entries))
    # Excel takes a table for one in the system's own encoding unless it begins with this mark.
    return text.getvalue().encode("utf-8-sig")


def next_number(store: Store, after: int = 0) -> int:
    """The number of the table that comes next, behind all that are there and behind one that is known of."""
    number = max(map(_number, store.files(FOLDER)), default=0)
    number = max(number, after) + 1
    while is_taken(store, table_path(number)):  # by a folder, or by what cannot be looked at
        number += 1
    return number


def read_journal(store: Store, after: int = 0, known: int = 0) -> Journal:
    """All that the journal says, in order, or what its tables behind a number say. A table that is not what it was
    takes nothing of the others with it. What has taken the place of one of the first `known`, such as a folder, is a
    damaged table."""
    numbers = {number for file in store.files(FOLDER) if (number := _number(file)) > after}
    numbers |= {
        number
        for number in range(max(numbers, default=after) + 1, known + 1)
        if is_taken(store, table_path(number))
    }
    entries: list[JournalEntry] = []
    damaged: dict[int, Finding] = {}
    for number in range(after + 1, max(numbers, default=after) + 1):
        try:
            entries += _entries_of(store, number)
        except TableError as error:
            damaged[number] = finding("journal.damaged", value=table_path(number), reason=error.reason)
    whole = min(damaged, default=max(numbers, default=after) + 1) - 1
    return Journal(tuple(entries), tuple(damaged.values()), whole)


def _entries_of(store: Store, number: int) -> list[JournalEntry]:
    """What one table says. Raises TableError where it is not what was written."""
    try:
        content = store.read(table_path(number))
    except FileNotFoundError as error:
        raise TableError(Text("表已丢失", "it is gone")) from error
    except OSError as error:
        why = reason_of(error)
        raise TableError(Text(f"无法读取：{why.zh}", f"it cannot be read: {why.en}")) from error
    try:
        return [_entry(row) for row in rows_of(content)]
    except ValueError as error:
        raise TableError(Text("有的内容被改动", f"some of it was changed: {error}")) from error


def table_path(number: int) -> str:
    """Where the table of a number is."""
    return f"{FOLDER}/{number:06}.csv"


def _number(file: StoredFile) -> int:
    """The number of a table, 0 for a file that is none."""
    name = file.path.removeprefix(f"{FOLDER}/").removesuffix(".csv")
    is_number = name.isascii() and name.isdecimal()
    return int(name) if is_number and file.path == table_path(int(name)) else 0


def _row(entry: JournalEntry) -> tuple[object, ...]:
    at, event, code, name, number, *rest = entry
    return (_moment(at), event.value, code, name, number or "", *rest)


def _moment(at: datetime) -> str:
    return at.isoformat(sep=" ", timespec="microseconds")


def _entry(row: list[str]) -> JournalEntry:
    """What a row says. Raises ValueError where it is not as it was written: Excel makes other texts of moments, and
    at the same time loses the zeros in front of codes."""
    at, event, code, name, number, file, result, remark, by, digest, *former = row
    moment = datetime.fromisoformat(at)
    if at != _moment(moment):
        raise ValueError(f"the time {at}")
    if digest and (len(digest) != 64 or not all(one in "0123456789abcdef" for one in digest)):
        raise ValueError(f"the SHA-256 {digest}")
    return JournalEntry(
        moment, Event(event), code, name, int(number or 0), file, result, remark, by, digest, *former
    )
