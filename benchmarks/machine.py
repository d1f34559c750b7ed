"""What the numbers were taken on: versions and the number of processors, nothing that names the machine."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from threading import Event, Thread

from benchmarks.node_contenders import versions as node_versions

_SECONDS_BETWEEN = 2.0

LIBRARIES = ("docxtpl", "jinja2", "jsonschema", "lxml", "openpyxl", "python-calamine", "python-docx")


@dataclass(frozen=True, slots=True)
class Machine:
    """The system, its processors and what was installed on it, by name and version."""

    system: str
    processors: int
    python: str
    reportfill: str
    libraries: dict[str, str] = field(default_factory=dict)
    node: dict[str, str] = field(default_factory=dict)


def this_machine() -> Machine:
    """The machine on which this runs."""
    return Machine(
        system=f"{platform.system()} {platform.machine()}",
        processors=os.cpu_count() or 1,
        python=f"{platform.python_implementation()} {platform.python_version()}",
        reportfill=version("reportfill"),
        libraries={name: version(name) for name in LIBRARIES},
        node=node_versions(),
    )


@contextmanager
def paced() -> Iterator[list[float]]:
    """The machine's pace every few seconds while something else runs: how many milliseconds of a processor a loop of a
    million additions takes, 40 or so where nobody else uses the machine, more where it is shared with others who cannot
    be seen."""
    paces = [_loop_ms()]
    ended = Event()

    def look() -> None:
        while not ended.wait(_SECONDS_BETWEEN):
            paces.append(_loop_ms())

    thread = Thread(target=look)
    thread.start()
    try:
        yield paces
    finally:
        ended.set()
        thread.join()
        paces.append(_loop_ms())


def _loop_ms() -> float:
    begin = time.thread_time()
    total = 0
    for number in range(1_000_000):
        total += number
    return (time.thread_time() - begin) * 1000
