"""Adding up: the sums over agencies, from the version of each that counts, and who stands behind them.

Only figures that are typed are added, exactly; totals are worked out from the sums and never added (a figure with
`"rollup": "none"` in the schema is not added at all). Rows become those of one report as the schema says; of answers
those stand on which all agree. An agency whose figures are in its superior's report (不汇总) is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reportfill.campaign.agencies.agency import Agency, Holder
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.aggregation.added_up import Reported, added_paths, added_up, reports_kept
from reportfill.campaign.aggregation.counted_copies import keep_readings
from reportfill.campaign.aggregation.coverage import Coverage, coverage_of
from reportfill.campaign.aggregation.rolled_others import has_others
from reportfill.campaign.aggregation.rolled_rows import Row
from reportfill.campaign.folder.naming import folder_below
from reportfill.campaign.progress import Progress, steps, unseen
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.decimals import Number
from reportfill.errors import CampaignError
from reportfill.finding import Finding, finding
from reportfill.pack.pack import Pack, load_pack
from reportfill.text import how_many
from reportfill.workers import ProcessWorkers, Workers


@dataclass(frozen=True, slots=True)
class Contribution:
    """An agency that adds its figures; `version` is the number of the version that they are from."""

    agency: Agency
    version: int


@dataclass(frozen=True, slots=True)
class Absent:
    """An agency whose figures are not in a roll-up, and why."""

    agency: Agency
    reason: Finding


@dataclass(frozen=True, slots=True)
class Rollup:
    """Sums over agencies, by path, totals included, with what they are made of: `figures` has by each of `added_paths`
    what the `contributions` add, in their order. `missing` are agencies that should be in it and have no sound report;
    `left_out` those that their superiors count; `lost` those that the roster does not have any more, though nobody said
    that they need not report; `absent` are all of them, and those that do not report any more. `covers` says in Chinese
    which part of the roster it is over, empty for all of it. `others` are the rows and answers of the roll-up by path,
    `rows` the rows of each contribution by the path of their group, and `findings` what became of them."""

    pack: Pack
    year: int
    sums: Mapping[str, Number]
    contributions: Sequence[Contribution]
    figures: Mapping[str, Sequence[Number]]
    missing: Sequence[Agency]
    left_out: Sequence[Agency]
    absent: Sequence[Absent]
    lost: Sequence[Holder] = ()
    covers: str = ""
    is_selection: bool = False
    """Whether it is over less than the office adds up, because somebody asked for that."""
    others: Mapping[str, Any] = field(default_factory=dict)
    rows: Mapping[str, Sequence[Sequence[Row]]] = field(default_factory=dict)
    findings: Sequence[Finding] = ()

    @property
    def is_partial(self) -> bool:
        """Whether it is less than the report of the office: somebody is missing, from the reports or the roster, or
        only some were asked for."""
        return bool(self.missing or self.lost) or self.is_selection


@dataclass(frozen=True, slots=True)
class Subset:
    """Some agencies of a roster; `covers` says in Chinese which. `may_be_below` says of a superior's folder whether one
    of them may have been in it whom the roster does not have any more; None where every such agency may be one."""

    wanted: Callable[[Agency], bool] = lambda agency: True
    covers: str = ""
    is_selection: bool = False
    may_be_below: Callable[[str], bool] | None = None


EVERYBODY = Subset()
"""All agencies of a roster."""


class NothingToAddError(CampaignError):
    """There is no report that could be added up."""


def subset(
    roster: Roster,
    *,
    through: int | None = None,
    usual: int | None = None,
    of: str = "",
    listed: frozenset[str] | None = None,
) -> Subset:
    """The agencies down to a level, of one superior (itself and all below it), and of a list of codes or names.
    `usual` is the level down to which the office adds up unless another is asked for."""
    lowest = usual if through is None else through

    def wanted(agency: Agency) -> bool:
        below = not of or roster.is_below(agency, of)
        is_listed = listed is None or not listed.isdisjoint((agency.code, agency.name))
        return below and is_listed and (lowest is None or agency.level <= lowest)

    parts = [f"{roster.by_code[of].name}及其下级" if of else ""]
    parts += [f"第{through}级及以上" if through is not None else "", "指定名单" if listed is not None else ""]
    is_selection = listed is not None or lowest != usual
    may_be_below = _folders_of(roster, of) if of else None
    if listed is not None:  # whoever is named in a list is in the roster
        may_be_below = frozenset[str]().__contains__
    return Subset(wanted, "、".join(part for part in parts if part), is_selection, may_be_below)


def _folders_of(roster: Roster, of: str) -> Callable[[str], bool]:
    """Whether a folder is that of a superior or of somebody below it, or of whom the roster does not have."""
    known = {folder_below(agency) for agency in roster.agencies}
    own = {folder_below(agency) for agency in roster.agencies if roster.is_below(agency, of)}
    return lambda folder: folder in own or (bool(folder) and folder not in known)


def rollup(
    folder: CampaignFolder,
    some: Subset = EVERYBODY,
    workers: Workers | None = None,
    progress: Progress = unseen,
) -> Rollup:
    """The sums over the agencies of the roster, or over some of them, in the roster's order. Raises NothingToAddError
    where there is nothing to add."""
    roster, pack = folder.roster(), load_pack(folder.pack)
    with folder.read_ledger() as ledger:
        coverage = coverage_of(roster, ledger, some.wanted, some.may_be_below)
    if not coverage.present:
        raise _nothing_to_add(coverage, some)
    digests = [copy.digest for _, copy in coverage.present]
    contributions = [Contribution(agency, copy.number) for agency, copy in coverage.present]
    columns: dict[str, list[Number]] = {path: [0] * len(digests) for path in added_paths(pack)}
    with folder.read_ledger() as ledger:
        keep_readings(folder, ledger, digests, workers or ProcessWorkers(1), with_texts=has_others(pack))
        reports = _columns_filled(columns, reports_kept(ledger, pack, digests), steps(progress, len(digests)))
        sums, others = added_up(pack, [agency.name for agency, _ in coverage.present], reports)
    return Rollup(
        pack,
        folder.settings().year,
        sums,
        contributions,
        columns,
        coverage.missing,
        coverage.left_out,
        list(_absent(roster, coverage, is_whole=not some.covers)),
        coverage.lost,
        some.covers,
        some.is_selection,
        others.values,
        others.rows,
        others.findings,
    )


def _columns_filled(
    columns: Mapping[str, list[Number]], reports: Iterable[Reported], advance: Callable[[], None]
) -> Iterator[Reported]:
    """Reports, each of whose figures stand in its row of the columns of their paths once it went by."""
    for row, (figures, data) in enumerate(reports):
        for path in columns.keys() & figures.keys():
            columns[path][row] = figures[path]
        yield figures, data
        advance()


def _absent(roster: Roster, known: Coverage, *, is_whole: bool) -> Iterator[Absent]:
    """Everybody whose figures are not added, and why; over all of the roster those too who are not in it any more."""
    former = {now: holder for holder, now in known.matching.doubtful.items()}
    nothing, unusable = finding("absence.nothing_came"), finding("absence.unusable")
    for one in known.missing:
        if one.holder in known.handed_in:
            yield Absent(one, unusable)
        elif was := former.get(one):
            yield Absent(one, finding("absence.of_another", value=was.name, former_code=was.code))
        else:
            yield Absent(one, nothing)
    counted_by_superior = finding("absence.counted_by_superior")
    for one in known.left_out:
        yield Absent(one, counted_by_superior)
    for one in known.closed:
        yield Absent(one, finding("absence.closed", change=roster.change(one)))
    unlisted, left = finding("absence.unlisted"), finding("absence.left")
    for holder in known.lost:
        yield Absent(Agency(*holder), unlisted if holder in known.matching.unlisted else left)
    for holder in sorted(known.matching.doubtful.keys() - set(known.lost)) if is_whole else ():
        yield Absent(Agency(*holder), left)


def _nothing_to_add(known: Coverage, some: Subset) -> NothingToAddError:
    """Why there is no roll-up: zeros would look like one."""
    covers, whom = (f"（{some.covers}）", " of those asked for") if some.covers else ("", "")
    missing, left_out = len(known.missing), len(known.left_out) + len(known.closed)
    return NothingToAddError(
        f"there is nothing to add{whom}, and no roll-up was written: no report that can be used of "
        f"{how_many(missing, 'agency', 'agencies')}, and {left_out} left out, which count with another or not at all",
        f"没有可以汇总的数据{covers}，没有生成汇总：应汇总的单位中{missing}个还没有完成报送，"
        f"另有{left_out}个不单独汇总、已撤销或者并入其他单位",
    )
