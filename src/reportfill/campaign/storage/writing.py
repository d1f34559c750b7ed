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


def write_all(store: Store, contents: Mapping[str, bytes]) -> None:
    """Write files: at the same time where the store is slow, as a disk that turns or one far away is, for then it is
    waited for less; else one after the other, which costs the processor half as much. Raises OutputError where one
    cannot be written; others may have been."""
    remaining = iter(contents.items())
    for path, content in remaining:
        begin = monotonic()
        store.write(path, content)
        if monotonic() - begin > _SLOW:
            break
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(lambda file: store.write(*file), remaining))
