"""This year's figures beside last year's: in sum, the largest jumps, and what does not follow from last year's report.

Everything is read once, agency by agency, and little of it is kept: the sums, each agency's main figures, the largest
jumps, and every break.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import heappush, heappushpop
from math import log2, sqrt
from typing import NamedTuple

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.sums.compare_matches import Match
from reportfill.campaign.sums.rollup import added_paths
from reportfill.checks.balances import balance_findings
from reportfill.checks.findings import Finding
from reportfill.checks.submission import Submission
from reportfill.pack.balances import Balance
from reportfill.pack.figures import Number, with_values
from reportfill.pack.pack import Pack

MOST_JUMPS = 1_000
"""So many of the jumps are kept, the largest."""

SMALLEST_JUMP = 10
"""Two figures that differ by less are no jump, whatever their ratio."""

Figures = Mapping[str, Number]


class Pair(NamedTuple):
    """An agency and its figures of both years by path, totals included where they are known; None stands for a year
    without a report that can be used."""

    match: Match
    now: Figures | None
    last: Figures | None


@dataclass(frozen=True, slots=True)
class Change:
    """A figure in both years; None where that year's reports do not have it."""

    path: str
    last: Number | None
    now: Number | None

    @property
    def difference(self) -> Number | None:
        """How much there is more this year; None where a year is not known."""
        return None if self.now is None or self.last is None else self.now - self.last

    @property
    def percent(self) -> float | None:
        """The difference as a percentage of last year's figure; None where that is zero or not known."""
        return float(100 * self.difference / self.last) if self.difference is not None and self.last else None


@dataclass(frozen=True, slots=True)
class Jump:
    """A figure of an agency that changed a great deal; `size` is its `jump_size`. Of a figure and a sum of which it is
    part, changed by the same difference, only the sum is a jump."""

    agency: Agency
    change: Change
    size: float


