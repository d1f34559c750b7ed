"""The list of agencies of a site in parts: those of one superior, and of many not too many together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from reportfill.campaign.agencies.agency import Agency, Holder
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.aggregation.counted_copies import CountedCopy
from reportfill.campaign.publication.site_places import WITHOUT_SUPERIOR, address_of_code

MOST_IN_PART = 200
"""So many agencies a page lists."""


@dataclass(frozen=True, slots=True)
class ListPart:
    """A part of the list: its name in addresses, the superior of its agencies, which one of that superior's parts it is
    and of how many, and the agencies with the copies of what is published of them."""

    name: str
    superior: Agency | None
    number: int
    count: int
    agencies: Sequence[tuple[Agency, CountedCopy]]


def list_parts(roster: Roster, copies: Mapping[Holder, CountedCopy]) -> Iterator[ListPart]:
    """The parts of the list of those agencies of which a copy is published, superiors and agencies in the roster's
    order."""
    by_superior: dict[str, list[tuple[Agency, CountedCopy]]] = {}
    for agency in roster.agencies:
        copy = copies.get(agency.holder)
        if copy is not None:
            by_superior.setdefault(agency.superior, []).append((agency, copy))
    order = {agency.code: place for place, agency in enumerate(roster.agencies, 1)}
    for code in sorted(by_superior, key=lambda superior: order.get(superior, 0)):
        yield from _parts_of(roster.all_by_code.get(code), by_superior.pop(code))


def _parts_of(superior: Agency | None, agencies: Sequence[tuple[Agency, CountedCopy]]) -> Iterator[ListPart]:
    address = address_of_code(superior.code) if superior else WITHOUT_SUPERIOR
    count = -(-len(agencies) // MOST_IN_PART)
    every = iter(agencies)
    for number in range(1, count + 1):
        name = f"{address}_{number}" if number > 1 else address
        yield ListPart(name, superior, number, count, list(islice(every, MOST_IN_PART)))
