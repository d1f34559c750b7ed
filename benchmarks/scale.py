"""`reportfill fill` on thousands of workbooks: time, files a second, and the memory of each process."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.inbox import fill_inbox
from benchmarks.memory import run_watched

FILES = (100, 1000, 10_000)
JOBS = (1, 2)
SPEED_UP, MEMORY, LINEAR = 1.8, 300.0, 1.15
"""Targets: times as fast with two processes, MiB a worker, and how many times as long a file may take in the largest
folder as in the middle one."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the program over a folder. The peaks are in MiB: of the process that was started, and of the
    largest that it started itself, 0 where it started none or where they cannot be told apart."""

    files: int
    jobs: int
    seconds: float
    main_mib: float
    worker_mib: float

    @property
    def files_per_second(self) -> float:
        """How many files were done in a second, the program's start included."""
        return self.files / self.seconds

    @property
    def largest_mib(self) -> float:
        """The peak of the largest process."""
        return max(self.main_mib, self.worker_mib)


def scale(files: Iterable[int] = FILES, jobs: Iterable[int] = JOBS) -> Iterator[Run]:
    """A run for each size of the folder and each number of processes."""
    for size in files:
        with TemporaryDirectory() as name:
            inbox = Path(name, "inbox")
            fill_inbox(inbox, size)
            for processes in jobs:
                yield _run(inbox, Path(name, f"reports-{processes}"), size, processes)


def _run(inbox: Path, reports: Path, files: int, jobs: int) -> Run:
    command = [
        sys.executable,
        "-m",
        "reportfill",
        "fill",
        str(inbox),
        "-o",
        str(reports),
        "--jobs",
        str(jobs),
    ]
    begin = time.perf_counter()
    status, main, worker = run_watched(command)
    seconds = time.perf_counter() - begin
    written = sum(1 for _ in reports.glob("*.docx"))
    if status != 0 or written != files:
        raise RuntimeError(f"fill of {files} files ended with {status} and wrote {written} reports")
    return Run(files, jobs, round(seconds, 2), round(main, 1), round(worker, 1))
