"""What kind of file bytes are, by how they begin: the one table of first bytes."""

from __future__ import annotations

from enum import Enum

from reportfill.text import Text

ZIP_ENTRY = b"PK\x03\x04"
"""What stands before each file of a .zip (APPNOTE 6.3.10, 4.3.7)."""

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a compound file begins ([MS-CFB], 2.2)."""

_HEAD = 2048
"""Bytes in which a page says that it is one."""


class FileKind(Enum):
    """A kind of file, as it is called where it is none that is read."""

    ZIP = Text("压缩包", "an archive")
    ZIP_VOLUME = Text("分卷压缩包", "a part of an archive")
    COMPOUND = Text("旧版Office文件", "a file of old Office programs")
    PDF = Text("PDF文件", "a PDF document")
    RTF = Text("RTF文档", "an RTF document")
    PICTURE = Text("图片", "a picture")
    RAR = Text("RAR压缩包", "a RAR archive")
    SEVEN_ZIP = Text("7z压缩包", "a 7z archive")
    OTHER_ARCHIVE = Text("其他压缩包", "an archive of another kind")
    TNEF = Text("Outlook专用格式的附件", "an attachment in Outlook's own format")
    EMPTY = Text("空文件", "an empty file")
    HTML = Text("网页", "an HTML page")
    TEXT = Text("文本文件", "a text file")
    UNKNOWN = Text("无法识别的文件", "an unknown kind of file")


_BEGINNINGS = (
    (ZIP_ENTRY, FileKind.ZIP),
    (b"PK\x05\x06", FileKind.ZIP),
    (b"PK\x07\x08", FileKind.ZIP_VOLUME),
    (COMPOUND, FileKind.COMPOUND),
    (b"%PDF", FileKind.PDF),
    (b"{\\rtf", FileKind.RTF),
    (b"\x89PNG", FileKind.PICTURE),
    (b"\xff\xd8\xff", FileKind.PICTURE),
    (b"GIF8", FileKind.PICTURE),
    (b"Rar!", FileKind.RAR),
    (b"7z\xbc\xaf", FileKind.SEVEN_ZIP),
    (b"\x1f\x8b", FileKind.OTHER_ARCHIVE),
    (b"BZh", FileKind.OTHER_ARCHIVE),
    (b"\xfd7zXZ\0", FileKind.OTHER_ARCHIVE),
    (b"\x78\x9f\x3e\x22", FileKind.TNEF),
)


def kind_of(content: bytes) -> FileKind:
    """What a file is, of which at least the beginning is given. What is neither known nor a page is a text, unless it
    has a zero byte, as texts in UTF-16 have, too."""
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    if not content:
        return FileKind.EMPTY
    head = content[:_HEAD].lower()
    if any(tag in head for tag in (b"<html", b"<!doctype html", b"<table")):
        return FileKind.HTML
    return FileKind.UNKNOWN if b"\0" in head else FileKind.TEXT
