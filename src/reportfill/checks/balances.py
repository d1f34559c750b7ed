"""Whether the figures balance: within the year, and with last year's report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reportfill.checks.findings import Finding, finding, named_together
from reportfill.checks.submission import Submission
from reportfill.pack.balances import Balance, Outcome
from reportfill.pack.figures import Number
from reportfill.pack.pack import Pack


def balance_findings(
    submission: Submission, pack: Pack, last: Mapping[str, Number] | None
) -> Iterator[Finding]:
    """Every balance that does not hold. Rules whose figures are not all known are passed over, those that
    need last year's report with one note that says so."""
    skipped: set[str] = set()
    for balance in pack.rules.balances:
        if balance.needs_last and last is None:
            skipped.add(balance.id)
            continue
        outcome = balance.outcome(submission.figures, last)
        if outcome is not None and not outcome.holds:
            yield _unbalanced(submission, balance, outcome)
    if skipped:
        yield finding("history.unknown", value=len(skipped))


def _unbalanced(submission: Submission, balance: Balance, outcome: Outcome) -> Finding:
    group = "history" if balance.needs_last else "balance"
    kind = "unequal" if balance.relation == "equal" else "doubtful"
    paths = [term.path for term in balance.terms if not term.last]
    cells = tuple(submission.cell(path) or path for path in paths)
    return finding(
        f"{group}.{kind}",
        field=balance.place,
        cell=submission.cell(balance.place),
        value=outcome.left,
        expected=outcome.right,
        severity=balance.severity,
        label=submission.label(balance.place),
        title=balance.title,
        difference=abs(outcome.left - outcome.right),
        cells=cells,
        places=named_together(cells),
    )
