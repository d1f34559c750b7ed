"""Sessions end, and whoever is wrong waits longer each time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reportfill.web.security import server_database
from reportfill.web.security.server_database import (
    LONGEST_REST,
    LONGEST_SESSION,
    ServerDatabase,
    Session,
    SessionKind,
)

SOMEBODY = Session(SessionKind.USER, "王科长", "stamp")


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(server_database, "time", clock)
    return clock


@pytest.fixture
def visitors(tmp_path: Path) -> ServerDatabase:
    return ServerDatabase(tmp_path / "visitors.db")


def test_a_session_is_found_by_its_token_alone_which_is_kept_nowhere(
    visitors: ServerDatabase, tmp_path: Path
) -> None:
    token = visitors.begin_session(SOMEBODY)
    assert visitors.session_of(token) == SOMEBODY
    assert visitors.session_of(token[:-1]) is None
    visitors.close()
    assert all(token.encode() not in place.read_bytes() for place in tmp_path.iterdir())


def test_a_session_ends_after_its_time_and_earlier_where_nothing_is_asked(
    visitors: ServerDatabase, clock: Clock
) -> None:
    used, unused = visitors.begin_session(SOMEBODY), visitors.begin_session(SOMEBODY)
    for _ in range(int(LONGEST_SESSION / LONGEST_REST) - 1):
        clock.now += LONGEST_REST - 1
        assert visitors.session_of(used) == SOMEBODY
    clock.now += 10
    assert visitors.session_of(unused) is None
    clock.now += LONGEST_REST
    assert visitors.session_of(used) is None


def test_each_mistake_beyond_the_free_ones_costs_twice_as_long_up_to_a_quarter_of_an_hour(
    visitors: ServerDatabase, clock: Clock
) -> None:
    waits = []
    for _ in range(16):
        visitors.note_mistake("account a")
        waits.append(visitors.seconds_to_wait("account a", 3))
    assert waits[:6] == [0, 0, 1, 2, 4, 8]
    assert waits[-1] == 900
    assert visitors.seconds_to_wait("account b", 3) == 0
    clock.now += 900
    assert visitors.seconds_to_wait("account a", 3) == 0
    visitors.forget_mistakes("account a")
    visitors.note_mistake("account a")
    assert visitors.seconds_to_wait("account a", 3) == 0


@pytest.mark.parametrize("keeper", ["sqlite", "postgresql"])
def test_mistakes_of_many_at_once_are_all_counted(
    keeper: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    visitors = ServerDatabase(
        tmp_path / "visitors.db" if keeper == "sqlite" else request.getfixturevalue("database")
    )
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(visitors.note_mistake, ["account a"] * 40))
    assert visitors.seconds_to_wait("account a", 39) > 0
    assert visitors.seconds_to_wait("account a", 41) == 0
    visitors.close()
