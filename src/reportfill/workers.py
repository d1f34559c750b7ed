"""Who does the work: this process, several on this machine, or the machines of a Dask cluster.

All of them take a function and items and give back the results in the items' order; only so many items are under way
at a time, so that what waits stays little however many there are.
"""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from typing import Any, Protocol, TypeVar

from reportfill.errors import CampaignError, UsageError
from reportfill.version import __version__

Item = TypeVar("Item")
Result = TypeVar("Result")

LOCAL = "local"
"""What stands for a cluster on this machine instead of an address."""

_CHUNK = 8
"""Items that are sent together: sending costs more than reading a small file."""

_CHUNKS_AHEAD = 12
"""Chunks under way for each process, so that none waits while the disk confirms what was written."""

_PATIENCE = "10s"
"""How long a cluster has to answer."""

_FEW = 4
"""So few items are not worth starting a process for."""


class Workers(Protocol):
    """Whoever does the work."""

    def results(
        self,
        function: Callable[[Item], Result],
        items: Iterable[Item],
        lost: Callable[[Item], Result] | None = None,
    ) -> Iterator[Result]:
        """What the function gives for each item, in order. `lost` gives the result for an item at which a process
        ended; without it that raises CampaignError."""


@dataclass(frozen=True)
class ProcessWorkers:
    """Several processes on this machine, or this one alone where there is little to do. `start` begins so many
    processes."""

    processes: int
    start: Callable[[int], Executor] = lambda processes: _started(processes)

    def results(
        self,
        function: Callable[[Item], Result],
        items: Iterable[Item],
        lost: Callable[[Item], Result] | None = None,
    ) -> Iterator[Result]:
        """What the function gives for each item, in order."""
        every = iter(items)
        first = list(islice(every, _FEW + 1))
        if self.processes <= 1 or len(first) <= _FEW:
            yield from map(function, chain(first, every))
            return
        yield from self._by_processes(function, _chunks(chain(first, every)), lost)

    def _by_processes(
        self,
        function: Callable[[Item], Result],
        chunks: Iterator[Sequence[Item]],
        lost: Callable[[Item], Result] | None,
    ) -> Iterator[Result]:
        pool = _Pool(self.processes, self.start)
        ahead = self.processes * _CHUNKS_AHEAD
        try:
            for chunk, future in _ahead(pool.submitted, function, chunks, ahead):
                try:
                    yield from future.result()
                except BrokenExecutor as error:
                    if not pool.has_begun:
                        raise _not_begun() from error
                    if lost is None:
                        raise _ended() from error
                    yield from _again(self.start, function, chunk, lost)
        finally:
            pool.shutdown()


@dataclass(frozen=True)
class ClusterWorkers:
    """The machines of a Dask cluster. `client` is connected to it."""

    client: Any

    def results(
        self,
        function: Callable[[Item], Result],
        items: Iterable[Item],
        lost: Callable[[Item], Result] | None = None,
    ) -> Iterator[Result]:
        """What the function gives for each item, in order."""
        from distributed import KilledWorker  # an extra; whoever has a client has it

        threads = max(sum(self.client.nthreads().values()), 1)
        submitted = partial(
            self.client.submit, pure=False
        )  # files change, and so the same call gives other results
        for chunk, future in _ahead(submitted, function, _chunks(items), threads * _CHUNKS_AHEAD):
            try:
                yield from future.result()
            except KilledWorker as error:
                if lost is None:
                    raise _ended() from error
                yield from map(lost, chunk)


def _not_begun() -> UsageError:
    return UsageError(
        'no process could be started: a script that calls this has to do so below `if __name__ == "__main__":`, '
        "because each process imports it; or set the number of processes to 1, also where memory is short",
        '无法启动进程：在脚本中调用的，要写在if __name__ == "__main__":之下，因为每个进程都会先导入这个脚本；'
        "或者把进程数设为1，内存不够的也这样",
    )


def _ended() -> CampaignError:
    return CampaignError(
        "a process that worked on it was ended, probably for lack of memory; run the command again, with --jobs 1 if "
        "it happens once more",
        "处理中有程序异常退出，多半是内存不够；请再运行一次，还是这样的加上--jobs 1",
    )


