"""The files of the inbox as they settle: each is to be taken in once it looked the same twice, so that none is read
half copied."""

from __future__ import annotations

from collections.abc import Callable

from reportfill.campaign.folder.parts import INBOX
from reportfill.campaign.storage.store import Store, StoredFile


class InboxWatch:
    """A watch over the inbox, which is looked at again and again. `is_waiting` says that files have not settled yet."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._before: dict[str, str] = {}
        self._done: set[tuple[str, str]] = set()
        self.is_waiting = False

    def settled(self) -> Callable[[StoredFile], bool] | None:
        """Which files are to be taken in now; None where none has settled since the last look."""
        files = {file.path: file.stamp for file in self._store.files(INBOX, unreadable=True)}
        settled = {told for told in files.items() if self._before.get(told[0]) == told[1]} - self._done
        self._before = files
        self._done |= settled
        self.is_waiting = bool(set(files.items()) - self._done)
        done = frozenset(self._done)
        return (lambda file: (file.path, file.stamp) in done) if settled else None
