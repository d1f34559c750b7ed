"""What a process that was killed had not moved to its place yet."""

from __future__ import annotations

import fnmatch
import math
import os
import time
from contextlib import suppress
from pathlib import Path

from reportfill.campaign.folder.parts import FOLDERS, REMINDERS
from reportfill.campaign.records.journal import FOLDER
from reportfill.files import TEMPORARY
from reportfill.held_files import removed

_LEFT_BEHIND = 86_400
"""Seconds after which a file that is being written was left behind, where it may be another computer that writes it."""


def remove_leftovers(root: Path, *, others_write: bool) -> None:
    """Remove the files of a campaign that is held which were being written when a process was killed; those that may be
    on their way from another computer only when they are old."""
    before = time.time() - _LEFT_BEHIND if others_write else math.inf
    for path in root.glob(TEMPORARY):
        _remove_older(path, before)
    for folder in (*FOLDERS, FOLDER, REMINDERS):
        for below, _, names in os.walk(root / folder):  # this passes over what vanishes meanwhile
            for name in fnmatch.filter(names, TEMPORARY):
                _remove_older(Path(below, name), before)


def _remove_older(path: Path, before: float) -> None:
    with suppress(OSError):
        if path.stat().st_mtime < before:
            removed(path)
