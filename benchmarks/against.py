"""This tree against another revision of it, side by side in one run: what each stage and each command costs.

Both are run by the same interpreter with the same libraries, in turn, so that whatever slows the machine down slows
both. What counts is the ratio of their processor time, pair by pair.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import statistics
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, TypeVar

from benchmarks.campaign_course import Command, course
from benchmarks.cost import Cost, FailedRunError, cost_of
from benchmarks.inbox import fill_inbox
from benchmarks.places import AGAINST, ROOT, SAMPLE

Found = TypeVar("Found")

READING, PROGRAM, CAMPAIGN = "reading", "program", "campaign"
PARTS = (READING, PROGRAM, CAMPAIGN)
"""What can be measured: reading and checking in a warm process, commands on workbooks, commands of a campaign."""

ROUNDS, FILES, AGENCIES = 9, 200, 300
_CAMPAIGN_ROUNDS = 3
_ROUNDS_WITHIN = 25
_SOUND = (SAMPLE, SAMPLE.with_name("weihui-xinfang-2023.xlsx"))
_READ_AND_CHECK = Path(__file__).with_name("read_and_check.py")
_COMPLETED = Path(__file__).with_name("completed_workbook.py")


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree of the project, run from where it lies, its compiled modules kept apart from it."""

    name: str
    root: Path
    compiled: Path
    python: str

    def environment(self) -> dict[str, str]:
        """The variables with which Python runs this tree, as users do: with compiled modules."""
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        return kept | {"PYTHONPATH": str(self.root / "src"), "PYTHONPYCACHEPREFIX": str(self.compiled)}

    def cost(self, arguments: Sequence[str]) -> Cost:
        """What `reportfill` with these arguments costs. Raises FailedRunError."""
        return cost_of([self.python, "-P", "-m", "reportfill", *arguments], self.environment())

    def completed(self, year: int, agency: str, code: str, data: Mapping[str, Any]) -> bytes:
        """A completed workbook in this tree's form. Raises FailedRunError."""
        told = json.dumps({"year": year, "agency": agency, "code": code, "data": data}, default=float)
        command = [self.python, "-P", str(_COMPLETED)]
        done = subprocess.run(
            command, env=self.environment(), input=told.encode(), capture_output=True, check=False
        )
        if done.returncode:
            raise FailedRunError(done.stderr.decode(errors="replace")[-2000:])
        return done.stdout

    def stages(self, workbooks: Iterable[Path]) -> dict[str, float]:
        """The milliseconds of a processor that a workbook takes, by stage. Raises FailedRunError."""
        command = [self.python, "-P", str(_READ_AND_CHECK), str(_ROUNDS_WITHIN), *map(str, workbooks)]
        done = subprocess.run(
            command, env=self.environment(), capture_output=True, encoding="utf-8", check=False
        )
        if done.returncode:
            raise FailedRunError(done.stderr[-2000:])
        stages: dict[str, float] = json.loads(done.stdout)
        return stages


class Trees(NamedTuple):
    """This tree, and another revision's."""

    ours: Tree
    theirs: Tree

    def in_turn(self, number: int, measure: Callable[[Tree], Found]) -> tuple[Found, Found]:
        """What is measured of both in one round, ours first in every other one."""
        if number % 2:
            theirs = measure(self.theirs)
            return measure(self.ours), theirs
        return measure(self.ours), measure(self.theirs)


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing measured of both: medians in milliseconds of a processor, the median of the ratios and the lowest and
    highest, and the peaks in MiB, 0 where they were not measured."""

    name: str
    ours: float
    theirs: float
    ratio: float
    lowest: float
    highest: float
    our_mib: float
    their_mib: float


@dataclass(frozen=True, slots=True)
class Against:
    """All that was measured against a revision."""

    revision: str
    agencies: int
    files: int
    pairs: list[Pair]


Tell = Callable[[Pair], None]


def against(
    revision: str,
    parts: Iterable[str] = PARTS,
    *,
    rounds: int = ROUNDS,
    files: int = FILES,
    agencies: int = AGENCIES,
    python: str = sys.executable,
    tell: Tell = lambda pair: None,
) -> Against:
    """This tree, as it is now, against a revision; `tell` is called with each pair as soon as it is known. Raises
    FailedRunError where git does not know the revision, or where a run of either fails."""
    with both(revision, python) as trees:
        pairs: list[Pair] = []
        measures = {
            READING: lambda: _reading(trees, rounds),
            PROGRAM: lambda: _program(trees, rounds, files),
            CAMPAIGN: lambda: campaign_pairs(trees, min(rounds, _CAMPAIGN_ROUNDS), agencies),
        }
        for part in parts:
            for pair in measures[part]():
                tell(pair)
                pairs.append(pair)
    return Against(revision, agencies, files, pairs)


@contextmanager
def both(revision: str, python: str) -> Iterator[Trees]:
    """This tree and the revision's, which is there as long as it is used."""
    with TemporaryDirectory() as name:
        place = Path(name)
        command = ["git", "-C", str(ROOT), "archive", "--format=tar", revision]
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode:
            raise FailedRunError(done.stderr.decode(errors="replace").strip())
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
            archive.extractall(place / "theirs", filter="data")
        yield Trees(
            Tree("ours", ROOT, place / "compiled", python),
            Tree("theirs", place / "theirs", place / "compiled", python),
        )


