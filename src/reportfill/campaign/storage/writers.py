"""Several files written, at the same time where that is quicker."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

from reportfill.campaign.storage.store import Store

_AT_ONCE = 8
"""Files that are written at the same time."""

_SLOW = 0.003
"""Seconds within which a fast disk has confirmed a file."""


class Writers:
    """Writes several files: at the same time where the store is slow, as a disk that turns or one far away is, for then
    it is waited for less. Else one after the other, which costs the processor half as much."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._pool = ThreadPoolExecutor(_AT_ONCE)

    def __enter__(self) -> Writers:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown()

    def write(self, contents: Mapping[str, bytes]) -> None:
        """Write these files. Raises OutputError where one cannot be written; others may have been."""
        remaining = iter(contents.items())
        for path, content in remaining:
            begin = monotonic()
            self._store.write(path, content)
            if monotonic() - begin > _SLOW:
                break
        list(self._pool.map(lambda file: self._store.write(*file), remaining))
