"""A campaign published as a website: how long the first time takes, and a time when nothing has changed, and what
memory; whole programs, their start included.

usage: python -m benchmarks.publishing [AGENCIES ...]
"""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class PublishingRun:
    """One `campaign publish` of so many reports. The peaks are in MiB: of the process that was started, and of the
    largest that it started itself."""

    label: str
    reports: int
    seconds: float
    main_mib: float
    worker_mib: float

    @property
    def per_second(self) -> float:
        """How many reports were published in a second."""
        return self.reports / self.seconds


def publishing(agencies: int) -> Iterator[PublishingRun]:
    """A campaign of so many agencies published, and published again."""
    program = [sys.executable, "-m", "reportfill", "campaign"]
    with TemporaryDirectory() as name:
        folder, site = Path(name, "campaign"), Path(name, "site")
        campaign(folder, YEAR, agencies, lambda arguments: run_watched([*program, *arguments]))
        fill_inbox(folder / "inbox", agencies, YEAR, own_workbook)
        run_watched([*program, "collect", str(folder)])
        run_watched([*program, "review", str(folder), "--accept", "--all-sound"])
        for label in ("first time", "nothing changed"):
            yield _measured(label, [*program, "publish", str(folder), "-o", str(site), "--to", "html"], site)


def _measured(label: str, command: Sequence[str], site: Path) -> PublishingRun:
    begin = time.perf_counter()
    status, main_mib, worker_mib = run_watched(command)
    seconds = time.perf_counter() - begin
    pages = sum(1 for _ in site.glob("*/*/reports/*/*/index.html"))
    if status or not pages:
        raise RuntimeError(f"publish ended with {status}, and there are {pages} pages")
    return PublishingRun(label, pages, seconds, main_mib, worker_mib)


def main() -> None:
    """Measure, and print a line for each run."""
    for agencies in [int(argument) for argument in sys.argv[1:]] or AGENCIES:
        for run in publishing(agencies):
            print(
                f"{run.reports} reports, {run.label}: {run.seconds:.1f} s, {run.per_second:.0f} a second "
                f"({LEAST_A_SECOND} asked the first time); {run.main_mib:.0f} MiB, a worker {run.worker_mib:.0f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
