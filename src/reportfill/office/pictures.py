"""Pictures from outside: PNG and JPEG, looked at before use without being unpacked, and freed of what they tell of
whoever took them (W3C PNG, ITU-T T.81, CIPA DC-008).

Where a camera was held is kept apart from the picture, which stays as it is: programs turn it as they draw it.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

LARGEST_PICTURE = 10 << 20
"""Bytes that a picture may have."""

MOST_PIXELS = 50_000_000
"""Those of the largest cameras; each takes four bytes in the memory of whoever opens a report."""

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_OTHERS = {
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"RIFF": "WebP",
    b"\x01\0\0\0": "EMF",
    b"\xd7\xcd\xc6\x9a": "WMF",
    b"<svg": "SVG",
    b"<?xml": "SVG",
}
_KEPT_CHUNKS = frozenset(b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB bKGD pHYs".split())
"""What a PNG is drawn with; the other chunks are texts, times and what cameras note."""

_MARKER = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])")
"""The next marker of a JPEG within its compressed data, in which \xff is followed by \0 or a number of restarts."""

_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_KEPT_SEGMENTS = frozenset({0xE0, 0xE2, 0xEE})
"""Of the segments of applications: JFIF, a profile of colours and Adobe's, without which colours are others."""

_SCAN, _END, _EXIF, _COMMENT = 0xDA, 0xD9, 0xE1, 0xFE
_ORIENTATION = 0x0112
_START_OF_IMAGE = b"\xff\xd8"


def _chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


_END_OF_PNG = _chunk(b"IEND", b"")


class PictureFault(Enum):
    """Why a picture cannot be used."""

    OTHER = "of another kind"
    DAMAGED = "damaged"
    TOO_LARGE = "too large"
    TOO_MANY_PIXELS = "too many pixels"


class PictureError(Exception):
    """A picture that cannot be used, why, and what there is to say of it: its kind, its size."""

    def __init__(self, fault: PictureFault, said: str = "") -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.said = said


class Picture(str):
    """A picture. As a text it is the name that its content has, by SHA-256, and how many pixels it is wide and high:
    that is what data keep of it. `orientation` is that of Exif: how it has to be turned to stand upright."""

    content: bytes
    width: int
    height: int
    orientation: int

    def __new__(cls, content: bytes, suffix: str, width: int, height: int, orientation: int = 1) -> Picture:
        made = super().__new__(cls, f"{hashlib.sha256(content).hexdigest()}.{suffix} {width}x{height}")
        made.content, made.width, made.height, made.orientation = content, width, height, orientation
        return made

    def __getnewargs__(self) -> tuple[bytes, str, int, int, int]:  # type: ignore[override]
        return self.content, self.suffix, self.width, self.height, self.orientation

    @property
    def file_name(self) -> str:
        """What its file is called: the same for the same content."""
        return self.partition(" ")[0]

    @property
    def suffix(self) -> str:
        """png or jpeg."""
        return self.file_name.rpartition(".")[2]

    @property
    def file_content(self) -> bytes:
        """Its content as a file has it that says how it has to be turned (CIPA DC-008, 4.6.4; W3C PNG, 11.3.3.2)."""
        if self.orientation == 1:
            return self.content
        entry = struct.pack("<HHIHH", _ORIENTATION, 3, 1, self.orientation, 0)
        exif = b"II*\0" + struct.pack("<IH", 8, 1) + entry + bytes(4)
        if self.suffix == "png":
            start, told = self.content[: -len(_END_OF_PNG)], _chunk(b"eXIf", exif) + _END_OF_PNG
            return start + told
        start, exif = self.content[: len(_START_OF_IMAGE)], b"Exif\0\0" + exif
        segment = struct.pack(">BBH", 0xFF, _EXIF, len(exif) + 2) + exif
        return start + segment + self.content[len(start) :]

    @property
    def is_on_its_side(self) -> bool:
        """Whether it stands upright only once it is turned by a quarter."""
        return self.orientation in (5, 6, 7, 8)


def inspected_picture(content: bytes) -> Picture:
    """The picture that some bytes are, without what else they tell. Raises PictureError where they are none, or one
    that is too large."""
    if len(content) > LARGEST_PICTURE:
        raise PictureError(PictureFault.TOO_LARGE, f"{len(content) / (1 << 20):.1f}")
    if content.startswith(_PNG):
        return _of_png(content)
    if content.startswith(_JPEG):
        return _of_jpeg(content)
    kind = next((name for sign, name in _OTHERS.items() if content.lstrip().startswith(sign)), "")
    raise PictureError(PictureFault.OTHER, kind)


