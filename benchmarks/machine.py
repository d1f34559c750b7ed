"""What the numbers were taken on: versions and the number of processors, nothing that names the machine."""

from __future__ import annotations

import os
import platform
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
