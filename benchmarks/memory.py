"""How much memory a program and the processes that it starts have had at most."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

_POLL = 0.05
_PROC = Path("/proc")


def run_watched(command: Sequence[str]) -> tuple[int, float, float]:
    """Run a program without its output: its exit status, and the peaks in MiB of the process that was started and of
    the largest that it started itself, 0 where it started none or where they cannot be told apart."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        memory = _Memory(process.pid)
        memory.start()
        status = process.wait()
    memory.join()
    return status, *memory.peaks()


class _Memory(threading.Thread):
    """Looks again and again at how much memory a process and those that it started have had at most."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._peaks: dict[int, float] = {}

    def run(self) -> None:
        """Look until the process has ended."""
        while (peak := _peak_mib(self._pid)) is not None:
            self._peaks[self._pid] = peak
            for child in _children(self._pid):
                self._peaks[child] = _peak_mib(child) or self._peaks.get(child, 0.0)
            time.sleep(_POLL)

    def peaks(self) -> tuple[float, float]:
        """The peak of the process and of the largest that it started, in MiB. Where the system has no /proc, the
        first is that of the largest process of all that this one has waited for."""
        if not _PROC.is_dir():
            return _largest_child_mib(), 0.0
        workers = [peak for pid, peak in self._peaks.items() if pid != self._pid]
        return self._peaks.get(self._pid, 0.0), max(workers, default=0.0)


def _peak_mib(pid: int) -> float | None:
    """The most memory that a process has had so far; None when it has ended."""
    try:
        status = (_PROC / str(pid) / "status").read_text()
    except OSError:
        return None
    peak = next((line for line in status.splitlines() if line.startswith("VmHWM:")), None)
    return int(peak.split()[1]) / 1024 if peak else None


def _children(pid: int) -> list[int]:
    """The processes that a process has started, and those that they have, as far as they still run."""
    found: list[int] = []
    for thread in (_PROC / str(pid) / "task").glob("*/children"):
        try:
            started = [int(child) for child in thread.read_text().split()]
        except OSError:
            continue
        for child in started:
            found += [child, *_children(child)]
    return found


def _largest_child_mib() -> float:
    import resource  # Unix only

    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
