"""The log of who did what is bounded, and holds in one database for all processes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reportfill.web.security import audit_log
from reportfill.web.security.audit_log import AuditEvent, AuditFilter, AuditLog
from reportfill.web.security.server_database import ServerDatabase

ALL = AuditFilter()


@pytest.fixture
def log(tmp_path: Path) -> AuditLog:
    return ServerDatabase(tmp_path / "visitors.db").audit


def abouts(log: AuditLog) -> list[str]:
    return [entry.about for entry in log.entries(ALL)]


def test_only_so_many_entries_are_kept_the_newest(log: AuditLog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_log, "MOST_ENTRIES", 3)
    for number in range(6):
        log.add(AuditEvent.EXPORTED, about=str(number))
    assert abouts(log) == ["5", "4", "3"]
    assert log.count(ALL) == 3


def test_what_is_too_old_is_forgotten(log: AuditLog, monkeypatch: pytest.MonkeyPatch) -> None:
    log.add(AuditEvent.EXPORTED, about="old")
    now = audit_log.time()
    monkeypatch.setattr(audit_log, "time", lambda: now + audit_log.LONGEST_REMEMBERED + 60)
    log.add(AuditEvent.EXPORTED, about="new")
    assert abouts(log) == ["new"]


def test_texts_that_no_database_takes_and_long_ones_are_written_down(log: AuditLog) -> None:
    log.add(AuditEvent.NOT_ALLOWED, about="a\0b\udc80" + "长" * 5_000)
    (about,) = abouts(log)
    assert about.startswith("ab?长")
    assert len(about) == 200


@pytest.mark.parametrize("keeper", ["sqlite", "postgresql"])
def test_processes_begin_and_write_at_once_and_nothing_is_lost(
    keeper: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    place = tmp_path / "visitors.db" if keeper == "sqlite" else request.getfixturevalue("database")
    places: list[Path | str] = [place] * 4
    with ThreadPoolExecutor(4) as several:
        servers = list(several.map(ServerDatabase, places))
        list(several.map(lambda number: servers[number % 4].audit.add(AuditEvent.SIGNED_IN), range(40)))
    assert servers[0].audit.count(ALL) == 40
    assert servers[1].audit.has_since(AuditEvent.SIGNED_IN, "", "", 60)
    for server in servers:
        server.close()
