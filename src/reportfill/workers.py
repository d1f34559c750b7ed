"""Who does the work: this process, several on this machine, or the machines of a Dask cluster.

All of them take a function and items and give back the results in the items' order; only so many items are under way
at a time, so that what waits stays little however many there are.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from reportfill.errors import CampaignError, UsageError
from reportfill.extras import install_command
from reportfill.finding import Finding, finding
from reportfill.limits import GENEROUS, Limits, Lost, end_if_stuck, may_rest, within_limits
from reportfill.version import __version__

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

# What starts processes is slow to import, and few runs need it.

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

_PROCESS_ENDED = "file.process_ended"

_FEW = 16
"""So few items are done before a process has started."""

_MOST_ON_WINDOWS = 61
"""More processes one process cannot wait for there."""


def _refuse(item: object, why: Finding) -> NoReturn:
    """What is done about an item that is lost where nothing can stand for it."""
    raise CampaignError(f"{why.message.en} {why.hint.en}", f"{why.message.zh}{why.hint.zh}")


class Workers(ABC):
    """Whoever does the work."""

    def results(
        self,
        function: Callable[[Item], Result],
        items: Iterable[Item],
        lost: Callable[[Item, Finding], Result] = _refuse,
    ) -> Iterator[Result]:
        """What the function gives for each item, in order. `lost` gives the result for an item that took too long or
        too much memory or at which a process ended, which the finding says; without it that raises CampaignError."""
        for item, result in self._attempts(function, items):
            yield lost(item, result.why) if isinstance(result, Lost) else result

    @contextmanager
    def beside(self, function: Callable[[Item], Result], item: Item) -> Iterator[Callable[[], Result]]:
        """What gives the result of one long piece of work, which is done beside all else where there is a process for
        it, and else when it is asked for."""
        yield partial(function, item)

    @property
    def own_processes(self) -> int:
        """How many programs may work for this process on this machine; 0 means one a core."""
        return 0

    @abstractmethod
    def _attempts(
        self, function: Callable[[Item], Result], items: Iterable[Item]
    ) -> Iterator[tuple[Item, Result | Lost]]:
        """Each item with what the function gave for it, in order."""


@dataclass(frozen=True)
class ProcessWorkers(Workers):
    """So many processes on this machine, or this one alone where there is little to do; each item has its limits."""

    processes: int
    limits: Limits = GENEROUS

    @property
    def own_processes(self) -> int:
        """As many as there are processes."""
        return self.processes

    @contextmanager
    def beside(self, function: Callable[[Item], Result], item: Item) -> Iterator[Callable[[], Result]]:
        """The same, in a process of its own where there are several. What gives the result raises CampaignError where
        that process ended."""
        if self.processes <= 1:
            yield partial(function, item)
            return
        with closing(_Pool(1)) as pool:
            yield partial(_result_of, pool, pool.submitted(function, item))

    def _attempts(
        self, function: Callable[[Item], Result], items: Iterable[Item]
    ) -> Iterator[tuple[Item, Result | Lost]]:
        every = iter(items)
        first = list(islice(every, _FEW + 1))
        all_items = chain(first, every)
        if self.processes <= 1 or len(first) <= _FEW:
            return ((item, within_limits(self.limits, function, item)) for item in all_items)
        return self._by_processes(function, all_items)

    def _by_processes(
        self, function: Callable[[Item], Result], items: Iterable[Item]
    ) -> Iterator[tuple[Item, Result | Lost]]:
        from concurrent.futures import BrokenExecutor

        ahead = self.processes * _CHUNKS_AHEAD
        done = partial(_done_in_time, self.limits, function)
        with closing(_Pool(self.processes)) as pool, closing(_Pool(1)) as alone:
            for chunk, future in _under_way(partial(pool.submitted, done), _chunks(items), ahead):
                try:
                    results = future.result()
                except BrokenExecutor as error:
                    if not pool.has_begun:
                        raise _not_begun() from error
                    results = [_once_more(alone, done, item) for item in chunk]
                yield from zip(chunk, results, strict=True)


class OneProcess:
    """One process on this machine, for one item at a time, with limits; begun with its first item, and again where it
    has ended."""

    def __init__(self, limits: Limits = GENEROUS) -> None:
        self._limits = limits
        self._pool = _Pool(1)

    def result(self, function: Callable[[Item], Result], item: Item) -> Result | Lost:
        """What a function gives for an item; or why there is nothing, where that took too long or too much memory or
        ended the process. Raises UsageError where no process can be started."""
        from concurrent.futures import BrokenExecutor

        done = partial(_done_in_time, self._limits, function)
        try:
            results: list[Result | Lost] = self._pool.submitted(done, (item,)).result()
        except BrokenExecutor as error:
            if not self._pool.has_begun:
                raise _not_begun() from error
            return Lost(finding(_PROCESS_ENDED))
        return results[0]

    def close(self) -> None:
        """Let the process end."""
        self._pool.close()


class LastingWorkers(Workers):
    """So many processes that stay between one piece of work and the next, for a program that runs for days; of one
    item, too, nothing is done in this process."""

    def __init__(self, processes: int = 0, limits: Limits = GENEROUS) -> None:
        self._processes = [OneProcess(limits) for _ in range(processes or cores())]
        self._free: SimpleQueue[OneProcess] = SimpleQueue()
        for one in self._processes:
            self._free.put(one)

    def close(self) -> None:
        """Let the processes end."""
        for one in self._processes:
            one.close()

    def _attempts(
        self, function: Callable[[Item], Result], items: Iterable[Item]
    ) -> Iterator[tuple[Item, Result | Lost]]:
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(len(self._processes)) as threads:

            def submitted(item: Item) -> Future[Result | Lost]:
                return threads.submit(self._result, function, item)

            for item, future in _under_way(submitted, items, len(self._processes) * _CHUNKS_AHEAD):
                yield item, future.result()

    def _result(self, function: Callable[[Item], Result], item: Item) -> Result | Lost:
        process = self._free.get()
        try:
            result = process.result(function, item)
            if isinstance(result, Lost) and result.why.code == _PROCESS_ENDED:
                # Whatever ended the process may have meant another item, or none: only one that ends two is at fault.
                result = process.result(function, item)
            return result
        finally:
            self._free.put(process)


@dataclass(frozen=True)
class ClusterWorkers(Workers):
    """The machines of a Dask cluster, to which `client` is connected. How long an item takes and how much memory is
    the cluster's concern."""

    client: Any

    def _attempts(
        self, function: Callable[[Item], Result], items: Iterable[Item]
    ) -> Iterator[tuple[Item, Result | Lost]]:
        from distributed import KilledWorker  # an extra; whoever has a client has it

        threads = max(sum(self.client.nthreads().values()), 1)
        # files change, and so the same call gives other results
        submitted = partial(self.client.submit, pure=False)
        done = partial(_done, function)
        for chunk, future in _under_way(partial(submitted, done), _chunks(items), threads * _CHUNKS_AHEAD):
            try:
                yield from zip(chunk, future.result(), strict=True)
            except KilledWorker:
                yield from ((item, Lost(finding(_PROCESS_ENDED))) for item in chunk)


