"""The list of agencies of a site in parts: those of one superior, and of many not too many together."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import TypeVar

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.publication.site_places import WITHOUT_SUPERIOR, address_of_code

Item = TypeVar("Item")

MOST_IN_PART = 200
"""So many agencies a page lists."""


@dataclass(frozen=True, slots=True)
class ListPart:
    """A part of the list: its name in addresses, the superior of its agencies, which one of that superior's parts it is
    and of how many, and the agencies."""

    name: str
    superior: Agency | None
    number: int
    count: int
    agencies: Sequence[Agency]


def list_parts(roster: Roster, codes: Container[str]) -> Iterator[ListPart]:
    """The parts of the list of the agencies of these codes, superiors and agencies in the roster's order."""
    by_superior: dict[str, list[Agency]] = {}
    for agency in roster.agencies:
        if agency.code in codes:
            by_superior.setdefault(agency.superior, []).append(agency)
    agencies = enumerate(roster.agencies, 1)
    order = {agency.code: place for place, agency in agencies if agency.code in by_superior}
    for code in sorted(by_superior, key=lambda superior: order.get(superior, 0)):
        yield from _parts_of(roster.all_by_code.get(code), by_superior.pop(code))


def _parts_of(superior: Agency | None, agencies: Sequence[Agency]) -> Iterator[ListPart]:
    address = address_of_code(superior.code) if superior else WITHOUT_SUPERIOR
    count = -(-len(agencies) // MOST_IN_PART)
    every = iter(agencies)
    for number in range(1, count + 1):
        name = f"{address}_{number}" if number > 1 else address
        yield ListPart(name, superior, number, count, list(islice(every, MOST_IN_PART)))


def with_neighbours(items: Iterable[Item]) -> Iterator[tuple[Item | None, Item, Item | None]]:
    """Each item with the one before it and the one behind it, None where there is none."""
    before: Item | None = None
    here: Item | None = None
    for after in chain(items, (None,)):
        if here is not None:
            yield before, here, after
        before, here = here, after
