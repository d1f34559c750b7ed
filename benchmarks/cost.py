"""What a program costs: the processor time of its process and of all that it starts, and the memory of the largest.

The program is started by a small process of its own, this file's, since the system tells what all processes have cost
that a process has waited for, and starts a process with as much memory on its account as had the one that started it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

_EXCEPTION = "Traceback (most recent call last)"


class Cost(NamedTuple):
    """Seconds of processors, seconds that it took, and the most MiB that one of the processes had."""

    processor: float
    seconds: float
    mib: float


class FailedRunError(Exception):
    """A program that was to be measured ended with another status than 0 and 1, or with an exception."""


def cost_of(command: Sequence[str], environment: Mapping[str, str]) -> Cost:
    """What a command costs, its output thrown away. Raises FailedRunError, with what it printed as an error."""
    starter = [sys.executable, "-I", "-S", str(Path(__file__)), *command]
    done = subprocess.run(starter, env=environment, capture_output=True, encoding="utf-8", check=False)
    if done.returncode or _EXCEPTION in done.stderr:
        raise FailedRunError(f"{' '.join(command)}\n{done.stderr[-2000:]}")
    return Cost(*json.loads(done.stdout))


def _main(command: Sequence[str]) -> None:
    import resource  # Unix only

    begin = time.perf_counter()
    status = subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode
    seconds = time.perf_counter() - begin
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    per_mib = 1024 * 1024 if sys.platform == "darwin" else 1024
    print(json.dumps([used.ru_utime + used.ru_stime, seconds, used.ru_maxrss / per_mib]))
    sys.exit(0 if status in (0, 1) else 3)


if __name__ == "__main__":
    _main(sys.argv[1:])
