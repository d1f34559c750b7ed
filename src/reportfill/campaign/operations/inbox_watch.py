"""The files of the inbox as they settle: each is to be taken in once it has come whole, and nobody works in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from reportfill.arrivals import HALF_COPIED, Arrivals, Seen, worked_in
from reportfill.campaign.folder.parts import INBOX
from reportfill.campaign.inbox.sources import outermost
from reportfill.campaign.storage.store import Store, StoredFile, printable_path
from reportfill.office.last_bytes import has_its_end
from reportfill.text import Text


class InboxWatch:
    """A watch over the inbox, which is looked at again and again. `awaited` is what there is to wait for since the last
    look, by path, with what people are told of it."""

    def __init__(self, store: Store, arrivals: Arrivals | None = None) -> None:
        self._store = store
        self._arrivals = arrivals or Arrivals()
        self._done: set[tuple[str, object]] = set()
        self.awaited: Mapping[str, Text | None] = {}

    def settled(self) -> Callable[[StoredFile], bool] | None:
        """Which files are to be taken in now; None where none has settled since the last look."""
        arrived = self._arrivals.arrived(_seen(self._store.files(INBOX, unreadable=True)))
        new = arrived.settled.items() - self._done
        half = {path for path, _ in new if path in arrived.young and not self._has_its_end(path)}
        self.awaited = {**arrived.awaited, **dict.fromkeys(half, HALF_COPIED)}
        whole = {(path, stamp) for path, stamp in arrived.settled.items() if path not in half}
        is_new = not whole <= self._done
        self._done |= whole
        return (lambda file: (file.path, file.stamp) in whole) if is_new else None

    def put_off(self, file: str, why: Text) -> None:
        """Let a file, or one in an archive, be taken in later, for what came of it could not be written."""
        own = {one for one in self._done if printable_path(one[0]) == outermost(file)}
        for path, _ in own:
            self._arrivals.put_off(path, why)
        self._done -= own

    def begin_again(self) -> None:
        """Let everything be looked at anew, for a look was broken off."""
        self._done.clear()

    def worked_in(self) -> list[str]:
        """The files of the inbox that somebody has open in Excel, WPS or LibreOffice."""
        return sorted(worked_in(_seen(self._store.files(INBOX, unreadable=True)), datetime.now()))

    def _has_its_end(self, path: str) -> bool:
        """Whether the end of a file has come; of what cannot be opened its reading says why."""
        try:
            with self._store.open(path) as stream:
                return has_its_end(stream)
        except OSError:
            return True


def _seen(files: Iterable[StoredFile]) -> list[Seen]:
    return [Seen(file.path, file.stamp, file.size, file.modified) for file in files]
