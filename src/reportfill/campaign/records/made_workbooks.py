"""The workbooks that a campaign has made, and of which of them a user's own ledger has taken notice."""

from __future__ import annotations

from reportfill.arrivals import is_junk
from reportfill.campaign.folder.parts import OUTGOING, ROLLUP
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.ledger import Ledger
from reportfill.campaign.storage.store import Store, StoredFile


def unseen_workbooks(folder: CampaignFolder, ledger: Ledger) -> list[StoredFile]:
    """The workbooks that were made and of which a user's own ledger has not taken notice."""
    seen = ledger.seen()
    return [file for file in workbook_files(folder.store) if seen.get(file.path) != file.stamp]


def take_notice(folder: CampaignFolder, ledger: Ledger) -> None:
    """Let a user's own ledger know of the workbooks that are there, which it has recorded."""
    known = {one.path for one in ledger.workbooks().values()}
    with ledger.writing() as record:
        record.seen({file.path: file.stamp for file in workbook_files(folder.store) if file.path in known})


def workbook_files(store: Store) -> list[StoredFile]:
    """The workbooks that were made for agencies, and those of the sums."""
    made = (file for place in (OUTGOING, ROLLUP) for file in store.files(place))
    return [file for file in made if file.path.endswith(".xlsx") and not is_junk(file.path)]
