"""What lies below a folder on disk: plain files, and whatever else there is, which is never opened."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import filterfalse
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from reportfill.finding import Finding, finding
from reportfill.system_words import reason_of

_OF_FILES = frozenset((".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".zip", ".eml"))
"""Endings that a folder has by mistake only."""

FOLDER_UNREADABLE = "stray.folder_unreadable"
"""The code of a folder that cannot be looked into."""

Found = tuple[str, str, os.stat_result | Finding]
"""A folder, a name in it, and what the system tells of a plain file of that name, or why it is none that can be
read."""


def files_below(top: Path, refuse: Callable[[OSError], None]) -> Iterator[Found]:
    """Everything below a folder but folders that can be looked into, in no order. `refuse` is called where the folder
    itself cannot be."""
    closed: list[OSError] = []

    def note(error: OSError) -> None:
        if error.filename == str(top):
            refuse(error)
        else:
            closed.append(error)

    for folder, folders, names in os.walk(top, onerror=note):
        for name in names:
            what = _what(os.path.join(folder, name))
            if what is not None:
                yield folder, name, what
        for name in folders:
            if os.path.islink(os.path.join(folder, name)):
                yield folder, name, finding("stray.link_to_folder")
        if not names and not folders and os.path.splitext(folder)[1].lower() in _OF_FILES:
            yield *os.path.split(folder), finding("stray.empty_folder")
    for error in filterfalse(_is_gone, closed):
        reason = finding(FOLDER_UNREADABLE, reason=reason_of(error))
        yield *os.path.split(str(error.filename)), reason


def _is_gone(error: OSError) -> bool:
    """Whether what could not be looked at went meanwhile, or a file stands there now, which the next look finds."""
    gone = isinstance(error, FileNotFoundError | NotADirectoryError)
    return gone and not os.path.isdir(error.filename)


def _what(place: str) -> os.stat_result | Finding | None:
    """What the system tells of a place that is no folder; None where it went meanwhile."""
    try:
        status = os.stat(place)
    except OSError as error:
        if not os.path.lexists(place):
            return None
        return finding("stray.link_broken", reason=reason_of(error))
    if S_ISREG(status.st_mode):
        return status
    return finding("stray.folder" if S_ISDIR(status.st_mode) else "stray.no_plain_file")
