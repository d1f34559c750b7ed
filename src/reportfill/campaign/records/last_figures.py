"""What a campaign knows of last year: for each agency the figures of its last report that this year's must follow from.

They are kept in the campaign itself when its workbooks are handed out with them: the folder of last year may be gone or
elsewhere when the workbooks come back. Whoever checks what an agency handed in asks here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from reportfill.campaign.agencies.agency import Holder
from reportfill.campaign.agencies.holder_matching import match_holders
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.storage.store import Store
from reportfill.decimals import Number, plain, reduced
from reportfill.errors import CampaignError
from reportfill.pack.pack import Pack

if TYPE_CHECKING:
    from reportfill.campaign.records.ledger import Ledger  # slow to import, and workers do without

PLACE = "log/上年数据.json"
_VERSION = 1


class LastReport(NamedTuple):
    """An agency's report of the year before: the SHA-256 of the workbook it is from, and the figures that matter."""

    digest: str
    figures: Mapping[str, Number]


@dataclass(frozen=True, slots=True)
class LastFigures:
    """The last reports of a campaign's agencies, as far as they are known."""

    reports: Mapping[Holder, LastReport] = field(default_factory=dict)

    def figures_of(self, holder: Holder) -> Mapping[str, Number] | None:
        """The figures of an agency's last report; None where it is not known."""
        report = self.reports.get(holder)
        return report.figures if report else None

    def now(self, roster: Roster, ledger: Ledger) -> LastFigures:
        """The same, by the agencies as the roster has them now, and as the ledger says that they changed."""
        reports = dict(self.reports)
        for change in ledger.changes() if reports else ():
            if change.former in reports and change.now not in reports:
                reports[change.now] = reports.pop(change.former)
        known = ledger.holders(with_workbooks=True) if reports else ()
        return LastFigures(match_holders(roster, reports, known).now(reports))


def figures_that_matter(pack: Pack, figures: Mapping[str, Number]) -> dict[str, Number]:
    """Those of last year's figures with which this year's are compared."""
    balances = (balance for balance in pack.rules.balances if balance.needs_last)
    paths = {term.path for balance in balances for term in balance.terms if term.last}
    return {path: figures[path] for path in sorted(paths) if path in figures}


def is_contradicted(pack: Pack, figures: Mapping[str, Number], last: Mapping[str, Number]) -> bool:
    """Whether this year's figures do not follow from last year's, or are doubtful beside them."""
    outcomes = (balance.outcome(figures, last) for balance in pack.rules.balances if balance.needs_last)
    return any(outcome is not None and not outcome.holds for outcome in outcomes)


def read_last_figures(store: Store) -> LastFigures:
    """What is known of last year; nothing where no workbooks were handed out with last year's figures. Raises
    CampaignError where it is damaged: nobody could say then what follows from last year."""
    if not store.exists(PLACE):
        return LastFigures()
    try:
        told = json.loads(store.read(PLACE))
        if told["version"] != _VERSION:
            raise ValueError(f"version {told['version']}")
        return LastFigures({Holder(code, name): _report(*own) for code, name, *own in told["agencies"]})
    except (OSError, ValueError, ArithmeticError, KeyError, TypeError, AttributeError) as error:
        raise CampaignError(
            f"{store.place(PLACE)} is damaged or cannot be read: put the original back, or run distribute with --last",
            f"{store.place(PLACE)}已损坏或者无法读取：请从备份放回原件，或者加上--last再运行一次distribute",
        ) from error


def write_last_figures(store: Store, known: LastFigures) -> None:
    """Keep what is known of last year; nothing is written where that is kept already."""
    agencies = [
        [*holder, report.digest, {path: plain(figure) for path, figure in report.figures.items()}]
        for holder, report in sorted(known.reports.items())
    ]
    content = json.dumps({"version": _VERSION, "agencies": agencies}, ensure_ascii=False, indent=0).encode()
    if not store.exists(PLACE) or store.read(PLACE) != content:
        store.write(PLACE, content)


def _report(digest: str, figures: Mapping[str, Any]) -> LastReport:
    return LastReport(digest, {path: _number(str(figure)) for path, figure in figures.items()})


def _number(text: str) -> Number:
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError(text)
    return reduced(number)
