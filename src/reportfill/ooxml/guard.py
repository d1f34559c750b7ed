"""What stands between a package from outside and the libraries that read it: limits, and what no office writes.

Every package passes here once before calamine, openpyxl, python-docx or docxtpl sees it. Limits hold before anything
large is in memory, also where the archive's headers lie about sizes: deflate expands at most 1,032 times (RFC 1951),
so a part of few compressed bytes needs no trial, and a larger one is unpacked piece by piece up to its limit.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from io import BytesIO

_EXPANSION = 1032
_PIECE = 1 << 16
_ENCRYPTED_FLAG = 0x1


class Fault(Enum):
    """Why a package is refused."""

    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    TOO_MANY_PARTS = "too many parts"
    TOO_LARGE = "too large when unpacked"
    UNSAFE_NAME = "a name that leads out of the package"
    DUPLICATE_NAME = "two parts of the same name"
    ENTITIES = "a document type or entity declaration"


class PackageError(Exception):
    """A package that is refused; `part` is the name of the part at fault, if it is one."""

    def __init__(self, fault: Fault, part: str = "") -> None:
        super().__init__(f"{fault.value}{f': {part}' if part else ''}")
        self.fault = fault
        self.part = part


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that a package may have: parts, bytes of one part and of all when unpacked, and how many times a
    part may be larger than it is packed once it has a megabyte."""

    parts: int = 1000
    part_size: int = 64 << 20
    total_size: int = 128 << 20
    ratio: int = 300


LIMITS = Limits()

_DOCUMENT_TYPE = re.compile(rb"(?:\xef\xbb\xbf)?(?>\s+|<\?.*?\?>|<!--.*?-->)*+<!", re.DOTALL)
"""A declaration before the root element, behind whatever comments and instructions: the only place for one."""


def unpacked(content: bytes, limits: Limits = LIMITS) -> dict[str, bytes]:
    """The parts of a package by name. Raises PackageError where it is damaged, encrypted, beyond the limits, or
    holds what no office program writes."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            entries = [entry for entry in package.infolist() if not entry.is_dir()]
            _refuse_names(entries, limits)
            parts = dict(_parts(package, entries, limits))
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        ValueError,
        OSError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise PackageError(Fault.DAMAGED) from error
    for name, part in parts.items():
        if declares_entities(name, part):
            raise PackageError(Fault.ENTITIES, name)
    return parts


def _refuse_names(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.parts:
        raise PackageError(Fault.TOO_MANY_PARTS)
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename.lower()
        if name.startswith("/") or "\\" in name or ".." in name.split("/") or ":" in name:
            raise PackageError(Fault.UNSAFE_NAME, entry.filename)
        if name in seen:
            raise PackageError(Fault.DUPLICATE_NAME, entry.filename)
        if entry.flag_bits & _ENCRYPTED_FLAG:
            raise PackageError(Fault.ENCRYPTED, entry.filename)
        seen.add(name)


def _parts(
    package: zipfile.ZipFile, entries: list[zipfile.ZipInfo], limits: Limits
) -> Iterator[tuple[str, bytes]]:
    total = 0
    for entry in entries:
        allowed = min(limits.part_size, limits.total_size - total)
        needs_no_trial = entry.compress_size * _EXPANSION <= min(allowed, 1 << 20)
        part = package.read(entry) if needs_no_trial else _read_up_to(package, entry, allowed, limits.ratio)
        total += len(part)
        yield entry.filename, part


def _read_up_to(package: zipfile.ZipFile, entry: zipfile.ZipInfo, allowed: int, ratio: int) -> bytes:
    """A part unpacked piece by piece, given up as soon as it is larger than it may be."""
    most = min(allowed, max(1 << 20, entry.compress_size * ratio))
    pieces: list[bytes] = []
    size = 0
    with package.open(entry) as stream:
        while piece := stream.read(_PIECE):
            size += len(piece)
            if size > most:
                raise PackageError(Fault.TOO_LARGE, entry.filename)
            pieces.append(piece)
    return b"".join(pieces)


def declares_entities(name: str, part: bytes) -> bool:
    """Whether an XML part has a document type, which OOXML forbids and only attacks use."""
    if not name.lower().endswith((".xml", ".rels", ".vml")):
        return False
    if part[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in part[:4]:
        part = part.lstrip(b"\xff\xfe").replace(b"\0", b"")
    return _DOCUMENT_TYPE.match(part) is not None