@contextmanager
def workers(jobs: int = 0, cluster: str = "") -> Iterator[Workers]:
    """As many processes as asked for, one a core where 0 is; or those of a cluster: the address of a scheduler
    (tcp://…), or `local` for one on this machine.

    Raises UsageError where the cluster cannot be reached or runs another version.
    """
    processes = jobs or os.cpu_count() or 1
    if not cluster:
        yield ProcessWorkers(processes)
        return
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError(
            "for a cluster, run: pip install 'reportfill[cluster]'",
            "使用集群请先运行：pip install 'reportfill[cluster]'",
        ) from error
    if cluster == LOCAL:
        with cluster_here(processes) as machines, Client(machines) as client:
            yield ClusterWorkers(client)
        return
    try:
        client = Client(cluster, timeout=_PATIENCE)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"the cluster {cluster} cannot be reached: {error}", f"无法连接集群{cluster}：{error}"
        ) from error
    with client:
        _require_same_version(client, cluster)
        yield ClusterWorkers(client)


def cluster_here(processes: int) -> Any:
    """A cluster of so many processes of this machine: a context with its `scheduler_address`.

    Its pages are not shown, and what still serves them takes any free port that only this machine reaches, so that
    two clusters at once do not ask for the same one and no firewall asks the clerk.
    """
    from distributed import LocalCluster  # an extra; whoever asks for a cluster has found it

    return LocalCluster(
        n_workers=processes,
        threads_per_worker=1,
        dashboard_address="127.0.0.1:0",
        scheduler_kwargs={"dashboard": False},
    )


def _require_same_version(client: Any, cluster: str) -> None:
    """Refuse machines whose reports could look different."""
    versions = set(client.run(_own_version).values())
    if versions - {__version__}:
        raise UsageError(
            f"the machines of {cluster} have reportfill {', '.join(sorted(versions))}, this one {__version__}",
            f"集群{cluster}上的reportfill版本是{'、'.join(sorted(versions))}，本机是{__version__}，请统一版本",
        )


def _own_version() -> str:
    return __version__


class _Pool:
    """Processes; when one of them ends all of them are replaced."""

    def __init__(self, processes: int, start: Callable[[int], Executor]) -> None:
        self._start = partial(start, processes)
        self._pool = self._start()
        self._first = self._pool.submit(_own_version)

    @property
    def has_begun(self) -> bool:
        """Whether any process has come so far as to do something."""
        return self._first.done() and not self._first.cancelled() and self._first.exception() is None

    def submitted(self, *call: Any) -> Future[Any]:
        """What is to become of a call."""
        try:
            return self._pool.submit(*call)
        except BrokenExecutor:
            self._pool.shutdown()
            self._pool = self._start()
            return self._pool.submit(*call)

    def shutdown(self) -> None:
        """Let the processes end, without what has not begun."""
        self._pool.shutdown(cancel_futures=True)


def _started(processes: int) -> Executor:
    from concurrent.futures import ProcessPoolExecutor  # slow to import, and few runs need it
    from multiprocessing import get_context

    # A forked process would hold all that this one has read, and its open database.
    return ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_prepare)


def _prepare() -> None:
    """Leave Ctrl-C, which reaches all processes of a terminal, to the one that was called; and look for garbage seldom,
    because there is little between one file and the next."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(100_000, 20, 100)


def _chunks(items: Iterable[Item]) -> Iterator[Sequence[Item]]:
    every = iter(items)
    while chunk := tuple(islice(every, _CHUNK)):
        yield chunk


def _ahead(
    submitted: Callable[..., Any],
    function: Callable[[Item], Result],
    chunks: Iterable[Sequence[Item]],
    most: int,
) -> Iterator[tuple[Sequence[Item], Any]]:
    """Each chunk with what is to become of it, in order, so many of them under way at a time."""
    waiting: deque[tuple[Sequence[Item], Any]] = deque()
    for chunk in chunks:
        waiting.append((chunk, submitted(_done, function, chunk)))
        if len(waiting) > most:
            yield waiting.popleft()
    while waiting:
        yield waiting.popleft()


def _done(function: Callable[[Item], Result], chunk: Sequence[Item]) -> list[Result]:
    return [function(item) for item in chunk]


def _again(
    start: Callable[[int], Executor],
    function: Callable[[Item], Result],
    chunk: Sequence[Item],
    lost: Callable[[Item], Result],
) -> list[Result]:
    """The results for items among which a process ended: once more by another, and then one by one, so that only the
    item at fault is lost."""
    with start(1) as pool:
        try:
            return pool.submit(_done, function, chunk).result()
        except BrokenExecutor:
            if len(chunk) == 1:
                return [lost(chunk[0])]
    return [result for item in chunk for result in _again(start, function, (item,), lost)]
