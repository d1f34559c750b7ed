"""This year's figures beside last year's: in sum, the largest jumps, and what does not follow from last year's report.

Everything is read once, agency by agency, and little of it is kept: the sums, each agency's main figures, the largest
jumps, and every break.
"""

from __future__ import annotations

from collections.abc import Iterable

from reportfill.campaign.aggregation.added_up import added_paths, summed_paths
from reportfill.campaign.aggregation.coverage import adds_up
from reportfill.campaign.comparison.agency_matching import AgencyMatch
from reportfill.campaign.comparison.carry_over import CarryOver
from reportfill.campaign.comparison.comparison import (
    AgencyComparison,
    AgencyFigures,
    BrokenCarryOver,
    Comparison,
    FigureChange,
    Figures,
    main_paths,
)
from reportfill.campaign.comparison.jumps import LargestJumps
from reportfill.decimals import Number
from reportfill.finding import Severity
from reportfill.pack.pack import Pack


def comparison_of(
    pack: Pack,
    year: int,
    pairs: Iterable[AgencyFigures],
    *,
    last_year: int | None = None,
    through: tuple[int | None, int | None] = (None, None),
) -> Comparison:
    """This year beside last year, or beside `last_year`. The pairs are read once, in the roster's order.

    `through` are the levels down to which this year and last year are added up. Totals that are missing are worked
    out; the totals of sums are never added. A figure that a year's report does not have is compared with nothing.
    """
    before = year - 1 if last_year is None else last_year
    comparing = _Comparing(pack, carries_over=before == year - 1, through=through)
    for pair in pairs:
        comparing.take(pair)
    return comparing.result(year, before)


class _Comparing:
    """A comparison in the making: what is kept of the agencies read so far."""

    def __init__(self, pack: Pack, *, carries_over: bool, through: tuple[int | None, int | None]) -> None:
        self._pack = pack
        self._through_now, self._through_last = through
        self._paths = summed_paths(pack)
        self._main = main_paths(pack)
        self._typed = frozenset(added_paths(pack))
        self._carry_over = CarryOver(pack) if carries_over else None
        self._jumps = LargestJumps(pack, self._paths)
        self._breaks: list[BrokenCarryOver] = []
        self._agencies: list[AgencyComparison] = []
        self._all_last, self._all_now = _Sums(self._typed), _Sums(self._typed)
        self._both_last, self._both_now = _Sums(self._typed), _Sums(self._typed)

    def take(self, pair: AgencyFigures) -> None:
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

    def _add(self, match: AgencyMatch, last: Figures | None, now: Figures | None) -> None:
        """Add the figures of an agency that counts, each year by that year's roster."""
        added_last = last if match.last is not None and adds_up(match.last, self._through_last) else None
        added_now = now if match.now is not None and adds_up(match.now, self._through_now) else None
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
            breaks=sorted(self._breaks, key=lambda one: one.finding.severity is not Severity.ERROR),
            agencies=self._agencies,
            added_in_both=self._both_now.agencies,
        )

    def _changes(self, last: _Sums, now: _Sums) -> list[FigureChange]:
        before, after = last.with_totals(self._pack), now.with_totals(self._pack)
        return [FigureChange(path, before.get(path), after.get(path)) for path in self._paths]


class _Sums:
    """Sums over agencies."""

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
        """The sums by path, totals worked out from what is typed: only where another pack of last year lacks a part of
        one, those of the agencies are added."""
        typed = {path: figure for path, figure in self._sums.items() if path in self._typed}
        return self._sums | pack.rules.derive(typed)
