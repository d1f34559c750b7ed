"""Whether the figures balance: within the year, and with last year's report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportfill.catalogue import EXPLANATIONS
from reportfill.checks.imbalance_causes import Explanation, explanations
from reportfill.decimals import Number, plain
from reportfill.finding import Finding, filled_text, finding, named_together
from reportfill.model.row_paths import all_like, field_path, is_over_rows
from reportfill.model.submission import Submission
from reportfill.pack.balances import Balance, BalanceOutcome
from reportfill.pack.pack import Pack
from reportfill.text import Text

_NAMED = 3
"""So many of several alternatives are named."""


def balance_findings(
    submission: Submission,
    pack: Pack,
    last: Mapping[str, Number] | None,
    stated: Mapping[str, Number] | None = None,
) -> Iterator[Finding]:
    """Every balance that does not hold. Rules whose figures are not all known are passed over, those that
    need last year's report with one note that says so. `stated` are numbers that the narrative gives."""
    skipped: set[str] = set()
    broken: list[tuple[Balance, BalanceOutcome]] = []
    for balance in pack.rules.balances:
        if balance.needs_last and last is None:
            skipped.add(balance.id)
            continue
        outcome = balance.outcome(_counted(submission, balance), last)
        if outcome is not None and not outcome.holds:
            broken.append((balance, outcome))
    of_rows = [
        (balance.in_row(row), outcome)
        for balance in pack.rules.of_rows
        for row in submission.rows.get(balance.rows, ())
        if (outcome := balance.outcome(submission.figures_and_sums, None, row)) and not outcome.holds
    ]
    explained = explanations(pack.rules, submission.figures_and_sums, last, stated) if broken else {}
    for balance, outcome in (*broken, *of_rows):
        yield _unbalanced(submission, balance, outcome, explained.get(balance))
    if skipped:
        yield finding("history.unknown", value=len(skipped))


def _counted(submission: Submission, balance: Balance) -> Mapping[str, Number]:
    """The figures that a balance counts: one that is not there because its condition does not hold counts as 0, unless
    all of a side do."""
    absent = submission.absent
    if not absent or any(all(term.path in absent for term in side) for side in (balance.left, balance.right)):
        return submission.figures_and_sums
    zeros = dict.fromkeys((term.path for term in balance.terms if term.path in absent), 0)
    return {**zeros, **submission.figures_and_sums}


def _unbalanced(
    submission: Submission, balance: Balance, outcome: BalanceOutcome, explanation: Explanation | None
) -> Finding:
    group = "history" if balance.needs_last else "balance"
    kind = "unequal" if balance.relation == "equal" else "doubtful"
    paths = [path for term in balance.terms if not term.last for path in _single(submission, term.path)]
    place = _single(submission, balance.place)[0]
    cells = tuple(submission.places.get(path, path) for path in paths)
    return finding(
        f"{group}.{kind}",
        field=balance.place,
        cell=submission.places.get(place),
        value=outcome.left,
        expected=outcome.right,
        severity=balance.severity,
        label=submission.label(balance.place),
        title=balance.title,
        difference=abs(outcome.left - outcome.right),
        cells=cells,
        places=named_together(cells),
        explanation=_told(submission, explanation) if explanation else "",
    )


def _single(submission: Submission, path: str) -> list[str]:
    """The path of a figure; of what rows have together those of each, or that itself where there are none."""
    if not is_over_rows(path):
        return [path]
    rows = submission.rows.get(field_path(path[: path.rfind("]") + 1]), ())
    inside = [row for row in rows if path[: path.rfind("]") + 1] in all_like(row)]
    return [row + path[path.rfind("]") + 1 :] for row in inside] or [path]


def _told(submission: Submission, explanation: Explanation) -> Text:
    """The cause of an imbalance in words, with the cells and the values that they should have; of several that may be
    the one the cells alone, lest somebody make them fit."""
    changes = [(submission.cell(path) or path, plain(value)) for path, value in explanation.changes[:_NAMED]]
    if explanation.reason == "several":
        told = [Text(cell, cell) for cell, _ in changes]
    else:
        told = [Text(f"{cell}改为{value}", f"{cell} = {value}") for cell, value in changes]
    change = Text("、".join(one.zh for one in told), ", ".join(one.en for one in told))
    return filled_text(EXPLANATIONS[explanation.reason], change=change)
