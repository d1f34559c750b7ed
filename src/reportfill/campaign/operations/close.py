"""A campaign closed: how it stands is written once more, and then nothing of it changes any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.folder.parts import SEAL
from reportfill.campaign.operations.catching_up import caught_up_ledger
from reportfill.campaign.operations.status_files import write_status
from reportfill.campaign.progress import Progress, unseen
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.seal import Seal, set_seal
from reportfill.campaign.status.agency_status import OUTSTANDING, State
from reportfill.campaign.status.campaign_status import campaign_status
from reportfill.errors import OneFileError


@dataclass(frozen=True, slots=True)
class Closed:
    """A campaign closed: its seal, where that lies, and the agencies of which there is no report that can be used."""

    seal: Seal
    place: str
    outstanding: tuple[Agency, ...]


def close_campaign(folder: CampaignFolder, by: str, now: datetime, progress: Progress = unseen) -> Closed:
    """Close a campaign, with or without all reports. Raises CampaignError where it is closed already, where its roster
    has errors, or another process works on it, and OneFileError where how it stands cannot be written."""
    folder.require_open()
    status = campaign_status(folder, now.date())
    for why in write_status(folder, status).held:
        raise OneFileError(why.en, why.zh)
    done = close(folder, by, now, progress)
    owing = tuple(one.agency for one in status.agencies if one.state in (*OUTSTANDING, State.DISPUTED))
    return Closed(done, folder.store.place(SEAL), owing)


def close(folder: CampaignFolder, by: str, now: datetime, progress: Progress = unseen) -> Seal:
    """Set the seal on a campaign. What changed in the roster is put on record first. Raises CampaignError where it is
    closed already, where its roster has errors, or another process works on it."""
    with folder.locked():
        folder.remove_leftovers("")
        with caught_up_ledger(folder) as ledger:  # closed again before the files are looked at
            ledger.settle()
        return set_seal(folder, by, now, progress)
