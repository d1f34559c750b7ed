"""Looking at a campaign: how every agency stands, from the roster and the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from reportfill.campaign.agency import Agency
from reportfill.campaign.folder import CampaignFolder
from reportfill.campaign.ledger import Version, open_ledger
from reportfill.campaign.standing import AgencyStanding, Standing, State, Stray
from reportfill.pack.pack import load_pack


def standing_of(folder: CampaignFolder, today: date) -> Standing:
    """How a campaign stands on a day. What an agency handed in that is not in the roster any more is a stray."""
    settings, roster = folder.settings(), folder.roster()
    ledger = open_ledger(folder.ledger)
    try:
        versions = {
            code: list(own) for code, own in groupby(ledger.versions(), key=lambda version: version.code)
        }
        strays = [Stray(stray.file, stray.reason) for stray in ledger.strays()]
    finally:
        ledger.close()
    gone = [
        Stray(version.received, f"单位编码{code}已不在名册中")
        for code, own in versions.items()
        if code not in roster.by_code
        for version in own[-1:]
    ]
    return Standing(
        title=load_pack(settings.pack).manifest.title,
        issuer=settings.issuer,
        year=settings.year,
        deadline=settings.agency_deadline,
        today=today,
        agencies=[_agency_standing(agency, versions.get(agency.code, [])) for agency in roster.agencies],
        strays=[*strays, *gone],
    )


def _agency_standing(agency: Agency, versions: Sequence[Version]) -> AgencyStanding:
    """How one agency stands: its newest sound version counts, and a faulty one after it is said."""
    if not versions:
        return AgencyStanding(agency, State.MISSING)
    last = versions[-1]
    sound = next((version for version in reversed(versions) if version.is_sound), None)
    remark = ""
    if sound is not None and sound is not last:
        remark = f"第{last.number}次交来的有错误，报告仍是第{sound.number}次的"
    return AgencyStanding(
        agency=agency,
        state=State.SOUND if last.is_sound else State.FAULTY,
        versions=last.number,
        first=versions[0].seen,
        handed_in=last.seen,
        mistakes=last.mistakes,
        report=sound.report if sound else "",
        returned="" if last.is_sound else last.returned,
        remark=remark,
    )
