"""What a campaign knows of last year: for each agency the figures of its last report that this year's must follow from.

They are kept in the campaign itself when its workbooks are handed out with them: the folder of last year may be gone or
elsewhere when the workbooks come back. Whoever checks what an agency handed in asks here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from reportfill.campaign.agencies.agency import Holder
from reportfill.campaign.agencies.holder_matching import match_holders
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.records.readings import figures_in, numbers_in, packed
from reportfill.campaign.storage.putting_away import digest_of_file
from reportfill.campaign.storage.store import Store
from reportfill.decimals import Number
from reportfill.errors import CampaignError
from reportfill.model.figures import with_values
from reportfill.pack.pack import Pack
from reportfill.system_words import reason_of

if TYPE_CHECKING:
    from reportfill.campaign.records.ledger import Ledger  # slow to import, and workers do without

PLACE = "log/上年数据.json"
_VERSION = 2


class LastReport(NamedTuple):
    """An agency's report of the year before: the SHA-256 of the workbook it is from, and the figures that matter,
    packed as those of a reading are."""

    digest: str
    figures: str


@dataclass(frozen=True, slots=True)
class LastFigures:
    """The last reports of a campaign's agencies, as far as they are known, with the paths of their figures."""

    paths: tuple[str, ...] = ()
    reports: Mapping[Holder, LastReport] = field(default_factory=dict)

    def figures_of(self, holder: Holder) -> Mapping[str, Number] | None:
        """The figures of an agency's last report; None where it is not known."""
        report = self.reports.get(holder)
        return figures_in(self.paths, report.figures) if report else None

    def now(self, roster: Roster, ledger: Ledger) -> LastFigures:
        """The same, by the agencies as the roster has them now, and as the ledger says that they changed; without those
        into which others were merged since: what they go on from is not what they reported themselves."""
        reports = dict(self.reports)
        for change in ledger.changes() if reports else ():
            if change.former in reports and change.now not in reports:
                reports[change.now] = reports.pop(change.former)
        if not all(map(roster.has, reports)):
            reports = dict(match_holders(roster, reports, ledger.holders(with_workbooks=True)).now(reports))
        grown = {one.successor for one in roster.closed if one.holder in reports}
        return LastFigures(
            self.paths, {holder: one for holder, one in reports.items() if holder.code not in grown}
        )


@lru_cache(maxsize=16)
def paths_that_matter(pack: Pack) -> tuple[str, ...]:
    """The paths of those of last year's figures with which this year's are compared, and which the report prints."""
    balances = (balance for balance in pack.rules.balances if balance.needs_last)
    compared = {term.path for balance in balances for term in balance.terms if term.last}
    return tuple(sorted(compared.union(pack.last_printed)))


def as_data(figures: Mapping[str, Number]) -> dict[str, Any]:
    """Figures as the data of a report, what all rows have together as that of one row."""
    return with_values({}, {path.replace("[*]", "[0]"): figure for path, figure in figures.items()})


def is_contradicted(pack: Pack, figures: Mapping[str, Number], last: Mapping[str, Number]) -> bool:
    """Whether this year's figures do not follow from last year's, or are doubtful beside them."""
    outcomes = (balance.outcome(figures, last) for balance in pack.rules.balances if balance.needs_last)
    return any(outcome is not None and not outcome.holds for outcome in outcomes)


def read_last_figures(store: Store) -> LastFigures:
    """What is known of last year; nothing where no workbooks were handed out with last year's figures. Raises
    CampaignError where it is damaged or cannot be read: nobody could say then what follows from last year."""
    if not store.exists(PLACE):
        return LastFigures()
    try:
        with store.open(PLACE) as stream:
            return _read(stream)
    except OSError as error:
        place, why = store.place(PLACE), reason_of(error)
        raise CampaignError(f"{place} cannot be read: {why.en}", f"无法读取{place}：{why.zh}") from error
    except (ValueError, ArithmeticError, KeyError, TypeError, AttributeError) as error:
        raise CampaignError(
            f"{store.place(PLACE)} is damaged: put the original back",
            f"{store.place(PLACE)}已损坏：请从备份恢复",
            by_command=("or run distribute with --last", "或者加上--last再运行一次distribute"),
        ) from error


def write_last_figures(store: Store, known: LastFigures) -> None:
    """Keep what is known of last year; nothing is written where that is kept already."""
    digest = sha256()
    for line in _lines(known):
        digest.update(line)
    if store.exists(PLACE) and digest_of_file(store, PLACE) == digest.hexdigest():
        return
    with store.writing(PLACE) as stream:
        stream.writelines(_lines(known))


def _lines(known: LastFigures) -> Iterator[bytes]:
    """A line that says what follows, and one for each agency: there may be a hundred thousand."""
    head = {"version": _VERSION, "agencies": len(known.reports), "paths": known.paths}
    rows = ([*holder, *report] for holder, report in sorted(known.reports.items()))
    return (json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in chain([head], rows))


def _read(stream: BinaryIO) -> LastFigures:
    first = stream.readline()
    told = json.loads(first if first.rstrip().endswith(b"}") else first + stream.read())
    if told["version"] == 1:
        return _of_first_version(told["agencies"])
    if told["version"] != _VERSION:
        raise ValueError(f"version {told['version']}")
    paths, reports = tuple(told["paths"]), {}
    for line in stream:
        code, name, digest, figures = json.loads(line)
        if len(numbers_in(figures)) != len(paths):
            raise ValueError(figures)
        reports[Holder(code, name)] = LastReport(digest, figures)
    if len(reports) != told["agencies"]:
        raise ValueError(len(reports))
    return LastFigures(paths, reports)


def _of_first_version(agencies: Sequence[Any]) -> LastFigures:
    """What version 0.2.0 kept: each agency's figures as texts by path."""
    figures = {
        (code, name, digest): {path: Decimal(str(figure)) for path, figure in own.items()}
        for code, name, digest, own in agencies
    }
    paths = tuple(sorted({path for own in figures.values() for path in own}))
    return LastFigures(
        paths,
        {
            Holder(code, name): LastReport(digest, packed(paths, own))
            for (code, name, digest), own in figures.items()
        },
    )
