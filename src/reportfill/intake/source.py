"""What callers hand over to be read: bytes, a path, or a file that is open."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

from reportfill.errors import UsageError
from reportfill.finding import Finding, finding
from reportfill.plain_files import LARGEST, TooLargeError, megabytes, read_file


class BinaryStream(Protocol):
    """A file that is open for reading bytes, such as a BytesIO or what a web framework hands over."""

    def read(self, size: int, /) -> bytes:
        """At most so many bytes; none at its end."""


Source = bytes | bytearray | memoryview | str | os.PathLike[str] | BinaryStream


def content_of(source: Source, most: int = LARGEST) -> bytes:
    """The bytes of a source. Raises TooLargeError where there are more than that, OSError where a path cannot be read,
    UsageError where the source gives no bytes."""
    if isinstance(source, bytes):
        return source
    if isinstance(source, bytearray | memoryview):
        return bytes(source)
    if isinstance(source, str | os.PathLike):
        return read_file(Path(source), most)
    if not hasattr(source, "read"):
        raise UsageError(
            f"bytes, a path or a file open for reading bytes is needed, not {type(source).__name__}",
            f"需要字节、路径或者以二进制方式打开的文件，不能是{type(source).__name__}",
        )
    return _all_of(source, most)


def _all_of(stream: BinaryStream, most: int) -> bytes:
    """What is in a stream, from its beginning where it can be set back there."""
    if getattr(stream, "seekable", bool)():
        stream.seek(0)  # type: ignore[attr-defined]
    content = bytearray()
    while len(content) <= most:
        block = stream.read(most + 1 - len(content))
        if not isinstance(block, bytes | bytearray | memoryview):
            raise UsageError(
                "a file that is open as text cannot be read; open it for reading bytes: open(path, 'rb')",
                "以文本方式打开的文件无法读取，请以二进制方式打开：open(path, 'rb')",
            )
        if not block:
            return bytes(content)
        content += block
    raise TooLargeError(str(getattr(stream, "name", "")), len(content), most)


def too_large(error: TooLargeError) -> Finding:
    """The finding for a file that was not read for its size."""
    return finding("file.too_large", value=megabytes(error.size), expected=megabytes(error.most))
