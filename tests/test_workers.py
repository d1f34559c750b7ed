"""Whoever does the work, the results come in order, a few at a time, and one process that ends costs one item."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportfill.errors import CampaignError, UsageError
from reportfill.workers import ProcessWorkers, Workers, cluster_here, workers


def squared(number: int) -> int:
    """A number's square, in whichever process."""
    return number * number


def squared_or_ended(number: int) -> int:
    """A number's square; at 33 the process is killed as the system does it where memory runs out."""
    if number == 33:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


@pytest.mark.parametrize(("jobs", "cluster"), [(1, ""), (3, ""), (2, "local")])
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
    found = list(ProcessWorkers(2).results(squared_or_ended, range(100), lambda number: -number))
    assert found == [number**2 if number != 33 else -33 for number in range(100)]


def test_where_nothing_can_stand_for_the_item_at_fault_that_is_said_in_one_line() -> None:
    with pytest.raises(CampaignError, match="was ended"):
        list(ProcessWorkers(2).results(squared_or_ended, range(100)))


def test_a_script_that_starts_processes_while_it_is_imported_is_told_how_to(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from reportfill.workers import ProcessWorkers\n"
        "print(list(ProcessWorkers(2).results(abs, range(100), lambda item: -1)))\n"
    )
    run = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=60)
    last = run.stderr.strip().splitlines()[-1]
    assert run.returncode == 1
    assert (
        "UsageError: no process could be started: a script that calls this has to do so below `if __name__"
        in last
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
