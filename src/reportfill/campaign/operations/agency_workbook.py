"""One agency's workbook, made: what the processes do, for which nothing of the ledger is imported, which is slow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.aggregation.counted_copies import CountedCopy
from reportfill.campaign.folder.settings import Settings
from reportfill.campaign.records.last_figures import LastReport, paths_that_matter
from reportfill.campaign.records.readings import Reading, figures_in, packed, values_in
from reportfill.campaign.sending.letter_tags import contact_in_words, day_in_words
from reportfill.intake.author import identity_of, new_workbook
from reportfill.office.encryption import locked_with
from reportfill.pack.last_report import data_as_in, figures_as_in
from reportfill.pack.pack import load_pack


@dataclass(frozen=True, slots=True)
class Task:
    """One workbook to be made."""

    agency: Agency
    place: str
    made_of: str
    last: CountedCopy | None
    """Last year's copy."""
    until: date | None
    """The last day, the agency's own where it was given more time."""


@dataclass(frozen=True, slots=True)
class AgencyWorkbook:
    """A workbook that was made, with its identity."""

    workbook: str
    content: bytes
    last: LastReport | None
    """What is to be kept of last year's report."""


def notes(settings: Settings, language: str, until: date | None) -> tuple[str, str]:
    """What a workbook says of the campaign: until when it is to be sent back, and whom to ask."""
    return day_in_words(until, language), contact_in_words(settings, language)


def agency_workbook(
    settings: Settings,
    pack_name: str,
    former_pack: str,
    passwords: tuple[str, ...],
    given: tuple[Task, Reading | None],
) -> AgencyWorkbook:
    """An agency's workbook, with last year's figures where they are known; `former_pack` is the id of the pack that
    they are of."""
    task, reading = given
    pack = load_pack(pack_name)
    agency = task.agency
    figures = reading and figures_as_in(pack, former_pack, figures_in(reading.paths, reading.figures))
    data = reading and data_as_in(pack, former_pack, values_in(reading))
    deadline, contact = notes(settings, pack.manifest.language, task.until)
    content = new_workbook(
        pack,
        year=settings.year,
        agency=agency.name,
        code=agency.code,
        last=data,
        deadline=deadline,
        contact=contact,
    )
    workbook = identity_of(pack, settings.year, agency.name, agency.code, last=data).workbook
    report = None
    if figures is not None and task.last:
        report = LastReport(task.last.digest, packed(paths_that_matter(pack), figures))
    return AgencyWorkbook(workbook, locked_with(passwords[0], content) if passwords else content, report)
