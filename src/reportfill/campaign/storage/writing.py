"""Several files written, at the same time where that is quicker."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

from reportfill.campaign.storage.store import Store
from reportfill.errors import OneFileError

_AT_ONCE = 8
"""Files that are written at the same time."""

_SLOW = 0.003
"""Seconds within which a fast disk has confirmed a file."""


def write_all(store: Store, contents: Mapping[str, bytes]) -> Mapping[str, OneFileError]:
    """Write files: at the same time where the store is slow, as a disk that turns or one far away is, for then it is
    waited for less; else one after the other, which costs the processor half as much. By their paths, those that could
    not be written for reasons of their own. Raises OutputError where one cannot be written for another
    reason; others may have been."""
    held: dict[str, OneFileError] = {}

    def write(path: str, content: bytes) -> None:
        try:
            store.write(path, content)
        except OneFileError as error:
            held[path] = error

    remaining = iter(contents.items())
    for path, content in remaining:
        begin = monotonic()
        write(path, content)
        if monotonic() - begin > _SLOW:
            break
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(lambda file: write(*file), remaining))
    return held
