"""Marked workbooks that a newer version made obsolete: nobody is to correct them any more, and they are put away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from reportfill.campaign.folder.naming import is_put_away, put_away_place
from reportfill.campaign.folder.parts import RETURNED, SUPERSEDED
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.history import Review, Version
from reportfill.campaign.records.ledger import Ledger
from reportfill.campaign.storage.putting_away import put_away
from reportfill.errors import OutputError


@dataclass
class ObsoleteCopies:
    """What is to be put away: the versions whose marked workbooks are, and the workbooks with remarks, by path."""

    versions: list[Version] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def add(self, versions: Iterable[Version], reviews: Iterable[Review], newest: int) -> None:
        """Add those of an agency's versions before the newest one."""
        self.versions += [
            one for one in versions if one.number < newest and one.returned and not is_put_away(one.returned)
        ]
        self.remarks += [one.file for one in reviews if one.number < newest and not one.is_accepted]

    def put_away(self, folder: CampaignFolder) -> Sequence[Version]:
        """Move them, whoever worked on them; the versions, with where their marked workbooks are now."""
        for path in self.remarks:
            _put_away(folder, path)
        return [one._replace(returned=_put_away(folder, one.returned)) for one in self.versions]


def left_in_place(ledger: Ledger) -> ObsoleteCopies:
    """Those that an earlier run could not put away."""
    return ObsoleteCopies(*ledger.superseded(f"{RETURNED}/{SUPERSEDED}"))


def _put_away(folder: CampaignFolder, path: str) -> str:
    """Where a workbook is now. One that cannot be moved, for somebody has it open, stays until the next run, and that
    is told; one that is not there was put away by a run that was broken off."""
    target = put_away_place(path)
    with suppress(OutputError), folder.telling():
        return put_away(folder.store, path, target) or target
    return path
