"""Where an agency's file may be written: never where another agency's is."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from reportfill.campaign.agencies.agency import Holder
from reportfill.campaign.folder.naming import Places, put_away_place
from reportfill.campaign.records.ledger import Ledger
from reportfill.campaign.storage.store import Store


def unclaimed_place(
    wanted: str,
    holder: Holder,
    places: Places,
    store: Store,
    ledger: Ledger,
    taken: Mapping[str, Holder] = MappingProxyType({}),
) -> str:
    """Where an agency's file goes: to the place wanted, or to one that stands in for it where another's is, which may
    have had the same name or the same code. `taken` are places that are about to be somebody's."""
    for candidate in places.instead_of(wanted, holder):
        others = {taken.get(candidate, holder)}
        for there in filter(store.exists, (candidate, put_away_place(candidate))):
            others |= ledger.holders_of_file(there)
        if others <= {holder}:
            break
    return candidate
