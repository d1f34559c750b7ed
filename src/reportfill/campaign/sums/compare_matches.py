"""Which agency of this year's roster is which of last year's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reportfill.campaign.agencies.agency import Agency


@dataclass(frozen=True, slots=True)
class Match:
    """An agency as this year's roster has it, and as last year's does; one of the two is None where a roster does not
    name it."""

    now: Agency | None
    last: Agency | None

    @property
    def agency(self) -> Agency:
        """The agency as this year's roster has it, or as last year's did. Raises ValueError where neither does."""
        known = self.now or self.last
        if known is None:
            raise ValueError("a match names an agency of at least one year")
        return known

    @property
    def has_other_code(self) -> bool:
        """Whether it is in both rosters, under another code."""
        return self.now is not None and self.last is not None and self.now.code != self.last.code

    @property
    def has_other_name(self) -> bool:
        """Whether it is in both rosters, under another name."""
        return self.now is not None and self.last is not None and self.now.name != self.last.name


def matched(agencies: Sequence[Agency], former: Sequence[Agency]) -> list[Match]:
    """This year's agencies in their order, each with the one of last year that it is, then those of last year that are
    gone.

    An agency is the one with its code and name; else the one with its name, where no other of either year bears it;
    else the one with its code. The name comes before the code because a roster that is numbered anew gives the codes to
    others, while the name of another agency is rarely taken over.
    """
    found = _with_same_code_and_name(agencies, former)
    for keys in (_names_borne_once, _codes):
        by_key = keys(_others(former, found.values()))
        for key, agency in keys([one for one in agencies if one.code not in found]).items():
            if key in by_key:
                found[agency.code] = by_key[key]
    gone = _others(former, found.values())
    return [Match(one, found.get(one.code)) for one in agencies] + [Match(None, one) for one in gone]


def _with_same_code_and_name(agencies: Sequence[Agency], former: Sequence[Agency]) -> dict[str, Agency]:
    """Last year's agencies by this year's codes."""
    by_code = _codes(former)
    return {
        one.code: by_code[one.code]
        for one in agencies
        if one.code in by_code and by_code[one.code].name == one.name
    }


def _others(agencies: Sequence[Agency], taken: Iterable[Agency]) -> list[Agency]:
    codes = {one.code for one in taken}
    return [one for one in agencies if one.code not in codes]


def _names_borne_once(agencies: Sequence[Agency]) -> Mapping[str, Agency]:
    count = Counter(one.name for one in agencies)
    return {one.name: one for one in agencies if count[one.name] == 1}


def _codes(agencies: Sequence[Agency]) -> Mapping[str, Agency]:
    return {one.code: one for one in agencies}
