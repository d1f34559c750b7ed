"""This year's figures beside last year's, as a page and as tables."""

from __future__ import annotations

from dataclasses import dataclass

from reportfill.campaign.comparison.compare_page import compare_page
from reportfill.campaign.comparison.compare_sheet import compare_sheet
from reportfill.campaign.comparison.comparison import Comparison
from reportfill.campaign.comparison.two_years import TwoYears
from reportfill.campaign.folder.parts import ROLLUP
from reportfill.campaign.operations.progress import Progress, steps, unseen
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.finding import Finding
from reportfill.workers import ProcessWorkers, Workers


@dataclass(frozen=True, slots=True)
class Compared:
    """The comparison, what there is to say of the agencies that are compared, and where it was written: nowhere in a
    campaign that is closed."""

    comparison: Comparison
    findings: tuple[Finding, ...]
    files: tuple[str, ...]


def compare_years(
    folder: CampaignFolder,
    last: CampaignFolder,
    workers: Workers | None = None,
    progress: Progress = unseen,
) -> Compared:
    """Compare with an earlier campaign. Raises CampaignError where that is not of an earlier year, and where no agency
    has a report of one of the years."""
    years = TwoYears(folder, last)
    comparison = years.compared(workers or ProcessWorkers(1), steps(progress, years.total))
    findings = tuple(years.findings())
    return Compared(comparison, findings, () if folder.is_sealed else _written(folder, comparison))


def _written(folder: CampaignFolder, comparison: Comparison) -> tuple[str, ...]:
    store, name = folder.store, f"{ROLLUP}/同上年对比"
    store.write(f"{name}.html", compare_page(comparison, folder.settings().issuer))
    store.write(f"{name}.xlsx", compare_sheet(comparison))
    return store.place(f"{name}.html"), store.place(f"{name}.xlsx")
