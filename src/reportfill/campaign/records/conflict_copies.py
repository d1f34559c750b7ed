"""Copies that a sync client made because two computers had written one file: nobody reads them, and what they say would
be lost."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from reportfill.campaign.folder.parts import SEAL, SETTINGS
from reportfill.campaign.records.journal import FOLDER
from reportfill.campaign.storage.store import FolderStore, Store
from reportfill.finding import Finding, finding

_OF_ONE_FILE = (SETTINGS, SEAL, "roster.xlsx", "roster.csv", "roster.xls", "roster.ods")
"""Files of which a campaign has one."""

_MARK = (
    r"(?:.*[(（]\d{1,2}[)）]| \d{1,2}|.*(?i:冲突|衝突|競合|conflict|konflikt|conflit).*|"
    r".*(?:副本|複本|複製|(?i:\bcopy\b))[\s\d()（）]*|"
    r"-(?:(?:DESKTOP|LAPTOP|PC|WIN|MACBOOK)[A-Z0-9-]*|[A-Za-z0-9-]+-PC\d*|.+的(?:电脑|计算机|(?i:macbook|imac).*)))"
)
"""What such a client puts behind a name: a number in brackets or behind a blank, a word for it, or what a computer is
called."""

_TABLE = re.compile(rf"\d{{6,}}(?:-[a-z]{{8}}[^a-z].*|-[a-z]{{9,}}|{_MARK}|-[A-Z0-9-]+)\.csv", re.DOTALL)
"""A copy of a table, whose whole name nobody else draws: by whatever is put behind it."""


def conflict_copies(store: Store) -> Iterator[Finding]:
    """Such copies of the journal's tables, and of what a campaign has one of."""
    for name in sorted(filter(_TABLE.fullmatch, store.names(FOLDER))):
        yield finding("journal.conflict_copy", value=f"{FOLDER}/{name}")
    for name in sorted(os.listdir(store.root)) if isinstance(store, FolderStore) else ():
        if any(_is_copy_of(name, one) for one in _OF_ONE_FILE):
            yield finding("journal.conflict_copy", value=name)


def _is_copy_of(name: str, one: str) -> bool:
    stem, dot, suffix = one.rpartition(".")
    has_more = name != one and name.startswith(stem) and name.endswith(dot + suffix)
    return has_more and re.fullmatch(_MARK, name[len(stem) : -len(dot + suffix)], re.DOTALL) is not None
