"""What a compound file holds ([MS-CFB]), as old Office files, encrypted ones and Outlook's mails are: by olefile, the
one place that knows that library."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any, cast

import olefile

from reportfill.office.first_bytes import COMPOUND

_MOST_REGULAR = 0xFFFFFFFA
"""Numbers up to this are sectors; greater ones end a chain, or say what a sector is (2.1)."""


_SECTOR = 4096
"""Bytes of a sector in version 4. A stream of as many is not kept among the small ones (2.2)."""

_FREE, _LAST, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_TABLES_IN_HEADER = 109
_ROOT, _STREAM = 5, 2


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


def file_of_one_stream(name: str, stream: bytes) -> bytes:
    """A compound file that holds one stream, padded to whole sectors. Raises ValueError for one of more than 400 MB."""
    padded = stream + bytes(-len(stream) % _SECTOR or (0 if stream else _SECTOR))
    sectors = len(padded) // _SECTOR
    following = [*range(1, sectors), _LAST, _LAST]  # the stream's sectors, then the directory's one
    tables = -(-len(following) // (_SECTOR // 4 - 1))
    if tables > _TABLES_IN_HEADER:
        raise ValueError(len(stream))
    following += [_TABLE] * tables
    following += [_FREE] * (-len(following) % (_SECTOR // 4))
    # There are no small streams, but calamine refuses a file of version 4 whose root says that they begin nowhere.
    directory = _entry("Root Entry", _ROOT, 0, 0, child=1) + _entry(name, _STREAM, 0, len(padded))
    header = struct.pack("<8s16x5H6x", COMPOUND, 0x3E, 4, 0xFFFE, 12, 6)
    header += struct.pack("<9I", 1, tables, sectors, 0, _SECTOR, _LAST, 0, _LAST, 0)
    places = [*range(sectors + 1, sectors + 1 + tables), *[_FREE] * (_TABLES_IN_HEADER - tables)]
    header += struct.pack(f"<{_TABLES_IN_HEADER}I", *places)
    table = struct.pack(f"<{len(following)}I", *following)
    return header.ljust(_SECTOR, b"\0") + padded + directory.ljust(_SECTOR, b"\0") + table


def _entry(name: str, kind: int, first: int, size: int, child: int = _FREE) -> bytes:
    """An entry of the directory (2.6.1)."""
    text = f"{name}\0".encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
    return head + struct.pack("<3I36xIQ", _FREE, _FREE, child, first, size)


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
