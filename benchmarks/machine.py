"""What the numbers were taken on: versions and the number of processors, nothing that names the machine."""

from __future__ import annotations

import os
import platform
import time
from dataclasses import dataclass, field
from importlib.metadata import version

from benchmarks.node_contenders import versions as node_versions

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


def pace() -> float:
    """How many milliseconds of a processor a loop of a million additions takes: 40 or so where nobody else uses the
    machine, more where it is shared with others who cannot be seen."""
    return min(_loop_ms() for _ in range(5))


def _loop_ms() -> float:
    begin = time.thread_time()
    total = 0
    for number in range(1_000_000):
        total += number
    return (time.thread_time() - begin) * 1000
