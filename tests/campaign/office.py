"""An office and its agencies, for the tests of a campaign."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from builders import figures_only

from reportfill import Pack, new_workbook
from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.agencies.roster_sheet import blank_roster
from reportfill.campaign.folder.parts import INBOX, SETTINGS
from reportfill.campaign.folder.settings import Settings
from reportfill.campaign.operations.collect import collect
from reportfill.campaign.operations.collected_batch import Collected
from reportfill.campaign.records.campaign_folder import CampaignFolder, create_campaign_folder
from reportfill.campaign.records.history import Version
from reportfill.campaign.sending.templates import letter_template
from reportfill.campaign.status.agency_status import AgencyStatus, State
from reportfill.campaign.status.campaign_status import campaign_status
from reportfill.pack.discovery import manifest_of

ISSUER = "清河县人民政府办公室"
AGENCIES = (
    Agency("01", ISSUER, "县政府办"),
    Agency("02", "清河县档案馆", "档案馆", "01", 2),
    Agency("03", "清河县民政局", "民政局", "01", 2),
    Agency("04", "清河县信访局", "", "01", 2),
)
NOW = datetime(2024, 1, 20, 9, 30)
TODAY = date(2024, 1, 20)


def settings_for(year: int = 2023, issuer: str = ISSUER) -> Settings:
    """What campaign.toml says where nobody has changed it."""
    pack = manifest_of(year).id
    return Settings(pack, year, issuer, *manifest_of(pack).deadlines(year))


def campaign_in(
    place: Path | str, agencies: tuple[Agency, ...] = AGENCIES, year: int = 2023
) -> CampaignFolder:
    """A campaign for a year with these agencies."""
    settings = settings_for(year)
    return create_campaign_folder(
        place, settings, blank_roster(agencies), letter_template(settings.pack, "notice.docx")
    )


def completed(pack: Pack, agency: Agency, figures: dict[str, Any] | None = None, year: int = 2023) -> bytes:
    """A completed workbook of an agency, sound unless the figures given are not."""
    data = figures_only(pack, figures or {})
    return new_workbook(pack, year=year, agency=agency.name, code=agency.code, data=data)


FAULTY = {"requests.received.natural_person": 7}
"""Figures that do not balance: seven requests came in and none was dealt with."""


def drop(campaign: CampaignFolder, name: str, content: bytes) -> str:
    """A file in the inbox; its path within the campaign."""
    path = f"{INBOX}/{name}"
    campaign.store.write(path, content)
    return path


def want(campaign: CampaignFolder, *kinds: str) -> None:
    """Let campaign.toml name these kinds of output."""
    text = campaign.store.read(SETTINGS).decode().partition("[outputs]")[0]
    said = ", ".join(f'"{kind}"' for kind in kinds)
    campaign.store.write(SETTINGS, f"{text}[outputs]\nkinds = [{said}]\n".encode())


def use_roster(campaign: CampaignFolder, agencies: tuple[Agency, ...]) -> None:
    """Let the campaign have these agencies from now on."""
    campaign.store.write("roster.xlsx", blank_roster(agencies))


def taken(campaign: CampaignFolder) -> list[Collected]:
    """What a run takes in."""
    return list(collect(campaign, NOW))


def states(campaign: CampaignFolder) -> dict[str, State]:
    """The state of each agency."""
    return {one.agency.code: one.state for one in campaign_status(campaign, TODAY).agencies}


def standing(campaign: CampaignFolder, code: str) -> AgencyStatus:
    """How one agency stands."""
    return next(one for one in campaign_status(campaign, TODAY).agencies if one.agency.code == code)


def versions(campaign: CampaignFolder) -> list[Version]:
    """All versions that the ledger knows."""
    with campaign.read_ledger() as ledger:
        return list(ledger.versions())
