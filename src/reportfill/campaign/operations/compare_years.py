"""This year's figures beside last year's, as a page and as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.aggregation.counted_copies import figures_of_copies
from reportfill.campaign.aggregation.coverage import copies_by_agency
from reportfill.campaign.comparison.agency_matching import AgencyMatch, match_agencies, possible_renames
from reportfill.campaign.comparison.compare import comparison_of
from reportfill.campaign.comparison.compare_page import compare_page
from reportfill.campaign.comparison.compare_sheet import compare_sheet
from reportfill.campaign.comparison.comparison import AgencyFigures, Comparison, Figures
from reportfill.campaign.folder.naming import put_away_place
from reportfill.campaign.folder.parts import ROLLUP
from reportfill.campaign.operations.findings import identity_findings
from reportfill.campaign.operations.former_pack import former_pack_findings
from reportfill.campaign.progress import Progress, steps, unseen
from reportfill.campaign.records.campaign_folder import CampaignFolder, require_earlier
from reportfill.campaign.storage.putting_away import put_away
from reportfill.errors import CampaignError
from reportfill.files import noting
from reportfill.finding import Finding
from reportfill.pack.last_report import figures_as_in
from reportfill.pack.pack import load_pack
from reportfill.text import Text, how_many
from reportfill.workers import ProcessWorkers, Workers


@dataclass(frozen=True, slots=True)
class Compared:
    """The comparison; what there is to say of those whose reports of either year do not count because that year's
    roster does not have them any more, of agencies that may have been renamed between the years, and of figures that
    last year's pack did not have; where the comparison was written: nowhere in a campaign that is closed; and what
    could not be written for a reason of its own."""

    comparison: Comparison
    findings: tuple[Finding, ...]
    files: tuple[str, ...]
    held: tuple[Text, ...] = ()

    @property
    def in_words(self) -> Text:
        """How many agencies it is over, and how much stands out."""
        both, jumps, breaks = (
            self.comparison.added_in_both,
            self.comparison.jump_count,
            len(self.comparison.breaks),
        )
        return Text(
            f"两年都汇总的单位{both}个；变动大的数据{jumps}处，结转不一致{breaks}处。",
            f"{how_many(both, 'agency', 'agencies')} in both years; large changes: {jumps}, figures that do not carry "
            f"over: {breaks}.",
        )


def compare_years(
    folder: CampaignFolder,
    last: CampaignFolder,
    workers: Workers | None = None,
    progress: Progress = unseen,
) -> Compared:
    """Compare with an earlier campaign. Raises CampaignError where that is not of an earlier year, and where no agency
    has a report of one of the years: nothing would look like a comparison."""
    require_earlier(last, folder.settings().year)
    roster = folder.roster()
    matches = match_agencies((*roster.agencies, *roster.closed), last.roster().agencies)
    advance = steps(progress, len(matches))
    comparison = _compared(folder, last, matches, workers or ProcessWorkers(1), advance)
    findings = (*identity_findings(folder), *identity_findings(last), *possible_renames(matches))
    findings += tuple(former_pack_findings(comparison.pack, last))
    held: list[Text] = []
    files = () if folder.is_sealed else tuple(_written(folder, comparison, held))
    return Compared(comparison, findings, files, tuple(held))


def _compared(
    folder: CampaignFolder,
    last: CampaignFolder,
    matches: Sequence[AgencyMatch],
    workers: Workers,
    advance: Callable[[], None],
) -> Comparison:
    pack, former_pack = load_pack(folder.pack), last.pack_id

    def pairs() -> Iterator[AgencyFigures]:
        of_now = _figures(folder, [match.now for match in matches], workers)
        of_last = _figures(last, [match.last for match in matches], workers)
        for match, now, before in zip(matches, of_now, of_last, strict=True):
            known = before and figures_as_in(pack, former_pack, before)
            yield AgencyFigures(match, now, known)
            advance()

    settings, former = folder.settings(), last.settings()
    found = comparison_of(
        pack,
        settings.year,
        pairs(),
        last_year=former.year,
        through=(settings.through, former.through),
    )
    if not any(one.now for one in found.agencies):
        raise _nothing_of(settings.year, folder)
    if not any(one.last for one in found.agencies):
        raise _nothing_of(former.year, last)
    return found


def _nothing_of(year: int, folder: CampaignFolder) -> CampaignError:
    return CampaignError(
        f"there is nothing to compare: no agency has a report of {year} that can be used, in {folder.store.url}",
        f"没有可以对比的数据：{year}年度还没有单位完成报送（{folder.store.url}）",
    )


def _figures(
    folder: CampaignFolder, agencies: list[Agency | None], workers: Workers
) -> Iterator[Figures | None]:
    """The figures of each agency, in order; None for one that has no report."""
    roster = folder.roster()
    with folder.read_ledger() as ledger:
        by_agency = copies_by_agency(roster, ledger)
    copies = [by_agency.get(one.holder) if one else None for one in agencies]
    found = figures_of_copies(folder, [copy for copy in copies if copy], workers)
    for copy in copies:
        yield next(found) if copy else None


def _written(folder: CampaignFolder, comparison: Comparison, held: list[Text]) -> Iterator[str]:
    """Write the page and the tables; where they are. What cannot be written or moved for a reason of its own is added
    to those `held`."""
    store, issuer = folder.store, folder.settings().issuer
    for former in (f"{ROLLUP}/同上年对比.html", f"{ROLLUP}/同上年对比.xlsx"):  # as earlier versions called it
        with noting(held):
            put_away(store, former, put_away_place(former))
    made: dict[str, Callable[[], bytes]] = {
        f"{ROLLUP}/与上年对比.html": lambda: compare_page(comparison, issuer),
        f"{ROLLUP}/与上年对比.xlsx": lambda: compare_sheet(comparison),
    }
    for path, content in made.items():
        with noting(held):
            store.write(path, content())
            yield store.place(path)
