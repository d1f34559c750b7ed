"""Jumps: the figures that changed a great deal from one year to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from heapq import heappush, heappushpop
from math import log2, sqrt

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.comparison.comparison import FigureChange, Figures, Jump, sums_of_parts
from reportfill.decimals import Number
from reportfill.pack.pack import Pack

MOST_JUMPS = 1_000
"""So many of the jumps are kept, the largest."""

SMALLEST_JUMP = 10
"""Two figures that differ by less are no jump, whatever their ratio."""


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


class LargestJumps:
    """The largest jumps so far, and how many there were."""

    def __init__(self, pack: Pack, paths: Sequence[str]) -> None:
        self._paths = paths
        self._sums = sums_of_parts(pack)
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

    def _jumped(self, last: Figures, now: Figures) -> dict[str, FigureChange]:
        jumped = {}
        for path in self._paths:
            before, after = last.get(path), now.get(path)
            if before != after and before is not None and after is not None and jump_size(before, after):
                jumped[path] = FigureChange(path, before, after)
        return jumped

    def _is_told_by_sum(self, change: FigureChange, jumped: Mapping[str, FigureChange]) -> bool:
        """Whether the figure is part of a sum that jumped by just as much, which is the same thing seen from above."""
        sums = (jumped.get(path) for path in self._sums.get(change.path, ()))
        return any(one is not None and one.difference == change.difference for one in sums)

    def largest(self) -> list[Jump]:
        """The jumps kept, the largest first."""
        return [jump for *_, jump in sorted(self._kept, key=lambda entry: entry[:2], reverse=True)]
