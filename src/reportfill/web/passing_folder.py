"""The folder of a server without a campaign: it goes when the server ends, or where it was killed when the next begins.

Whoever runs holds a lock in it, of which the system lets go however the process ends.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from reportfill.campaign.records.database import locked, url_of_file
from reportfill.errors import CampaignError

_PREFIX = "reportfill-serve-"
_HELD, _LOCK = "server.db", ".server.lock"
"""What is held, and the file by which that is done."""

_JUST_MADE = 60.0
"""Seconds for which a folder is let alone: its server may be about to hold it."""


@contextmanager
def passing_folder() -> Iterator[Path]:
    """A folder for as long as a server runs. Those of servers that were killed are removed."""
    _sweep(Path(gettempdir()))
    with TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with locked(url_of_file(folder / _HELD)):
            yield folder


def _sweep(temporary: Path) -> None:
    for folder in temporary.glob(f"{_PREFIX}*"):
        with suppress(OSError, CampaignError):  # somebody else's, or held by a server that runs
            if folder.is_symlink() or time.time() - folder.stat().st_mtime < _JUST_MADE:
                continue
            if (folder / _LOCK).is_file():
                with locked(url_of_file(folder / _HELD), patience=0):
                    pass
                shutil.rmtree(folder)
