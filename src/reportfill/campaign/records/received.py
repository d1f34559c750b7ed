"""What was handed in, as it is kept: every version under received/, a folder an agency, numbered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from reportfill.campaign.place.folder import RECEIVED, own_folder
from reportfill.campaign.place.store import Store

_NAME = re.compile(r"第([1-9][0-9]*)次-([0-9a-f]{12})\.[a-z]+")


@dataclass(frozen=True, slots=True)
class ReceivedCopy:
    """The copy of one version: its path, the folder of its agency, its number, how its SHA-256 begins, and when it was
    written."""

    path: str
    folder: str
    number: int
    mark: str
    modified: datetime


def mark_of(digest: str) -> str:
    """What stands for a content's SHA-256 in the name of its copy."""
    return digest[:12]


def received_path(code: str, number: int, digest: str, suffix: str) -> str:
    """Where the copy of a version is kept."""
    return f"{own_folder(code)}/第{number}次-{mark_of(digest)}{suffix}"


def received_copies(store: Store) -> list[ReceivedCopy]:
    """The copies of all versions, an agency's in order."""
    found = []
    for file in store.files(RECEIVED):
        folder, _, name = file.path.rpartition("/")
        match = _NAME.fullmatch(name)
        if match:
            found.append(ReceivedCopy(file.path, folder, int(match[1]), match[2], file.modified))
    return sorted(found, key=lambda copy: (copy.folder, copy.number))
