"""Laying items that keep their order over places that were pushed apart: rows of a form over rows of a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

_MOST_PLACES = 8
"""Places that one item may have before it counts as lost in repetitions."""


class Alignment(NamedTuple):
    """Where an item can lie: `places` are those that it has in any longest arrangement, `always` says whether it has
    one in every such arrangement."""

    places: tuple[int, ...]
    always: bool

    @property
    def certain(self) -> int | None:
        """The one place that the item can have; None where there is none or more than one."""
        return self.places[0] if len(self.places) == 1 and self.always else None


def alignment_of(possible: Sequence[Sequence[int]]) -> list[Alignment]:
    """Where items lie that stand in order, given the places that each may have, in ascending order.

    As many items as can be get a place, each behind that of the item before (a longest common subsequence). All
    arrangements that are as long are looked at, so that what is returned as certain follows from the order alone.
    """
    candidates = [
        (item, place)
        for item, places in enumerate(possible)
        if len(places) <= _MOST_PLACES
        for place in places
    ]
    before = _chains(candidates)
    mirrored = _chains([(-item, -place) for item, place in reversed(candidates)])
    behind = list(reversed(mirrored))
    longest = max((length for length, _ in before), default=0)
    ways = sum(count for length, count in before if length == longest)
    through: dict[int, dict[int, int]] = {}
    for (item, place), (left, left_ways), (right, right_ways) in zip(candidates, before, behind, strict=True):
        if left + right - 1 == longest:
            through.setdefault(item, {})[place] = left_ways * right_ways
    return [
        Alignment(tuple(through.get(item, ())), sum(through.get(item, {}).values()) == ways)
        for item in range(len(possible))
    ]


def _chains(candidates: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """For each candidate the length of the longest ascending chain that ends with it, and how many there are."""
    chains: list[tuple[int, int]] = []
    for number, (item, place) in enumerate(candidates):
        length, ways = 0, 1
        for (earlier, other), (chain, count) in zip(candidates[:number], chains, strict=True):
            if earlier < item and other < place:
                if chain > length:
                    length, ways = chain, count
                elif chain == length:
                    ways += count
        chains.append((length + 1, ways))
    return chains
