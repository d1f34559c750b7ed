"""The ledger made anew from the folder: from the workbooks under outgoing/ and the versions under received/."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from itertools import count
from pathlib import Path

from reportfill.campaign.collect import FileRead, in_order, number_of, read_file
from reportfill.campaign.folder import CampaignFolder
from reportfill.campaign.ledger import SentWorkbook, Version, open_ledger
from reportfill.files import safe_name


def rebuild(folder: CampaignFolder, processes: int = 0) -> int:
    """Make the ledger anew and return how many versions it holds; the old one is kept under a numbered name.

    When a version was first seen is when its copy was written. Raises CampaignError where another process works on the
    campaign.
    """
    settings, roster = folder.settings(), folder.roster()
    codes = {safe_name(agency.code): agency.code for agency in roster.agencies}
    read = partial(read_file, str(folder.root), settings.pack)
    with folder.locked():
        _set_aside(folder.ledger)
        ledger = open_ledger(folder.ledger)
        try:
            sent = in_order(read, sorted(folder.outgoing.rglob("*.xlsx")), processes)
            with ledger.writing() as record:
                record.workbooks(
                    SentWorkbook(one.workbook, one.code, one.name, one.file) for one in sent if one.workbook
                )
            versions = list(_versions(folder, in_order(read, _received(folder), processes), codes))
            with ledger.writing() as record:
                for version in versions:
                    record.version(version)
        finally:
            ledger.close()
    return len(versions)


def _set_aside(ledger: Path) -> None:
    """Move a ledger away, with what SQLite keeps beside it."""
    for path in (ledger, *(ledger.with_name(ledger.name + suffix) for suffix in ("-wal", "-shm"))):
        if path.exists():
            free = (path.with_name(f"{path.name}.old{number}") for number in count(1))
            path.rename(next(place for place in free if not place.exists()))


def _received(folder: CampaignFolder) -> list[Path]:
    """The copies of all versions, an agency's in order."""
    return sorted(folder.received.glob("*/第*次-*"), key=lambda path: (path.parent.name, number_of(path)))


def _versions(folder: CampaignFolder, copies: Iterator[FileRead], codes: dict[str, str]) -> Iterator[Version]:
    for copy in copies:
        path = folder.root / copy.file
        code = codes.get(path.parent.name, path.parent.name)
        number = number_of(path)
        report = next(folder.reports.glob(f"*（{safe_name(code)}）.docx"), None)
        returned = next(folder.returned.glob(f"*（{safe_name(code)}）-第{number}次-需修改.xlsx"), None)
        yield Version(
            copy.digest,
            code,
            number,
            copy.file,
            copy.file,
            datetime.fromtimestamp(path.stat().st_mtime),
            copy.is_sound,
            copy.mistakes,
            _relative(folder, report) if copy.is_sound else "",
            "" if copy.is_sound else _relative(folder, returned),
        )


def _relative(folder: CampaignFolder, path: Path | None) -> str:
    return path.relative_to(folder.root).as_posix() if path else ""
