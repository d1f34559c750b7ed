"""Which figure explains an imbalance: the one whose change would make everything balance again.

Rules that are broken together are looked at together. A figure, with the sums that follow from it, is tried with each
value that would mend one of them; it is a candidate if then every rule that it takes part in holds. Where no single
figure is one, two are tried: swapped, or a figure that stands one place off.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from reportfill.decimals import Number, plain
from reportfill.model.row_paths import is_over_rows
from reportfill.pack.balances import Balance
from reportfill.pack.rules import Rules

Figures = Mapping[str, Number]
Change = dict[str, Number]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What would make a group of broken rules balance.

    `changes` maps paths to the values that they should have. `reason` is "only" where nothing else would do,
    "typed_total" for a sum that somebody typed, "stated", "last_year", "digits" for the evidence that singles it out of
    several, "swapped" or "shifted" for two figures, and "several" where `changes` are alternatives.
    """

    changes: tuple[tuple[str, Number], ...]
    reason: str


def explanations(
    rules: Rules, figures: Figures, last: Figures | None = None, stated: Figures | None = None
) -> dict[Balance, Explanation]:
    """The explanation of each broken equality of this year's figures that has one.

    `stated` are numbers that the narrative gives for single figures.
    """
    search = _Search(rules, figures)
    groups = search.groups()
    found: dict[Balance, Explanation] = {}
    for group in groups:
        explanation = search.explanation(group, last or {}, stated or {})
        if explanation is not None:
            found.update(dict.fromkeys(group, explanation))
    # Two figures of one row that changed places break two columns, each of which many single figures would mend.
    unclear = [group for group in groups if group[0] not in found or found[group[0]].reason == "several"]
    if len(unclear) == 2:
        pair = search.pair([*unclear[0], *unclear[1]])
        if pair is not None:
            found.update(dict.fromkeys([*unclear[0], *unclear[1]], pair))
    return found


