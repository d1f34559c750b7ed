"""More time for some agencies: a day until which they may hand in, though the others may not any more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from reportfill.campaign.agencies.agencies_chosen import agencies_chosen
from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.folder.last_day import last_day
from reportfill.campaign.folder.parts import SETTINGS
from reportfill.campaign.folder.settings import Settings
from reportfill.campaign.operations.catching_up import changing, put_on_record
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.extensions import extensions_now
from reportfill.campaign.records.history import Extension
from reportfill.errors import UsageError


@dataclass(frozen=True, slots=True)
class Extended:
    """Agencies that may hand in until a day; None where the campaign's own last day holds for them again."""

    agencies: tuple[Agency, ...]
    until: date | None


def extend(
    folder: CampaignFolder,
    named: Sequence[str],
    until: str | date,
    under: str | None,
    *,
    why: str,
    by: str,
    now: datetime,
) -> Extended:
    """Give agencies, named by their codes or names, or one and all below it, time until a day. The campaign's own last
    day takes back what those were given of whom anything is on record.

    Raises UsageError for a day that cannot be, an agency that the roster does not have, or none, and CampaignError
    where the campaign is closed or another process works on it.
    """
    folder.require_open()
    settings, roster = folder.settings(), folder.roster()
    day = _later_day(until, settings)
    agencies = agencies_chosen(roster, named, under)
    with changing(folder) as ledger:
        if day is None:
            extended = extensions_now(roster, ledger).days
            agencies = [one for one in agencies if one.holder in extended]
        if agencies:
            said = [Extension(*one.holder, day, why, by, now) for one in agencies]
            put_on_record(folder, ledger, said, by)
    return Extended(tuple(agencies), day)


def _later_day(until: str | date, settings: Settings) -> date | None:
    """The day that is meant; None where it is the campaign's own last one."""
    day, own = last_day(until, settings.year), settings.agency_deadline
    if own is None:
        raise UsageError(
            f"the campaign has no deadline that could be extended; write one into {SETTINGS}: agency = {day}",
            f"没有设报送截止日期，不用延期；需要设的，请在{SETTINGS}的[deadlines]中写明 agency = {day}",
        )
    if day < own:
        raise UsageError(
            f"{until} is before the deadline, {own}; write a later day, or {own} to take an extension back",
            f"{until}早于报送截止日期{own}，请写以后的日期；取消延期的写{own}",
        )
    return day if day > own else None
