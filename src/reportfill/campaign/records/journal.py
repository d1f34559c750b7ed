"""The journal of a campaign: tables under log/ that say who handed in what and when, and what was decided.

They are what the ledger cannot be made anew without. Each is written once and never changed, under a running number:
whatever the clock does, they stay in order. A coordinator opens them with Excel.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from io import StringIO

from reportfill.campaign.place.store import Store, StoredFile

FOLDER = "log"
_HEADINGS = ("时间", "事项", "单位编码", "单位名称", "第几次", "文件", "结果", "说明", "经办人", "SHA-256")


class Event(Enum):
    """What happened."""

    HANDED_IN = "交来"
    ACCEPTED = "通过"
    SENT_BACK = "退回"
    CLOSED = "封存"
    REOPENED = "启封"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened: when, to which agency and version (0 for the whole campaign), with which file, the
    report or marked workbook that came of it, and what was said by whom. `digest` is the SHA-256 of what was handed
    in."""

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


def write_entries(store: Store, number: int, entries: Iterable[Entry]) -> None:
    """Write one table of the journal, the `number`-th."""
    text = StringIO()
    table = csv.writer(text)
    table.writerow(_HEADINGS)
    table.writerows(map(_row, entries))
    # Excel takes a table for one in the system's own encoding unless it begins with this mark.
    store.write(f"{FOLDER}/{number:06}.csv", text.getvalue().encode("utf-8-sig"))


def next_number(store: Store) -> int:
    """The number of the table that comes next."""
    return max(map(_number, store.files(FOLDER)), default=0) + 1


def _number(file: StoredFile) -> int:
    """The number of a table, 0 for a file that is none."""
    name = file.path.removeprefix(f"{FOLDER}/").removesuffix(".csv")
    return int(name) if name.isdecimal() else 0


def entries_of(store: Store, after: int = 0) -> Iterator[Entry]:
    """All that the journal says, in order, or what its tables behind a number say. Rows that are none of its own are
    passed over."""
    for file in store.files(FOLDER):
        if _number(file) <= after:
            continue
        text = store.read(file.path).decode("utf-8-sig", "replace")
        for row in csv.reader(StringIO(text)):
            entry = _entry(row)
            if entry is not None:
                yield entry


def _row(entry: Entry) -> tuple[object, ...]:
    return (
        entry.at.isoformat(sep=" ", timespec="microseconds"),
        entry.event.value,
        entry.code,
        entry.name,
        entry.number or "",
        entry.file,
        entry.result,
        entry.remark,
        entry.by,
        entry.digest,
    )


def _entry(row: list[str]) -> Entry | None:
    if len(row) != len(_HEADINGS) or row == list(_HEADINGS):
        return None
    at, event, code, name, number, file, result, remark, by, digest = row
    try:
        return Entry(
            datetime.fromisoformat(at),
            Event(event),
            code,
            name,
            int(number or 0),
            file,
            result,
            remark,
            by,
            digest,
        )
    except ValueError:
        return None
