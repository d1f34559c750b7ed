"""Several files are written, at the same time where the disk is slow."""

from __future__ import annotations

from pathlib import Path
from threading import get_ident
from time import sleep
from typing import ClassVar

from reportfill.campaign.storage.store import FolderStore
from reportfill.campaign.storage.writing import write_all


class SlowStore(FolderStore):
    """A folder on a disk that takes its time, and who wrote to it."""

    writers: ClassVar[set[int]] = set()

    def write(self, path: str, content: bytes) -> None:
        """Write a file slowly."""
        sleep(0.01)
        super().write(path, content)
        self.writers.add(get_ident())


def test_a_slow_store_is_written_to_by_several_at_a_time(tmp_path: Path) -> None:
    store = SlowStore(tmp_path)
    contents = {f"in/{number}": str(number).encode() for number in range(40)}
    write_all(store, contents)
    assert {file.path: store.read(file.path) for file in store.files()} == contents
    assert len(store.writers) > 2
