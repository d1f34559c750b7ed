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

_TABLE = re.compile(r"\d{6}.+\.csv", re.DOTALL)
_MARK = re.compile(
    r".*(?:[(（]\d+[)）]|(?i:冲突|副本|conflict|copy|电脑).*|-(?=[0-9-]*[A-Z])[A-Z0-9-]+)", re.DOTALL
)
"""What such a client puts behind a name: a number in brackets, a word for it, or what a computer is called."""


def conflict_copies(store: Store) -> Iterator[Finding]:
    """Such copies of the journal's tables, and of what a campaign has one of."""
    for file in store.files(FOLDER):
        if _TABLE.fullmatch(file.path.removeprefix(f"{FOLDER}/")):
            yield finding("journal.conflict_copy", value=file.path)
    for name in sorted(os.listdir(store.root)) if isinstance(store, FolderStore) else ():
        if any(_is_copy_of(name, one) for one in _OF_ONE_FILE):
            yield finding("journal.conflict_copy", value=name)


def _is_copy_of(name: str, one: str) -> bool:
    stem, dot, suffix = one.rpartition(".")
    has_more = name != one and name.startswith(stem) and name.endswith(dot + suffix)
    return has_more and _MARK.fullmatch(name[len(stem) : -len(dot + suffix)]) is not None
