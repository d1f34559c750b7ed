"""Drafts of reminders for those who owe something, written into a folder of the day."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO

from reportfill.campaign.folder.parts import REMINDERS
from reportfill.campaign.progress import Progress, steps, unseen
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.sending.reminders import reminder_texts, reminders
from reportfill.campaign.status.agency_status import OUTSTANDING, CampaignStatus
from reportfill.campaign.storage.putting_away import free_folder
from reportfill.files import noting
from reportfill.text import Text


@dataclass(frozen=True, slots=True)
class Reminders:
    """Drafts that were written: the folder, how many are mails, and what could not be written for a reason of its
    own."""

    place: str
    mails: int
    held: tuple[Text, ...] = ()


def write_reminders(folder: CampaignFolder, status: CampaignStatus, progress: Progress = unseen) -> Reminders:
    """Write a draft of a mail for everyone who owes something, and a text for chat groups; nothing is sent."""
    folder.require_open()
    path = free_folder(folder.store, f"{REMINDERS}/{status.today.isoformat()}")
    step = steps(progress, sum(one.state in OUTSTANDING for one in status.agencies))
    number = 0
    held: list[Text] = []
    for reminder in reminders(folder, status, held):
        with noting(held):
            folder.store.write(f"{path}/{reminder.name}", reminder.content)
            number += reminder.is_mail
        step()
    return Reminders(folder.store.place(path), number, tuple(held))


@dataclass(frozen=True, slots=True)
class ReminderDrafts:
    """Drafts of mails as one archive (.zip), how many they are, and which could not be made for a reason of its own."""

    archive: bytes
    mails: int
    held: tuple[Text, ...] = ()


def texts_to_remind(folder: CampaignFolder, status: CampaignStatus) -> tuple[str, ...]:
    """The texts for chat groups; nothing is written."""
    folder.require_open()
    return tuple(reminder_texts(folder, status))


def drafts_to_remind(folder: CampaignFolder, status: CampaignStatus) -> ReminderDrafts:
    """A draft of a mail for everyone who owes something; nothing is written into the campaign."""
    folder.require_open()
    held: list[Text] = []
    mails = [one for one in reminders(folder, status, held) if one.is_mail]
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as files:
        for mail in mails:
            files.writestr(zipfile.ZipInfo(mail.name), mail.content, zipfile.ZIP_DEFLATED)
    return ReminderDrafts(archive.getvalue(), len(mails), tuple(held))
