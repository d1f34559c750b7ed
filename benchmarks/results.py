"""Everything that was measured, as one value, kept in a small file."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.breakdown import Step, breakdown
from benchmarks.growth import Point, over_paragraphs, over_tags
from benchmarks.machine import Machine, this_machine
from benchmarks.scale import Run, scale
from benchmarks.side_by_side import Contender, contenders
from benchmarks.stages import Stage, processes, stages
from benchmarks.timing import Timing


@dataclass(frozen=True)
class Results:
    """What all benchmarks found."""

    machine: Machine
    contenders: list[Contender]
    stages: list[Stage]
    breakdown: list[Step]
    over_tags: list[Point]
    over_paragraphs: list[Point]
    scale: list[Run]


def measured(rounds: int, files: Sequence[int], jobs: Sequence[int], say: Callable[[str], None]) -> Results:
    """All of it, measured now; `say` is told what is being measured."""
    say("contenders side by side")
    side_by_side = contenders(rounds)
    say("stages")
    by_stage = [*stages(rounds), *processes(max(3, rounds // 5))]
    say("what the time goes into")
    steps = breakdown(rounds)
    say("over tags")
    tags = over_tags(max(3, rounds // 5))
    say("over paragraphs")
    paragraphs = over_paragraphs(max(3, rounds // 5))
    runs = []
    for run in scale(files, jobs):
        say(f"fill of {run.files} files, --jobs {run.jobs}: {run.seconds} s")
        runs.append(run)
    return Results(this_machine(), side_by_side, by_stage, steps, tags, paragraphs, runs)


def save(results: Results, path: Path) -> None:
    """Keep results in a file of JSON."""
    path.write_text(json.dumps(asdict(results), ensure_ascii=False, indent=1) + "\n", "utf-8")


def load(path: Path) -> Results:
    """The results that a file keeps."""
    kept: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return Results(
        machine=Machine(**kept["machine"]),
        contenders=[Contender(**_with_timing(row)) for row in kept["contenders"]],
        stages=[Stage(**_with_timing(row)) for row in kept["stages"]],
        breakdown=[Step(**row) for row in kept["breakdown"]],
        over_tags=[Point(**row) for row in kept["over_tags"]],
        over_paragraphs=[Point(**row) for row in kept["over_paragraphs"]],
        scale=[Run(**row) for row in kept["scale"]],
    )


def _with_timing(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"timing": Timing(**row["timing"]) if row["timing"] else None}
