"""Archives as other programs write them: every one holds the same parts."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO, RawIOBase

from tools.make_cases.recipes import recipe
from tools.make_cases.surgery import Parts, entry, parts_of

_LOCAL, _CENTRAL, _END = 0x04034B50, 0x02014B50, 0x06054B50
_END_64, _LOCATOR_64 = 0x06064B50, 0x07064B50
_UTF8, _DATE = 0x800, 0x21
_BEYOND_16, _BEYOND_32 = 0xFFFF, 0xFFFFFFFF


class _Pipe(RawIOBase):
    """A target in which nothing can be gone back to, as when a server writes an archive straight to a browser."""

    def __init__(self) -> None:
        self.written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes) -> int:  # type: ignore[override]
        self.written += piece
        return len(piece)


def written(parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these parts, packed by a method."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", method) as package:
        for name, content in parts.items():
            package.writestr(entry(name, method), content)
    return target.getvalue()


@recipe("parts-that-are-not-compressed")
def _stored(workbook: bytes) -> bytes:
    """Those but for the largest, so that the case stays small."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, content in parts_of(workbook).items():
            small = len(content) < 5000
            package.writestr(entry(name, zipfile.ZIP_STORED if small else zipfile.ZIP_DEFLATED), content)
    return target.getvalue()


@recipe("parts-compressed-with-bzip2")
def _bzip2(workbook: bytes) -> bytes:
    return written(parts_of(workbook), zipfile.ZIP_BZIP2)


@recipe("sizes-behind-the-parts")
def _streamed(workbook: bytes) -> bytes:
    """Data descriptors: sizes and checksums follow each part (flag 0x8)."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts_of(workbook).items():
            package.writestr(entry(name), content)
    return bytes(pipe.written)


@recipe("archive-of-the-64-bit-kind")
def _zip64(workbook: bytes) -> bytes:
    """Sizes and places in fields of 64 bits, although 32 would do, as programs write that do not know them yet."""
    body, directory = bytearray(), bytearray()
    parts = parts_of(workbook)
    for name, content in parts.items():
        body, directory = _add_64(body, directory, name.encode(), content)
    end = struct.pack(
        "<IQHHIIQQQQ", _END_64, 44, 45, 45, 0, 0, len(parts), len(parts), len(directory), len(body)
    )
    locator = struct.pack("<IIQI", _LOCATOR_64, 0, len(body) + len(directory), 1)
    short = struct.pack("<IHHHHIIH", _END, 0, 0, _BEYOND_16, _BEYOND_16, _BEYOND_32, _BEYOND_32, 0)
    return bytes(body + directory) + end + locator + short


def _add_64(
    body: bytearray, directory: bytearray, name: bytes, content: bytes
) -> tuple[bytearray, bytearray]:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packer.compress(content) + packer.flush()
    common = struct.pack(
        "<HHHHHIIIH", 45, _UTF8, 8, 0, _DATE, zlib.crc32(content), _BEYOND_32, _BEYOND_32, len(name)
    )
    sizes = struct.pack("<QQ", len(content), len(data))
    place = struct.pack("<Q", len(body))
    local = struct.pack("<I", _LOCAL) + common + struct.pack("<H", 20) + name
    central = (
        struct.pack("<IH", _CENTRAL, 45) + common + struct.pack("<HHHHII", 28, 0, 0, 0, 0, _BEYOND_32) + name
    )
    directory = directory + central + struct.pack("<HH", 1, 24) + sizes + place
    return body + local + struct.pack("<HH", 1, 16) + sizes + data, directory


@recipe("archive-with-folders-and-a-comment")
def _folders(workbook: bytes) -> bytes:
    """Unpacked, looked at and packed again by hand."""
    target = BytesIO(workbook)
    with zipfile.ZipFile(target, "a") as package:
        for folder in ("xl/", "xl/worksheets/", "docProps/"):
            package.writestr(entry(folder, zipfile.ZIP_STORED), b"")
        package.comment = "填报表".encode()
    return target.getvalue()


@recipe("packed-again-on-a-mac")
def _mac(workbook: bytes) -> bytes:
    """A shadow of each part beside it, as macOS packs them."""
    target = BytesIO(workbook)
    with zipfile.ZipFile(target, "a") as package:
        for name in ("xl/._workbook.xml", "xl/worksheets/._sheet3.xml", "._[Content_Types].xml"):
            package.writestr(entry(f"__MACOSX/{name}"), b"\0\x05\x16\x07\0\x02\0\0Mac OS X        ")
    return target.getvalue()


@recipe("bytes-before-the-archive")
def _prefixed(workbook: bytes) -> bytes:
    """What a faulty mail gateway or download leaves in front."""
    return b"\r\n" + workbook


@recipe("bytes-behind-the-archive")
def _followed(workbook: bytes) -> bytes:
    return workbook + b"\r\n" * 20
