"""Pictures as addresses that hold them, so that a page asks for nothing outside of itself (RFC 2397)."""

from __future__ import annotations

import struct
from base64 import b64encode

from reportfill.office.pictures import Picture


def data_uri(picture: Picture) -> str:
    """A picture as an address; one that was held on its side says so, for browsers to turn it."""
    return f"data:image/{picture.suffix};base64,{b64encode(_turned(picture)).decode()}"


def _turned(picture: Picture) -> bytes:
    """The content with the orientation that was kept apart from it (Exif 2.32, 4.6.4)."""
    if picture.orientation == 1 or picture.suffix != "jpeg":
        return picture.content
    directory = struct.pack(">HHHIHHI", 1, 0x0112, 3, 1, picture.orientation, 0, 0)
    exif = b"Exif\0\0MM\0*\0\0\0\x08" + directory
    return picture.content[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + picture.content[2:]
