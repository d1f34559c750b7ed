"""The folder of a campaign: what lies where. Everything in it can be read with Excel and a file manager."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reportfill.campaign.roster import Roster, read_roster
from reportfill.campaign.settings import Settings, read_settings, settings_text
from reportfill.errors import CampaignError
from reportfill.files import TEMPORARY, write_file

SETTINGS, LEDGER, LOCK = "campaign.toml", "campaign.db", ".campaign.lock"
_ROSTERS = ("roster.xlsx", "roster.csv", "roster.xls", "roster.ods")
FOLDERS = ("outgoing", "inbox", "received", "reports", "returned", "rollup")
"""Workbooks to be sent; what comes back; every version of it, numbered; reports; marked workbooks; sums."""


@dataclass(frozen=True, slots=True)
class CampaignFolder:
    """A campaign's folder on disk."""

    root: Path

    @property
    def outgoing(self) -> Path:
        """One workbook an agency, by superior."""
        return self.root / "outgoing"

    @property
    def inbox(self) -> Path:
        """Where what comes back is dropped, in whatever subfolders."""
        return self.root / "inbox"

    @property
    def received(self) -> Path:
        """Every version that was handed in, numbered, a folder an agency."""
        return self.root / "received"

    @property
    def reports(self) -> Path:
        """The Word reports of sound versions."""
        return self.root / "reports"

    @property
    def returned(self) -> Path:
        """Workbooks with their mistakes marked."""
        return self.root / "returned"

    @property
    def ledger(self) -> Path:
        """The ledger, which `campaign rebuild` makes anew."""
        return self.root / LEDGER

    @property
    def roster_file(self) -> Path:
        """The roster, of whichever format it is. Raises CampaignError where there is none."""
        found = (self.root / name for name in _ROSTERS if (self.root / name).is_file())
        roster = next(found, None)
        if roster is None:
            raise CampaignError(f"{self.root} holds no roster.xlsx")
        return roster

    def settings(self) -> Settings:
        """What campaign.toml says. Raises CampaignError where it is broken."""
        return read_settings((self.root / SETTINGS).read_text("utf-8-sig"))

    def roster(self) -> Roster:
        """The agencies, with what is wrong with their list."""
        return read_roster(self.roster_file.read_bytes())

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the campaign for this process alone. Raises CampaignError where another has it.

        The lock is one of SQLite's on an empty database: the system lets go of it however the process ends.
        """
        connection = sqlite3.connect(self.root / LOCK, timeout=0, isolation_level=None)
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            connection.close()
            raise CampaignError(
                f"{self.root} is being worked on by another process; try again when it ends"
            ) from error
        try:
            self._remove_leftovers()
            yield
        finally:
            connection.close()

    def _remove_leftovers(self) -> None:
        """Remove what a process that was killed had not moved to its place yet; nobody else writes now."""
        for pattern in (f"*/{TEMPORARY}", f"*/*/{TEMPORARY}"):
            for path in self.root.glob(pattern):
                path.unlink(missing_ok=True)


def opened(root: Path) -> CampaignFolder:
    """The campaign in a folder. Raises CampaignError where the folder is none."""
    if not (root / SETTINGS).is_file():
        raise CampaignError(
            f"{root} is no campaign: it holds no {SETTINGS}; `reportfill campaign new` makes one"
        )
    return CampaignFolder(root)


def created(root: Path, settings: Settings, roster: bytes) -> CampaignFolder:
    """A new campaign in a folder, with a roster to fill in. Raises CampaignError where there is one already."""
    if (root / SETTINGS).exists():
        raise CampaignError(f"{root} is a campaign already")
    for name in FOLDERS:
        (root / name).mkdir(parents=True, exist_ok=True)
    if not any((root / name).exists() for name in _ROSTERS):
        write_file(root / _ROSTERS[0], roster)
    write_file(root / SETTINGS, settings_text(settings).encode())
    return CampaignFolder(root)
