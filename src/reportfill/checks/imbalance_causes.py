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
    found: dict[int, Explanation] = {}
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
    return {search.equalities[number]: explanation for number, explanation in found.items()}


class _Search:
    """What would mend the broken ones of the equalities, each known by its number.

    A change of a figure changes the sums that count it as often as they count it, and with these the difference
    between the two sides of every equality.
    """

    def __init__(self, rules: Rules, figures: Figures) -> None:
        self._rules = rules
        self._figures = figures
        self.equalities = [b for b in rules.balances if b.relation == "equal" and not b.needs_last]
        outcomes = [balance.outcome(figures, None) for balance in self.equalities]
        self._difference = {n: o.left - o.right for n, o in enumerate(outcomes) if o is not None}
        self._sides: dict[str, list[tuple[int, int]]] = {}
        for number in self._difference:
            for side, terms in ((1, self.equalities[number].left), (-1, self.equalities[number].right)):
                for term in terms:
                    self._sides.setdefault(term.path, []).append((number, side))
        broken = {id(self.equalities[n]) for n, difference in self._difference.items() if difference}
        self._sums = {path: b for path, b in rules.derived.items() if not b.rows and id(b) not in broken}
        self._sums_with: dict[str, list[str]] = {}
        for path, balance in self._sums.items():
            if path in figures and all(term.path in figures for term in balance.right):
                for term in balance.right:
                    self._sums_with.setdefault(term.path, []).append(path)
        self._counted: dict[str, Mapping[str, int]] = {}

    def groups(self) -> list[list[int]]:
        """The broken equalities, those together that share a figure, also one within a sum."""
        groups: list[tuple[set[str], list[int]]] = []
        for number, difference in self._difference.items():
            if not difference or self.equalities[number].is_over_rows:
                continue
            paths = {path for term in self.equalities[number].terms for path in self._within(term.path)}
            touching = [group for group in groups if group[0] & paths]
            merged = (paths.union(*(g[0] for g in touching)), [n for g in touching for n in g[1]] + [number])
            groups = [group for group in groups if group not in touching] + [merged]
        return [numbers for _, numbers in groups]

    def _within(self, path: str) -> Iterator[str]:
        """A figure and, if it is a sum that holds, those that it is the sum of."""
        yield path
        if path in self._sums:
            for term in self._sums[path].right:
                yield from self._within(term.path)

    def explanation(self, group: Sequence[int], last: Figures, stated: Figures) -> Explanation | None:
        """What would make a group of broken equalities balance; None where nothing simple would."""
        balances = [self.equalities[number] for number in group]
        typed = [b.place for b in balances if self._rules.derived.get(b.place) is b]
        singles = list(self._singles(group))
        totals = [(path, value) for path, value in singles if path in typed]
        if len(totals) == 1 and len(group) == 1:
            return Explanation(tuple(totals), "only" if len(singles) == 1 else "typed_total")
        if len(singles) == 1:
            return Explanation(tuple(singles), "only")
        if singles:
            return self._singled_out(singles, last, stated) or Explanation(tuple(singles), "several")
        return self.pair(group)

    def _singles(self, group: Sequence[int]) -> Iterator[tuple[str, Number]]:
        steps = {sign * self._difference[number] for number in group for sign in (1, -1)}
        for path in self._candidates(group):
            for value in sorted(self._figures[path] + step for step in steps):
                if value >= 0 and self._mends(group, {path: value}):
                    yield path, value

    def _candidates(self, group: Sequence[int]) -> list[str]:
        """The figures that could be wrong: not the sums that hold, which follow from others."""
        terms = (term for number in group for term in self.equalities[number].terms)
        paths = dict.fromkeys(path for term in terms for path in self._within(term.path))
        single = (path for path in paths if not is_over_rows(path))
        return [path for path in single if path not in self._sums and path in self._figures]

    def _steps(self, change: Change) -> dict[str, Number]:
        """By how much a change changes each figure, with the sums that follow."""
        steps: dict[str, Number] = {}
        for path, value in change.items():
            for counting, times in self._counting(path).items():
                steps[counting] = steps.get(counting, 0) + times * (value - self._figures[path])
        return steps

    def _counting(self, path: str) -> Mapping[str, int]:
        """How often a figure counts in itself and in each sum that follows from it."""
        if path not in self._counted:
            counts = {path: 1}
            for total in self._sums_with.get(path, ()):
                for counting, times in self._counting(total).items():
                    counts[counting] = counts.get(counting, 0) + times
            self._counted[path] = counts
        return self._counted[path]

    def _mends(self, group: Sequence[int], change: Change) -> bool:
        """Whether after a change the group balances, and whatever else it touches does not break."""
        after = {number: self._difference[number] for number in group}
        for path, step in self._steps(change).items():
            for number, side in self._sides.get(path, ()) if step else ():
                after[number] = after.get(number, self._difference[number]) + side * step
        return not any(after.values())

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
        figures, steps = self._figures, self._steps(change)
        return any(
            p in figures and figures[p] + steps.get(p, 0) == n != figures[p] for p, n in stated.items()
        )

    def pair(self, group: Sequence[int]) -> Explanation | None:
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
