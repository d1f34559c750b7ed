"""What every command of a campaign says of its record: whose reports count for nobody, and what of it is damaged."""

from __future__ import annotations

from collections.abc import Sequence

from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.storage.store import FolderStore
from reportfill.cli.console import print_findings, print_line
from reportfill.cli.language import say
from reportfill.cli.outcome import DONE, FINDINGS
from reportfill.finding import Finding, has_errors

_SHOWN = 20


def print_record(campaign: CampaignFolder) -> int:
    """Say what was put on record of changes in the roster, and which agencies of those who handed in are not in it as
    they were, and name what is damaged of the journal; the exit status that this asks for. Where the campaign is
    elsewhere only what needs the journal looks at all of it: each table takes a call.
    """
    from reportfill.campaign.records.checked_journal import checked_journal
    from reportfill.campaign.records.identity_findings import identity_findings

    recorded, campaign.recorded[:] = [*campaign.recorded], ()
    is_here = isinstance(campaign.store, FolderStore)
    groups = recorded, identity_findings(campaign), checked_journal(campaign).damage if is_here else ()
    for group in groups:
        print_some(group)
    return FINDINGS if any(map(has_errors, groups)) else DONE


def print_some(findings: Sequence[Finding]) -> None:
    """The first of many findings, and how many more there are."""
    print_findings(findings[:_SHOWN])
    if len(findings) > _SHOWN:
        more = len(findings) - _SHOWN
        print_line(say(f"同类的还有{more}处。", f"and {more} more of the kind."))