def save(found: Against, path: Path = AGAINST) -> None:
    """Keep what was measured for docs/performance.md."""
    path.write_text(json.dumps(asdict(found), ensure_ascii=False, indent=1) + "\n", "utf-8")


def load(path: Path = AGAINST) -> Against:
    """What was kept."""
    kept: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return Against(**kept | {"pairs": [Pair(**pair) for pair in kept["pairs"]]})


def _reading(trees: Trees, rounds: int) -> Iterator[Pair]:
    """Sound workbooks, read and checked in a warm process; each round is a process of its own."""
    taken = [trees.in_turn(number, lambda tree: tree.stages(_SOUND)) for number in range(rounds)]
    for stage in taken[0][0]:
        times = [(ours[stage], theirs[stage]) for ours, theirs in taken]
        yield _pair(f"{stage} a sound workbook", times, (0, 0))


def _program(trees: Trees, rounds: int, files: int) -> Iterator[Pair]:
    """Whole runs of the program, the start included; one round before does not count."""
    with TemporaryDirectory() as name:
        inbox, out = Path(name) / "inbox", Path(name) / "out"
        fill_inbox(inbox, files)
        commands = {
            "--help": ("--help",),
            "check of one": ("check", str(SAMPLE)),
            "fill of one": ("fill", str(SAMPLE), "-o", str(out)),
            "new": ("new", "--agency", "清河县", "--year", "2023", "-o", str(out)),
            f"fill of {files}": ("fill", str(inbox), "-o", str(out)),
        }
        for label, arguments in commands.items():

            def cost(tree: Tree, arguments: Sequence[str] = arguments) -> Cost:
                shutil.rmtree(out, ignore_errors=True)
                out.mkdir()
                return tree.cost(arguments)

            taken = [trees.in_turn(number, cost) for number in range(rounds + 1)]
            yield pair_of_costs(label, taken[1:])


def campaign_pairs(trees: Trees, rounds: int, agencies: int) -> Iterator[Pair]:
    """The commands of a campaign, each tree in a folder of its own, all over again in each round."""
    taken: dict[str, list[tuple[Cost, Cost]]] = {}
    for number in range(rounds):
        with TemporaryDirectory() as name:
            for steps in zip(*(_course(tree, Path(name), agencies) for tree in trees), strict=True):
                step_of = dict(zip(trees, steps, strict=True))
                found = trees.in_turn(number, partial(_cost_of_own_step, step_of))
                taken.setdefault(steps[0].label, []).append(found)
    for label, costs in taken.items():
        yield pair_of_costs(f"campaign of {agencies}: {label}", costs)


def _course(tree: Tree, place: Path, agencies: int) -> Iterator[Command]:
    own = place / tree.name
    own.mkdir()
    return course(own, agencies, lambda arguments: tree.cost(["campaign", *arguments]), tree.completed)


def _cost_of_own_step(step_of: Mapping[Tree, Command], tree: Tree) -> Cost:
    return tree.cost(["campaign", *step_of[tree].arguments])


def pair_of_costs(name: str, costs: Sequence[tuple[Cost, Cost]]) -> Pair:
    """One thing of which the cost to both is known, round by round."""
    times = [(ours.processor * 1000, theirs.processor * 1000) for ours, theirs in costs]
    peaks = (max(ours.mib for ours, _ in costs), max(theirs.mib for _, theirs in costs))
    return _pair(name, times, peaks)


def _pair(name: str, times: Sequence[tuple[float, float]], peaks: tuple[float, float]) -> Pair:
    ratios = [ours / theirs for ours, theirs in times]
    ours, theirs = (statistics.median(side) for side in zip(*times, strict=True))
    figures = (statistics.median(ratios), min(ratios), max(ratios))
    return Pair(
        name, round(ours, 2), round(theirs, 2), *(round(figure, 3) for figure in figures), *map(round, peaks)
    )
