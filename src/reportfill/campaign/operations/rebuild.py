"""The ledger made anew from the folder."""

from __future__ import annotations

from reportfill.campaign.operations.catching_up import fill_ledger
from reportfill.campaign.progress import Progress, unseen
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.checked_journal import checked_journal
from reportfill.workers import Workers


def rebuild(
    folder: CampaignFolder,
    workers: Workers | None = None,
    progress: Progress = unseen,
    *,
    without_damaged: bool = False,
) -> int:
    """Make the ledger anew and return how many versions it holds. It is made on the side; the old one is kept under a
    numbered name.

    When a version was handed in, by whom and under which name is what the journal says, else when its copy was written
    and what it says itself. Raises CampaignError where another process works on the campaign, where the roster has
    errors, where a table of the journal is damaged or lost, unless it is to be done without those, and where a copy is
    not what was handed in or cannot be opened or read within its limits; the old ledger is then as it was.
    """
    with folder.held():
        journal = checked_journal(folder)
        if not without_damaged:
            journal.require_whole()
        return fill_ledger(folder, journal, workers, progress, is_asked=True)
