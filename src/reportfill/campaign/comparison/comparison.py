"""What a comparison of two years comes to: changes, jumps, broken rules, and each agency's main figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.aggregation.added_up import summed_paths
from reportfill.campaign.comparison.agency_matching import AgencyMatch
from reportfill.decimals import Number
from reportfill.finding import Finding
from reportfill.pack.balances import Balance
from reportfill.pack.pack import Pack

Figures = Mapping[str, Number]


class AgencyFigures(NamedTuple):
    """An agency and its figures of both years by path, totals included where they are known; None stands for a year
    without a report that can be used."""

    match: AgencyMatch
    now: Figures | None
    last: Figures | None


@dataclass(frozen=True, slots=True)
class FigureChange:
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
    change: FigureChange
    size: float


@dataclass(frozen=True, slots=True)
class BrokenCarryOver:
    """A balance across the years that an agency's two reports do not keep: `last` is the sum of last year's figures
    that take part. `finding` is what a check with last year's report finds: as its `value` what this year's side is,
    as `expected` what it should be."""

    agency: Agency
    balance: Balance
    last: Number
    finding: Finding


@dataclass(frozen=True, slots=True)
class AgencyComparison:
    """One agency: its main figures of both years, in the order of `main_paths`; None for a year without a report."""

    match: AgencyMatch
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
    in_both: Sequence[FigureChange]
    over_all: Sequence[FigureChange]
    jumps: Sequence[Jump]
    jump_count: int
    jump_agencies: int
    breaks: Sequence[BrokenCarryOver]
    agencies: Sequence[AgencyComparison]
    added_in_both: int
    """How many agencies `in_both` is over."""

    @property
    def is_checked(self) -> bool:
        """Whether the rules across the years apply."""
        return self.year == self.last_year + 1


def main_paths(pack: Pack) -> list[str]:
    """The paths of the figures that are part of no sum, in reading order: what a report comes to."""
    parts = sums_of_parts(pack)
    return [path for path in summed_paths(pack) if path not in parts]


def sums_of_parts(pack: Pack) -> dict[str, list[str]]:
    """For each figure that is part of a sum, the sums."""
    sums: dict[str, list[str]] = defaultdict(list)
    for balance in pack.rules.balances:
        if balance.relation == "equal" and len(balance.left) == 1 and not balance.needs_last:
            for term in balance.right:
                sums[term.path].append(balance.place)
    return dict(sums)
