"""How a campaign stands, written: status.html and status.xlsx."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.status.agency_status import CampaignStatus
from reportfill.campaign.status.campaign_status import campaign_status
from reportfill.campaign.status.status_page import status_page
from reportfill.campaign.status.status_sheet import status_tables
from reportfill.files import noting
from reportfill.text import Text

PAGE, SHEET = "status.html", "status.xlsx"


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Let no time go into looking for garbage: what is made for a hundred thousand agencies is needed to the end."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_without_garbage_collection()
def current_status(folder: CampaignFolder, today: date) -> CampaignStatus:
    """How a campaign stands on a day."""
    return campaign_status(folder, today)


@dataclass(frozen=True, slots=True)
class StatusFiles:
    """Where the page and the tables lie that were written, and what could not be written for a reason of its own."""

    places: tuple[str, ...]
    held: tuple[Text, ...] = ()


@_without_garbage_collection()
def write_status(folder: CampaignFolder, status: CampaignStatus) -> StatusFiles:
    """Write status.html and status.xlsx."""
    folder.require_open()
    tables = status_tables(status)
    places: list[str] = []
    held: list[Text] = []

    def write(path: str, content: Callable[[], bytes]) -> None:
        with noting(held):
            folder.store.write(path, content())
            places.append(folder.store.place(path))

    with ThreadPoolExecutor(1) as pool:
        # Compressing, and waiting for the disk, need no interpreter: meanwhile it makes the page.
        written = pool.submit(write, SHEET, tables.saved)
        write(PAGE, lambda: status_page(status))
        written.result()
    return StatusFiles(tuple(sorted(places)), tuple(held))
