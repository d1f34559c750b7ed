"""A .zip archive: its directory is kept, its files are unpacked one at a time."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from itertools import pairwise
from typing import IO, BinaryIO

from reportfill.campaign.inbox.container import MOST_FILES, ContainerError, container_error, unreadable
from reportfill.campaign.inbox.shown_names import all_different, decoded_text, harmless_name
from reportfill.finding import Finding, finding
from reportfill.office.guard import ZIP_ERRORS

_BEGINNING = 512
_AT_ONCE = 1 << 20
_LARGEST_DIRECTORY = 8 << 20
"""Bytes that zipfile may read at once: only a directory of far too many files is larger."""

_ENTRY = b"PK\1\2"
"""What each file's entry in the directory begins with (APPNOTE 6.3.10, 4.3.12)."""

_EFFORT = 1000
_ENCRYPTED = 0x1
_UTF_8 = 0x800
_LOCAL_HEADER = 30
_METHODS = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
"""What Windows, macOS and WPS write. zipfile unpacks others as well, but without any limit."""

_PASSWORD, _DAMAGED, _MEMBER_DAMAGED = "container.password", "container.damaged", "container.file_damaged"


class Archive:
    """A .zip archive in a file that stays open for as long as it is used.

    Raises ContainerError where it is damaged, encrypted as a whole, or made to exhaust whoever unpacks it.
    """

    def __init__(self, file: BinaryIO) -> None:
        with _reasons(_DAMAGED):
            self._zip = zipfile.ZipFile(_SmallReads(file))
        entries = [entry for entry in self._zip.infolist() if not entry.orig_filename.endswith(("/", "\\"))]
        _refuse(entries)
        self._entries = dict(zip(all_different(map(_name, entries)), entries, strict=True))

    @property
    def names(self) -> Collection[str]:
        """The files in it, in their order."""
        return self._entries.keys()

    @property
    def effort(self) -> int:
        """What reading the directory took, in bytes unpacked in the same time."""
        return len(self._entries) * _EFFORT

    def size(self, name: str) -> int:
        """Bytes of a file when it is unpacked, as the directory says; no more are unpacked, whatever there is."""
        return self._entries[name].file_size

    def trouble(self, name: str, limit: int) -> Finding | None:
        """Why a file cannot be unpacked, as far as anything is known against it."""
        entry = self._entries[name]
        if entry.flag_bits & _ENCRYPTED:
            return finding(_PASSWORD)
        if entry.compress_type not in _METHODS:
            return finding("container.method")
        return finding("container.file_too_large") if entry.file_size > limit else None

    def beginning(self, name: str) -> bytes:
        """The first bytes of a file. Raises ContainerError where it cannot be unpacked."""
        with self._opened(name, self.size(name)) as stream:
            return stream.read(_BEGINNING)

    def content(self, name: str, limit: int) -> bytes:
        """A file unpacked, its checksum found right. Raises ContainerError where it cannot be, or is too large."""
        with self._opened(name, limit) as stream:
            return b"".join(iter(partial(stream.read, _AT_ONCE), b""))

    def digest(self, name: str) -> str:
        """The SHA-256 of a file of any size. Raises ContainerError where it cannot be unpacked."""
        digest = sha256()
        with self._opened(name, self.size(name)) as stream:
            for block in iter(partial(stream.read, _AT_ONCE), b""):
                digest.update(block)
        return digest.hexdigest()

    @contextmanager
    def _opened(self, name: str, limit: int) -> Iterator[IO[bytes]]:
        trouble = self.trouble(name, limit)
        if trouble:
            raise ContainerError(trouble)
        with _reasons(_MEMBER_DAMAGED), self._zip.open(self._entries[name]) as stream:
            yield stream


class _SmallReads:
    """A file from which a directory of too many files cannot be read: zipfile reads it whole, of whatever size."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def read(self, size: int = -1, /) -> bytes:
        most = _LARGEST_DIRECTORY + 1
        try:
            content = self._file.read(most if size < 0 else min(size, most))
        except OSError as error:  # zipfile would take it for damage
            raise ContainerError(unreadable(error)) from error
        if len(content) > _LARGEST_DIRECTORY or content.count(_ENTRY) > MOST_FILES:
            raise container_error("container.too_many_files", most=MOST_FILES)
        return content

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True


def _refuse(entries: list[zipfile.ZipInfo]) -> None:
    """Raises ContainerError for an archive that is refused as a whole."""
    filled = [entry for entry in entries if entry.file_size]
    if filled and all(entry.flag_bits & _ENCRYPTED for entry in filled):
        raise container_error(_PASSWORD)
    places = sorted((entry.header_offset, entry.compress_size) for entry in entries)
    if places and places[0][0] < 0:
        raise container_error(_DAMAGED)
    if any(start + _LOCAL_HEADER + size > following for (start, size), (following, _) in pairwise(places)):
        raise container_error("container.overlapping")


def _name(entry: zipfile.ZipInfo) -> str:
    """The name of a file as it was meant: where it is not marked as UTF-8, zipfile takes it for code page 437."""
    name = entry.orig_filename
    return harmless_name(name if entry.flag_bits & _UTF_8 else decoded_text(name.encode("cp437")))


@contextmanager
def _reasons(damaged: str) -> Iterator[None]:
    """Whatever reading an archive raises, as a ContainerError."""
    try:
        yield
    except OSError as error:
        raise ContainerError(unreadable(error)) from error
    except ZIP_ERRORS as error:
        raise container_error(damaged) from error