class _Search:
    def __init__(self, rules: Rules, figures: Figures) -> None:
        self._rules = rules
        self._figures = figures
        self._equal = [b for b in rules.balances if b.relation == "equal" and not b.needs_last]
        self._broken = [
            b
            for b in self._equal
            if not b.is_over_rows and (o := b.outcome(figures, None)) is not None and not o.holds
        ]
        self._sums = {path: b for path, b in rules.derived.items() if not b.rows and b not in self._broken}
        self._parts = {path: frozenset(term.path for term in b.right) for path, b in self._sums.items()}

    def groups(self) -> list[list[Balance]]:
        """The broken rules, those together that share a figure, also one within a sum."""
        groups: list[tuple[set[str], list[Balance]]] = []
        for balance in self._broken:
            paths = {path for term in balance.terms for path in self._within(term.path)}
            touching = [group for group in groups if group[0] & paths]
            merged = (paths.union(*(g[0] for g in touching)), [b for g in touching for b in g[1]] + [balance])
            groups = [group for group in groups if group not in touching] + [merged]
        return [balances for _, balances in groups]

    def _within(self, path: str) -> Iterator[str]:
        """A figure and, if it is a sum that holds, those that it is the sum of."""
        yield path
        if path in self._sums:
            for term in self._sums[path].right:
                yield from self._within(term.path)

    def explanation(self, group: Sequence[Balance], last: Figures, stated: Figures) -> Explanation | None:
        """What would make a group of broken rules balance; None where nothing simple would."""
        typed = [b.place for b in group if self._rules.derived.get(b.place) is b]
        singles = list(self._singles(group))
        totals = [(path, value) for path, value in singles if path in typed]
        if len(totals) == 1 and len(group) == 1:
            return Explanation(tuple(totals), "only" if len(singles) == 1 else "typed_total")
        if len(singles) == 1:
            return Explanation(tuple(singles), "only")
        if singles:
            return self._singled_out(singles, last, stated) or Explanation(tuple(singles), "several")
        return self.pair(group)

    def _singles(self, group: Sequence[Balance]) -> Iterator[tuple[str, Number]]:
        for path in self._candidates(group):
            for value in sorted({self._figures[path] + step for step in self._steps(group)}):
                if value >= 0 and self._mends(group, {path: value}):
                    yield path, value

    def _candidates(self, group: Sequence[Balance]) -> list[str]:
        """The figures that could be wrong: not the sums that hold, which follow from others."""
        paths = dict.fromkeys(p for b in group for term in b.terms for p in self._within(term.path))
        single = (path for path in paths if not is_over_rows(path))
        return [path for path in single if path not in self._sums and path in self._figures]

    def _steps(self, group: Sequence[Balance]) -> set[Number]:
        outcomes = [outcome for b in group if (outcome := b.outcome(self._figures, None)) is not None]
        return {sign * (o.left - o.right) for o in outcomes for sign in (1, -1)}

    def _after(self, change: Change) -> dict[str, Number]:
        """The figures after a change, with the sums that follow from it."""
        figures = dict(self._figures) | change
        changed = set(change)
        for path, balance in self._sums.items():
            if path in change or path not in figures or self._parts[path].isdisjoint(changed):
                continue
            parts = [figures.get(term.path) for term in balance.right]
            if None not in parts:
                figures[path] = sum(part for part in parts if part is not None)
                changed.add(path)
        return figures

    def _mends(self, group: Sequence[Balance], change: Change) -> bool:
        """Whether after a change the group balances, and whatever else it touches does not break."""
        figures = self._after(change)
        if not all(outcome is None or outcome.holds for b in group for outcome in [b.outcome(figures, None)]):
            return False
        changed = {path for path, value in figures.items() if value != self._figures.get(path)}
        touched = [b for b in self._equal if any(t.path in changed for t in b.terms)]
        outcomes = [balance.outcome(figures, None) for balance in touched]
        return all(outcome is None or outcome.holds for outcome in outcomes)

    def _singled_out(
        self, singles: Sequence[tuple[str, Number]], last: Figures, stated: Figures
    ) -> Explanation | None:
        """The one of several candidates for which something speaks; None where that holds for none or for more."""
        figures = self._figures
        evidence = {
            "stated": [(p, v) for p, v in singles if self._makes_true({p: v}, stated)],
            "last_year": [(p, v) for p, v in singles if figures[p] != 0 and last.get(p) == figures[p]],
            "digits": [(p, v) for p, v in singles if _is_mistyped(plain(figures[p]), plain(v))],
        }
        for reason, spoken in evidence.items():
            if len(spoken) == 1:
                return Explanation(tuple(spoken), reason)
        return None

    def _makes_true(self, change: Change, stated: Figures) -> bool:
        """Whether a change makes some number of the narrative agree that did not before."""
        after = self._after(change)
        return any(after.get(p) == number != self._figures.get(p) for p, number in stated.items())

    def pair(self, group: Sequence[Balance]) -> Explanation | None:
        """Two figures of a row or column that were swapped, or of which one holds the other's value."""
        figures, found = self._figures, []
        for one, other in combinations(self._candidates(group), 2):
            if figures[one] != figures[other] and _are_beside(one, other):
                change = {one: figures[other], other: figures[one]}
                if self._mends(group, change):
                    reason = "shifted" if 0 in change.values() else "swapped"
                    found.append(Explanation(tuple(change.items()), reason))
        return found[0] if len(found) == 1 else None


def _are_beside(one: str, other: str) -> bool:
    """Whether two figures are of the same row, or of the same column, of a table."""
    row, _, column = one.rpartition(".")
    other_row, _, other_column = other.rpartition(".")
    return row == other_row or column == other_column


def _is_mistyped(typed: str, meant: str) -> bool:
    """Whether a number was typed with a digit twice or one too many, or with two digits exchanged."""
    shorter = {typed[:i] + typed[i + 1 :] for i in range(len(typed)) if len(typed) > 1}
    exchanged = {
        typed[:i] + typed[i + 1] + typed[i] + typed[i + 2 :]
        for i in range(len(typed) - 1)
        if typed[i] != typed[i + 1]
    }
    return meant in shorter | exchanged
