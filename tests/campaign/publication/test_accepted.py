"""What may be published is known of many agencies without keeping much of each."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.publication.accepted import accepted_reports
from reportfill.campaign.publication.list_parts import list_parts
from reportfill.campaign.records.history import Review, Version
from reportfill.campaign.records.ledger import Ledger
from reportfill.campaign.records.open_ledger import open_ledger

NOW = datetime(2024, 1, 20, 9, 30)
FEW, MANY = 3000, 9000
MOST_EACH = 400
"""Bytes that an agency may add to the most that is in memory at once, beside its row of the roster."""


def agencies(number: int) -> tuple[Agency, ...]:
    """So many agencies, a superior for each hundred."""
    return tuple(
        Agency(f"{one:06}", f"清河省第{one}局", superior=f"{one - one % 100:06}" if one % 100 else "")
        for one in range(number)
    )


@contextmanager
def ledger_of(place: Path, those: tuple[Agency, ...]) -> Iterator[Ledger]:
    """A ledger in which each of these agencies handed in a sound report, of which all but every third are accepted."""
    versions = [
        Version(
            f"{one.code:064}", *one.holder, 1, "inbox/1.xlsx", f"received/{one.code}/1", NOW, True, (), "", ""
        )
        for one in those
    ]
    with closing(open_ledger(f"sqlite:///{place}", "2023")) as ledger:
        with ledger.writing() as record:
            record.versions(versions)
            record.reviews(
                Review(*one.holder, 1, True, "", "王芳", "", NOW)
                for place, one in enumerate(versions)
                if place % 3
            )
        yield ledger


def test_who_was_accepted_is_told_from_who_waits(tmp_path: Path) -> None:
    those = agencies(30)
    with ledger_of(tmp_path / "campaign.db", those) as ledger:
        found = accepted_reports(Roster((those[2]._replace(name="另一局"), *those[3:])), ledger)
    assert found.waiting == 10
    assert found.versions == {one.code: f"{one.code:064}" for one in those[3:] if int(one.code) % 3}


def test_what_is_kept_of_each_is_little_however_many_there_are(tmp_path: Path) -> None:
    peaks = []
    for number in (FEW, MANY):
        those = agencies(number)
        with ledger_of(tmp_path / f"{number}.db", those) as ledger:
            gc.collect()
            tracemalloc.start()
            found = accepted_reports(Roster(those), ledger)
            parts = list(list_parts(Roster(those), found.versions))
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
        assert sum(len(part.agencies) for part in parts) == number * 2 // 3
    assert (peaks[1] - peaks[0]) / (MANY - FEW) < MOST_EACH