def _result_of(pool: _Pool, future: Future[Result]) -> Result:
    """The result of a long piece of work."""
    from concurrent.futures import BrokenExecutor

    try:
        return future.result()
    except BrokenExecutor as error:
        raise (_ended() if pool.has_begun else _not_begun()) from error


def _ended() -> CampaignError:
    return CampaignError(
        "a process that worked beside this one was ended, probably for lack of memory: run the command again; where "
        "that helps nothing, with --jobs 1",
        "同时运行的进程异常退出，可能是内存不足：请再运行一次；仍然如此的，加上--jobs 1",
    )


def _not_begun() -> UsageError:
    return UsageError(
        'no process could be started: a script that calls this has to do so below `if __name__ == "__main__":`, '
        "because each process imports it; or set the number of processes to 1, also where memory is short",
        '无法启动进程：在脚本中调用的，要写在if __name__ == "__main__":之下，因为每个进程都会先导入这个脚本；'
        "或者把进程数设为1，内存不够的也这样",
    )


def cores() -> int:
    """How many processes work side by side on this machine."""
    return os.cpu_count() or 1


@contextmanager
def workers(jobs: int = 0, cluster: str = "") -> Iterator[Workers]:
    """As many processes as asked for, one a core where 0 is; or those of a cluster: the address of a scheduler
    (tcp://…), or `local` for one on this machine.

    Raises UsageError where the cluster cannot be reached or runs another version.
    """
    processes = jobs or cores()
    if not cluster:
        yield ProcessWorkers(processes)
        return
    try:
        from distributed import Client
    except ImportError as error:
        command = install_command("cluster")
        raise UsageError(f"for a cluster, run: {command}", f"使用集群请先运行：{command}") from error
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
    """Processes, begun when there is something to do; when one of them ends all of them are replaced."""

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._running: Executor | None = None
        self._first: Future[str] | None = None

    @property
    def has_begun(self) -> bool:
        """Whether any process has come so far as to do something."""
        first = self._first
        return first is not None and first.done() and not first.cancelled() and first.exception() is None

    def submitted(self, *call: Any) -> Future[Any]:
        """What is to become of a call."""
        from concurrent.futures import BrokenExecutor

        with without_interruption():
            if self._running is None:
                self._running = _started(self._processes)
                if not self.has_begun:
                    self._first = self._running.submit(_own_version)
            try:
                return self._running.submit(*call)
            except BrokenExecutor:
                self.close()
        return self.submitted(*call)

    def close(self) -> None:
        """Let the processes end, without what has not begun."""
        if self._running is not None:
            self._running.shutdown(cancel_futures=True)
            self._running = None


