"""What a server remembers of operations, whichever of its processes asks."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from reportfill.finding import finding
from reportfill.text import Text
from reportfill.web.operations import records as records_module
from reportfill.web.operations.records import AnotherOperationError, OperationRecords, OperationState
from reportfill.web.operations.result import MadeFile, Names, OperationResult
from reportfill.web.security.server_database import ServerDatabase


@pytest.fixture
def records(tmp_path: Path) -> Iterator[OperationRecords]:
    database = ServerDatabase(tmp_path / "visitors.db")
    yield OperationRecords(database)
    database.close()


def _begun(records: OperationRecords) -> int:
    return records.begin("rollup", {"through": 2, "of": "一局"}, "王科长")


def test_there_is_one_at_a_time_and_another_after_its_end(records: OperationRecords) -> None:
    first = _begun(records)
    with pytest.raises(AnotherOperationError):
        _begun(records)
    records.end(first, OperationState.DONE, OperationResult())
    assert _begun(records) == first + 1


@pytest.mark.parametrize("keeper", ["sqlite", "postgresql"])
def test_of_several_that_begin_at_the_same_time_one_does(
    keeper: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    place = tmp_path / "visitors.db" if keeper == "sqlite" else request.getfixturevalue("database")
    databases = [ServerDatabase(place) for _ in range(4)]
    all_ready = Barrier(4)

    def has_begun(database: ServerDatabase) -> bool:
        all_ready.wait()
        try:
            _begun(OperationRecords(database))
        except AnotherOperationError:
            return False
        return True

    with ThreadPoolExecutor(4) as several:
        assert sum(several.map(has_begun, databases)) == 1
    for database in databases:
        database.close()


def test_what_came_of_it_is_remembered_as_it_was_said(records: OperationRecords) -> None:
    result = OperationResult(
        (Text("已汇总1个单位。", "1 agency added."),),
        (Names.of(Text("缺", "missing"), ["一局", "二局"]),),
        (finding("file.process_ended"),),
        (Text("文件已打开", "open elsewhere"),),
        {"sum": "3.5"},
        (MadeFile("rollup/一.xlsx", "0" * 64),),
    )
    number = _begun(records)
    records.end(number, OperationState.DONE, result)
    found = records.operation(number)
    assert found is not None
    assert (found.result, found.by, dict(found.wish)) == (result, "王科长", {"through": 2, "of": "一局"})


def test_what_was_written_first_of_its_end_stays(records: OperationRecords) -> None:
    number = _begun(records)
    records.end(number, OperationState.STOPPED, OperationResult())
    records.end(number, OperationState.BROKEN_OFF, OperationResult())
    found = records.operation(number)
    assert found is not None
    assert found.state is OperationState.STOPPED


def test_it_hears_that_it_is_to_stop_when_it_says_how_far_it_has_come(records: OperationRecords) -> None:
    number = _begun(records)
    assert records.note_progress(number, 1, 10) is False
    records.ask_to_stop(number)
    assert records.note_progress(number, 2, 10) is True
    found = records.operation(number)
    assert found is not None
    assert (found.done, found.total) == (2, 10)


def test_one_that_says_nothing_any_more_is_broken_off_and_holds_up_no_other(
    records: OperationRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, now = _begun(records), records_module.time()
    monkeypatch.setattr(records_module, "time", lambda: now + 31)
    found = records.operation(number)
    assert found is not None
    assert found.state is OperationState.BROKEN_OFF
    assert _begun(records) == number + 1


def test_so_many_are_remembered_and_no_more(records: OperationRecords) -> None:
    for _ in range(60):
        records.end(_begun(records), OperationState.DONE, OperationResult())
    kept = [one.number for one in records.newest()]
    assert kept == list(range(60, 10, -1))
    assert records.operation(1) is None