class _Chunk(NamedTuple):
    kind: bytes
    data: bytes
    whole: bytes


def _of_png(content: bytes) -> Picture:
    chunks = list(_chunks(content))
    if not chunks or chunks[0].kind != b"IHDR" or len(chunks[0].data) != 13 or chunks[-1].kind != b"IEND":
        raise PictureError(PictureFault.DAMAGED)
    if not any(chunk.kind == b"IDAT" for chunk in chunks):
        raise PictureError(PictureFault.DAMAGED)
    width, height = _bounded(*struct.unpack(">II", chunks[0].data[:8]))
    orientation = next((_orientation(chunk.data) for chunk in chunks if chunk.kind == b"eXIf"), 1)
    kept = b"".join(chunk.whole for chunk in chunks if chunk.kind in _KEPT_CHUNKS)
    return Picture(_PNG + kept, "png", width, height, orientation)


def _chunks(content: bytes) -> Iterator[_Chunk]:
    """The chunks of a PNG to its end. Raises PictureError where one is cut or damaged."""
    position = len(_PNG)
    while position < len(content):
        length = int.from_bytes(content[position : position + 4])
        end = position + 12 + length
        whole = content[position:end]
        if len(whole) < 12 + length or zlib.crc32(whole[4:-4]) != int.from_bytes(whole[-4:]):
            raise PictureError(PictureFault.DAMAGED)
        yield _Chunk(whole[4:8], whole[8:-4], whole)
        if whole[4:8] == b"IEND":
            return
        position = end


def _of_jpeg(content: bytes) -> Picture:
    size, orientation, kept = None, 1, [b"\xff\xd8"]
    for kind, data, whole in _segments(content):
        if kind in _FRAMES and len(data) >= 5:
            height, width = struct.unpack(">HH", data[1:5])
            size = _bounded(width, height)
        if kind == _EXIF and data.startswith(b"Exif\0\0"):
            orientation = _orientation(data[6:])
        if kind in _KEPT_SEGMENTS or not (0xE0 <= kind <= 0xEF or kind == _COMMENT):
            kept.append(whole)
    if size is None:
        raise PictureError(PictureFault.DAMAGED)
    return Picture(b"".join(kept), "jpeg", *size, orientation)


def _segments(content: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """The segments of a JPEG up to its end, each with its kind, its data, and all of it, compressed data included; what
    cameras put behind is left. Raises PictureError where it does not end."""
    position = 2
    while marker := _MARKER.match(content, position):
        kind, start = marker[1][0], marker.end()
        if kind == _END:
            yield kind, b"", b"\xff\xd9"
            return
        length = int.from_bytes(content[start : start + 2])
        end = start + length
        if length < 2 or end > len(content):
            break
        data = content[start + 2 : end]
        if kind == _SCAN:
            following = _MARKER.search(content, end)
            if following is None:
                break
            end = following.start()
        yield kind, data, b"\xff" + content[marker.start(1) : end]
        position = end
    raise PictureError(PictureFault.DAMAGED)


def _bounded(width: int, height: int) -> tuple[int, int]:
    if width < 1 or height < 1:
        raise PictureError(PictureFault.DAMAGED)
    if width * height > MOST_PIXELS:
        raise PictureError(PictureFault.TOO_MANY_PIXELS, f"{width}×{height}")
    return width, height


def _orientation(exif: bytes) -> int:
    """How a picture was held, as its Exif says; 1, upright, where that says nothing."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2], "")
    if not order or len(exif) < 8:
        return 1
    (first,) = struct.unpack(f"{order}I", exif[4:8])
    (entries,) = struct.unpack(f"{order}H", exif[first : first + 2].ljust(2, b"\0"))
    for entry in range(entries):
        place = first + 2 + 12 * entry
        field = exif[place : place + 10]
        if len(field) < 10:
            return 1
        tag, _, _, value = struct.unpack(f"{order}HHIH", field)
        if tag == _ORIENTATION:
            return value if 1 <= value <= 8 else 1
    return 1
