"""An agency's own file, laid into the inbox: acknowledged when the disk has it, and taken in afterwards.

Nobody has to hold the campaign for it. The file lies in a folder of the agency's own under its SHA-256, so that neither
its name nor what it says decides whose it is and what it is laid over; then a receipt is kept. Broken off in between,
the same file handed in once more finds what is there.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from pathlib import PurePosixPath

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.agencies.agency_named import agency_named
from reportfill.campaign.folder.parts import HANDED_IN, folder_of_code, own_folder
from reportfill.campaign.folder.said_texts import require_sayable
from reportfill.campaign.inbox.file_type import WORKBOOKS
from reportfill.campaign.inbox.shown_names import harmless_name
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.receipts import HandedInFile, kept_receipt, receipt_number, receipt_of
from reportfill.campaign.records.received_copies import mark_of, received_copies

_LONGEST_NAME = 100
"""So many characters of a file's name are shown; of a longer one the end."""


def hand_in(
    folder: CampaignFolder, named: str, content: bytes, *, file_name: str, by: str, now: datetime
) -> HandedInFile:
    """Lay a file that an agency hands in, named by its code or a name, into the inbox; the receipt for it, that of
    before where the agency handed in the same content already. What comes late is taken as what comes in time.

    Raises UsageError where the roster has no such agency, CampaignError where the campaign is closed, and OutputError
    where the file cannot be written, as on a full disk: nothing was handed in then.
    """
    folder.require_open()
    require_sayable(by)
    store, agency = folder.store, agency_named(folder.roster(), named)
    digest = sha256(content).hexdigest()
    known = receipt_of(store, agency.code, digest)
    if known is not None and _is_there(folder, known):
        return known
    shown = _shown(file_name)
    path = store.lay(_place(agency, digest, shown), content)
    folder.require_open()  # it may have been closed meanwhile
    number = receipt_number(agency.code, digest)
    return kept_receipt(store, HandedInFile(number, now, digest, *agency.holder, shown, by, path))


def _is_there(folder: CampaignFolder, given: HandedInFile) -> bool:
    """Whether a file that was handed in still is in the inbox, or was taken in."""
    copies = received_copies(folder.store, own_folder(given.code))
    return folder.store.exists(given.path) or any(copy.mark == mark_of(given.digest) for copy in copies)


def _shown(file_name: str) -> str:
    """A file's name as its sender called it, without folders, as it can be shown."""
    name = harmless_name(file_name).rpartition("/")[2]
    return name if len(name) <= _LONGEST_NAME else f"…{name[1 - _LONGEST_NAME :]}"


def _place(agency: Agency, digest: str, shown: str) -> str:
    """Where a content goes that an agency hands in: of its name only the ending is used, where workbooks have it."""
    suffix = PurePosixPath(shown).suffix.lower()
    name = digest + (suffix if suffix in WORKBOOKS else ".xlsx")
    return f"{HANDED_IN}/{folder_of_code(agency.code)}/{name}"
