"""Whether the figures balance: within the year, and with last year's report."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

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
"""So many of several alternatives, or of several figures, are named."""


def balance_findings(
    submission: Submission,
    pack: Pack,
    last: Mapping[str, Number] | None,
    stated: Mapping[str, Number] | None = None,
) -> Iterator[Finding]:
    """Every balance that does not hold. Rules whose figures are not all known are passed over, those that
    need last year's report with one note that says so. `stated` are numbers that the narrative gives."""
    yield from imbalance_findings(submission, pack, last, stated)
    if last is not None:
        yield from lacking_findings(pack, last)
    elif _across_years(pack).rules:
        yield finding("history.unknown", value=len(_across_years(pack).rules))


def lacking_findings(pack: Pack, last: Container[str]) -> Iterator[Finding]:
    """The figures that rules across years need and that last year's report does not have, in one note."""
    lacking = [path for path in _across_years(pack).figures if path not in last]
    if lacking:
        labels = [pack.label(field_path(path)) for path in lacking]
        yield finding("history.lacking", value=len(lacking), labels=_some(labels))


class _AcrossYears(NamedTuple):
    """The ids of a pack's rules across years, and the paths of last year's figures that they need."""

    rules: frozenset[str]
    figures: tuple[str, ...]


@lru_cache(maxsize=16)
def _across_years(pack: Pack) -> _AcrossYears:
    balances = [balance for balance in pack.rules.balances if balance.needs_last]
    figures = dict.fromkeys(term.path for balance in balances for term in balance.terms if term.last)
    return _AcrossYears(frozenset(balance.id for balance in balances), tuple(figures))


def _some(labels: Sequence[str]) -> Text:
    """The first of several labels, with a word that there are more."""
    has_more = len(labels) > _NAMED
    chinese, english = "、".join(labels[:_NAMED]), ", ".join(labels[:_NAMED])
    return Text(f"{chinese}等", f"{english}, …") if has_more else Text(chinese, english)


def imbalance_findings(
    submission: Submission,
    pack: Pack,
    last: Mapping[str, Number] | None,
    stated: Mapping[str, Number] | None = None,
) -> Iterator[Finding]:
    """Every balance whose figures are all known and that does not hold."""
    broken: list[tuple[Balance, BalanceOutcome]] = []
    figures, absent = submission.figures_and_sums, submission.absent
    for balance in pack.rules.balances:
        if balance.needs_last and last is None:
            continue  # and most of them are
        outcome = balance.outcome(_counted(figures, balance, absent) if absent else figures, last)
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


def _counted(figures: Mapping[str, Number], balance: Balance, absent: frozenset[str]) -> Mapping[str, Number]:
    """The figures that a balance counts: one that is `absent` because its condition does not hold counts as 0, unless
    all of a side are."""
    if any(all(term.path in absent for term in side) for side in (balance.left, balance.right)):
        return figures
    zeros = dict.fromkeys((term.path for term in balance.terms if term.path in absent), 0)
    return {**zeros, **figures}


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
