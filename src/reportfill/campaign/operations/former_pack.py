"""What there is to say of a campaign of last year that was made with another pack."""

from __future__ import annotations

from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.readings import figure_paths
from reportfill.checks.balances import lacking_findings
from reportfill.errors import PackError
from reportfill.finding import Finding
from reportfill.pack.last_report import figures_as_in
from reportfill.pack.pack import Pack, load_pack


def former_pack_findings(pack: Pack, last: CampaignFolder) -> list[Finding]:
    """What the reports of last year's campaign do not have of what this year's are compared with, as they were made
    with another pack, in one note."""
    former = last.pack_id
    if former == pack.id:
        return []
    try:
        paths = figure_paths(load_pack(last.pack))
    except PackError:
        return []  # the ledger knows its figures all the same
    return list(lacking_findings(pack, figures_as_in(pack, former, dict.fromkeys(paths, 0))))
