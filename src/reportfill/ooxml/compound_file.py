"""What a compound file holds ([MS-CFB]), as old Office files, encrypted ones and Outlook's mails are: by olefile, the
one place that knows that library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any, cast

import olefile

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a compound file begins."""

_MOST_REGULAR = 0xFFFFFFFA
"""Numbers up to this are sectors; greater ones end a chain, or say what a sector is (2.1)."""


class CompoundFileError(Exception):
    """A compound file that is cut off or does not hang together."""


class CompoundFile:
    """A compound file: `names` are those, in lower case, of the streams and storages that belong to the file itself
    and not to what is embedded in it. Raises CompoundFileError."""

    def __init__(self, content: bytes) -> None:
        with _faults():
            self._file = cast(Any, olefile.OleFileIO(BytesIO(content)))
            self._entries = {entry.name.lower(): entry for entry in self._file.root.kids}
        self.names = frozenset(self._entries)

    def stream(self, *names: str) -> bytes | None:
        """The first of these streams that the file itself has; None where it has none of them. Raises
        CompoundFileError."""
        with _faults():
            entries = (self._entries.get(name.lower()) for name in names)
            entry = next((e for e in entries if e and e.entry_type == olefile.STGTY_STREAM), None)
            if entry is None:
                return None
            content: bytes = self._file.openstream(entry.name).read()
            chain = self._file.minifat if entry.is_minifat else self._file.fat
            if len(content) < entry.size or _runs_in_a_ring(chain, entry.isectStart):
                raise CompoundFileError
            return content


def names_at_root(content: bytes) -> frozenset[str]:
    """The names of the streams and storages of a compound file itself. Raises CompoundFileError."""
    return CompoundFile(content).names


def _runs_in_a_ring(following: Sequence[int], first: int) -> bool:
    """Whether the sectors of a stream come back to one that was there: olefile reads on in the ring."""
    seen = set[int]()
    while first <= _MOST_REGULAR and first < len(following) and first not in seen:
        seen.add(first)
        first = following[first]
    return first in seen


@contextmanager
def _faults() -> Iterator[None]:
    """What olefile raises, which of a damaged file is whatever its parts do, as CompoundFileError."""
    try:
        yield
    except Exception as error:
        raise CompoundFileError from error
