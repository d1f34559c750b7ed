"""Whoever does the work, the results come in order, a few at a time, and one process that ends costs one item."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from printed import PRINTED
from squares import (
    ended_once,
    own_kind,
    squared,
    squared_or_ended,
    squared_or_endless,
    squared_or_stuck,
    squared_or_swollen,
)

import reportfill.workers
from reportfill.errors import CampaignError, UsageError
from reportfill.finding import Finding
from reportfill.limits import Limits, Lost
from reportfill.workers import (
    LastingWorkers,
    OneProcess,
    ProcessWorkers,
    Workers,
    _started,
    cluster_here,
    workers,
)

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="no other system bounds memory")


def code_of(number: int, why: Finding) -> str:
    """What is said of an item that was lost."""
    return why.code


@pytest.mark.parametrize(
    ("jobs", "cluster"), [(1, ""), (3, ""), pytest.param(2, "local", marks=pytest.mark.long)]
)
def test_results_come_in_the_order_of_the_items(jobs: int, cluster: str) -> None:
    with workers(jobs, cluster) as crew:
        assert list(crew.results(squared, range(100))) == [number**2 for number in range(100)]
        assert list(crew.results(squared, [])) == []


@pytest.mark.parametrize(
    ("jobs", "cluster"), [(1, ""), (2, ""), pytest.param(2, "local", marks=pytest.mark.long)]
)
def test_only_a_few_items_are_under_way_at_a_time(jobs: int, cluster: str) -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        while taken < 1000:
            taken += 1
            yield taken

    with workers(jobs, cluster) as crew:
        results = crew.results(squared, items())
        next(results)
        assert taken < 300
        assert sum(1 for _ in results) == 999


def test_a_process_that_ends_costs_the_item_at_fault_alone() -> None:
    found = list(ProcessWorkers(2).results(squared_or_ended, range(100), lambda number, why: -number))
    assert found == [number**2 if number != 33 else -33 for number in range(100)]


@pytest.mark.parametrize("processes", [1, 2], ids=["here", "by-processes"])
@pytest.mark.parametrize(
    ("function", "limits", "code"),
    [
        (squared_or_endless, Limits(seconds=0.5), "file.too_slow"),
        pytest.param(squared_or_swollen, Limits(memory=1 << 27), "file.too_much_memory", marks=ON_LINUX),
    ],
    ids=["too-slow", "too-much-memory"],
)
def test_an_item_beyond_its_limits_is_lost_alone(
    function: Callable[[int], int | str], limits: Limits, code: str, processes: int
) -> None:
    crew = ProcessWorkers(processes, limits)
    found = list(crew.results(function, range(40), code_of))
    assert found == [number**2 if number != 33 else code for number in range(40)]


def test_whatever_ended_a_process_may_have_meant_no_item_at_all(tmp_path: Path) -> None:
    place = str(tmp_path / "tried")
    lasting = LastingWorkers(1)
    assert list(lasting.results(ended_once, [place], lambda item, why: why.code)) == [place]
    found = list(lasting.results(squared_or_ended, range(30, 36), lambda number, why: -number))
    assert found == [number**2 if number != 33 else -33 for number in range(30, 36)]
    lasting.close()


def test_a_process_that_is_stuck_in_a_library_is_ended_and_the_item_alone_is_lost() -> None:
    function: Callable[[int], int | str] = squared_or_stuck
    found = list(ProcessWorkers(2, Limits(seconds=0.5)).results(function, range(40), code_of))
    assert found == [number**2 if number != 33 else "file.process_ended" for number in range(40)]


def test_where_nothing_can_stand_for_an_item_beyond_its_limits_that_is_said_in_one_line() -> None:
    with pytest.raises(CampaignError, match="not done within"):
        list(ProcessWorkers(1, Limits(seconds=0.5)).results(squared_or_endless, [33]))


def test_more_processes_than_windows_can_wait_for_are_never_asked_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(ValueError, match="max_workers must be <= 61"):
        ProcessPoolExecutor(64)
    with _started(64) as pool:
        assert pool._max_workers == 61  # type: ignore[attr-defined]


def test_processes_are_begun_anew_whatever_the_system_usually_does() -> None:
    with _started(1) as pool:
        assert pool.submit(own_kind).result() == "SpawnProcess"
        assert pool.submit(signal.getsignal, signal.SIGINT).result() is signal.SIG_IGN


def test_where_nothing_can_stand_for_the_item_at_fault_that_is_said_in_one_line() -> None:
    with pytest.raises(CampaignError, match="was ended"):
        list(ProcessWorkers(2).results(squared_or_ended, range(100)))


def test_a_script_that_starts_processes_while_it_is_imported_is_told_how_to(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from reportfill.workers import ProcessWorkers\n"
        "print(list(ProcessWorkers(2).results(abs, range(100), lambda item, why: -1)))\n"
    )
    run = subprocess.run([sys.executable, str(script)], capture_output=True, encoding=PRINTED, timeout=60)
    assert run.returncode == 1
    assert (
        "UsageError: no process could be started: a script that calls this has to do so below `if __name__"
        in run.stderr
    )
    assert run.stdout == ""


def test_a_cluster_elsewhere_is_used_by_its_address() -> None:
    from distributed import Client  # takes long to import

    with (
        cluster_here(1) as machines,
        Client(machines),
        workers(0, machines.scheduler_address) as crew,
    ):
        assert list(crew.results(squared, range(10))) == [number**2 for number in range(10)]


@pytest.mark.long
def test_two_clusters_of_one_machine_do_not_ask_for_the_same_port() -> None:
    with cluster_here(1) as one, cluster_here(1) as other:
        assert one.scheduler_address != other.scheduler_address


def test_a_cluster_that_is_not_there_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportfill.workers._PATIENCE", "1s")
    with pytest.raises(UsageError, match="cannot be reached"), workers(0, "tcp://127.0.0.1:9"):
        pass


def test_what_a_function_raises_is_raised() -> None:
    crew: Workers
    with workers(2) as crew, pytest.raises(TypeError):
        list(crew.results(squared, ["x"] * 20))  # type: ignore[list-item]


def children_of(process: int) -> list[int]:
    """The processes that a process has started, by whichever of its threads."""
    found = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for one in found for child in one.read_text().split()]


@pytest.mark.skipif(
    not Path("/proc/self/task").is_dir(), reason="what a process has started is asked of Linux"
)
def test_workers_end_with_a_process_that_is_killed(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    script = tmp_path / "work.py"
    script.write_text(
        "import time, pathlib\n"
        "from reportfill.workers import ProcessWorkers\n"
        "if __name__ == '__main__':\n"
        "    for _ in ProcessWorkers(2).results(time.sleep, [0.01] * 100_000):\n"
        f"        pathlib.Path({str(begun)!r}).touch()\n",
        encoding="utf-8",
    )
    with subprocess.Popen([sys.executable, str(script)]) as process:
        patience = time.monotonic() + 60
        while not begun.exists():
            assert time.monotonic() < patience
            time.sleep(0.01)
        workers = children_of(process.pid)
        assert len(workers) >= 2
        process.kill()
    while any(Path(f"/proc/{worker}/task").exists() for worker in workers):
        assert time.monotonic() < patience
        time.sleep(0.01)


def _squared(number: int) -> tuple[int, int]:
    return os.getpid(), number * number


@pytest.mark.parametrize("processes", [1, 2])
def test_one_long_piece_of_work_is_done_beside_all_else_where_there_is_a_process_for_it(
    processes: int,
) -> None:
    with ProcessWorkers(processes).beside(_squared, 7) as result:
        process, squared = result()
    assert squared == 49
    assert (process == os.getpid()) == (processes == 1)


def _refused(what: str) -> None:
    raise UsageError(what, f"不能{what}")


@pytest.mark.parametrize("processes", [1, 2])
def test_what_it_raises_is_raised_where_its_result_is_asked_for(processes: int) -> None:
    with ProcessWorkers(processes).beside(_refused, "写") as result, pytest.raises(UsageError) as caught:
        result()
    assert caught.value.chinese == "不能写"


def test_one_whose_process_ends_is_one_line() -> None:
    with ProcessWorkers(2).beside(squared_or_ended, 33) as result, pytest.raises(CampaignError) as caught:
        result()
    assert "内存不足" in caught.value.chinese


def test_a_process_that_once_could_not_begin_is_not_blamed_for_an_item_that_ends_it_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one = OneProcess()
    with monkeypatch.context() as patched:
        patched.setattr(reportfill.workers, "_started", _ended_at_once)
        with pytest.raises(UsageError):
            one.result(squared, 2)
    assert one.result(squared_or_ended, 2) == 4
    assert isinstance(one.result(os._exit, 1), Lost)
    one.close()


def _ended_at_once(processes: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(processes, get_context("spawn"), initializer=os._exit, initargs=(1,))
