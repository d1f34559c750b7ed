"""Which agency of this year's roster is which of last year's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reportfill.campaign.agencies.agency import Agency
from reportfill.finding import Finding, finding
from reportfill.model.labels import folded


@dataclass(frozen=True, slots=True)
class AgencyMatch:
    """An agency as this year's roster has it, and as last year's does; one of the two is None where a roster does not
    name it."""

    now: Agency | None
    last: Agency | None

    @property
    def agency(self) -> Agency:
        """The agency as this year's roster has it, or as last year's did."""
        known = self.now or self.last
        assert known is not None
        return known


def match_agencies(agencies: Sequence[Agency], former: Sequence[Agency]) -> list[AgencyMatch]:
    """This year's agencies in their order, each with the one of last year that it is, then those of last year that are
    gone.

    An agency is the one with its code and name; else the one with its name, where no other of either year bears it;
    else the one with the name that this year's roster says it had. Its code alone says nothing: a roster that is
    numbered anew gives the codes to others.
    """
    found = _with_same_code_and_name(agencies, former)
    for field in ("name", "former_name"):
        by_name = _borne_once(_others(former, found.values()), "name")
        for name, agency in _borne_once([one for one in agencies if one.code not in found], field).items():
            if name in by_name:
                found[agency.code] = by_name[name]
    gone = _others(former, found.values())
    return [AgencyMatch(one, found.get(one.code)) for one in agencies] + [
        AgencyMatch(None, one) for one in gone
    ]


def _with_same_code_and_name(agencies: Sequence[Agency], former: Sequence[Agency]) -> dict[str, Agency]:
    """Last year's agencies by this year's codes."""
    by_code = {one.code: one for one in former}
    return {
        one.code: by_code[one.code]
        for one in agencies
        if one.code in by_code and by_code[one.code].name == one.name
    }


def _others(agencies: Sequence[Agency], taken: Iterable[Agency]) -> list[Agency]:
    codes = {one.code for one in taken}
    return [one for one in agencies if one.code not in codes]


def possible_renames(matches: Sequence[AgencyMatch]) -> list[Finding]:
    """The agencies of this year that were not found in last year's roster, where another name stands beside their code:
    they may have been renamed."""
    gone = {one.last.code: one.last for one in matches if one.now is None and one.last is not None}
    return [
        finding(
            "agency.other_last_year",
            value=one.now.name,
            expected=gone[one.now.code].name,
            code_of_agency=one.now.code,
        )
        for one in matches
        if one.last is None and one.now is not None and one.now.code in gone
    ]


def _borne_once(agencies: Sequence[Agency], field: str) -> Mapping[str, Agency]:
    """The agencies by a name, folded, that no two of them have."""
    names = [folded(getattr(one, field)) for one in agencies]
    count = Counter(names)
    return {name: one for name, one in zip(names, agencies, strict=True) if name and count[name] == 1}
