"""The folder of a new campaign: its settings, a roster to fill in, the notice's template and its subfolders."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from reportfill.campaign.agencies.roster_sheet import blank_roster
from reportfill.campaign.folder.last_day import last_day
from reportfill.campaign.folder.said_texts import require_sayable
from reportfill.campaign.folder.settings import Contact, Settings
from reportfill.campaign.records.campaign_folder import CampaignFolder, create_campaign_folder, pack_setting
from reportfill.campaign.sending.templates import letter_template
from reportfill.errors import UsageError
from reportfill.model.report_model import AGENCY
from reportfill.pack.check import refuse_unsound
from reportfill.pack.discovery import find_pack
from reportfill.pack.letters import NOTICE
from reportfill.pack.pack import load_pack
from reportfill.pack.room import require_room
from reportfill.trials.report_trial import refuse_unworkable


def new_campaign(
    place: str | Path,
    year: int,
    issuer: str,
    pack: str | None,
    deadline: str | date | None,
    contact: Contact,
) -> CampaignFolder:
    """The campaign's folder, made. Raises UsageError for a year, an office or a day that cannot be, PackError where the
    pack cannot be used, and CampaignError where there is a campaign already."""
    issuer = issuer.strip()
    if not issuer:
        raise UsageError(
            "say who is in charge", "请写明主管部门的全称", by_command=("--issuer NAME", "--issuer 单位全称")
        )
    for text in (issuer, contact.name, contact.telephone, contact.email):
        require_sayable(text)
    chosen_day = None if deadline is None else last_day(deadline, year)
    chosen = load_pack(year if pack is None else pack)
    chosen.require_year(year)
    refuse_unsound(chosen)
    refuse_unworkable(chosen)
    require_room(chosen, AGENCY, issuer)
    agency, government = chosen.manifest.deadlines(year)
    asked = Contact(*(" ".join(part.split()) for part in (contact.name, contact.telephone, contact.email)))
    named = chosen.id if pack is None else pack_setting(place, find_pack(pack))
    settings = Settings(named, year, issuer, chosen_day or agency, government, contact=asked)
    return create_campaign_folder(place, settings, blank_roster(), letter_template(pack or named, NOTICE))
