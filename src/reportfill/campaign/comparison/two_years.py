"""Two campaigns read side by side, to be compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import starmap

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.aggregation.counted_copies import figures_of_copies
from reportfill.campaign.aggregation.coverage import copies_by_agency
from reportfill.campaign.comparison.agency_matching import match_agencies, possible_renames
from reportfill.campaign.comparison.compare import comparison_of
from reportfill.campaign.comparison.comparison import AgencyFigures, Comparison, Figures
from reportfill.campaign.records.campaign_folder import CampaignFolder, require_earlier
from reportfill.campaign.records.identity_findings import identity_findings
from reportfill.errors import CampaignError
from reportfill.finding import Finding
from reportfill.pack.pack import load_pack
from reportfill.workers import Workers


class TwoYears:
    """This year's campaign beside last year's. `total` is how many agencies are gone through. Raises CampaignError
    where the other is not of an earlier year."""

    def __init__(self, now: CampaignFolder, last: CampaignFolder) -> None:
        require_earlier(last, now.settings().year)
        self._now, self._last = now, last
        roster, former = now.roster(), last.roster()
        self._matches = match_agencies((*roster.agencies, *roster.closed), former.agencies)
        self.total = len(self._matches)

    def findings(self) -> list[Finding]:
        """What there is to say of those whose reports of either year do not count because that year's roster does not
        have them any more, and of agencies that may have been renamed between the years."""
        of_years = [found for folder in (self._now, self._last) for found in identity_findings(folder)]
        return [*of_years, *possible_renames(self._matches)]

    def compared(self, workers: Workers, advance: Callable[[], None] = lambda: None) -> Comparison:
        """The comparison; `advance` is called for every agency. Raises CampaignError where no agency has a report of
        one of the two years: nothing would look like a comparison."""
        settings = self._now.settings()
        now = _figures(self._now, [match.now for match in self._matches], workers)
        last = _figures(self._last, [match.last for match in self._matches], workers)
        pairs = starmap(AgencyFigures, zip(self._matches, now, last, strict=True))
        found = comparison_of(
            load_pack(self._now.pack),
            settings.year,
            _counted(pairs, advance),
            last_year=self._last.settings().year,
            through=(settings.through, self._last.settings().through),
        )
        for year, folder, has_any in (
            (found.year, self._now, any(one.now for one in found.agencies)),
            (found.last_year, self._last, any(one.last for one in found.agencies)),
        ):
            if not has_any:
                raise _nothing_of(year, folder)
        return found


def _nothing_of(year: int, folder: CampaignFolder) -> CampaignError:
    return CampaignError(
        f"there is nothing to compare: no agency has a report of {year} that can be used, in {folder.store.url}",
        f"没有可以比较的数据：{year}年度还没有一个单位有可用的报告（{folder.store.url}）",
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


def _counted(pairs: Iterator[AgencyFigures], advance: Callable[[], None]) -> Iterator[AgencyFigures]:
    for pair in pairs:
        yield pair
        advance()