@dataclass(frozen=True, slots=True)
class Break:
    """A balance across the years that an agency's two reports do not keep.

    `path` is the figure for which it stands, `title` the rule. `last` is the sum of last year's figures that take part,
    `expected` what this year's side should be by them, `now` what it is. `severity`, `message` and `hint` are those of
    the finding that a check with last year's report has.
    """

    agency: Agency
    path: str
    title: str
    last: Number
    expected: Number
    now: Number
    severity: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class AgencyComparison:
    """One agency: its main figures of both years, in the order of `main_paths`; None for a year without a report."""

    match: Match
    last: tuple[Number | None, ...] | None
    now: tuple[Number | None, ...] | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A year beside an earlier one.

    `in_both` are the sums over the agencies that are added up in both years, `over_all` those over all of each year, in
    reading order. `jumps` are the largest of `jump_count`, which `jump_agencies` agencies have. `breaks` are all of
    them, errors first; without `is_checked` the years do not follow each other, and nothing carries over.
    """

    pack: Pack
    year: int
    last_year: int
    in_both: Sequence[Change]
    over_all: Sequence[Change]
    jumps: Sequence[Jump]
    jump_count: int
    jump_agencies: int
    breaks: Sequence[Break]
    agencies: Sequence[AgencyComparison]
    added_in_both: int
    """How many agencies `in_both` is over."""

    @property
    def is_checked(self) -> bool:
        """Whether the rules across the years apply."""
        return self.year == self.last_year + 1


def paired(
    matches: Iterable[Match], now: Iterable[tuple[str, Figures]], last: Iterable[tuple[str, Figures]]
) -> Iterator[Pair]:
    """The agencies with their figures, taken one by one from what two years give: the code that the agency has in that
    year and its figures, in the order of the matches, without those that have no report.

    Raises ValueError where figures are left over because their code is in no match or out of order.
    """
    years = _InOrder(now), _InOrder(last)
    for match in matches:
        yield Pair(match, years[0].of(match.now), years[1].of(match.last))
    for year in years:
        year.must_be_at_end()


class _InOrder:
    """Figures by code that are asked for in the order in which they come."""

    def __init__(self, reports: Iterable[tuple[str, Figures]]) -> None:
        self._reports = iter(reports)
        self._next = next(self._reports, None)

    def of(self, agency: Agency | None) -> Figures | None:
        if agency is None or self._next is None or self._next[0] != agency.code:
            return None
        figures = self._next[1]
        self._next = next(self._reports, None)
        return figures

    def must_be_at_end(self) -> None:
        if self._next is not None:
            raise ValueError(f"the figures of {self._next[0]} are not in the order of the agencies")


def compared(pack: Pack, year: int, pairs: Iterable[Pair], *, last_year: int | None = None) -> Comparison:
    """This year beside last year, or beside `last_year`. The pairs are read once, in the roster's order.

    Totals that are missing are worked out; the totals of sums are never added. A figure that a year's report does not
    have is compared with nothing.
    """
    before = year - 1 if last_year is None else last_year
    comparing = _Comparing(pack, carries_over=before == year - 1)
    for pair in pairs:
        comparing.take(pair)
    return comparing.result(year, before)


def compared_paths(pack: Pack) -> list[str]:
    """The paths of the figures that are compared: all that add up over agencies, totals included, in reading order."""
    return [path for path, field in pack.fields.items() if field.kind.is_number and field.rollup == "sum"]


def main_paths(pack: Pack) -> list[str]:
    """The paths of the figures that are part of no sum, in reading order: what a report comes to."""
    parts = _sums_of_parts(pack)
    return [path for path in compared_paths(pack) if path not in parts]


def jump_size(last: Number, now: Number) -> float:
    """How large a jump is: the square root of the difference, times how often the smaller figure doubles to become the
    larger one, one being added to both so that zero has a ratio too.

    Zero where it is none: the two of a jump differ by ten or more, and one is at least twice the other. A figure below
    zero counts as zero, and the other as further from it.
    """
    low, high = (now, last) if now < last else (last, now)
    if low < 0:
        low, high = 0, high - low
    if high - low < SMALLEST_JUMP or high < 2 * low:
        return 0.0
    return sqrt(high - low) * log2((float(high) + 1) / (float(low) + 1))


def _sums_of_parts(pack: Pack) -> dict[str, list[str]]:
    """For each figure that is part of a sum, the sums."""
    sums: dict[str, list[str]] = defaultdict(list)
    for balance in pack.rules.balances:
        if balance.relation == "equal" and len(balance.left) == 1 and not balance.needs_last:
            for term in balance.right:
                sums[term.path].append(balance.place)
    return dict(sums)


class _Comparing:
    """A comparison in the making: what is kept of the agencies read so far."""

    def __init__(self, pack: Pack, *, carries_over: bool) -> None:
        self._pack = pack
        self._paths = compared_paths(pack)
        self._main = main_paths(pack)
        self._typed = frozenset(added_paths(pack))
        self._carry_over = _CarryOver(pack) if carries_over else None
        self._jumps = _LargestJumps(pack, self._paths)
        self._breaks: list[Break] = []
        self._agencies: list[AgencyComparison] = []
        self._all_last, self._all_now = _Sums(self._typed), _Sums(self._typed)
        self._both_last, self._both_now = _Sums(self._typed), _Sums(self._typed)

    def take(self, pair: Pair) -> None:
        """Take in one agency."""
        last, now = self._with_totals(pair.last), self._with_totals(pair.now)
        self._agencies.append(AgencyComparison(pair.match, self._main_of(last), self._main_of(now)))
        self._add(pair.match, last, now)
        if last is None or now is None:
            return
        self._jumps.take(pair.match.agency, last, now)
        if self._carry_over is not None:
            self._breaks.extend(self._carry_over.breaks(pair.match.agency, now, last))

    def _with_totals(self, figures: Figures | None) -> Figures | None:
        if figures is None or all(path in figures for path in self._pack.rules.derived):
            return figures
        return {**figures, **self._pack.rules.derive(figures)}

    def _main_of(self, figures: Figures | None) -> tuple[Number | None, ...] | None:
        return None if figures is None else tuple(figures.get(path) for path in self._main)

    def _add(self, match: Match, last: Figures | None, now: Figures | None) -> None:
        """Add the figures of an agency that its superior does not count."""
        added_last = last if match.last is not None and not match.last.is_counted_by_superior else None
        added_now = now if match.now is not None and not match.now.is_counted_by_superior else None
        if added_last is not None:
            self._all_last.add(added_last)
        if added_now is not None:
            self._all_now.add(added_now)
        if added_last is not None and added_now is not None:
            self._both_last.add(added_last)
            self._both_now.add(added_now)

    def result(self, year: int, last_year: int) -> Comparison:
        """The comparison of what was taken in."""
        return Comparison(
            pack=self._pack,
            year=year,
            last_year=last_year,
            in_both=self._changes(self._both_last, self._both_now),
            over_all=self._changes(self._all_last, self._all_now),
            jumps=self._jumps.largest(),
            jump_count=self._jumps.count,
            jump_agencies=self._jumps.agencies,
            breaks=sorted(self._breaks, key=lambda found: found.severity != "error"),
            agencies=self._agencies,
            added_in_both=self._both_now.agencies,
        )

    def _changes(self, last: _Sums, now: _Sums) -> list[Change]:
        before, after = last.with_totals(self._pack), now.with_totals(self._pack)
        return [Change(path, before.get(path), after.get(path)) for path in self._paths]


class _Sums:
    """Sums over agencies of the figures that are typed."""

    def __init__(self, typed: frozenset[str]) -> None:
        self._typed = typed
        self._sums: dict[str, Number] = {}
        self.agencies = 0

    def add(self, figures: Figures) -> None:
        self.agencies += 1
        sums = self._sums
        for path, figure in figures.items():
            if figure or path not in sums:
                sums[path] = sums.get(path, 0) + figure

    def with_totals(self, pack: Pack) -> Figures:
        """The sums by path, with the totals that follow from them."""
        typed = {path: figure for path, figure in self._sums.items() if path in self._typed}
        return typed | pack.rules.derive(typed)


class _LargestJumps:
    """The largest jumps so far, and how many there were."""

    def __init__(self, pack: Pack, paths: Sequence[str]) -> None:
        self._paths = paths
        self._sums = _sums_of_parts(pack)
        self._kept: list[tuple[float, int, Jump]] = []
        self.count = 0
        self.agencies = 0

    def take(self, agency: Agency, last: Figures, now: Figures) -> None:
        """Take in the jumps of an agency that are still here."""
        jumped = self._jumped(last, now)
        jumps = [one for one in jumped.values() if not self._is_told_by_sum(one, jumped)]
        self.agencies += bool(jumps)
        for change in jumps:
            self.count += 1
            size = jump_size(change.last or 0, change.now or 0)
            # Of equals the earlier one is the larger, so that the order never depends on anything else.
            entry = (size, -self.count, Jump(agency, change, size))
            if len(self._kept) < MOST_JUMPS:
                heappush(self._kept, entry)
            else:
                heappushpop(self._kept, entry)

    def _jumped(self, last: Figures, now: Figures) -> dict[str, Change]:
        jumped = {}
        for path in self._paths:
            before, after = last.get(path), now.get(path)
            if before != after and before is not None and after is not None and jump_size(before, after):
                jumped[path] = Change(path, before, after)
        return jumped

    def _is_told_by_sum(self, change: Change, jumped: Mapping[str, Change]) -> bool:
        """Whether the figure is part of a sum that jumped by just as much, which is the same thing seen from above."""
        sums = (jumped.get(path) for path in self._sums.get(change.path, ()))
        return any(one is not None and one.difference == change.difference for one in sums)

    def largest(self) -> list[Jump]:
        """The jumps kept, the largest first."""
        return [jump for *_, jump in sorted(self._kept, key=lambda entry: entry[:2], reverse=True)]


class _CarryOver:
    """The balances that bind a year to the one before.

    The rules of the relation at_most_times are left out: they ask how large a change may be, which the jumps tell.
    """

    def __init__(self, pack: Pack) -> None:
        self._balances = tuple(
            one for one in pack.rules.balances if one.needs_last and one.relation != "at_most_times"
        )
        self._pack = replace(pack, rules=replace(pack.rules, balances=self._balances))
        self._cells = pack.form.names

    def breaks(self, agency: Agency, now: Figures, last: Figures) -> list[Break]:
        """The balances that an agency's figures do not keep, worded as its own check words them."""
        broken = [one for one in self._balances if (o := one.outcome(now, last)) is not None and not o.holds]
        if not broken:
            return []
        submission = Submission(self._pack, with_values({}, now), self._cells)
        findings = balance_findings(submission, self._pack, last)
        return [_break(agency, balance, found, last) for balance, found in zip(broken, findings, strict=True)]


def _break(agency: Agency, balance: Balance, found: Finding, last: Figures) -> Break:
    return Break(
        agency=agency,
        path=balance.place,
        title=balance.title,
        last=sum(last[term.path] for term in balance.terms if term.last),
        expected=found.expected,
        now=found.value,
        severity=found.severity.value,
        message=found.message.zh,
        hint=found.hint.zh,
    )
