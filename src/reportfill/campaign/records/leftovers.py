"""What a process that was killed had not moved to its place yet."""

from __future__ import annotations

import fnmatch
import math
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from reportfill.campaign.folder.parts import FOLDERS, LINKS, RECEIPTS, RECEIVED, REMINDERS, REPORTS, RETURNED
from reportfill.campaign.records.journal import FOLDER
from reportfill.files import TEMPORARY
from reportfill.held_files import removed

HELD = (LINKS, RECEIVED, REPORTS, RETURNED, FOLDER)
"""The folders into which nobody writes but who holds the campaign."""

_LEFT_BEHIND = 86_400
"""Seconds after which a file that is being written was left behind, where it may be another process, or another
computer, that writes it."""


def remove_leftovers(root: Path, *held: str, others_write: bool) -> None:
    """Remove the files of a campaign which were being written when a process was killed: those of the folders into
    which nobody else writes now at once, others, and all that may be on their way from another computer, only when they
    are old."""
    old = time.time() - _LEFT_BEHIND
    for folder in (*FOLDERS, FOLDER, LINKS, RECEIPTS, REMINDERS, ""):
        before = old if others_write or folder not in held else math.inf
        for path in _being_written(root / folder, is_deep=folder not in ("", FOLDER)):
            _remove_older(path, before)


def _being_written(folder: Path, *, is_deep: bool) -> Iterator[Path]:
    for below, _, names in os.walk(folder):  # this passes over what vanishes meanwhile
        for name in fnmatch.filter(names, TEMPORARY):
            yield Path(below, name)
        if not is_deep:
            return


def _remove_older(path: Path, before: float) -> None:
    with suppress(OSError):
        if path.stat().st_mtime < before:
            removed(path)
