"""A workbook for every agency of the roster, under outgoing/ by superior; made anew only where something changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from reportfill.campaign.agency import Agency
from reportfill.campaign.folder import CampaignFolder
from reportfill.campaign.ledger import SentWorkbook, open_ledger
from reportfill.campaign.roster import Roster
from reportfill.campaign.settings import Settings
from reportfill.errors import CampaignError
from reportfill.files import safe_name, write_file
from reportfill.intake.author import identity_of
from reportfill.intake.mould import mould
from reportfill.pack.figures import with_values
from reportfill.pack.pack import AGENCY, CODE, YEAR, Pack, load_pack

_AT_ONCE = 500
"""Workbooks that are written before they are recorded together."""


@dataclass(frozen=True, slots=True)
class Distributed:
    """What became of one agency's workbook: where it lies, and whether it was made just now."""

    agency: Agency
    path: Path
    is_new: bool


def distribute(folder: CampaignFolder) -> Iterator[Distributed]:
    """Make the workbooks that are not there yet or whose agency changed; one of each agency in the roster's order.

    Raises CampaignError where the roster has errors or another process works on the campaign.
    """
    settings, roster = folder.settings(), folder.roster()
    if roster.has_errors:
        raise CampaignError(
            f"{folder.roster_file.name} has mistakes; `reportfill campaign status` lists them"
        )
    pack = load_pack(settings.pack)
    places = workbook_places(roster, settings, pack)
    with folder.locked():
        ledger = open_ledger(folder.ledger)
        known = ledger.workbooks()
        made: list[SentWorkbook] = []
        try:
            for agency in roster.agencies:
                distributed, sent = _workbook(folder, pack, settings, agency, places[agency.code], known)
                made += [sent] if sent else []
                if len(made) >= _AT_ONCE:
                    with ledger.writing() as record:
                        record.workbooks(made)
                    made.clear()
                yield distributed
        finally:
            with ledger.writing() as record:
                record.workbooks(made)
            ledger.close()


def _workbook(
    folder: CampaignFolder,
    pack: Pack,
    settings: Settings,
    agency: Agency,
    place: str,
    known: Mapping[str, SentWorkbook],
) -> tuple[Distributed, SentWorkbook | None]:
    identity = identity_of(pack, settings.year, agency.name, agency.code)
    path = folder.root / place
    sent = SentWorkbook(identity.workbook, agency.code, agency.name, place)
    if known.get(sent.id) == sent and path.is_file():
        return Distributed(agency, path, is_new=False), None
    written = not path.is_file()
    content = mould(pack, settings.year).workbook(agency.name, agency.code)
    if not written:
        written = path.read_bytes() != content
    write_file(path, content, keep=False)
    return Distributed(agency, path, is_new=written), sent


def workbook_places(roster: Roster, settings: Settings, pack: Pack) -> dict[str, str]:
    """Where each agency's workbook lies in the campaign's folder, by code, below its superior's name. Names that
    would be the same file, on whichever system, get the agency's code."""
    wanted: dict[str, str] = {}
    taken: dict[str, list[str]] = {}
    for agency in roster.agencies:
        superior = roster.by_code.get(agency.superior)
        above = safe_name(superior.short_name or superior.name) if superior else ""
        said = {AGENCY: agency.name, CODE: agency.code, YEAR: settings.year}
        name = safe_name(pack.workbook_name(with_values({}, said)))
        place = "/".join(part for part in ("outgoing", above, name) if part)
        wanted[agency.code] = place
        taken.setdefault(place.casefold(), []).append(agency.code)
    return {
        code: f"{place}.xlsx" if len(taken[place.casefold()]) == 1 else f"{place}（{safe_name(code)}）.xlsx"
        for code, place in wanted.items()
    }
