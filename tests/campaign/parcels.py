"""Archives and mails, sound and otherwise, for the tests of what the inbox may hold."""

from __future__ import annotations

import base64
import struct
import warnings
import zipfile
from collections.abc import Iterable
from io import BytesIO

from places import SAMPLES

WORKBOOK = (SAMPLES / "weihui-xinfang-2023.xlsx").read_bytes()
OTHER_WORKBOOK = (SAMPLES / "hongze-2023.xlsx").read_bytes()
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BYTES = "application/octet-stream"


def zipped(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these files, in their order, the same name as often as it is given."""
    target = BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w", method) as archive:
        warnings.simplefilter("ignore", UserWarning)  # for names that are there twice
        for name, content in files:
            archive.writestr(name, content)
    return target.getvalue()


def zipped_as(*files: tuple[bytes, bytes], is_utf_8: bool = False) -> bytes:
    """An archive whose names are these bytes, marked as UTF-8 or not."""
    places = [f"{number:0{len(name)}d}" for number, (name, _) in enumerate(files)]
    archive = zipped(*((place, content) for place, (_, content) in zip(places, files, strict=True)))
    for place, (name, _) in zip(places, files, strict=True):
        archive = archive.replace(place.encode(), name)
    return flagged(archive, 0x800) if is_utf_8 else archive


def flagged(archive: bytes, bits: int, number: int | None = None) -> bytes:
    """An archive whose files, or one of them by its number, have these flags as well."""
    changed = bytearray(archive)
    for signature, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        for index, place in enumerate(places_of(archive, signature)):
            if number in (None, index):
                changed[place + at] |= bits & 0xFF
                changed[place + at + 1] |= bits >> 8
    return bytes(changed)


def places_of(content: bytes, signature: bytes) -> Iterable[int]:
    """Where a signature stands."""
    place = content.find(signature)
    while place >= 0:
        yield place
        place = content.find(signature, place + 4)


def with_size(archive: bytes, size: int) -> bytes:
    """An archive whose directory says that its files are of this size."""
    changed = bytearray(archive)
    for place in places_of(archive, b"PK\1\2"):
        changed[place + 24 : place + 28] = struct.pack("<L", size)
    return bytes(changed)


def directory_of(entries: int) -> bytes:
    """An archive of nothing but a directory of so many files, all in the same place."""
    fields = (b"PK\1\2", 20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0)
    directory = (struct.pack("<4s4B4H3L5H2L", *fields) + b"a") * entries
    count = min(entries, 0xFFFF)
    return (
        b"PK\3\4" + directory + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(directory), 4, 0)
    )


def part(content: bytes, *headers: bytes, kind: str = BYTES) -> bytes:
    """A part of a mail in base64, with these headers besides."""
    own = (f"Content-Type: {kind}".encode(), b"Content-Transfer-Encoding: base64", *headers)
    encoded = base64.b64encode(content)
    lines = (encoded[at : at + 76] for at in range(0, len(encoded), 76))
    return b"\r\n".join((*own, b"", *lines, b""))


def attached(name: str, content: bytes, kind: str = BYTES) -> bytes:
    """A part of a mail that is a file of a plain name."""
    return part(content, f'Content-Disposition: attachment; filename="{name}"'.encode(), kind=kind)


def mail(*parts: bytes, boundary: bytes = b"=_b") -> bytes:
    """A mail with some words and these parts."""
    text = b"Content-Type: text/plain; charset=gbk\r\n\r\n" + "请查收".encode("gbk") + b"\r\n"
    head = b'From: a@example.org\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n boundary="'
    divided = (piece for one in (text, *parts) for piece in (b"--" + boundary + b"\r\n", one, b"\r\n"))
    return b"".join((head, boundary, b'"\r\n\r\n', *divided, b"--", boundary, b"--\r\n"))


def forwarded(message: bytes, *headers: bytes) -> bytes:
    """A part of a mail that is a mail."""
    return b"\r\n".join((b"Content-Type: message/rfc822", *headers)) + b"\r\n\r\n" + message
