"""docs/performance.md, written from results."""

from __future__ import annotations

import textwrap

from benchmarks.against import Against
from benchmarks.machine import Machine
from benchmarks.results import Results
from benchmarks.tables import (
    AGAINST_HEAD,
    CONTENDER_HEAD,
    SCALE_HEAD,
    STAGE_HEAD,
    STEP_HEAD,
    TARGET_HEAD,
    Row,
    against_rows,
    contender_rows,
    growth_head,
    growth_rows,
    scale_rows,
    stage_rows,
    step_rows,
    target_rows,
)

_BEGINNING = """# Performance

Written by `python -m benchmarks report` from what it measured (benchmarks/results.json); benchmarks/README.md says
how. Times are milliseconds in a warm process unless a table says otherwise. Judge by the ratios within a table:
absolute times are those of one machine.
"""

_SIDE_BY_SIDE = """
## Side by side

All print one and the same report, the sample `hongze-2023-corrected.xlsx` by the pack `annual-report-2021`, in turn
within one run. openpyxl, jsonschema and docxtpl do what their documentation shows: each field's cell is read, the data
are validated by the pack's schema.json, the template is printed. reportfill checks balances, wording and layout too.
docxtemplater and carbone get the same data, and the template in their own tags (benchmarks/node_templates.py). The last
column compares the text of the reports with ours, paragraph by paragraph.
"""

_STAGES = """
## Stages and their budgets
"""

_BREAKDOWN = """
## What the time goes into

One report, by step. What a step takes is counted without the steps within it.

![Time by step](pictures/performance-steps.png)
"""

_OVER_TAGS = """
## Over the number of tags

Made-up reports: so many figures in one table, in groups of ten whose totals must balance. The baseline is openpyxl,
jsonschema and docxtpl as above.

![Time over tags](pictures/performance-tags.png)
"""

_OVER_PARAGRAPHS = """
## Over the number of paragraphs

The sample's report with ever longer text.

![Time over paragraphs](pictures/performance-paragraphs.png)
"""

_SCALE = """
## Over the number of files

`reportfill fill FOLDER -o OUT --jobs N` as a process, its start included, on copies of the sample with other agencies
and figures. Memory is the most that a process held at any time.

![Time over files](pictures/performance-files.png)
"""


_AGAINST = """
## Against an earlier revision

{revision} and this tree, in turn within one run (`make bench-against REV={revision}`): milliseconds of a processor, of
the program's process and all that it starts. Reading and checking are one workbook's, in a warm process. The ratios are
those of the rounds, in which one ran right after the other; memory is that of the largest process.
"""


def document(results: Results, against: Against) -> str:
    """The page, as Markdown."""
    return "".join(
        (
            _BEGINNING,
            _machine(results.machine),
            _SIDE_BY_SIDE,
            _table(CONTENDER_HEAD, contender_rows(results.contenders)),
            _STAGES,
            _table(STAGE_HEAD, stage_rows(results.stages)),
            _BREAKDOWN,
            _table(STEP_HEAD, step_rows(results.breakdown)),
            _OVER_TAGS,
            _table(growth_head("tags"), growth_rows(results.over_tags)),
            _OVER_PARAGRAPHS,
            _table(growth_head("paragraphs"), growth_rows(results.over_paragraphs)),
            _SCALE,
            _table(SCALE_HEAD, scale_rows(results.scale)),
            _table(TARGET_HEAD, target_rows(results.scale)),
            _AGAINST.format(revision=against.revision),
            _table(AGAINST_HEAD, against_rows(against.pairs)),
        )
    )


def _machine(machine: Machine) -> str:
    installed = {"reportfill": machine.reportfill} | machine.libraries | machine.node
    versions = ", ".join(f"{name} {version}" for name, version in installed.items())
    text = f"{machine.system}, {machine.processors} processors, {machine.python}; {versions}."
    return "\n" + textwrap.fill(text, 118, break_on_hyphens=False) + "\n"


def _table(head: Row, rows: list[Row]) -> str:
    """A table, columns of figures to the right."""
    columns = list(zip(*rows, strict=True))
    rule = ["---:" if _is_figures(column) else "---" for column in columns]
    return "\n" + "".join(f"| {' | '.join(row)} |\n" for row in (head, rule, *rows))


def _is_figures(column: tuple[str, ...]) -> bool:
    return all(not text or text[0].isdigit() for text in column) and any(column)
