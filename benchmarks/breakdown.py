"""What the time of one report goes into: each step of reading, checking and merging."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import Any
from unittest.mock import patch

from benchmarks.places import PACK, SAMPLE
from reportfill import check, load_pack, read_workbook, render

STAGES = ("reading", "checking", "merging")
REST = "everything else"

PROBES = {
    ("reading", "unpack every part"): "reportfill.office.inspection.file_kind.unpacked",
    ("reading", "look through the parts for damage"): "reportfill.intake.read.inspect_file",
    ("reading", "calamine opens the workbook"): "reportfill.office.inspection.file_kind.read_grid",
    ("reading", "calamine reads the sheets"): "reportfill.office.calamine_grid.CalamineGrid._read",
    ("reading", "find where the labels stand"): "reportfill.intake.read.placed",
    ("checking", "the schema"): "reportfill.checks.check.structure_findings",
    ("checking", "balances"): "reportfill.checks.check.balance_findings",
    ("checking", "figures that the text mentions"): "reportfill.checks.check.mention_findings",
    ("checking", "wording"): "reportfill.checks.check.text_findings",
    ("checking", "privacy"): "reportfill.checks.check.privacy_findings",
    ("merging", "Jinja writes the body"): "jinja2.environment.Template.render",
    ("merging", "compress and compose the package"): "reportfill.report.template.extended",
}
"""Each step and the function that does it. What a stage does beside these is its rest."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one step of a stage takes: the median in milliseconds, without the steps within it."""

    stage: str
    name: str
    milliseconds: float


class _Clock:
    """Time by step; while one step runs within another, the outer one stands still."""

    def __init__(self) -> None:
        self.seconds: dict[tuple[str, str], float] = {}
        self._running: list[tuple[str, str]] = []
        self._since = 0.0

    @contextmanager
    def step(self, key: tuple[str, str]) -> Iterator[None]:
        """Count what happens within to this step."""
        self._count()
        self._running.append(key)
        try:
            yield
        finally:
            self._count()
            self._running.pop()

    def _count(self) -> None:
        now = time.perf_counter()
        if self._running:
            key = self._running[-1]
            self.seconds[key] = self.seconds.get(key, 0.0) + now - self._since
        self._since = now


def breakdown(rounds: int) -> list[Step]:
    """The steps of each stage, in the order of the stages, the rest of each last."""
    content = SAMPLE.read_bytes()
    pack = load_pack(PACK)
    submission = read_workbook(content, pack)
    works: dict[str, Callable[[], object]] = {
        "reading": lambda: read_workbook(content, pack),
        "checking": lambda: check(submission),
        "merging": lambda: render(submission),
    }
    for work in works.values():
        work()
    taken = [_one_round(works) for _ in range(rounds)]
    keys = [*PROBES, *((stage, REST) for stage in STAGES)]
    keys.sort(key=lambda key: STAGES.index(key[0]))
    return [
        Step(*key, round(statistics.median(seconds.get(key, 0.0) for seconds in taken) * 1000, 3))
        for key in keys
    ]


def _one_round(works: dict[str, Callable[[], object]]) -> dict[tuple[str, str], float]:
    clock = _Clock()
    with ExitStack() as stack:
        for key, target in PROBES.items():
            stack.enter_context(patch(target, _counted(resolve_name(target), clock, key)))
        for stage, work in works.items():
            with clock.step((stage, REST)):
                work()
    return clock.seconds


def _counted(function: Callable[..., Any], clock: _Clock, key: tuple[str, str]) -> Callable[..., Any]:
    """The same function, its time counted to a step. What would come piece by piece is taken all at once."""

    def counted(*arguments: Any, **named: Any) -> Any:
        with clock.step(key):
            result = function(*arguments, **named)
            return list(result) if isinstance(result, Iterator) else result

    return counted
