"""What there is to say of a campaign's record: whose reports count for nobody, and what of it is damaged."""

from __future__ import annotations

from collections.abc import Sequence

from reportfill.campaign.aggregation.coverage import recorded_holders
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.checked_journal import journal_damage
from reportfill.campaign.records.extensions import extensions_now
from reportfill.campaign.records.links import link_questions
from reportfill.campaign.status.agency_status import CampaignStatus
from reportfill.campaign.storage.store import FolderStore
from reportfill.finding import Finding


def record_findings(
    folder: CampaignFolder, status: CampaignStatus | None = None
) -> tuple[Sequence[Finding], ...]:
    """What was put on record of changes in the roster since this was last asked, which agencies of those who handed in
    are not in it as they were, and what is damaged of the journal; each empty where there is nothing. A
    `status` knows the second, and need not be worked out again. Where the campaign is elsewhere only what needs the
    journal looks at all of it: each table takes a call."""
    recorded, folder.recorded[:] = tuple(folder.recorded), ()
    is_here = isinstance(folder.store, FolderStore)
    identity = identity_findings(folder) if status is None else status.findings
    return recorded, identity, journal_damage(folder) if is_here else ()


def identity_findings(folder: CampaignFolder) -> list[Finding]:
    """What became of those who handed in, or have an extension, and are not in the roster as they were: every command
    says so until it is settled."""
    roster = folder.roster()
    with folder.read_ledger() as ledger:
        return [
            *recorded_holders(roster, ledger).findings(),
            *extensions_now(roster, ledger).findings,
            *link_questions(roster, ledger),
        ]
