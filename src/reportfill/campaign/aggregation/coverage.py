"""Who counts: the agencies whose figures are added, one answer for the roll-up, the comparison and whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from reportfill.campaign.agencies.agency import Agency, Holder
from reportfill.campaign.agencies.holder_matching import HolderMatching, match_holders
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.aggregation.counted_copies import CountedCopy, counted_copies
from reportfill.campaign.folder.naming import folder_of_workbook
from reportfill.campaign.records.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Coverage:
    """The agencies of a roster by whether they count: `present` with the copy of the version that counts, `missing`
    without one, `left_out` because their superiors count them, `closed` because they do not report any more.

    `handed_in` are those of whom anything came in, `matching` says what became of those who are not in the roster, and
    `elsewhere` are those of them that were not among the agencies that are wanted.
    """

    present: Sequence[tuple[Agency, CountedCopy]]
    missing: Sequence[Agency]
    left_out: Sequence[Agency]
    closed: Sequence[Agency]
    handed_in: frozenset[Holder]
    matching: HolderMatching
    elsewhere: frozenset[Holder] = frozenset()

    @property
    def lost(self) -> Sequence[Holder]:
        """Agencies that had a workbook or handed in and are not in the roster, in the order of their codes: those that
        may be one which is missing there count as that one."""
        return sorted(_lost(self.matching) - self.elsewhere)


def adds_up(agency: Agency, through: int | None = None) -> bool:
    """Whether the figures of an agency are added, down to a level: unless its superior counts them, or it does not
    report any more."""
    is_deep = through is not None and agency.level > through
    return not (agency.is_closed or agency.is_counted_by_superior or is_deep)


def _lost(recorded: HolderMatching) -> set[Holder]:
    unclaimed = {holder for holder, asked in recorded.doubtful.items() if not adds_up(asked)}
    return {*recorded.gone, *recorded.unlisted, *unclaimed}


def coverage_of(
    roster: Roster,
    ledger: Ledger,
    wanted: Callable[[Agency], bool] = lambda agency: True,
    may_be_below: Callable[[str], bool] | None = None,
) -> Coverage:
    """Who counts of the agencies that are wanted, in the roster's order. `may_be_below` says of a superior's folder, or
    "" for none, whether those who had their workbooks there may be wanted though the roster lost them; None where
    everybody may be."""
    handed_in, recorded = ledger.holders(), recorded_holders(roster, ledger)
    copies = recorded.now(counted_copies(ledger))
    agencies = [agency for agency in roster.agencies if wanted(agency)]
    counted = [agency for agency in agencies if adds_up(agency)]
    return Coverage(
        [(agency, copies[agency.holder]) for agency in counted if agency.holder in copies],
        [agency for agency in counted if agency.holder not in copies],
        [agency for agency in agencies if agency.is_counted_by_superior],
        [agency for agency in roster.closed if wanted(agency)],
        frozenset(map(recorded.holder_now, handed_in)),
        recorded,
        _elsewhere(_lost(recorded), ledger, may_be_below) if may_be_below else frozenset(),
    )


def _elsewhere(lost: set[Holder], ledger: Ledger, may_be_below: Callable[[str], bool]) -> frozenset[Holder]:
    """Those of lost agencies whose workbooks were made for another superior; of whom none is known may be any's."""
    if not lost:
        return frozenset()
    made = (one for one in ledger.workbooks().values() if one.holder in lost)
    return frozenset(one.holder for one in made if not may_be_below(folder_of_workbook(one.path)))


def copies_by_agency(roster: Roster, ledger: Ledger) -> Mapping[Holder, CountedCopy]:
    """The copy of the version that counts by whose it is in the roster: one that is nobody's there has its own."""
    return recorded_holders(roster, ledger).now(counted_copies(ledger))


def recorded_holders(roster: Roster, ledger: Ledger) -> HolderMatching:
    """What became of all of whom anything is recorded. Nearly always the roster has all of them as they were, for which
    none of them needs to be kept."""
    if all(map(roster.has, ledger.each_holder())):
        return HolderMatching()
    return match_holders(roster, ledger.holders(), ledger.holders(with_workbooks=True))
