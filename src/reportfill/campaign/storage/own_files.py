"""Files that this program makes and may make anew: written, and removed where they are no longer wanted. What cannot
be, as another program has it open, holds up nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from reportfill.campaign.storage.putting_away import digest_of_file
from reportfill.campaign.storage.store import FolderStore, Store
from reportfill.campaign.storage.writing import write_all
from reportfill.errors import OneFileError
from reportfill.files import noting
from reportfill.text import Text


class OwnFiles:
    """The files of this program in a store. `held` is what could not be written or removed for a reason of its own."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.held: list[Text] = []

    def write(self, contents: Mapping[str, bytes]) -> frozenset[str]:
        """Write files by their places; the places of those that could not be written. One that another program keeps
        from being read is left as it is."""
        kept = {place for place in contents if not self._is_free(place)}
        free = {place: content for place, content in contents.items() if place not in kept}
        refused: Mapping[str, OneFileError] = write_all(self.store, free)
        self.held += [Text(error.chinese, error.english) for error in refused.values()]
        return frozenset((*kept, *refused))

    def _is_free(self, place: str) -> bool:
        with noting(self.held):
            if isinstance(self.store, FolderStore) and self.store.exists(place):
                self.store.open(place).close()
            return True
        return False

    def remove(self, digests: Mapping[str, str]) -> None:
        """Remove files by their places, where they still are what was written: what somebody has changed stays."""
        for place, digest in digests.items():
            with noting(self.held), suppress(FileNotFoundError):
                if self.store.exists(place) and digest_of_file(self.store, place) == digest:
                    self.store.remove(place)
        if isinstance(self.store, FolderStore):
            for place in digests:
                with suppress(OSError):  # something else is in it
                    (self.store.root / place).parent.rmdir()
