"""Whose is what a campaign has recorded, beside its roster as it is now."""

from __future__ import annotations

from reportfill.campaign.agencies.holder_matching import match_holders
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.finding import Finding


def identity_findings(folder: CampaignFolder) -> list[Finding]:
    """What became of those who handed in and are not in the roster as they were: every command says so until it is
    settled."""
    roster = folder.roster()
    with folder.read_ledger() as ledger:
        return match_holders(roster, ledger.holders(), ledger.holders(with_workbooks=True)).findings()
