"""Files that hold secrets: for nobody else to read than who wrote them, where the system knows that."""

from __future__ import annotations

import os

from reportfill.campaign.storage.store import FolderStore, Store


def write_secret(store: Store, path: str, content: bytes) -> None:
    """Write a file for this user alone, whole or not at all. Raises OutputError where it cannot be written."""
    with store.writing(path) as stream:
        if isinstance(store, FolderStore):
            os.chmod(stream.name, 0o600)  # while nothing is in it
        stream.write(content)
