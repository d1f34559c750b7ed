"""A whole campaign over many agencies, command by command: time and the memory of each process."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

from benchmarks.campaign_course import LABELS, course
from benchmarks.machine import paced
from benchmarks.memory import run_watched

AGENCIES = (100, 1000, 10_000)


@dataclass(frozen=True, slots=True)
class CommandRun:
    """One command over a campaign of so many agencies. The peaks are in MiB: of the process that was started, and of
    the largest that it started itself. `pace` is what the machine was worth meanwhile (`machine.paced`)."""

    agencies: int
    command: str
    seconds: float
    main_mib: float
    worker_mib: float
    pace: float

    @property
    def per_second(self) -> float:
        """How many agencies were done in a second, the program's start included."""
        return self.agencies / self.seconds


@dataclass(frozen=True, slots=True)
class CampaignRun:
    """A whole campaign of so many agencies, and what its folder then takes, in MiB."""

    agencies: int
    commands: list[CommandRun]
    folder_mib: float


COMMANDS = LABELS[:7]
"""What is measured, in order; the last is a second campaign's distribution with the figures of the first."""


def campaign_scale(
    agencies: Iterable[int] = AGENCIES,
    tell: Callable[[CommandRun], None] = lambda run: None,
    python: str = sys.executable,
) -> Iterator[CampaignRun]:
    """A campaign for each number of agencies; `tell` is called as each command ends. `python` is the interpreter whose
    reportfill is measured."""
    for number in agencies:
        with TemporaryDirectory() as name:
            place = Path(name)
            commands = []
            for run in _commands(place, number, [python, "-m", "reportfill", "campaign"]):
                tell(run)
                commands.append(run)
            yield CampaignRun(number, commands, round(_mib_below(place / "this"), 1))


def _commands(place: Path, number: int, program: Sequence[str]) -> Iterator[CommandRun]:
    commands = course(place, number, lambda arguments: run_watched([*program, *arguments]))
    for command in islice(commands, len(COMMANDS)):
        yield _measured(command.label, number, [*program, *command.arguments])


def _mib_below(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / (1 << 20)


def _measured(label: str, number: int, command: Sequence[str]) -> CommandRun:
    with paced() as paces:
        begin = time.perf_counter()
        status, main, worker = run_watched(command)
        seconds = time.perf_counter() - begin
    if status not in (0, 1):
        raise RuntimeError(f"{label} over {number} agencies ended with {status}")
    return CommandRun(
        number, label, round(seconds, 2), round(main, 1), round(worker, 1), round(mean(paces), 1)
    )
