"""A stream out of a compound file, as .xls is one ([MS-CFB])."""

from __future__ import annotations

import struct
from collections.abc import Iterator

_SECTORS_IN_HEADER = 109
_MOST_REGULAR = 0xFFFFFFFA
"""Numbers up to this are sectors; greater ones end a chain, or say what a sector is (2.1)."""

_ENTRY_SIZE = 128


class CompoundFileError(Exception):
    """A compound file that is cut off or does not hang together."""


def stream_of(content: bytes, *names: str) -> bytes | None:
    """The first of these streams that the file has; None where it has none of them. Raises CompoundFileError."""
    try:
        return _CompoundFile(content).stream(names)
    except (struct.error, IndexError) as error:
        raise CompoundFileError from error


class _CompoundFile:
    """The sectors of a compound file and which of them follow each other."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        (sector_shift,) = struct.unpack_from("<H", content, 0x1E)
        if sector_shift not in (9, 12):
            raise CompoundFileError
        self._size = 1 << sector_shift
        self._following = self._numbers(self._allocation_sectors())
        (self._first_directory,) = struct.unpack_from("<I", content, 0x30)
        (self._smallest,) = struct.unpack_from("<I", content, 0x38)

    def stream(self, names: tuple[str, ...]) -> bytes | None:
        """The first stream of these names."""
        directory = self._whole(self._first_directory)
        if len(directory) % _ENTRY_SIZE:
            raise CompoundFileError
        entries = {name: (first, size) for name, first, size in _entries(directory)}
        found = next((entries[name] for name in names if name in entries), None)
        if found is None:
            return None
        first, size = found
        stream = self._whole(first)[:size]
        # A smaller one would be kept elsewhere (2.4); no workbook is.
        if len(stream) < max(size, self._smallest):
            raise CompoundFileError
        return stream

    def _whole(self, first: int) -> bytes:
        return b"".join(map(self._sector, _follow(self._following, first)))

    def _allocation_sectors(self) -> list[int]:
        """The sectors that say which sector follows which (2.3, 2.5): the first in the header, others in a list."""
        (count,) = struct.unpack_from("<I", self._content, 0x2C)
        first_of_list, lists = struct.unpack_from("<II", self._content, 0x44)
        sectors = list(struct.unpack_from(f"<{_SECTORS_IN_HEADER}I", self._content, 0x4C))
        for _ in range(min(lists, len(self._content) // self._size)):
            *more, first_of_list = struct.unpack(f"<{self._size // 4}I", self._sector(first_of_list))
            sectors += more
        return [sector for sector in sectors[:count] if sector <= _MOST_REGULAR]

    def _numbers(self, sectors: list[int]) -> tuple[int, ...]:
        table = b"".join(map(self._sector, sectors))
        return struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if start >= len(self._content):
            raise CompoundFileError
        return self._content[start : start + self._size]


def _follow(following: tuple[int, ...], first: int) -> Iterator[int]:
    """The sectors of a chain. Raises CompoundFileError where it does not end."""
    number = first
    for _ in range(len(following) + 1):
        if number > _MOST_REGULAR:
            return
        yield number
        number = following[number]
    raise CompoundFileError


def _entries(directory: bytes) -> Iterator[tuple[str, int, int]]:
    """Name, first sector and size of each stream and of the root (2.6.1)."""
    for start in range(0, len(directory), _ENTRY_SIZE):
        length, kind = struct.unpack_from("<HB", directory, start + 64)
        if kind:
            name = directory[start : start + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            first, size = struct.unpack_from("<II", directory, start + 116)
            yield name, first, size
