"""Files as they come into a folder."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from reportfill.arrivals import Arrivals, Seen, is_junk, owner_files, worked_in

NOW = datetime.now()


class Clock:
    """A clock that stands until it is moved."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def seen(path: str, stamp: int = 1, size: int = 1000, modified: datetime = NOW) -> Seen:
    return Seen(path, stamp, size, modified)


def test_a_file_has_come_whole_once_it_looked_the_same_for_a_moment() -> None:
    clock = Clock()
    arrivals = Arrivals(clock)
    looks = []
    for clock.now, stamp in ((0, 1), (0.3, 2), (0.6, 2), (0.8, 2)):
        looks.append(dict(arrivals.arrived([seen("a.xlsx", stamp)]).settled))
    assert looks == [{}, {}, {}, {"a.xlsx": 2}]


@pytest.mark.parametrize("owner", owner_files("a.xlsx"))
def test_a_workbook_that_somebody_works_in_is_waited_for(owner: str) -> None:
    clock = Clock()
    arrivals = Arrivals(clock)
    both = [seen(f"inbox/{owner}"), seen("inbox/a.xlsx"), seen("inbox/b.xlsx")]
    arrivals.arrived(both)
    clock.now = 3600
    arrived = arrivals.arrived(both)
    assert dict(arrived.settled) == {"inbox/b.xlsx": 1}
    assert "正被Excel或WPS打开" in str(arrived.awaited["inbox/a.xlsx"])
    arrived = arrivals.arrived(both[1:])
    assert dict(arrived.settled) == {"inbox/a.xlsx": 1, "inbox/b.xlsx": 1}


def test_an_owner_file_that_was_left_behind_holds_nothing_up() -> None:
    left = NOW - timedelta(days=2)
    files = [seen("~$a.xlsx", modified=left), seen("a.xlsx"), seen("~$b.xlsx"), seen("b.xlsx")]
    assert worked_in(files, NOW) == {"b.xlsx"}


def test_an_owner_file_is_that_of_the_workbook_beside_it_alone() -> None:
    assert worked_in([seen("one/~$a.xlsx"), seen("two/a.xlsx"), seen("one/b.xlsx")], NOW) == frozenset()


@pytest.mark.parametrize(("size", "seconds"), [(0, 10), (20_000, 10), (20_000_000, 30)])
def test_how_long_a_copy_may_pause_grows_with_its_size(size: int, seconds: int) -> None:
    clock = Clock()
    arrivals = Arrivals(clock)
    half = [seen("a.xlsx", size=size)]
    arrivals.arrived(half)
    young = []
    for clock.now in (seconds - 1, seconds + 1):
        young.append(bool(arrivals.arrived(half).young))
    assert young == [True, False]


@pytest.mark.parametrize(
    "name",
    [
        "~$a.xlsx",
        ".~a.xlsx",
        ".~lock.a.xlsx#",
        "._a.xlsx",
        "Thumbs.db",
        "desktop.ini",
        ".DS_Store",
        ".849C9593-D756-4E56-8D6E-42412F2A707B",
        "~reportfill-0123456789abcdef.tmp",
        "a.xlsx.crdownload",
        "a.xlsx.xltd",
        "a.xlsx.baiduyun.uploading.cfg",
        "5B3A1200",
        "inbox/@eaDir/a.xlsx",
        "#recycle/a.xlsx",
        "$RECYCLE.BIN/a.xlsx",
        "__MACOSX/a.xlsx",
        "__MACOSX/._a.xlsx",
        "县局/~$a.xlsx",
        "a.xlsx.PART",
        "~WRL0001.tmp",
    ],
)
def test_what_systems_office_programs_and_sync_clients_leave_behind_is_junk(name: str) -> None:
    assert is_junk(name)


@pytest.mark.parametrize(
    "name",
    [
        "a.xlsx",
        "../a.xlsx",
        "县局.2023/a.zip",
        "a~$.xlsx",
        "",
        "thumbs.db.zip",
        "~甲.xlsx",
        "12345678.xlsx",
        "1234567",
    ],
)
def test_what_a_person_calls_a_file_is_none(name: str) -> None:
    assert not is_junk(name)