def _started(processes: int) -> Executor:
    """Processes of this machine, begun anew on every system: a forked one would hold all that this one has read, and
    its open database."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    allowed = min(processes, _MOST_ON_WINDOWS) if sys.platform == "win32" else processes
    return ProcessPoolExecutor(allowed, mp_context=get_context("spawn"), initializer=_prepare)


@contextmanager
def without_interruption() -> Iterator[None]:
    """Let Ctrl-C wait while a process is being started, which goes on to leave it to this one: in the middle of its
    start it would say in its own way that it was interrupted."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _prepare() -> None:
    """Leave Ctrl-C, which reaches all processes of a terminal, to the one that was called, and end with that; look for
    garbage between files only."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(100_000, 20, 100)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End when the process that was called has ended. One that was killed would leave its workers waiting for ever:
    each holds the other end of what they wait at (seen with CPython 3.11)."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _chunks(items: Iterable[Item]) -> Iterator[Sequence[Item]]:
    every = iter(items)
    while chunk := tuple(islice(every, _CHUNK)):
        yield chunk


def _under_way(
    submitted: Callable[[Item], Any], items: Iterable[Item], most: int
) -> Iterator[tuple[Item, Any]]:
    """Each item with what is to become of it, in order, so many of them under way at a time."""
    waiting: deque[tuple[Item, Any]] = deque()
    for item in items:
        waiting.append((item, submitted(item)))
        if len(waiting) > most:
            yield waiting.popleft()
    while waiting:
        yield waiting.popleft()


def _done(function: Callable[[Item], Result], chunk: Sequence[Item]) -> list[Result]:
    return [function(item) for item in chunk]


def _done_in_time(
    limits: Limits, function: Callable[[Item], Result], chunk: Sequence[Item]
) -> list[Result | Lost]:
    """The results of a process that was started for them and is ended where it is stuck."""
    end_if_stuck(limits)
    try:
        return [within_limits(limits, function, item) for item in chunk]
    finally:
        # What files leave behind in circles is a few objects that hold much of lxml's memory: 16 KB a file.
        gc.collect(0)
        may_rest()


def _once_more(
    alone: _Pool, done: Callable[[Sequence[Item]], list[Result | Lost]], item: Item
) -> Result | Lost:
    """The result for one of the items among which a process ended: only the one at fault is lost."""
    from concurrent.futures import BrokenExecutor

    try:
        results: list[Result | Lost] = alone.submitted(done, (item,)).result()
    except BrokenExecutor:
        return Lost(finding(_PROCESS_ENDED))
    return results[0]
