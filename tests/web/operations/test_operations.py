"""Operations in processes of their own: stopped, killed, ended with the server."""

from __future__ import annotations

import errno
import os
import signal
import time
from collections.abc import Iterator
from multiprocessing.process import BaseProcess

import pytest
from web_campaign import ServedCampaign, served_campaign

from reportfill.campaign.records.database import locked
from reportfill.web.operations.operations import Operations
from reportfill.web.operations.records import Operation, OperationState
from reportfill.web.security.server_database import ServerDatabase

_LONGEST = 60.0


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> ServedCampaign:
    return served_campaign(tmp_path_factory.mktemp("served"))


@pytest.fixture
def operations(served: ServedCampaign) -> Iterator[Operations]:
    database = ServerDatabase(served.setup.own_database)
    operations = Operations(served.setup, database)
    yield operations
    operations.close()
    database.close()


@pytest.fixture
def held(served: ServedCampaign) -> Iterator[None]:
    """Somebody else has the campaign, so that what wants to write there waits."""
    with locked(served.campaign.folder.ledger_url):
        yield


def _waiting(operations: Operations) -> int:
    """The number of an operation that waits for the campaign."""
    number = operations.begin("collect", {}, "王科长")
    begun = _seen(operations, number)
    while (now := _seen(operations, number)).is_running and now.seen == begun.seen:
        time.sleep(0.05)  # its process has not begun
    assert now.is_running, now
    return number


def _seen(operations: Operations, number: int) -> Operation:
    found = operations.operation(number)
    assert found is not None
    return found


def _ended(operations: Operations, number: int) -> Operation:
    until = time.monotonic() + _LONGEST
    while (now := _seen(operations, number)).is_running:
        assert time.monotonic() < until
        time.sleep(0.05)
    return now


def test_one_that_is_stopped_lets_the_next_begin(operations: Operations, held: None) -> None:
    number = _waiting(operations)
    operations.stop(number)
    assert _ended(operations, number).state is OperationState.STOPPED
    operations.stop(_waiting(operations))


def test_one_that_is_killed_is_told_so_at_once(operations: Operations, held: None) -> None:
    number = _waiting(operations)
    (process,) = operations.processes
    os.kill(process, getattr(signal, "SIGKILL", signal.SIGTERM))
    assert _ended(operations, number).state is OperationState.BROKEN_OFF
    operations.stop(_waiting(operations))


def test_one_ends_with_the_server_that_began_it(operations: Operations, held: None) -> None:
    number = _waiting(operations)
    operations.close()
    assert _ended(operations, number).state is OperationState.STOPPED
    assert operations.processes == ()


def test_one_whose_process_cannot_be_started_has_ended(
    operations: Operations, held: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(BaseProcess, "start", _without_memory)
        with pytest.raises(OSError, match="no memory"):
            operations.begin("collect", {}, "王科长")
    assert operations.newest()[0].state is OperationState.BROKEN_OFF
    operations.stop(_waiting(operations))


def _without_memory(process: BaseProcess) -> None:
    raise OSError(errno.ENOMEM, "no memory")


def test_a_fault_is_told_without_its_words(operations: Operations) -> None:
    number = operations.begin("links", {}, "王科长")  # where the page is was not said: a fault of the program
    ended = _ended(operations, number)
    assert ended.state is OperationState.REFUSED
    assert [line.zh for line in ended.result.lines] == [
        "程序出了故障，没有完成：请再办理一次；仍然如此的，请告知管理人员。"
    ]
