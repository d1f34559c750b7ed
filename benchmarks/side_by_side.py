"""reportfill and what it is compared with, side by side in one run, all of them printing the same report."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks.node_contenders import CONTENDERS, NodeContenders, NotAtHandError, node_contenders
from benchmarks.places import PACK, SAMPLE, SCHEMA, TEMPLATE
from benchmarks.python_contenders import Report, baseline_of, context_of, docxtpl_merge, reportfill_whole
from benchmarks.report_text import difference
from benchmarks.timing import Timed, Timing, in_turn, timed
from reportfill import load_pack, read_workbook, render

END_TO_END, MERGE = "workbook to .docx", "data to .docx"
OURS = "reportfill"
TARGETS = {
    (END_TO_END, "openpyxl + jsonschema + docxtpl"): 9.0,
    (MERGE, "docxtpl"): 20.0,
    (MERGE, "docxtemplater"): 3.0,
    (MERGE, "docxtemplater, its expressions"): 3.0,
    (MERGE, "carbone"): 3.0,
}
"""How many times as fast reportfill is meant to be."""


@dataclass(frozen=True, slots=True)
class Contender:
    """What one contender took for a task. `times` says how many times as long as reportfill; `difference` the
    first paragraph in which its report reads otherwise, empty where there is none. Without a timing, `difference`
    says why it was not measured."""

    task: str
    name: str
    timing: Timing | None
    times: float | None
    target: float | None
    difference: str

    @property
    def meets(self) -> bool:
        """Whether reportfill is as many times as fast as it is meant to be, where that was measured."""
        return self.target is None or self.times is None or self.times >= self.target


Key = tuple[str, str]


def contenders(rounds: int) -> list[Contender]:
    """Both tasks by everyone at hand, in turn."""
    with _everyone() as (tasks, differences):
        labels = {f"{task}: {name}": (task, name) for task, name in tasks}
        timings = in_turn({label: tasks[key] for label, key in labels.items()}, rounds)
    by_key = {labels[label]: timing for label, timing in timings.items()}
    wanted = [(END_TO_END, OURS), (MERGE, OURS), *TARGETS]
    wanted.sort(key=lambda key: key[0] != END_TO_END)
    return [_contender(key, by_key, differences) for key in wanted]


@contextmanager
def _everyone() -> Iterator[tuple[dict[Key, Timed], dict[Key, str]]]:
    """What each contender does for each task, and in what its report differs from ours."""
    pack = load_pack(PACK)
    workbook = SAMPLE.read_bytes()
    submission = read_workbook(workbook, pack)
    context = context_of(pack, submission.exact_data)
    baseline = baseline_of(pack, TEMPLATE, SCHEMA)
    works: dict[Key, Report] = {
        (END_TO_END, OURS): lambda: reportfill_whole(pack, workbook),
        (END_TO_END, "openpyxl + jsonschema + docxtpl"): lambda: baseline.whole(workbook),
        (MERGE, OURS): lambda: render(submission),
        (MERGE, "docxtpl"): lambda: docxtpl_merge(TEMPLATE, context),
    }
    ours = render(submission)
    differences = {key: difference(ours, work()) for key, work in works.items()}
    tasks: dict[Key, Timed] = {key: timed(work) for key, work in works.items()}
    try:
        with node_contenders(TEMPLATE.read_bytes(), context) as node:
            for name in CONTENDERS:
                differences[MERGE, name] = difference(ours, node.report(name))
                tasks[MERGE, name] = _in_node(node, name)
            yield tasks, differences
    except NotAtHandError as reason:
        yield tasks, differences | {(MERGE, name): str(reason) for name in CONTENDERS}


def _in_node(node: NodeContenders, name: str) -> Timed:
    return lambda: node.milliseconds(name)


def _contender(key: Key, timings: dict[Key, Timing], differences: dict[Key, str]) -> Contender:
    task, name = key
    timing = timings.get(key)
    ours = timings[task, OURS].median
    times = None if timing is None or name == OURS else round(timing.median / ours, 1)
    return Contender(task, name, timing, times, TARGETS.get(key), differences[key])
