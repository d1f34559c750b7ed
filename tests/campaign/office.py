"""An office and its agencies, for the tests of a campaign."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from builders import figures_only

from reportfill import Pack, new_workbook
from reportfill.campaign.agency import Agency
from reportfill.campaign.folder import CampaignFolder, created
from reportfill.campaign.roster_sheet import blank_roster
from reportfill.campaign.settings import default_settings

ISSUER = "清河县人民政府办公室"
AGENCIES = (
    Agency("01", ISSUER, "县政府办"),
    Agency("02", "清河县档案馆", "档案馆", "01", 2),
    Agency("03", "清河县民政局", "民政局", "01", 2),
    Agency("04", "清河县信访局", "", "01", 2),
)


def campaign_in(folder: Path, agencies: tuple[Agency, ...] = AGENCIES) -> CampaignFolder:
    """A campaign for 2023 with these agencies."""
    settings = default_settings("annual-report-2021", 2023, ISSUER)
    return created(folder, settings, blank_roster(agencies))


def completed(pack: Pack, agency: Agency, figures: dict[str, Any] | None = None, year: int = 2023) -> bytes:
    """A completed workbook of an agency, sound unless the figures given are not."""
    data = figures_only(pack, figures or {})
    return new_workbook(pack, year=year, agency=agency.name, code=agency.code, data=data)


FAULTY = {"requests.received.natural_person": 7}
"""Figures that do not balance: seven requests came in and none was dealt with."""


def drop(campaign: CampaignFolder, name: str, content: bytes) -> Path:
    """A file in the inbox."""
    path = campaign.inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
