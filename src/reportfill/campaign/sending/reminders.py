"""Reminders: a draft of a mail for everyone who owes a report or must correct one, and a text for chat groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportfill.campaign.folder.long_paths import room_in
from reportfill.campaign.folder.naming import workbook_places
from reportfill.campaign.folder.parts import OUTGOING
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.sending.chat import chat_texts
from reportfill.campaign.sending.letter_tags import letter_tags_of
from reportfill.campaign.sending.letters import reminder
from reportfill.campaign.sending.mail_draft import mail_draft
from reportfill.campaign.sending.templates import letter_template
from reportfill.campaign.status.agency_status import AgencyStatus, CampaignStatus, State
from reportfill.files import noting
from reportfill.pack.discovery import manifest_of
from reportfill.pack.letters import CHAT, REMINDER
from reportfill.pack.pack import load_pack
from reportfill.text import Text

CHAT_TO_PASTE = "群通知.txt"


@dataclass(frozen=True, slots=True)
class Reminder:
    """A file to be written: its name within the folder of reminders, and what is in it."""

    name: str
    content: bytes
    is_mail: bool = True


def reminder_texts(folder: CampaignFolder, status: CampaignStatus) -> list[str]:
    """The messages for chat groups, in the order in which they are sent."""
    facts = letter_tags_of(folder.settings(), manifest_of(folder.pack))
    return chat_texts(letter_template(folder.pack, CHAT), facts, status)


def reminders(folder: CampaignFolder, status: CampaignStatus, held: list[Text]) -> Iterator[Reminder]:
    """The drafts, one an agency that has something to do, each with the workbook that it needs, and the text. Which
    workbooks cannot be read for a reason of their own is added to those `held`."""
    settings = folder.settings()
    places = workbook_places(folder.roster(), settings, load_pack(folder.pack), room_in(folder.store))
    facts = letter_tags_of(settings, manifest_of(folder.pack))
    template = letter_template(folder.pack, REMINDER)
    for one in status.agencies:
        if one.state is State.MISSING and one.findings:
            continue  # something came in that may be its own: the coordinator has to say so first
        place = places[one.agency.code]
        with noting(held):
            attached = _attached(folder, one, f"{OUTGOING}/{place}.xlsx")
            letter = reminder(template, facts, one, status, "".join(attached))
            if letter is not None:
                draft = mail_draft(one.agency.email, letter.subject, letter.text, attached)
                yield Reminder(f"{place}.eml", draft)
    # Notepad takes a text for one in the system's own encoding unless it begins with this mark.
    text = "\n\n——————\n\n".join(reminder_texts(folder, status))
    yield Reminder(CHAT_TO_PASTE, text.encode("utf-8-sig"), is_mail=False)


def _attached(folder: CampaignFolder, one: AgencyStatus, blank: str) -> dict[str, bytes]:
    """What goes with a reminder: the marked workbook of those who must correct theirs, the blank one of those who have
    handed in nothing."""
    path = blank if one.state is State.MISSING else one.returned
    if not path or one.state in (State.SOUND, State.ACCEPTED) or not folder.store.exists(path):
        return {}
    return {path.rpartition("/")[2]: folder.store.read(path)}
