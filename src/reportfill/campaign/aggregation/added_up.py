"""Reports added up as they come: of none anything stays but what all come to, however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from reportfill.campaign.aggregation.rolled_others import OthersBeingRolledUp, OthersRolledUp, has_others
from reportfill.campaign.records.readings import data_in, figures_in
from reportfill.decimals import Number
from reportfill.model.fields import ADDED
from reportfill.model.report_model import YEAR
from reportfill.model.row_paths import field_path
from reportfill.pack.pack import Pack

if TYPE_CHECKING:
    from reportfill.campaign.records.ledger import Ledger  # slow to import, and workers do without

Reported = tuple[Mapping[str, Number], Mapping[str, Any]]
"""The figures of a report by path, and everything else as data, empty where none of that is added up."""


class AddedUp(NamedTuple):
    """What reports come to: the sums by path, totals included, and their rows and answers."""

    sums: Mapping[str, Number]
    others: OthersRolledUp


def reports_kept(ledger: Ledger, pack: Pack, digests: Iterable[str]) -> Iterator[Reported]:
    """What the ledger keeps of versions, by their SHA-256, in order, as far as it is added up."""
    if not has_others(pack):
        yield from ((figures, {}) for figures in ledger.figures(digests))
        return
    for reading in ledger.readings(digests):
        yield figures_in(reading.paths, reading.figures), data_in(reading)


def added_up(pack: Pack, owners: Sequence[str], reports: Iterable[Reported]) -> AddedUp:
    """What the reports of these agencies come to, in the order of both."""
    others = OthersBeingRolledUp(pack, owners)
    added: dict[str, Number] = dict.fromkeys(added_paths(pack), 0)
    known: set[str] = set()
    for figures, data in reports:
        for path in added.keys() & figures.keys():
            added[path] += figures[path]
        known |= figures.keys()
        others.take(data)
    sums = {path: figure for path, figure in added.items() if path in known or path not in pack.conditional}
    return AddedUp(sums | pack.rules.derive(sums), others.result({field_path(path) for path in known}))


def added_paths(pack: Pack) -> list[str]:
    """The paths of the figures that are added over agencies, in reading order: those that do not follow from others
    that are."""
    derived = pack.rules.derived
    return [path for path in summed_paths(pack) if path not in derived or derived[path].is_over_rows]


def summed_paths(pack: Pack) -> list[str]:
    """The paths of the figures that there are sums of over agencies, totals included, in reading order."""
    return [
        path
        for path, field in pack.fields.items()
        if field.kind.is_number and not field.rows and field.rollup == ADDED and path != YEAR
    ]
