"""Results as rows of texts, for the terminal and for docs/performance.md alike."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.against import Pair
from benchmarks.breakdown import STAGES, Step
from benchmarks.growth import Point
from benchmarks.scale import LINEAR, MEMORY, SPEED_UP, Run
from benchmarks.side_by_side import MERGE, OURS, Contender
from benchmarks.stages import Stage

Row = tuple[str, ...]

CONTENDER_HEAD: Row = ("task", "by", "median ms", "fastest", "slowest", "times as long", "target", "text")
STAGE_HEAD: Row = ("stage", "median ms", "fastest", "slowest", "budget", "")
STEP_HEAD: Row = ("stage", "step", "median ms", "share")
SCALE_HEAD: Row = ("files", "--jobs", "seconds", "files a second", "main process MiB", "largest worker MiB")
TARGET_HEAD: Row = ("of many files", "measured", "target", "")
AGAINST_HEAD: Row = ("what", "ms now", "ms then", "ratio", "lowest", "highest", "MiB now", "MiB then")


def contender_rows(contenders: Iterable[Contender]) -> list[Row]:
    """One row a contender and task."""
    return [_contender_row(contender) for contender in contenders]


def stage_rows(stages: Iterable[Stage]) -> list[Row]:
    """One row a stage."""
    return [
        (
            stage.name,
            *_milliseconds(stage.timing.median, stage.timing.fastest, stage.timing.slowest),
            "" if stage.budget is None else f"{stage.budget:g}",
            "" if stage.budget is None else verdict(stage.within),
        )
        for stage in stages
    ]


def step_rows(steps: Iterable[Step]) -> list[Row]:
    """One row a step, the longest of each stage first, with its share of the whole."""
    ordered = sorted(steps, key=lambda step: (STAGES.index(step.stage), -step.milliseconds))
    whole = sum(step.milliseconds for step in ordered)
    return [
        (step.stage, step.name, f"{step.milliseconds:.2f}", f"{step.milliseconds / whole:.0%}")
        for step in ordered
    ]


def growth_head(what: str) -> Row:
    """The head of a table of growth over tags or paragraphs."""
    return (what, "read", "check", "merge", "end to end", "baseline", "times as long")


def growth_rows(points: Iterable[Point]) -> list[Row]:
    """One row a size."""
    return [
        (
            str(point.size),
            *_milliseconds(point.read, point.check, point.merge, point.whole, point.baseline),
            f"{point.baseline / point.whole:.1f}",
        )
        for point in points
    ]


def scale_rows(runs: Iterable[Run]) -> list[Row]:
    """One row a run over a folder."""
    return [
        (
            f"{run.files:,}",
            str(run.jobs),
            f"{run.seconds:.1f}",
            f"{run.files_per_second:.0f}",
            f"{run.main_mib:.0f}",
            f"{run.worker_mib:.0f}" if run.worker_mib else "",
        )
        for run in runs
    ]


def target_rows(runs: list[Run]) -> list[Row]:
    """One row a target of filling many files that the runs can tell of."""
    by_key = {(run.files, run.jobs): run for run in runs}
    sizes = sorted({run.files for run in runs})
    rows: list[Row] = []
    for jobs in sorted({run.jobs for run in runs}):
        series = [by_key[size, jobs] for size in sizes if (size, jobs) in by_key]
        if len(series) > 1:
            one, other = series[-2:]
            growth = one.files_per_second / other.files_per_second
            what = f"--jobs {jobs}: a file of {other.files:,} against one of {one.files:,}"
            rows.append((what, f"{growth:.2f}", f"≤ {LINEAR:g}", verdict(growth <= LINEAR)))
    one_job, two_jobs = by_key.get((sizes[-1], 1)), by_key.get((sizes[-1], 2))
    if one_job and two_jobs:
        faster = one_job.seconds / two_jobs.seconds
        what = f"{sizes[-1]:,} files: times as fast with two processes"
        rows.append((what, f"{faster:.2f}", f"≥ {SPEED_UP:g}", verdict(faster >= SPEED_UP)))
    largest = max(run.largest_mib for run in runs)
    rows.append(("MiB of the largest process", f"{largest:.0f}", f"≤ {MEMORY:g}", verdict(largest <= MEMORY)))
    return rows


def against_rows(pairs: Iterable[Pair]) -> list[Row]:
    """One row a thing measured of this tree and of another revision."""
    return [
        (
            pair.name,
            *_milliseconds(pair.ours, pair.theirs),
            *(f"{ratio:.2f}" for ratio in (pair.ratio, pair.lowest, pair.highest)),
            *(str(peak or "") for peak in (pair.our_mib, pair.their_mib)),
        )
        for pair in pairs
    ]


def verdict(holds: bool) -> str:
    """How a target that is kept or missed is shown."""
    return "kept" if holds else "**missed**"


def _contender_row(contender: Contender) -> Row:
    timing = contender.timing
    if timing is None:
        return (contender.task, contender.name, "", "", "", "", "", contender.difference)
    target = "" if contender.target is None else f"≥ {contender.target:g}, {verdict(contender.meets)}"
    times = "" if contender.times is None else f"{contender.times:.1f}"
    figures = _milliseconds(timing.median, timing.fastest, timing.slowest)
    text = contender.difference or ("" if (contender.task, contender.name) == (MERGE, OURS) else "the same")
    return (contender.task, contender.name, *figures, times, target, text)


def _milliseconds(*values: float) -> Row:
    return tuple(
        f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:.0f}"
        for value in values
    )
