"""A campaign published as a website: how long the first time takes, and a time when nothing has changed, and what
memory; whole programs, their start included.

usage: python -m benchmarks.publishing [--campaign FOLDER] [AGENCIES ...]

With a folder the campaign in it is published, what is accepted of it; without one campaigns are made of so many
agencies.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.campaign_course import YEAR, campaign, fill_inbox, own_workbook
from benchmarks.memory import run_watched

AGENCIES = (1000, 10_000)
LEAST_A_SECOND = 300
"""So many reports should be published in a second, as web pages, on two cores."""

_PROGRAM = (sys.executable, "-m", "reportfill", "campaign")


@dataclass(frozen=True, slots=True)
class PublishingRun:
    """One `campaign publish` of so many reports. `processor` are the seconds of all its processes; the peaks are in
    MiB: of the process that was started, and of the largest that it started itself."""

    label: str
    reports: int
    seconds: float
    processor: float
    main_mib: float
    worker_mib: float

    @property
    def per_second(self) -> float:
        """How many reports were published in a second."""
        return self.reports / self.seconds


def publishing(agencies: int) -> Iterator[PublishingRun]:
    """A campaign of so many agencies published, and published again."""
    with TemporaryDirectory() as name:
        folder = Path(name, "campaign")
        campaign(folder, YEAR, agencies, lambda arguments: run_watched([*_PROGRAM, *arguments]))
        fill_inbox(folder / "inbox", agencies, YEAR, own_workbook)
        run_watched([*_PROGRAM, "collect", str(folder)])
        run_watched([*_PROGRAM, "review", str(folder), "--accept", "--all-sound"])
        yield from publishing_of(folder)


def publishing_of(folder: Path) -> Iterator[PublishingRun]:
    """The campaign in a folder published, and published again, into a site that is gone afterwards."""
    with TemporaryDirectory() as name:
        site = Path(name, "site")
        for label in ("first time", "nothing changed"):
            yield _measured(label, [*_PROGRAM, "publish", str(folder), "-o", str(site), "--to", "html"], site)


def _measured(label: str, command: Sequence[str], site: Path) -> PublishingRun:
    begin, spent = time.perf_counter(), _processor_seconds()
    status, main_mib, worker_mib = run_watched(command)
    seconds, processor = time.perf_counter() - begin, _processor_seconds() - spent
    pages = sum(1 for _ in site.glob("*/*/reports/*/*/index.html"))
    if status or not pages:
        raise RuntimeError(f"publish ended with {status}, and there are {pages} pages")
    return PublishingRun(label, pages, seconds, processor, main_mib, worker_mib)


def _processor_seconds() -> float:
    """What all processes have cost that this one has waited for, and those that they waited for."""
    used = os.times()
    return used.children_user + used.children_system


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, and print a line for each run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.publishing", description=__doc__)
    parser.add_argument("--campaign", type=Path, help="the folder of a campaign that is to be published")
    parser.add_argument("agencies", nargs="*", type=int, help=f"how many agencies ({AGENCIES})")
    asked = parser.parse_args(arguments)
    runs = [publishing_of(asked.campaign)] if asked.campaign else map(publishing, asked.agencies or AGENCIES)
    for run in (one for of_one in runs for one in of_one):
        print(
            f"{run.reports} reports, {run.label}: {run.seconds:.1f} s, {run.processor:.1f} of processors, "
            f"{run.per_second:.0f} a second ({LEAST_A_SECOND} asked the first time); {run.main_mib:.0f} MiB, "
            f"a worker {run.worker_mib:.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
