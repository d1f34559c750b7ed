"""All that is on record of one agency: what it handed in, what became of it, and what was said of it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.agencies.agency_named import agency_named
from reportfill.campaign.comparison.two_versions import TwoVersions
from reportfill.campaign.folder.naming import put_away_place
from reportfill.campaign.folder.parts import HANDED_IN, OUTGOING, RECEIVED, REPORTS, RETURNED
from reportfill.campaign.folder.password import passwords_of
from reportfill.campaign.operations.lookups import known_of_last_year
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.extensions import extensions_now
from reportfill.campaign.records.history import Review, Version
from reportfill.campaign.records.journal import table_names
from reportfill.campaign.records.last_figures import as_data
from reportfill.campaign.records.receipts import HandedInFile, receipts_of
from reportfill.campaign.storage.store import Store
from reportfill.decimals import Number
from reportfill.errors import CampaignError, UsageError
from reportfill.files import not_opened
from reportfill.finding import Finding

_OF_AGENCIES = (f"{RECEIVED}/", f"{REPORTS}/", f"{RETURNED}/", f"{HANDED_IN}/", f"{OUTGOING}/")


@dataclass(frozen=True, slots=True)
class AgencyHistory:
    """What an agency handed in, in order, with findings and where its files are now; what was said of it, in order; the
    receipts of what it handed in itself, in order, and by their numbers why one of those files belongs to nobody; and
    where the workbook is that was made for it, empty where none is there; until when it may hand in that was given more
    time, None where the campaign's last day holds; and those figures of last year that are known and matter now, None
    where none are."""

    agency: Agency
    versions: tuple[Version, ...]
    reviews: tuple[Review, ...]
    receipts: tuple[HandedInFile, ...]
    refused: Mapping[str, Finding]
    workbook: str = ""
    until: date | None = None
    last: Mapping[str, Number] | None = None

    @property
    def last_data(self) -> dict[str, Any] | None:
        """Last year's figures as the data of a report."""
        return None if self.last is None else as_data(self.last)


def history_of(folder: CampaignFolder, named: str) -> AgencyHistory:
    """The history of an agency, named by its code or a name. Raises UsageError where the roster has no such agency."""
    roster, deadline = folder.roster(), folder.settings().agency_deadline
    agency = agency_named(roster, named, also_closed=True)
    receipts = receipts_of(folder.store, agency.code)
    with folder.read_ledger() as ledger:
        history = ledger.history(agency.holder)
        workbook = ledger.workbook_of(agency.holder)
        until = extensions_now(roster, ledger).after(deadline).get(agency.holder)
        last = known_of_last_year(folder, ledger).figures_of(agency.holder)
        strays = {one.file: one.reason for one in ledger.strays([given.path for given in receipts])}
    refused = {given.number: strays[given.path] for given in receipts if given.path in strays}
    there = workbook if workbook and folder.store.exists(workbook) else ""
    versions = tuple(_with_its_report(folder.store, one, history.counted) for one in history.versions)
    return AgencyHistory(
        agency, versions, tuple(history.reviews), tuple(receipts), refused, there, until, last
    )


def _with_its_report(store: Store, version: Version, counted: Version | None) -> Version:
    """A version with the place where its own report is now: where reports are while it counts, else where those go that
    something newer replaces; empty where it is at neither."""
    if not version.report:
        return version
    put_away = put_away_place(version.report, version.number)
    places = (version.report, put_away) if version is counted else (put_away,)
    return version._replace(report=next(filter(store.exists, places), ""))


def two_versions_of(folder: CampaignFolder, named: str, first: int, second: int) -> TwoVersions:
    """Two versions that an agency handed in, by their numbers. Raises UsageError where it has none of such a number,
    and OutputError where a copy cannot be read."""
    received = {one.number: one.received for one in history_of(folder, named).versions}
    for number in (first, second):
        if number not in received:
            raise UsageError(f"there is no version {number}", f"没有第{number}次报送")
    contents = (file_of_agency(folder, received[number]) for number in (first, second))
    return TwoVersions(folder.pack, passwords_of(folder.settings()), *contents)


def file_of_agency(folder: CampaignFolder, path: str) -> bytes:
    """A file of an agency, as its history names it. Raises UsageError for any other file, and OutputError where it
    cannot be read."""
    if not path.startswith(_OF_AGENCIES) or ".." in PurePosixPath(path).parts:
        raise UsageError(f"{path} is no file of an agency", f"{path}不是单位的文件")
    try:
        return folder.store.read(path)
    except OSError as error:
        raise not_opened(folder.store.place(path), error) from error


def journal_mark(folder: CampaignFolder) -> str:
    """What is another text whenever anything was recorded of the campaign, here or by another computer."""
    revision = 0
    with suppress(CampaignError), folder.read_ledger() as ledger:
        revision = ledger.revision()
    return " ".join((*table_names(folder.store)[-1:], str(revision)))
