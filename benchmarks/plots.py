"""The pictures of docs/performance.md, drawn from results."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks.breakdown import STAGES, Step
from benchmarks.growth import Point
from benchmarks.results import Results
from benchmarks.scale import Run

_BLUE, _GREEN, _ORANGE, _GREY = "#1f5fa8", "#2f8f5b", "#d9822b", "#8a8f98"
_COLOURS = dict(zip(STAGES, (_BLUE, _ORANGE, _GREEN), strict=True))
_DPI = 130
_SETTINGS: Any = {
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#e3e5e8",
    "legend.frameon": False,
    "font.family": "DejaVu Sans",
}


def draw(results: Results, folder: Path) -> list[Path]:
    """Draw every picture into a folder; their paths."""
    pictures: dict[str, Callable[[], Figure]] = {
        "performance-steps.png": lambda: _steps(results.breakdown),
        "performance-tags.png": lambda: _growth(results.over_tags, "tags in the template"),
        "performance-paragraphs.png": lambda: _growth(results.over_paragraphs, "paragraphs of text"),
        "performance-files.png": lambda: _files(results.scale),
    }
    folder.mkdir(parents=True, exist_ok=True)
    with mpl.rc_context(_SETTINGS):
        for name, picture in pictures.items():
            picture().savefig(folder / name, dpi=_DPI, metadata={"Software": None})
    return [folder / name for name in pictures]


def _steps(steps: Iterable[Step]) -> Figure:
    """A bar for each step, the longest of each stage first."""
    ordered = sorted(steps, key=lambda step: (STAGES.index(step.stage), -step.milliseconds))
    figure = Figure(figsize=(8, 0.34 * len(ordered) + 0.9), layout="constrained")
    axes = figure.subplots()
    places = range(len(ordered))
    bars = axes.barh(
        places, [step.milliseconds for step in ordered], color=[_COLOURS[step.stage] for step in ordered]
    )
    axes.bar_label(bars, [f"{step.milliseconds:.2f}" for step in ordered], padding=3, fontsize=9)
    axes.set_yticks(places, [f"{step.stage}: {step.name}" for step in ordered])
    axes.invert_yaxis()
    axes.grid(axis="y", visible=False)
    axes.set_axisbelow(True)
    axes.set_xlabel("median, milliseconds")
    return figure


def _growth(points: list[Point], what: str) -> Figure:
    """Ours against the baseline on the left, our stages on the right."""
    figure = Figure(figsize=(9, 3.6), layout="constrained")
    both, stages = figure.subplots(1, 2)
    sizes = [point.size for point in points]
    both.plot(
        sizes,
        [point.baseline for point in points],
        "o-",
        color=_GREY,
        label="openpyxl + jsonschema + docxtpl",
    )
    both.plot(sizes, [point.whole for point in points], "o-", color=_BLUE, label="reportfill")
    for label, stage, values in (
        ("read", "reading", [point.read for point in points]),
        ("check", "checking", [point.check for point in points]),
        ("merge", "merging", [point.merge for point in points]),
    ):
        stages.plot(sizes, values, "o-", color=_COLOURS[stage], label=label)
    for axes, title in ((both, "workbook to .docx"), (stages, "reportfill by stage")):
        _label(axes, title, what, "median, milliseconds")
    return figure


def _files(runs: list[Run]) -> Figure:
    """Time on the left, memory on the right, a line for each number of processes."""
    figure = Figure(figsize=(9, 3.6), layout="constrained")
    time, memory = figure.subplots(1, 2)
    for jobs, colour in zip(
        sorted({run.jobs for run in runs}), (_BLUE, _ORANGE, _GREEN, _GREY), strict=False
    ):
        series = [run for run in runs if run.jobs == jobs]
        sizes = [run.files for run in series]
        time.plot(sizes, [run.seconds for run in series], "o-", color=colour, label=f"--jobs {jobs}")
        memory.plot(sizes, [run.largest_mib for run in series], "o-", color=colour, label=f"--jobs {jobs}")
    memory.set_xscale("log")
    _label(time, "time", "files", "seconds")
    _label(memory, "largest process", "files", "most memory held, MiB")
    return figure


def _label(axes: Axes, title: str, x: str, y: str) -> None:
    axes.set_title(title, fontsize=10)
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    axes.margins(y=0.12)
    axes.set_ylim(bottom=0)
    axes.set_axisbelow(True)
    axes.legend(fontsize=9)
    if axes.get_xscale() == "linear":
        axes.set_xlim(left=0)
