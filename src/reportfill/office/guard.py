"""What stands between a package from outside and the libraries that read it: limits, and what no office writes.

Every package passes here once before calamine, openpyxl, python-docx or docxtpl sees it. Limits hold before anything
large is in memory: the archive's directory says how large each part is, and none is unpacked any further unless it is
packed so small that it cannot become large.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from io import BytesIO

from reportfill.office.first_bytes import ZIP_ENTRY
from reportfill.text import Text

_EXPANSION = 1032
"""How many times deflate expands at most (RFC 1951: 258 bytes from 2 bits)."""

_ENCRYPTED_FLAG = 0x1
_FREE_OF_RATIO = 1 << 20
"""Bytes that any part may have, however small it is packed."""

ZIP_ERRORS = (
    *(zipfile.BadZipFile, zlib.error, struct.error),
    *(EOFError, ValueError, OSError, RuntimeError, OverflowError),
)
"""What is raised of an archive that is damaged, or packed in a way that is not known."""

_LOCAL_HEADER = struct.Struct("<4s22xHH")


class Fault(Enum):
    """Why a package is refused."""

    DAMAGED = Text("文件已损坏", "damaged")
    ENCRYPTED = Text("文件已加密", "encrypted")
    TOO_MANY_PARTS = Text("部件过多", "too many parts")
    TOO_LARGE = Text("解压后过大", "too large when unpacked")
    UNSAFE_NAME = Text("有部件的名称指向文件以外", "a name that leads out of the package")
    DUPLICATE_NAME = Text("有两个部件同名", "two parts of the same name")
    ENTITIES = Text("含有文档类型声明或者实体声明", "a document type or entity declaration")


class PackageError(Exception):
    """A package that is refused; `part` is the name of the part at fault, if it is one, and `chinese` what is said of
    it in Chinese."""

    def __init__(self, fault: Fault, part: str = "") -> None:
        super().__init__(f"{fault.value.en}{f': {part}' if part else ''}")
        self.fault = fault
        self.chinese = f"{fault.value.zh}{f'（{part}）' if part else ''}"
        self.part = part


@dataclass(frozen=True, slots=True)
class PackageLimits:
    """The most that a package may have: parts, bytes of one part and of all when unpacked, and how many times a
    part may be larger than it is packed once it has a megabyte."""

    parts: int = 1000
    part_size: int = 64 << 20
    total_size: int = 128 << 20
    ratio: int = 300


LIMITS = PackageLimits()

_DOCUMENT_TYPE = re.compile(rb"(?:\xef\xbb\xbf)?(?>\s+|<\?.*?\?>|<!--.*?-->)*+<!", re.DOTALL)
"""A declaration before the root element, behind whatever comments and instructions: the only place for one."""


def unpacked(content: bytes, limits: PackageLimits = LIMITS) -> dict[str, bytes]:
    """The parts of a package by name. Raises PackageError where it is damaged, encrypted, beyond the limits, or
    holds what no office program writes."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            entries = [entry for entry in package.infolist() if not entry.is_dir()]
            _refuse_names(entries, limits)
            parts = dict(_parts(content, entries, limits))
    except ZIP_ERRORS as error:
        raise PackageError(Fault.DAMAGED) from error
    for name, part in parts.items():
        if declares_entities(name, part):
            raise PackageError(Fault.ENTITIES, name)
    return parts


def _refuse_names(entries: list[zipfile.ZipInfo], limits: PackageLimits) -> None:
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
    content: bytes, entries: list[zipfile.ZipInfo], limits: PackageLimits
) -> Iterator[tuple[str, bytes]]:
    total = 0
    for entry in entries:
        total += entry.file_size
        largest = min(limits.part_size, max(_FREE_OF_RATIO, entry.compress_size * limits.ratio))
        if entry.file_size > largest or total > limits.total_size:
            raise PackageError(Fault.TOO_LARGE, entry.filename)
        yield entry.filename, _part(content, entry)


def _part(content: bytes, entry: zipfile.ZipInfo) -> bytes:
    """A part unpacked, but no further than the size that the directory says, which has been found small enough.

    It is cut from the archive without a stream of its own, in half the time that zipfile takes.
    """
    signature, name_length, extra_length = _LOCAL_HEADER.unpack_from(content, entry.header_offset)
    name_at = entry.header_offset + _LOCAL_HEADER.size
    name = entry.orig_filename.encode()
    packed_at = name_at + name_length + extra_length
    packed = content[packed_at : packed_at + entry.compress_size]
    part = _inflated(packed, entry.file_size) if entry.compress_type == zipfile.ZIP_DEFLATED else packed
    is_whole = len(part) == entry.file_size and zlib.crc32(part) == entry.CRC
    is_named = not name.isascii() or content[name_at : name_at + name_length] == name
    if signature != ZIP_ENTRY or not is_whole or not is_named:
        raise PackageError(Fault.DAMAGED, entry.filename)
    return part


def _inflated(packed: bytes, size: int) -> bytes:
    """What was deflated, where it could be too much up to one byte more than it should have; b"" where it does not
    end."""
    if len(packed) * _EXPANSION <= LIMITS.part_size:
        return zlib.decompress(packed, -zlib.MAX_WBITS, max(size, 1))  # at once, in two thirds of the time
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    part = inflater.decompress(packed, size + 1)
    return part if inflater.eof else b""


def declares_entities(name: str, part: bytes) -> bool:
    """Whether an XML part has a document type, which OOXML forbids and only attacks use."""
    if not name.lower().endswith((".xml", ".rels", ".vml")):
        return False
    if part[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in part[:4]:
        part = part.lstrip(b"\xff\xfe").replace(b"\0", b"")
    return _DOCUMENT_TYPE.match(part) is not None
