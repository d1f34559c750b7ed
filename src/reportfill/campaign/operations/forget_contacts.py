"""Whom to ask in the agencies, forgotten: removed from the roster and from all that was made of it here.

What agencies handed in themselves stays as it is: it is what the office has to keep, and it may be sealed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.agencies.roster_file import read_roster
from reportfill.campaign.agencies.roster_sheet import blank_roster
from reportfill.campaign.folder.parts import LINKS, OUTGOING, REMINDERS
from reportfill.campaign.operations.catching_up import changing, put_in_journal
from reportfill.campaign.operations.status_files import PAGE, SHEET, current_status, write_status
from reportfill.campaign.progress import Progress, unseen
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.database import file_of
from reportfill.campaign.records.journal import Event, JournalEntry
from reportfill.campaign.sending.link_files import TABLE
from reportfill.errors import CampaignError
from reportfill.files import noting, remove_file
from reportfill.text import Text
from reportfill.workers import Workers

_MAIL = ".eml"


@dataclass(frozen=True, slots=True)
class ForgottenContacts:
    """How many agencies had somebody to ask, which files went, and what could not be written because another program
    has it open."""

    agencies: int
    removed: tuple[str, ...]
    held: tuple[Text, ...]


def forget_contacts(
    folder: CampaignFolder,
    by: str,
    now: datetime,
    workers: Workers | None = None,
    progress: Progress = unseen,
) -> ForgottenContacts:
    """Remove contacts from the roster, the ledger, drafts of mails, the table of links and how the campaign stands.
    Raises CampaignError where the campaign is closed or another process works on it, and OutputError where the roster
    cannot be written: nothing has changed then. Where another program has a file open, that is told; done once more it
    does what was left, and is on the record."""
    folder.require_open()
    held: list[Text] = []
    with changing(folder, workers, progress) as ledger:
        known = _without_contacts(folder)
        removed = _remove(folder, held)
        ledger.forget_roster()
        if any(map(folder.store.exists, (PAGE, SHEET))):
            held += write_status(folder, current_status(folder, now.date())).held
        if not held:
            put_in_journal(folder, ledger, JournalEntry(now, Event.CONTACTS_FORGOTTEN, by=by))
    return ForgottenContacts(known, removed, tuple(held))


def _without_contacts(folder: CampaignFolder) -> int:
    """Write the roster anew without contacts; how many agencies had one."""
    roster = folder.roster()
    agencies = (*roster.agencies, *roster.closed)
    bare = [one._replace(contact="", telephone="", email="") for one in agencies]
    known = sum(one != other for one, other in zip(agencies, bare, strict=True))
    if known:
        content = blank_roster(bare)
        _require_same(content, bare)
        folder.change_roster(content)
    return known


def _require_same(content: bytes, wanted: list[Agency]) -> None:
    """Raise CampaignError where a roster would not be read as it is to be: nobody's figures may move for this."""
    read = read_roster(content, "roster.xlsx")
    if sorted((*read.agencies, *read.closed)) != sorted(wanted):
        raise CampaignError(
            "the roster cannot be written anew; clear the columns 联系人、电话、邮箱 by hand",
            "名册无法重新生成，请手工清空联系人、电话、邮箱三列",
        )


def _remove(folder: CampaignFolder, held: list[Text]) -> tuple[str, ...]:
    """Remove drafts of mails, tables of links and former ledgers; those that went."""
    store = folder.store
    paths = [
        file.path
        for part in (OUTGOING, REMINDERS, LINKS)
        for file in store.files(part)
        if file.path.endswith(_MAIL if part != LINKS else TABLE)
    ]
    removed = []
    for path in paths:
        with noting(held):
            store.remove(path)
            removed.append(store.place(path))
    if ledger := file_of(folder.ledger_url):
        for former in sorted(Path(ledger).parent.glob(f"{Path(ledger).name}.old*")):
            with noting(held):
                remove_file(former)
                removed.append(str(former))
    return tuple(removed)
