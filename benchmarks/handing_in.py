"""One file after the other handed in and taken in, in a campaign of many agencies, as a server does it: what each step
costs of a processor, the first time and then.

usage: python -m benchmarks.handing_in [AGENCIES ...]

The campaign is one of which the record says that each agency has handed in once: the ledger and the journal are made,
the files that they tell of are not.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.campaign_course import ISSUER, YEAR, WorkbookPattern, campaign, own_workbook, roster_rows
from reportfill import Campaign
from reportfill.campaign.records.history import SentWorkbook, Version
from reportfill.campaign.records.journal import Event, JournalEntry

AGENCIES = (1000, 100_000)
MOST = 0.3
"""Seconds of a processor that one file may take to be taken in."""

_FILES, _A_TABLE = 12, 50
_WHEN = datetime(2024, 1, 20)


@dataclass(frozen=True, slots=True)
class HandingIn:
    """What a step cost in a campaign of so many agencies, in seconds of a processor: the first time, and mostly."""

    agencies: int
    step: str
    first: float
    then: float


def handing_in(agencies: int, files: int = _FILES) -> Iterator[HandingIn]:
    """So many files handed in and taken in, one after the other."""
    with TemporaryDirectory() as name:
        record = recorded(Path(name, "campaign"), agencies)
        costs: dict[str, list[float]] = {}
        pattern = WorkbookPattern(YEAR, own_workbook, is_sound=True)
        every = list(roster_rows(agencies))
        for number, (code, agency, _) in enumerate(every[:: max(agencies // files, 1)][:files]):
            content = pattern.workbook(agency, code, number)
            _one_file(record, code, content, costs)
        for step, seconds in costs.items():
            yield HandingIn(agencies, step, seconds[0], median(seconds[1:]))


def _one_file(record: Campaign, code: str, content: bytes, costs: dict[str, list[float]]) -> None:
    def cost(step: str, call: Callable[[], object]) -> object:
        begin = time.process_time()
        given = call()
        costs.setdefault(step, []).append(time.process_time() - begin)
        return given

    cost("hand_in", lambda: record.hand_in(code, content, file_name="年报.xlsx"))
    (waiting,) = record.pending_of(code)
    cost("pending_of", lambda: record.pending_of(code))
    cost("take_in", lambda: record.take_in([waiting]))
    cost("history_of", lambda: record.history_of(code))
    cost("journal_mark", record.journal_mark)
    if len(record.history_of(code).versions) != 2:
        raise RuntimeError(f"{code}: it was not taken in")


def recorded(root: Path, agencies: int) -> Campaign:
    """A campaign of which the record says that each agency has handed in once."""
    campaign(root, YEAR, agencies, lambda _: Campaign.new(root, year=YEAR, issuer=ISSUER))
    opened = Campaign.open(root)
    versions = [_version(code, name) for code, name, _ in roster_rows(agencies)]
    sent = [
        SentWorkbook(f"{number:036}", *one.holder, f"outgoing/{one.name}.xlsx")
        for number, one in enumerate(versions)
    ]
    with opened.folder.read_ledger() as ledger:
        writer = opened.folder.journal_writer({})
        tables = []
        for start in range(0, agencies, _A_TABLE):
            tables.append(writer.next(map(_entry, versions[start : start + _A_TABLE])))
            writer.write(tables[-1])
        with ledger.writing() as record:
            record.journal(tables)
            record.versions(versions)
            record.workbooks(sent)
            record.seen({one.file: "1" for one in versions})
    return opened


def _version(code: str, name: str) -> Version:
    digest = sha256(code.encode()).hexdigest()
    copy = f"received/{code}/第1次-{digest[:12]}.xlsx"
    report = f"reports/{name}.docx"
    return Version(digest, code, name, 1, f"inbox/{code}.xlsx", copy, _WHEN, True, (), report, "")


def _entry(one: Version) -> JournalEntry:
    return JournalEntry(_WHEN, Event.HANDED_IN, *one.holder, 1, one.file, one.report, digest=one.digest)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print a line for each step."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.handing_in", description=__doc__)
    parser.add_argument("agencies", nargs="*", type=int, help=f"how many agencies ({AGENCIES})")
    for number in parser.parse_args(arguments).agencies or AGENCIES:
        for one in handing_in(number):
            most = f" ({MOST:.1f} s at most)" if one.step == "take_in" else ""
            print(
                f"{one.agencies} agencies, {one.step}: {one.then * 1000:.0f} ms of a processor{most}, "
                f"{one.first * 1000:.0f} the first time",
                flush=True,
            )


if __name__ == "__main__":
    main()
