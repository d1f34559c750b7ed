"""Everything that `pack check` does: look at the pack's files, then use them as they are meant to be used."""

from __future__ import annotations

from pathlib import Path

from reportfill.pack.check import pack_problems
from reportfill.pack.pack import load_pack
from reportfill.pack.problems import PackProblem
from reportfill.trials.page_trial import page_faults
from reportfill.trials.report_trial import report_faults
from reportfill.trials.workbook_trial import workbook_faults


def all_problems(folder: Path) -> list[PackProblem]:
    """Everything that is wrong with the pack in a folder: what its files show and, where they are sound so far, what
    comes of them."""
    problems = pack_problems(folder)
    if any(not problem.is_usable for problem in problems):
        return problems
    pack = load_pack(folder)
    of_report = report_faults(pack)
    return [*problems, *of_report, *([] if of_report else page_faults(pack)), *workbook_faults(pack)]
